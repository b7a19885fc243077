"""The handover: only what the student approved, the own page by itself, a follow-up that stands on Today."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf
import pytest

from conversation_models.domain.report import Followed, GroundKind, ReceiverKind, ReportKind
from conversation_models.services import agree, made_reports
from conversation_models.services.access import Refused
from conversation_models.services.receiving import ReportRefused
from reports.paper.document import render
from reports.report_paper import compose_report, make_report, report_pdf
from tests.reports.reported import ADULTS, HANDOVER, codes, free_talk, order_of, said, soon, tell

WRITTEN = {
    "strengths": "Ritar och bygger.",
    "strengths_approved": "include",
    "learning": "Korta uppgifter.",
    "learning_approved": "change",
    "subjects": "Klar med bråk.",
    "subjects_approved": "leave_out",
    "support": "Eget bord vid dörren.",
    "works_for_me": "Att få veta dagen innan.",
    "when_hard": "få gå ut en stund.",
}
EVERY = ("strengths", "learning", "subjects", "support", "own_page")
NOT_APPROVED = ("Korta uppgifter", "bråk", "Eget bord")


@pytest.fixture
def told(talks, desk, cast):
    return tell(talks, desk(cast.counsellor))


@pytest.fixture
def handed(told):
    talk = free_talk(told.desk, told.student_id, date(2026, 3, 6), {HANDOVER: WRITTEN})
    more = {"receiver": ReceiverKind.OTHER_SCHOOL, "receiver_name": "Tove på Ekskolan", "has_read": False}
    days = {"starts_on": date(2026, 3, 16), "follow_up": date(2026, 3, 20)}
    return order_of(
        told, "strengths", "own_page", kind=ReportKind.HANDOVER, talk_id=talk.id, ground=GroundKind.STUDENT_CONSENT,
        ground_words="Samtycke den 6 mars", term="", **more, **days,
    )  # fmt: skip


def test_only_what_the_student_approved_stands_there(told, handed):
    everything = replace(handed, parts=EVERY)
    assert codes(told.desk, everything) == ["to_change", "left_out", "not_approved"]
    text = said(told.desk, everything)
    assert "Ritar och bygger." in text
    for refused in NOT_APPROVED:
        assert refused not in text
    with pytest.raises(ReportRefused):
        make_report(told.desk, everything, "sv")
    assert "Elevens samtycke: Samtycke den 6 mars" in text


def test_the_own_page_is_a_page_of_its_own(told, handed):
    pages = pypdf.PdfReader(BytesIO(render(compose_report(told.desk, handed, "sv").document, "sv"))).pages
    first, second = (page.extract_text() for page in pages)
    assert "Ritar och bygger." in first
    assert "Att få veta dagen innan." not in first
    assert "Att få veta dagen innan." in second
    assert "Ritar och bygger." not in second
    assert "Det här fungerar för mig" in second


def test_what_was_corrected_after_the_approval_is_not_handed_over(told, handed):
    assert codes(told.desk, handed) == []
    agree.amend(told.desk, handed.talk_id, HANDOVER, "strengths", "Och spelar trummor.")
    assert codes(told.desk, handed) == ["corrected"]
    assert "trummor" not in said(told.desk, handed)


def test_circles_and_analyses_are_off_and_only_what_flows_on_goes_from_student_health_to_student_health(told, handed):
    health = replace(handed, receiver=ReceiverKind.STUDENT_HEALTH)
    assert ADULTS not in said(told.health, health)
    chosen = replace(health, parts=(*health.parts, "taken:trigger_circle"))
    text = said(told.health, chosen)
    assert ADULTS in text
    assert "Alla tittar på mig" not in text
    assert "Elevhälsans nivå" in text
    for order, desk in ((chosen, told.desk), (replace(chosen, receiver=ReceiverKind.OTHER_SCHOOL), told.health)):
        assert codes(desk, order) == ["not_there"]
        assert ADULTS not in said(desk, order)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"starts_on": None}, "no_start"),
        ({"follow_up": None}, "no_follow_up"),
        ({"follow_up": date(2026, 3, 16)}, "follow_up_too_early"),
        ({"ground": None}, "no_ground"),
        ({"receiver": ReceiverKind.PRINCIPAL}, "not_for_receiver"),
        ({"receiver": ReceiverKind.GUARDIAN}, "not_for_receiver"),
    ],
)
def test_receiver_ground_start_and_a_later_follow_up_are_needed(told, handed, changed, code):
    assert codes(told.desk, replace(handed, **changed)) == [code]


def test_the_follow_up_waits_until_it_is_answered(told, handed, cast, desk):
    made = make_report(told.desk, handed, "sv")
    assert report_pdf(told.desk, made.id).startswith(b"%PDF")
    assert [each.report.id for each in made_reports.waiting_handovers(told.desk)] == [made.id]
    late = soon(told.desk, days=60)
    assert [each.student.name for each in made_reports.waiting_handovers(late)] == ["Åsa Öberg"]
    assert made_reports.waiting_handovers(desk(cast.colleague)) == []
    for stranger in cast.strangers:
        with pytest.raises(Refused):
            made_reports.answer_follow_up(desk(stranger), made.id, Followed.YES, "")
    answered = made_reports.answer_follow_up(late, made.id, Followed.NO, "Ingen svarade.")
    assert made_reports.waiting_handovers(late) == []
    kept = made_reports.find_report(late, answered.id)
    assert (kept.followed, kept.outcome) == (Followed.NO, "Ingen svarade.")


def test_a_day_far_ahead_does_not_stand_on_today(told, handed):
    make_report(told.desk, replace(handed, follow_up=date(2026, 6, 1)), "sv")
    assert made_reports.waiting_handovers(told.desk) == []
