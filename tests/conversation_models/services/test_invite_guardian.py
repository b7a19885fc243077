"""Guardians invited to what is asked of guardians: whom, when no longer, and that nobody meets another's answers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from conversation_models.domain.answer import Change, Conflict, Manner, Place, Respondent, Saved
from conversation_models.domain.ids import new_id
from conversation_models.domain.invitation import InvitationStatus, NewInvitation
from conversation_models.domain.student import Guardian, Student
from conversation_models.domain.talk import Talk
from conversation_models.services import (
    asked,
    board,
    caseload,
    conduct,
    hand_over,
    invite,
    invite_guardian,
    look,
    move,
    my_words,
    prepare,
    rate,
    slips,
    students,
    take_along,
    talk_view,
    today,
    wishes,
)
from conversation_models.services.access import Desk, Refused
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.rate import Entry, RateClosed
from conversation_models.services.student_fields import NewGuardian, NewStudent
from conversation_models.storage import students as stored_students
from conversation_models.storage.store import Store
from conversation_models.storage.tables import answer, draft, log_entry
from tests.conversation_models.cast import NOW
from tests.conversation_models.services.talks_made import SURVEY, Talks

MEETING, ITEM = "home_school_meeting", "home_words"
ABSENCE, NETWORK = "absence_meeting", "network_meeting"
KARIN, OLOF, ASA = "Karin skriver: läxorna tar hela kvällen", "Olof skriver: hos mig går det bra", "Jag säger det själv"
TO_STUDENT = (SURVEY, "bring_up")


@dataclass(frozen=True)
class Home:
    """A student with two guardians, a prepared talk, and an invitation for each of the three."""

    talks: Talks
    talk: Talk
    student: Student
    ways: dict[str, NewInvitation]

    @property
    def store(self) -> Store:
        return self.talks.store

    def by_link(self, who: str, now=NOW) -> Entry:
        found = rate.find_by_token(self.store, self.ways[who].token, now)
        assert found is not None
        return found

    def by_code(self, who: str, now=NOW) -> Entry:
        found = rate.find_by_code(self.store, self.ways[who].code, "192.0.2.1", now)
        assert found is not None
        return found

    def save(self, who: str, words: str, spot: tuple[str, str] = (MEETING, ITEM), version: int = 0) -> Saved | Conflict:
        change = Change(words, f"page-{who}", 1, version)
        return rate.save(self.store, self.by_link(who).held, *spot, change, NOW)

    def seen(self, who: str) -> dict:
        return {key: each.value for key, each in rate.open_entry(self.store, self.by_code(who)).values.items()}

    def everyone_answers(self) -> None:
        self.save("karin", KARIN)
        self.save("olof", OLOF)
        self.save("student", ASA, TO_STUDENT)


Way = Callable[[Home, str], Entry]


@pytest.fixture
def home(desk, cast) -> Home:
    """Alva has invited Åsa, her mother Karin and her father Olof, who do not live together."""
    mentor: Desk = desk(cast.mentor)
    first, second = sorted((new_id(), new_id()))
    both = (Guardian(first, "Karin Öberg"), Guardian(second, "Olof Svensson"))
    student = replace(cast.student, guardians=both)
    with mentor.store.writing() as unit:
        stored_students.change(unit, student)
    talks = Talks(mentor, student)
    talk = talks.prepared()
    ways = {"student": invite.invite(mentor, talk.id)}
    for name, each in zip(("karin", "olof"), both, strict=True):
        ways[name] = invite_guardian.invite_guardian(mentor, talk.id, each.id, [MEETING])
    return Home(talks, talk, student, ways)


def test_only_what_asks_something_of_guardians_is_offered(home: Home) -> None:
    offered = invite_guardian.askable(home.talks.desk, home.talk.id)
    assert set(offered) == {ABSENCE, MEETING, NETWORK}
    assert offered[0] == MEETING  # the talk asks it already
    items = {name: [each.id for each in asked.items_alone(name, 1, "guardian")] for name in offered}
    assert items == {ABSENCE: ["guardian_words"], MEETING: ["home_words"], NETWORK: ["home_wants"]}
    for other in (SURVEY, "sharing_consent", "mapping", "planning", "priority_ability"):
        with pytest.raises(asked.NotAsked):
            invite_guardian.invite_guardian(home.talks.desk, home.talk.id, home.student.guardians[0].id, [other])
    with pytest.raises(TalkRefused, match="nothing_to_ask"):
        invite_guardian.invite_guardian(home.talks.desk, home.talk.id, home.student.guardians[0].id, [])


def test_a_class_and_a_student_are_not_asked_what_is_asked_of_guardians(home: Home) -> None:
    assert not {ABSENCE, MEETING, NETWORK} & set(invite.sendable(home.talks.desk, home.talk.id))


def test_a_guardian_saves_and_sends_as_a_guardian(home: Home) -> None:
    home.everyone_answers()
    assert isinstance(rate.send(home.store, home.by_link("karin"), True, NOW), rate.Sent)
    (row,) = home.talks.rows(answer)
    karin = home.student.guardians[0].id
    assert (row.instrument, row.item, row.respondent, row.manner) == (MEETING, ITEM, "guardian", "alone")
    assert (row.guardian_id, row.author_id) == (karin, None)
    logged = {(each.actor_kind, each.action) for each in home.talks.rows(log_entry)}
    assert {("guardian", "begin"), ("guardian", "send"), ("student", "begin")} <= logged
    assert ("student", "send") not in logged


@pytest.mark.parametrize("find", [Home.by_link, Home.by_code])
@pytest.mark.parametrize("sent", [False, True])
def test_each_sees_the_own_answers_and_nobody_elses(home: Home, find: Way, sent: bool) -> None:
    home.everyone_answers()
    own = {"karin": {(MEETING, ITEM): KARIN}, "olof": {(MEETING, ITEM): OLOF}, "student": {TO_STUDENT: ASA}}
    if sent:
        for who in own:
            rate.send(home.store, home.by_link(who), True, NOW)
    for who, expected in own.items():
        opened = rate.open_entry(home.store, find(home, who)).values
        said = {key: each.value for key, each in opened.items() if each.value is not None}
        assert said == ({} if sent and find is Home.by_link else expected), who


@pytest.mark.parametrize("who", ["karin", "olof"])
def test_nobody_writes_where_another_answers(home: Home, who: str) -> None:
    home.everyone_answers()
    for spot in (TO_STUDENT, (MEETING, "student_words"), (MEETING, "school_measures"), (ABSENCE, "guardian_words")):
        with pytest.raises(asked.NotAsked):
            home.save(who, "Något annat", spot)
        with pytest.raises(asked.NotAsked):
            rate.save_all(home.store, home.by_link(who), {spot: "Något annat"}, "phone", NOW)
    with pytest.raises(asked.NotAsked):
        home.save("student", "Något annat", (MEETING, ITEM))
    assert home.seen("student") == {TO_STUDENT: ASA}
    assert (home.seen("karin"), home.seen("olof")) == ({(MEETING, ITEM): KARIN}, {(MEETING, ITEM): OLOF})


def test_the_others_answer_is_no_newer_version_of_ones_own(home: Home) -> None:
    home.save("karin", KARIN)
    assert isinstance(home.save("olof", OLOF), Saved)
    held = rate.send_all(home.store, home.by_link("olof"), {(MEETING, ITEM): "Olof igen"}, "page", True, NOW)
    assert isinstance(held, rate.Sent)
    assert home.seen("karin") == {(MEETING, ITEM): KARIN}
    assert [row.guardian_id for row in home.talks.rows(draft)] == [home.student.guardians[0].id]


def test_sending_again_sends_the_own_change_alone(home: Home) -> None:
    home.everyone_answers()
    rate.send(home.store, home.by_link("karin"), True, NOW)
    rate.save_all(home.store, home.by_code("karin"), {(MEETING, ITEM): "Karin ändrar"}, "page", NOW)
    rate.send(home.store, home.by_code("karin"), True, NOW)
    said = talk_view.see_talk(home.talks.desk, home.talk.id).from_home
    assert [each.value for each in said] == ["Karin ändrar"]
    assert home.seen("olof") == {(MEETING, ITEM): OLOF}


def test_staff_see_it_as_that_guardians_answer_once_it_is_sent(home: Home) -> None:
    home.everyone_answers()
    assert talk_view.see_talk(home.talks.desk, home.talk.id).from_home == ()
    rate.send(home.store, home.by_link("karin"), True, NOW)
    view = talk_view.see_talk(home.talks.desk, home.talk.id)
    assert [(each.value, each.respondent, each.guardian_id) for each in view.from_home] == [
        (KARIN, Respondent.GUARDIAN, home.student.guardians[0].id)
    ]
    assert (view.answers, view.drafts) == ({}, {})
    assert view.value(MEETING, ITEM) is None  # so it is not read aloud, nor on a screen turned to the student


def test_that_the_student_wants_to_open_together_does_not_hide_it_nor_does_it_undo_that(home: Home) -> None:
    home.everyone_answers()
    rate.send(home.store, home.by_link("student"), False, NOW)
    rate.send(home.store, home.by_link("karin"), True, NOW)
    view = talk_view.see_talk(home.talks.desk, home.talk.id)
    assert view.hidden_until_open
    assert [each.value for each in view.from_home] == [KARIN]
    assert view.own(SURVEY) == {}
    printed = look.record_of_talk(home.talks.desk, home.talk.id)
    assert (printed.answers, [each.value for each in printed.from_home]) == ((), [KARIN])


def test_what_is_sent_from_home_stands_on_today_until_it_is_read(home: Home) -> None:
    home.save("karin", KARIN)
    rate.send(home.store, home.by_link("karin"), True, NOW)
    assert [talk.id for _, talk in today.today(home.talks.desk).unread] == [home.talk.id]
    talk_view.see_talk(home.talks.desk, home.talk.id)
    assert today.today(home.talks.desk).unread == ()


def test_closing_deletes_unread_what_a_guardian_never_sent(home: Home) -> None:
    home.everyone_answers()
    rate.send(home.store, home.by_link("karin"), True, NOW)
    conduct.open_talk(home.talks.desk, home.talk.id)
    place = Place(home.talk.id, MEETING, ITEM, Respondent.GUARDIAN, Manner.TOGETHER)
    conduct.save_in_talk(home.talks.desk, place, Change("Vi sa det tillsammans", "tablet", 1))
    conduct.close_talk(home.talks.desk, home.talk.id)
    kept = {(row.guardian_id, row.manner) for row in home.talks.rows(answer)}
    assert kept == {(home.student.guardians[0].id, "alone"), ("", "together")}
    assert home.talks.rows(draft) == []
    history = look.history(home.talks.desk, home.student.id)
    assert [each.value for each in history.answers] == ["Vi sa det tillsammans"]
    assert [each.value for each in history.from_home] == [KARIN]


def test_the_next_talk_does_not_lay_it_out_as_what_was_said_last_time(home: Home) -> None:
    home.save("karin", KARIN)
    rate.send(home.store, home.by_link("karin"), True, NOW)
    conduct.open_talk(home.talks.desk, home.talk.id)
    conduct.close_talk(home.talks.desk, home.talk.id)
    later = home.talks.later(days=20)
    following = later.prepared(date(2026, 4, 20))
    assert (MEETING, ITEM) not in talk_view.see_talk(later.desk, following.id).earlier


def test_a_guardian_has_neither_the_students_words_nor_wishes(home: Home) -> None:
    home.everyone_answers()
    rate.send(home.store, home.by_link("student"), True, NOW)
    rate.send(home.store, home.by_link("karin"), True, NOW)
    entry = home.by_code("karin")
    assert my_words.my_words(home.store, entry) == my_words.MyWords()
    assert wishes.adults_for(home.store, entry) == wishes.wishes_of(home.store, entry) == []
    with pytest.raises(wishes.NobodyThere):
        wishes.make_wish(home.store, entry, home.talk.led_by, NOW)
    (mine,) = [each for each in my_words.my_words(home.store, home.by_code("student")).sent.values() if each]
    assert mine == ASA


def test_nothing_that_a_guardian_or_a_student_has_not_sent_can_be_taken_along(home: Home) -> None:
    home.everyone_answers()
    conduct.open_talk(home.talks.desk, home.talk.id)
    assert take_along.words_to_take(home.talks.desk, home.talk.id) == []


def test_a_new_invitation_ends_the_same_guardians_earlier_one_and_nobody_elses(home: Home) -> None:
    home.everyone_answers()
    karin = home.student.guardians[0].id
    made = invite_guardian.invite_guardian(home.talks.desk, home.talk.id, karin, [MEETING], 3)
    assert home.by_link("karin").closed == "revoked"
    assert home.by_link("olof").closed is None
    assert home.by_link("student").closed is None
    found = rate.find_by_token(home.store, made.token, NOW)
    assert found is not None
    assert rate.open_entry(home.store, found).values[MEETING, ITEM].value == KARIN
    invite.invite(home.talks.desk, home.talk.id)
    assert home.by_link("student").closed == "revoked"
    assert home.by_link("olof").closed is None


def test_staff_see_each_ones_state_and_take_one_back_alone(home: Home) -> None:
    home.save("karin", KARIN)
    states = [each.status for each in invite_guardian.invitables(home.talks.desk, home.talk.id)]
    assert states == [InvitationStatus.BEGUN, InvitationStatus.NOT_BEGUN]
    invite.revoke(home.talks.desk, home.ways["karin"].invitation.id)
    states = [each.status for each in invite_guardian.invitables(home.talks.desk, home.talk.id)]
    assert states == [InvitationStatus.REVOKED, InvitationStatus.NOT_BEGUN]
    with pytest.raises(RateClosed, match="revoked"):
        home.save("karin", "Något annat")
    assert home.by_link("student").closed is None


def waits(home: Home) -> bool:
    """Whether the caseload says that the student has not answered."""
    lines = caseload.caseload(home.talks.desk)
    (own,) = [each for each in lines if each.student_id == home.student.id]
    return caseload.Event.UNANSWERED in own.events


def test_what_staff_see_of_the_students_invitation_is_the_students(home: Home) -> None:
    rate.send(home.store, home.by_link("karin"), True, NOW)
    view = talk_view.see_talk(home.talks.desk, home.talk.id)
    assert view.invitation == home.ways["student"].invitation
    assert view.invitation_status is InvitationStatus.NOT_BEGUN
    assert [each.id for each in invite.invitations_of(home.talks.desk, home.talk.id)] == [view.invitation.id]
    lines = [line for line in board.look(home.talks.desk, home.student.group_id) if line.talk]
    assert [(line.status, line.invitation) for line in lines] == [(InvitationStatus.NOT_BEGUN, view.invitation)]
    assert waits(home)
    invite.revoke(home.talks.desk, view.invitation.id)
    assert not waits(home)


def test_handing_over_and_slips_are_the_students(home: Home) -> None:
    invite.revoke(home.talks.desk, home.ways["student"].invitation.id)
    lent = hand_over.hand_over(home.talks.desk, "no session", home.talk.id)
    assert lent.guardian_id == ""
    with pytest.raises(slips.NothingToPrint):
        slips.read_slips(home.talks.desk, [(home.ways["karin"].token, home.ways["karin"].code)])


def test_from_the_eighteenth_birthday_no_guardian_is_invited_and_every_link_ends(home: Home) -> None:
    home.save("karin", KARIN)
    mentor = home.talks.desk
    invite_guardian.invite_guardian(mentor, home.talk.id, home.student.guardians[1].id, [MEETING])
    with home.store.writing() as unit:
        stored_students.change(unit, replace(home.student, birth_date=date(2008, 3, 10)))  # 18 today
    assert invite_guardian.invitables(mentor, home.talk.id) == []
    assert home.by_link("karin").closed == home.by_code("karin").closed == "revoked"
    assert rate.open_entry(home.store, home.by_code("karin")).values == {}
    with pytest.raises(RateClosed, match="revoked"):
        home.save("karin", "Något annat")
    with pytest.raises(RateClosed, match="revoked"):
        rate.send(home.store, home.by_link("karin"), True, NOW)
    with pytest.raises(TalkRefused, match="no_guardian"):
        invite_guardian.invite_guardian(mentor, home.talk.id, home.student.guardians[0].id, [MEETING])
    students.invite_guardians(mentor, home.student.id, True)
    assert len(invite_guardian.invitables(mentor, home.talk.id)) == 2
    assert home.by_link("karin").closed is None


def test_who_is_a_guardian_no_more_is_out_at_once(home: Home) -> None:
    home.save("karin", KARIN)
    karin, olof = home.student.guardians
    left = NewGuardian(olof.name, olof.phone, olof.email)
    new = NewStudent(home.student.group_id, "Åsa", "Öberg", home.student.birth_date, guardians=(left,))
    students.edit_student(home.talks.desk, home.student.id, new)
    assert home.by_link("karin").closed == "revoked"
    assert home.by_link("olof").closed is None
    with pytest.raises(RateClosed, match="revoked"):
        rate.send(home.store, home.by_link("karin"), True, NOW)
    with pytest.raises(TalkRefused, match="no_guardian"):
        invite_guardian.invite_guardian(home.talks.desk, home.talk.id, karin.id, [MEETING])


def test_another_students_guardian_and_a_stranger_cannot_be_invited(home: Home, cast) -> None:
    for guardian_id in (cast.shared.guardians[0].id, cast.far.guardians[0].id, "", new_id()):
        with pytest.raises(TalkRefused, match="no_guardian"):
            invite_guardian.invite_guardian(home.talks.desk, home.talk.id, guardian_id, [MEETING])


def test_strangers_neither_invite_nor_see_who_is_invited(home: Home, desk, cast) -> None:
    for stranger in (*cast.strangers, cast.administrator):
        for deed in (
            lambda d: invite_guardian.invitables(d, home.talk.id),
            lambda d: invite_guardian.askable(d, home.talk.id),
            lambda d: invite_guardian.invite_guardian(d, home.talk.id, home.student.guardians[0].id, [MEETING]),
            lambda d: invite.revoke(d, home.ways["karin"].invitation.id),
        ):
            with pytest.raises(Refused):
                deed(desk(stranger))
    assert home.by_link("karin").closed is None


def test_the_talk_begins_and_nothing_more_is_changed_but_what_was_begun_is_sent(home: Home) -> None:
    home.everyone_answers()
    conduct.open_talk(home.talks.desk, home.talk.id)
    with pytest.raises(RateClosed, match="begun"):
        home.save("karin", "Något annat", version=1)
    rate.send(home.store, home.by_link("karin"), True, NOW)
    assert [each.value for each in talk_view.see_talk(home.talks.desk, home.talk.id).from_home] == [KARIN]
    with pytest.raises(TalkRefused, match="not_prepared"):
        invite_guardian.invite_guardian(home.talks.desk, home.talk.id, home.student.guardians[0].id, [MEETING])


def test_a_talk_moved_to_the_right_student_ends_the_guardians_links_too(home: Home, cast) -> None:
    move.move_talk(home.talks.desk, home.talk.id, cast.shared.id, "Fel elev")
    assert home.by_link("karin").closed == home.by_link("olof").closed == "revoked"


def test_a_talk_with_answers_from_home_is_not_dropped(home: Home) -> None:
    home.save("karin", KARIN)
    rate.send(home.store, home.by_link("karin"), True, NOW)
    with pytest.raises(TalkRefused, match="sent"):
        prepare.drop_talk(home.talks.desk, home.talk.id)


def test_only_the_first_name_of_the_guardian_and_of_the_student_is_told(home: Home) -> None:
    entry = home.by_link("karin")
    assert (entry.guardian_name, entry.given_name) == ("Karin", "Åsa")
    assert home.by_link("student").guardian_name == ""
