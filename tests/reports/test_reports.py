"""Reports: parts by choice, walls by receiver, the principal's choice, the ground, and a paper that is the preview."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from conversation_models.domain.report import GroundKind, ReceiverKind, ReportKind
from conversation_models.services import agree, compose, conduct, made_reports, prepare
from conversation_models.services.access import Desk, Refused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.receiving import ReportRefused
from conversation_models.storage.tables import log_entry, report
from reports.report_paper import compose_report, make_report, report_pdf
from reports.report_words import say_refused
from tests.reports.paper.papers import text_of
from tests.reports.reported import SESSION, Told, codes, free_talk, order_of, said, soon, tell, write

EVERY = ("talks", "path", "survey", "scales", "agreements")
INSIDE = (ReceiverKind.MENTOR, ReceiverKind.SPECIAL_EDUCATOR, ReceiverKind.PRINCIPAL, ReceiverKind.SCHOOL_STAFF)
ABOVE = ("Den låsta matsalen", "Alla tittar på mig", "Läraren väntar", "Tillbaka till skolan")


@pytest.fixture
def told(talks, desk, cast) -> Told:
    return tell(talks, desk(cast.counsellor))


def test_nothing_is_in_it_before_somebody_has_chosen_it(told):
    found = compose_report(told.desk, order_of(told), "sv")
    assert [each.code for each in found.found.refused] == ["nothing_chosen"]
    assert found.content == ()
    for unchosen in ("Två uppgifter", "schack", "Röd", "Komma upp"):
        assert unchosen not in said(told.desk, order_of(told))


def test_the_parts_of_a_term_say_that_term_and_no_other(told):
    text = said(told.desk, order_of(told, *EVERY))
    for expected in (
        "Terminens rapport, vårterminen 2026",
        "4 samtal under terminen.",
        "1 3 februari 2026 2 4",
        "2 5 mars 2026 5 7",
        "4 (3 februari 2026) och 7 (5 mars 2026), två steg eller mer.",
        "Röd för mycket",
        "Hur jag mår",
        "Komma upp",
        "Två uppgifter i taget Alva Klart Det höll.",
        "Någon möter vid dörren",
        "Läsa i lugn takt",
        "Eleven har läst den Inte noterat än",
    ):
        assert expected in text, expected
    for other in ("oktober 2025 9", "schack", *ABOVE):
        assert other not in text, other


def test_the_paper_is_the_preview(told):
    order = order_of(told, *EVERY, f"session:{told.sessions[0].id}")
    preview = compose_report(told.desk, order, "sv")
    made = make_report(told.desk, order, "sv")
    assert text_of(report_pdf(told.desk, made.id)) == said(told.desk, order)
    assert "Vi spelade schack i biblioteket." in said(told.desk, order)
    assert preview.found.refused == ()


def test_session_reports_are_chosen_one_by_one(told):
    text = said(told.desk, order_of(told, f"session:{told.sessions[1].id}"))
    assert "Vi gick dit på kvällen." in text
    assert "schack" not in text


@pytest.mark.parametrize(
    ("receiver", "name", "code"),
    [
        (ReceiverKind.STUDENT, "", None),
        (ReceiverKind.MENTOR, "Alva", None),
        (ReceiverKind.SPECIAL_EDUCATOR, "ali  NOOR", None),
        (ReceiverKind.SPECIAL_EDUCATOR, "Någon annan", "not_among_chosen"),
        (ReceiverKind.COUNSELLOR, "Eli", "not_among_chosen"),
        (ReceiverKind.PRINCIPAL, "Kim Rektor", "not_among_chosen"),
        (ReceiverKind.OTHER_SCHOOL, "Tove, Ekskolan", None),
        (ReceiverKind.OTHER_SCHOOL, "Ekskolan", "not_among_chosen"),
        (ReceiverKind.GUARDIAN, "Vuxen Öberg", "guardians_not_decided"),
    ],
)
@pytest.mark.parametrize("kind", [ReportKind.TERM, ReportKind.SESSION])
def test_only_those_the_principal_chose_get_a_session_report(told, receiver, name, code, kind):
    talk = told.sessions[0]
    more = {"receiver": receiver, "receiver_name": name, "kind": kind}
    order = order_of(told, f"session:{talk.id}", talk_id=talk.id, **more)
    assert codes(told.desk, order) == ([code] if code else [])
    assert ("schack" in said(told.desk, order)) is (code is None)
    if code:
        with pytest.raises(ReportRefused) as refused:
            make_report(told.desk, order, "sv")
        sentence = say_refused(refused.value, "sv")
        assert "10\u00a0februari\u00a02026" in sentence
        assert code == "guardians_not_decided" or "mentorn, specialpedagogen (Ali Noor), Tove, Ekskolan" in sentence
        assert told.talks.rows(report) == []


def test_guardians_get_it_when_the_principal_decided_so_and_not_after_a_correction(told):
    talk = free_talk(told.desk, told.student_id, date(2026, 3, 3),
                     {SESSION: {"did": "Vi åt lunch.", "chosen_by": "Kim", "guardians": "decided"}})  # fmt: skip
    order = order_of(told, f"session:{talk.id}", receiver=ReceiverKind.GUARDIAN)
    assert codes(told.desk, order) == []
    assert "Vi åt lunch." in said(told.desk, order)
    agree.amend(told.desk, talk.id, SESSION, "guardians", "Rektorn ändrade sig")
    assert codes(told.desk, order) == ["receivers_corrected"]


def test_without_the_principals_choice_it_stays(told):
    order = order_of(told, f"session:{told.sessions[1].id}", receiver=ReceiverKind.MENTOR)
    assert codes(told.desk, order) == ["receivers_not_chosen"]


def test_a_correction_stands_beside_what_it_corrects(told):
    agree.amend(told.desk, told.sessions[0].id, SESSION, "did", "Det var fia med knuff.")
    text = said(told.desk, order_of(told, f"session:{told.sessions[0].id}"))
    assert "Vi spelade schack i biblioteket." in text
    assert "Det var fia med knuff." in text


@pytest.mark.parametrize("receiver", list(ReceiverKind))
@pytest.mark.parametrize("who", ["mentor", "counsellor"])
def test_what_is_student_healths_stands_in_no_paper_for_others(told, receiver, who):
    """Whoever makes it, and with every part that there is asked for."""
    desk = told.desk if who == "mentor" else told.health
    every = (*EVERY, "skills", "thermometer")
    text = said(desk, order_of(told, *every, receiver=receiver, receiver_name="Namn"))
    may = who == "counsellor" and receiver in (
        ReceiverKind.STUDENT, ReceiverKind.COUNSELLOR, ReceiverKind.STUDENT_HEALTH,
    )  # fmt: skip
    assert ("Den låsta matsalen" in text) is may
    assert ("Alla tittar på mig" in text) is False
    assert ("Elevhälsans nivå" in text) is may


@pytest.mark.parametrize("receiver", [ReceiverKind.GUARDIAN, ReceiverKind.ORGANISER, ReceiverKind.OTHER_SERVICE])
def test_those_who_are_no_school_get_none_of_the_students_answers(told, receiver):
    order = order_of(told, *EVERY, receiver=receiver)
    assert set(codes(told.desk, order)) == {"not_for_receiver"}
    text = said(told.desk, order)
    for answer in ("Röd", "Tilltro", "Komma upp", "Hur jag mår"):
        assert answer not in text
    assert "Två uppgifter i taget" in text


def test_leisure_and_health_do_not_leave_the_school(told):
    other = said(told.desk, order_of(told, "survey", receiver=ReceiverKind.OTHER_SCHOOL))
    assert "Röd för mycket" in other
    assert "Hur jag mår" not in other
    assert "Skola och fritid" not in other
    assert "Hur jag mår" in said(told.desk, order_of(told, "survey", receiver=ReceiverKind.PRINCIPAL))


def test_no_letter_stands_in_any_report(told):
    for receiver in (ReceiverKind.STUDENT, *INSIDE):
        text = said(told.desk, order_of(told, *EVERY, receiver=receiver, receiver_name="Namn"))
        assert "Grupp A" not in text
        assert not {" A ", " C ", " D "} & {text[at - 1 : at + 2] for at in range(1, len(text))}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ground": None}, "no_ground"),
        ({"ground": GroundKind.OWN}, "no_ground"),
        ({"ground_words": "  "}, "no_ground_words"),
        ({"receiver_name": ""}, "no_receiver_name"),
        ({"has_read": False}, "not_read"),
        ({"ground_words": "x" * 301}, "too_long"),
    ],
)
def test_without_receiver_ground_and_the_students_reading_it_cannot_be_made(told, changed, code):
    order = replace(order_of(told, "talks", receiver=ReceiverKind.MENTOR), **changed)
    assert codes(told.desk, order) == [code]
    with pytest.raises(ReportRefused):
        make_report(told.desk, order, "sv")
    with pytest.raises(ReportRefused):
        made_reports.write_down(told.desk, order, "", "sv")
    assert told.talks.rows(report) == []


def test_from_eighteen_on_guardians_get_nothing_unless_invited_and_their_consent_ends(told):
    grown = Desk(told.talks.store, told.desk.actor, datetime(2027, 5, 17, 9, tzinfo=UTC))
    to_guardian = order_of(told, "talks", receiver=ReceiverKind.GUARDIAN)
    assert "guardians_not_invited" in codes(grown, to_guardian)
    consent = replace(order_of(told, "talks", receiver=ReceiverKind.MENTOR), ground=GroundKind.BOTH_CONSENT)
    assert codes(told.desk, consent) == []
    assert codes(grown, consent) == ["guardian_consent_ended"]


def test_a_made_report_is_written_down_sealed_and_logged_and_read_once(told):
    order = order_of(told, "talks", receiver=ReceiverKind.OTHER_SCHOOL, receiver_name="Tove på Ekskolan")
    made = make_report(told.desk, order, "sv")
    report_pdf(told.desk, made.id)
    row = told.talks.rows(report)[0]
    assert b"Tove" not in bytes(row.receiver_name)
    assert b"10 kap" not in bytes(row.ground_words)
    text = text_of(report_pdf(told.desk, made.id))
    assert "Till En annan skola: Tove på Ekskolan" in text
    assert "Stöd i lag: 10 kap. 2 §" in text
    actions = [(each.action, each.kind) for each in told.talks.rows(log_entry, log_entry.c.object_id == made.id)]
    assert actions == [("make_report", "report_term"), *[("print", "report_term")] * 2]
    own = make_report(told.desk, order_of(told, "talks"), "sv")
    made_reports.note_read(told.desk, own.id)
    made_reports.note_read(soon(told.desk, days=2), own.id)
    assert made_reports.find_report(told.desk, own.id).read_on == told.desk.today
    assert "Eleven har läst den Ja, 10 mars 2026" in text_of(report_pdf(told.desk, own.id))


def test_what_has_changed_since_is_not_printed_under_the_old_report(told):
    made = make_report(told.desk, order_of(told, "agreements"), "sv")
    decision = next(each for each in agree.open_decisions(told.desk, told.student_id) if "dörren" in each.words)
    assert report_pdf(told.desk, made.id).startswith(b"%PDF")
    agree.follow_up(told.desk, decision.id, "partly", "Två dagar av fem")
    with pytest.raises(ReportRefused) as refused:
        report_pdf(told.desk, made.id)
    assert refused.value.code == "changed_since"


def test_a_report_above_the_mentors_level_is_not_there_for_the_mentor(told):
    made = make_report(told.health, order_of(told, "thermometer"), "sv")
    assert made.level == "e"
    assert [each.id for each in made_reports.reports_of(told.health, told.student_id)] == [made.id]
    assert made_reports.reports_of(told.desk, told.student_id) == []
    with pytest.raises(Refused):
        report_pdf(told.desk, made.id)


def test_a_report_that_names_a_talk_mentors_know_of_is_there_for_the_mentor_who_made_it(told):
    talk = prepare.prepare_talk(told.health, TalkPlan(told.student_id, date(2026, 2, 24), "return_to_school"))
    conduct.open_talk(told.health, talk.id)
    write(told.health, talk.id, "planning", {"school": [{"row": "own.1", "what": "Ett eget rum"}]})
    conduct.close_talk(told.health, talk.id)
    made = make_report(told.desk, order_of(told, "talks"), "sv")
    assert "Tillbaka till skolan" in text_of(report_pdf(told.desk, made.id))
    assert [each.id for each in made_reports.reports_of(told.desk, told.student_id)] == [made.id]
    by_health = make_report(told.health, order_of(told, "talks"), "sv")
    assert by_health.level == "e", "it names the talk with no word for mentors too"


def test_no_stranger_composes_makes_or_prints(told, cast, desk):
    made = make_report(told.desk, order_of(told, "talks"), "sv")
    for stranger in (*cast.strangers, cast.administrator):
        for do in (
            lambda at: compose_report(at, order_of(told, "talks"), "sv"),
            lambda at: make_report(at, order_of(told, "talks"), "sv"),
            lambda at: report_pdf(at, made.id),
            lambda at: compose.talks_with(at, told.student_id, ReportKind.SESSION),
        ):
            with pytest.raises(Refused):
                do(desk(stranger))
