"""A guardian invited, and what came from home, by the pages alone."""

import pytest

from conversation_models.domain.invitation import InvitationStatus
from conversation_models.services import conduct, invite_guardian, rate, students
from tests.conversation_models.services.talks_made import Talks
from tests.pages.conftest import Open, said
from tests.pages.test_talks import forms, press

pytestmark = pytest.mark.sqlite
MEETING, WORDS = "home_school_meeting", "Läxorna tar hela kvällen"


def send_from_home(talks: Talks, talk_id: str) -> None:
    guardian = talks.student.guardians[0]
    made = invite_guardian.invite_guardian(talks.desk, talk_id, guardian.id, [MEETING])
    entry = rate.find_by_token(talks.store, made.token, talks.desk.now)
    rate.send_all(talks.store, entry, {(MEETING, "home_words"): WORDS}, "page", True, talks.desk.now)


def test_a_guardian_is_invited_once_told_and_taken_back(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    asked = next(each for each in screen.multiselect if each.label == "Vad vårdnadshavaren får frågor om")
    assert set(asked.options) == {"Möte mellan hem och skola", "Möte om frånvaro", "Nätverksmöte"}
    asked.set_value([MEETING])
    press(screen, "Gör inbjudan")
    link, code = [element.value for element in screen.code]
    assert "/s/" in link
    assert len(code.replace("-", "")) == 10
    again = open_page(cast.mentor, "prepare", talk=talk.id)
    assert not again.code
    assert "Vuxen Öberg: Inbjuden, och har inte börjat svara." in said(again)
    assert "Eleven har inte fått någon inbjudan än" in said(again)
    press(again, "Ta tillbaka")
    (own,) = invite_guardian.invitables(talks.desk, talk.id)
    assert own.status is InvitationStatus.REVOKED


def test_at_least_one_form_is_chosen(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    press(screen, "Gör inbjudan")
    assert "Välj minst ett underlag att skicka." in said(screen)
    assert [each.status for each in invite_guardian.invitables(talks.desk, talk.id)] == [None]


def test_of_a_student_who_is_18_nobody_is_invited_unless_the_student_says_so(open_page: Open, desk, cast) -> None:
    talk = Talks(desk, cast.shared).prepared()
    assert cast.shared.is_adult(desk.today)
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    assert "bara om eleven vill" in said(screen)
    assert "Gör inbjudan" not in [button.label for button in screen.button]
    students.invite_guardians(desk, cast.shared.id, True)
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    assert "Gör inbjudan" in [button.label for button in screen.button]


def test_staff_read_it_as_the_guardians_before_during_and_after(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    send_from_home(talks, talk.id)
    told = "Vuxen Öberg svarade hemifrån"
    before = open_page(cast.mentor, "prepare", talk=talk.id)
    assert told in [each.value for each in before.header]
    assert WORDS in forms(before)
    conduct.open_talk(talks.desk, talk.id)
    during = open_page(cast.mentor, "talk", talk=talk.id)
    assert WORDS in forms(during)
    turned = next(each for each in during.toggle if each.label == "Vänd mot eleven")
    turned.set_value(True).run()
    assert WORDS not in forms(during)
    assert told not in [each.value for each in during.header]
    conduct.close_talk(talks.desk, talk.id)
    after = open_page(cast.mentor, "closed-talk", talk=talk.id)
    assert told in [each.value for each in after.header]
    assert WORDS in forms(after)
