"""Many students' reports in one file: each its own, nothing on any disk, stopped where it is cancelled."""

import io
import tempfile
import zipfile
from datetime import date

import pytest

from conversation_models.domain.batch import BatchStatus
from conversation_models.services import added, conduct, prepare, term_batch
from conversation_models.services.access import Refused
from conversation_models.services.group_term import Scope
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.receiving import ReportRefused
from conversation_models.services.term_batch import BatchEnded
from conversation_models.storage.tables import log_entry, report
from reports import term_batch as file_of
from reports.term_batch import batch_pieces
from tests.reports.paper.papers import text_of
from tests.reports.reported import SPRING, tell, write

EVERYBODY = Scope()
PARTS = ["path", "agreements"]


@pytest.fixture
def told(talks, desk, cast):
    return tell(talks, desk(cast.counsellor))


def ordered(desk, scope: Scope = EVERYBODY) -> str:
    return term_batch.order_batch(desk, SPRING, scope, PARTS, "sv").id


def test_each_student_gets_a_paper_and_the_first_says_whose_is_whose(told, cast):
    batch_id = ordered(told.desk)
    file = zipfile.ZipFile(io.BytesIO(b"".join(batch_pieces(told.desk, batch_id))))
    assert file.testzip() is None
    assert sorted(file.namelist()) == ["0000.pdf", "0002.pdf"], "no name of anybody; one has nothing of the term"
    text = text_of(file.read("0002.pdf"))
    assert "Åsa Öberg" in text
    assert "Två uppgifter i taget" in text
    assert "Élodie" not in text
    assert "0002.pdf Åsa Öberg" in text_of(file.read("0000.pdf"))
    batch = term_batch.find_batch(told.desk, batch_id)
    assert (batch.status, batch.total, batch.made, batch.left_out) == (BatchStatus.DONE, 2, 1, 1)
    assert [row.receiver for row in told.talks.rows(report)] == ["student"]
    assert len(told.talks.rows(log_entry, log_entry.c.kind == "report_term")) == 2


def test_a_talk_of_student_health_that_tells_the_mentor_something_stops_no_file(told):
    """The mentor knows of it, so it may stand among the talks; the report is still one that the mentor may take out."""
    health = told.health
    plan = TalkPlan(told.student_id, date(2026, 2, 25), "return_to_school")
    talk = conduct.open_talk(health, prepare.prepare_talk(health, plan).id)
    added.add_instrument(health, talk.id, "scale_question")
    write(health, talk.id, "scale_question", {"topic": "Bussen", "now": 4})
    conduct.close_talk(health, talk.id)
    batch_id = term_batch.order_batch(told.desk, SPRING, EVERYBODY, ["talks"], "sv").id
    file = zipfile.ZipFile(io.BytesIO(b"".join(batch_pieces(told.desk, batch_id))))
    assert "25 februari 2026" in text_of(file.read("0002.pdf"))
    assert [row.level for row in told.talks.rows(report)] == ["m"]


def test_a_file_is_made_once(told):
    batch_id = ordered(told.desk)
    list(batch_pieces(told.desk, batch_id))
    with pytest.raises(BatchEnded):
        next(batch_pieces(told.desk, batch_id))


def test_cancelled_it_ends_in_the_middle_and_leaves_no_file(told, monkeypatch, tmp_path):
    monkeypatch.setattr(file_of, "EVERY", 1)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    batch_id = ordered(told.desk)
    pieces = batch_pieces(told.desk, batch_id)
    taken = next(pieces)
    term_batch.cancel_batch(told.desk, batch_id)
    with pytest.raises(BatchEnded):
        list(pieces)
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(taken))
    assert term_batch.find_batch(told.desk, batch_id).status is BatchStatus.CANCELLED
    assert list(temporary.iterdir()) == []


def test_when_the_browser_goes_away_nothing_more_is_made(told):
    batch_id = ordered(told.desk)
    pieces = batch_pieces(told.desk, batch_id)
    next(pieces)
    pieces.close()
    assert term_batch.find_batch(told.desk, batch_id).status is BatchStatus.BROKEN


def test_nobody_elses_batch_and_nobody_out_of_reach(told, cast, desk):
    batch_id = ordered(told.desk)
    for stranger in (*cast.strangers, cast.administrator, cast.counsellor):
        with pytest.raises(Refused):
            next(batch_pieces(desk(stranger), batch_id))
    with pytest.raises(Refused):
        ordered(told.desk, Scope(group_id=cast.far_group.id))
    with pytest.raises(ReportRefused):
        term_batch.order_batch(told.desk, SPRING, Scope(), [], "sv")
