from datetime import date

import pytest

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.services import agree, asked, conduct
from conversation_models.services.access import Refused
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage.tables import amendment, decision, log_entry
from instruments.errors import AnswerError
from tests.conversation_models.cast import NOW
from tests.conversation_models.services.talks_made import AGREEMENT, SURVEY, Talks


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def agreed(**days: str | None) -> dict[tuple[str, str], str]:
    words = {(AGREEMENT, f"{area}_decision"): f"Beslut om {area}" for area in days}
    return words | {(AGREEMENT, f"{area}_follow_up"): day for area, day in days.items() if day}


def test_open_decisions_come_by_their_day_from_all_talks(talks: Talks) -> None:
    talks.closed(date(2026, 1, 1), {}, agreed(work="2026-05-01", support=None))
    talks.closed(date(2026, 3, 1), {}, agreed(environment="2026-04-01"))
    found = agree.open_decisions(talks.desk, talks.student.id)
    assert [(each.area, each.words) for each in found] == [
        ("environment", "Beslut om environment"),
        ("work", "Beslut om work"),
        ("support", "Beslut om support"),
    ]


def test_decisions_of_a_talk_come_in_the_order_of_the_form(talks: Talks) -> None:
    made = talks.closed(written=agreed(wellbeing="2026-04-01", work="2026-05-01", support=None))
    talks.closed(date(2026, 5, 1), {}, agreed(environment=None))
    assert [each.area for each in agree.decisions_of(talks.desk, made.id)] == ["work", "support", "wellbeing"]


def test_nothing_is_decided_before_the_talk_is_closed(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    talks.write(made, agreed(work="2026-05-01"))
    assert agree.open_decisions(talks.desk, talks.student.id) == []


def test_a_followed_up_decision_is_no_longer_open_and_keeps_its_words(talks: Talks) -> None:
    talks.closed()
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    later = talks.later(days=20)
    done = agree.follow_up(later.desk, found.id, DecisionStatus.PARTLY, " Två gånger av fyra.\r\nVi provar igen. ")
    assert agree.open_decisions(talks.desk, talks.student.id) == []
    assert agree.decisions_of(talks.desk, found.talk_id) == [done]
    assert (done.words, done.responsible, done.follow_up) == ("Läxhjälp på onsdagar", "Alva", date(2026, 3, 24))
    assert done.outcome == "Två gånger av fyra.\nVi provar igen."
    assert (done.followed_by, done.followed_at) == (talks.desk.actor.id, later.desk.now)
    (row,) = talks.rows(decision)
    assert "gånger".encode() not in row.outcome


def test_a_follow_up_can_be_made_again(talks: Talks) -> None:
    talks.closed()
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    agree.follow_up(talks.desk, found.id, DecisionStatus.DONE, "klart")
    agree.follow_up(talks.desk, found.id, DecisionStatus.OPEN, "")
    assert agree.open_decisions(talks.desk, talks.student.id)[0].outcome == ""


def test_an_outcome_that_cannot_be_written_is_refused(talks: Talks) -> None:
    talks.closed()
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    for broken, code in (("x" * 5001, "too_long"), ("\ud800", "broken_text")):
        with pytest.raises(AnswerError, match=code):
            agree.follow_up(talks.desk, found.id, DecisionStatus.DONE, broken)


def test_an_amendment_stands_beside_with_author_and_time(talks: Talks) -> None:
    made = talks.closed()
    agree.amend(talks.desk, made.id, SURVEY, "workload", "Det skulle vara gult.")
    later = talks.later(days=1)
    agree.amend(later.desk, made.id, AGREEMENT, "work_decision", "Torsdagar, inte onsdagar.")
    first, second = agree.amendments_of(talks.desk, made.id)
    assert (first.words, first.author_name, first.recorded_at) == ("Det skulle vara gult.", "Alva", NOW)
    assert (second.instrument, second.item, second.recorded_at) == (AGREEMENT, "work_decision", later.desk.now)
    assert conduct.see_talk(talks.desk, made.id).value(AGREEMENT, "work_decision") == "Läxhjälp på onsdagar"
    assert all(b"gult" not in row.words for row in talks.rows(amendment))


def test_an_amendment_needs_words_a_closed_talk_and_something_that_was_asked(talks: Talks) -> None:
    made, unheld = talks.closed(), talks.prepared()
    with pytest.raises(agree.NoWords):
        agree.amend(talks.desk, made.id, SURVEY, "workload", " \n ")
    with pytest.raises(TalkRefused, match="not_closed"):
        agree.amend(talks.desk, unheld.id, SURVEY, "workload", "x")
    for instrument, item in (("nothing", "workload"), (SURVEY, "nothing")):
        with pytest.raises(asked.NotAsked):
            agree.amend(talks.desk, made.id, instrument, item, "x")
    assert talks.rows(amendment) == []


def test_each_is_logged_without_its_words(talks: Talks) -> None:
    made = talks.closed()
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    agree.follow_up(talks.desk, found.id, DecisionStatus.DONE, "hemligt utfall")
    agree.amend(talks.desk, made.id, SURVEY, "workload", "hemlig rättelse")
    logged = talks.rows(log_entry)
    assert [row.action for row in logged][-2:] == ["follow_up", "amend"]
    assert "hemlig" not in str(logged)


def test_strangers_and_administrators_are_refused_everywhere(talks: Talks, desk, cast) -> None:
    made = talks.closed()
    (found,) = agree.open_decisions(talks.desk, talks.student.id)
    for actor in (*cast.strangers, cast.administrator):
        stranger = desk(actor)
        for attempt in (
            lambda stranger=stranger: agree.open_decisions(stranger, talks.student.id),
            lambda stranger=stranger: agree.decisions_of(stranger, made.id),
            lambda stranger=stranger: agree.follow_up(stranger, found.id, DecisionStatus.DONE, "x"),
            lambda stranger=stranger: agree.amend(stranger, made.id, SURVEY, "workload", "x"),
            lambda stranger=stranger: agree.amendments_of(stranger, made.id),
        ):
            with pytest.raises(Refused):
                attempt()
    assert talks.rows(amendment) == []
    assert talks.rows(decision)[0].status == "open"


@pytest.mark.parametrize("decision_id", ["", "0" * 32, "\x00"])
def test_a_decision_that_is_not_there_is_refused(talks: Talks, decision_id: str) -> None:
    with pytest.raises(Refused):
        agree.follow_up(talks.desk, decision_id, DecisionStatus.DONE, "x")
