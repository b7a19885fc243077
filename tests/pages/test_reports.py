"""A student's reports: each kind composed on the page, from nothing chosen to the finished PDF; then read and followed
up."""

from datetime import timedelta

import pytest

from conversation_models.domain.report import Followed, ReportKind
from conversation_models.services import made_reports
from reports.report_paper import report_pdf
from tests.pages.conftest import Open, said
from tests.pages.test_talks import press
from tests.reports.paper.papers import text_of
from tests.reports.reported import CHOSEN, HANDOVER, SESSION, free_talk
from tests.reports.test_handover import WRITTEN

pytestmark = pytest.mark.sqlite
MAKE = "Gör rapporten"
GROUND = "Vilket samtycke och när, eller vilken lag och paragraf"


@pytest.fixture
def told(talks):
    """A development talk, a session whose receivers the principal chose, and a handover."""
    yesterday = talks.desk.today - timedelta(days=1)
    talks.closed(yesterday)
    free_talk(talks.desk, talks.student.id, yesterday, {SESSION: CHOSEN})
    free_talk(talks.desk, talks.student.id, yesterday, {HANDOVER: WRITTEN})
    return talks


@pytest.fixture
def compose(open_page: Open, cast, told):
    """`compose(kind)`: the mentor's page with that kind chosen, and nothing else."""
    return lambda kind: open_page(cast.mentor, "report", student=told.student.id).radio[0].set_value(kind).run()


def field(found, label: str):
    return next(each for each in found if each.label == label)


def tick(screen, label: str):
    return next(each for each in screen.checkbox if each.label.startswith(label)).check().run()


def hand_to(screen, receiver: str, name: str):
    """To somebody else than the student, on a ground in law."""
    screen = field(screen.selectbox, "Mottagare").set_value(receiver).run()
    screen = field(screen.text_input, "Namn på den som får den").set_value(name).run()
    screen = field(screen.selectbox, "Samtycke eller lag").set_value("Stöd i lag").run()
    return field(screen.text_input, GROUND).set_value("3 kap. 4 §").run()


def finished(told, screen) -> str:
    """What stands on the paper of the one report, which the page links to where the button was and in the list."""
    (report,) = made_reports.reports_of(told.desk, told.student.id)
    assert [each.proto.url for each in screen.get("link_button")] == [f"/papers/report/{report.id}.pdf"] * 2
    assert MAKE not in [button.label for button in screen.button], "the same report is not made twice"
    return text_of(report_pdf(told.desk, report.id))


def test_a_terms_report_to_the_student(compose, told) -> None:
    screen = compose(ReportKind.TERM)
    assert field(screen.button, MAKE).disabled
    assert "Välj minst en del." in said(screen)
    assert [each.value for each in screen.checkbox] == [False] * len(screen.checkbox)
    for part in ("Samtalen ni har haft", "Enkäten", "Det ni bestämde", "Rapport från träffen"):
        screen = tick(screen, part)
    assert "Vi spelade schack i biblioteket." in said(screen)
    press(screen, MAKE)
    assert "Rapporten är gjord." in said(screen)
    paper = finished(told, screen)
    for words in ("Terminens rapport", "Fritt samtal", "Läxhjälp på onsdagar", "Vi spelade schack"):
        assert words in paper, words
    press(screen, "Eleven har läst den")
    (report,) = made_reports.reports_of(told.desk, told.student.id)
    assert report.read_on == told.desk.today


def test_a_session_report_goes_to_whom_the_principal_chose_when_the_student_has_read_it(compose, told) -> None:
    screen = compose(ReportKind.SESSION)
    screen = hand_to(screen, "Specialpedagogen", "Någon Annan")
    assert "De här delarna kan inte vara med:" in said(screen)
    assert "Rektorn har valt: mentorn, specialpedagogen (Ali Noor)" in said(screen)
    screen = field(screen.text_input, "Namn på den som får den").set_value("Ali Noor").run()
    screen = tick(screen, "Rapport från träffen")
    press(screen, MAKE)
    paper = finished(told, screen)
    assert "Specialpedagogen: Ali Noor" in paper
    assert "Stöd i lag: 3 kap. 4 §" in paper
    assert "Att börja klockan tio." in paper


def test_what_the_student_has_read_is_what_was_chosen_then(compose, told) -> None:
    screen = hand_to(compose(ReportKind.TERM), "Rektorn", "Kim")
    read = "Eleven har läst rapporten så som den står här nedanför"
    screen = tick(tick(screen, "Samtalen ni har haft"), read)
    assert not field(screen.button, MAKE).disabled
    screen = tick(screen, "Enkäten")
    assert field(screen.checkbox, read).value is False
    assert field(screen.button, MAKE).disabled


def test_a_handover_with_what_the_student_approved_is_followed_up_from_its_own_card(compose, told) -> None:
    screen = hand_to(compose(ReportKind.HANDOVER), "En annan skola", "Tove på Ekskolan")
    assert "Eleven har sagt nej till den här delen." in said(screen)
    assert "Välj en dag då ni följer upp." in said(screen)
    for part in ("Styrkor", "Min egen sida"):
        screen = tick(screen, part)
    for label, days in (("Eleven börjar", 3), ("Vi följer upp", 10)):
        screen = field(screen.date_input, label).set_value(told.desk.today + timedelta(days=days)).run()
    press(screen, MAKE)
    paper = finished(told, screen)
    assert "Ritar och bygger." in paper
    assert "Korta uppgifter." not in paper
    field(screen.radio, "Följde ni upp starten?").set_value(Followed.YES)
    press(screen, "Spara")
    (report,) = made_reports.reports_of(told.desk, told.student.id)
    assert report.followed is Followed.YES


def test_a_kind_that_nothing_is_written_for_says_how_to_begin(open_page: Open, cast, talks) -> None:
    talks.closed(talks.desk.today)
    screen = open_page(cast.mentor, "report", student=talks.student.id).radio[0].set_value(ReportKind.HANDOVER).run()
    assert "Ingen överlämning är skriven" in said(screen)
    assert MAKE not in [button.label for button in screen.button]
