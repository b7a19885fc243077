"""Levels are walls: what is student health's own reaches no mentor, and what is private reaches nobody else."""

from dataclasses import replace
from datetime import date

import pytest

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import added, agree, conduct, invite, look, move, prepare, rate, students, today
from conversation_models.services.access import Refused
from conversation_models.services.asked import NotAsked
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import see_talk
from tests.conversation_models.filled import a_model, fill, value_of
from tests.conversation_models.services.talks_made import AGREEMENT, Talks, change

SECRET = "Kanariefågel"
ABOVE, PRIVATE = "trigger_circle", "equality_reflection"
MIXED = "mapping"  # student health's, with parts for the mentor


@pytest.fixture
def mentor(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


@pytest.fixture
def health(desk, cast) -> Talks:
    return Talks(desk(cast.counsellor), cast.student)


@pytest.fixture
def above(with_model):
    """A talk for student health alone."""
    return with_model(a_model("above", "e", ABOVE, MIXED, AGREEMENT))


def plan(talks: Talks, model: str, **more) -> TalkPlan:
    return TalkPlan(talks.student.id, date(2026, 3, 12), model, **more)


def opened(talks: Talks, model: str):
    return conduct.open_talk(talks.desk, prepare.prepare_talk(talks.desk, plan(talks, model)).id)


def test_a_mentor_neither_prepares_nor_holds_a_talk_above_the_own_level(mentor: Talks, health: Talks, above) -> None:
    with pytest.raises(Refused):
        prepare.prepare_talk(mentor.desk, plan(mentor, "above"))
    talk = prepare.prepare_talk(health.desk, plan(health, "above", place=SECRET))
    place = Place(talk.id, "above_notes", "notes_begin", Respondent.MENTOR, Manner.TOGETHER)
    tries = [
        lambda: see_talk(mentor.desk, talk.id),
        lambda: conduct.open_talk(mentor.desk, talk.id),
        lambda: conduct.close_talk(mentor.desk, talk.id),
        lambda: conduct.go_to_phase(mentor.desk, talk.id, "middle"),
        lambda: conduct.save_in_talk(mentor.desk, place, change(SECRET)),
        lambda: conduct.unsent_begun(mentor.desk, talk.id),
        lambda: prepare.change_plan(mentor.desk, talk.id, plan(mentor, "above")),
        lambda: prepare.drop_talk(mentor.desk, talk.id),
        lambda: invite.invite(mentor.desk, talk.id, asks=["development_survey"]),
        lambda: invite.invitations_of(mentor.desk, talk.id),
        lambda: added.add_instrument(mentor.desk, talk.id, "mentor_talk"),
        lambda: added.instruments_to_add(mentor.desk, talk.id),
        lambda: look.record_of_talk(mentor.desk, talk.id),
        lambda: move.move_talk(mentor.desk, talk.id, mentor.student.id, "Fel"),
    ]
    for status in ("prepared", "open"):
        for each in tries:
            with pytest.raises(Refused):
                each()
        if status == "prepared":
            conduct.open_talk(health.desk, talk.id)
    assert prepare.talks_of(mentor.desk, mentor.student.id) == []
    assert today.today(mentor.desk) == today.Today()
    assert look.history(mentor.desk, mentor.student.id).names == {}
    assert [each.id for each in prepare.talks_of(health.desk, health.student.id)] == [talk.id]


def test_a_closed_talk_above_the_level_is_known_by_what_is_for_the_mentor_and_no_more(
    mentor: Talks, health: Talks, above
) -> None:
    silent, told = opened(health, "above"), opened(health, "above")
    for talk in (silent, told):
        fill(health.desk, talk.id, ABOVE, SECRET)
        fill(health.desk, talk.id, MIXED, SECRET, "e")
        fill(health.desk, talk.id, "above_notes", SECRET)
    parts = fill(health.desk, told.id, MIXED, "Öppet", "m")
    health.write(
        told, {(AGREEMENT, "work_decision"): "Vi börjar klockan tio", (AGREEMENT, "work_follow_up"): "2026-03-20"}
    )
    for talk in (silent, told):
        conduct.close_talk(health.desk, talk.id)
    assert [talk.id for talk in prepare.talks_of(mentor.desk, mentor.student.id)] == [told.id]
    with pytest.raises(Refused):
        see_talk(mentor.desk, silent.id)
    view = see_talk(mentor.desk, told.id)
    assert set(view.instruments) == set(view.talk.editions) == {MIXED, AGREEMENT}
    asked_here = {item.id for item in view.instruments[MIXED].items()}
    assert asked_here == set(parts)
    assert {answer.level for answer in view.answers.values()} == {"m"}
    seen = (view, look.history(mentor.desk, mentor.student.id), look.record_of_talk(mentor.desk, told.id))
    assert SECRET not in repr(seen)
    assert [decision.words for decision in agree.open_decisions(mentor.desk, mentor.student.id)] == [
        "Vi börjar klockan tio"
    ]
    assert len(today.today(mentor.desk).soon) == 1
    assert SECRET in repr(see_talk(health.desk, silent.id))
    with pytest.raises(Refused):
        move.move_talk(mentor.desk, told.id, mentor.student.id, "Fel")


def test_what_is_decided_at_the_mentors_level_can_be_followed_up_by_the_mentor(
    mentor: Talks, health: Talks, above
) -> None:
    talk = opened(health, "above")
    health.write(talk, {(AGREEMENT, "work_decision"): "Ett beslut"})
    conduct.close_talk(health.desk, talk.id)
    (decision,) = agree.decisions_of(mentor.desk, talk.id)
    assert decision.level == "m"
    agree.follow_up(mentor.desk, decision.id, DecisionStatus.DONE, "Det blev av")
    assert agree.open_decisions(health.desk, health.student.id) == []


def test_a_correction_has_the_level_of_what_it_corrects(mentor: Talks, health: Talks, above) -> None:
    talk = opened(health, "above")
    health.write(talk, {(AGREEMENT, "work_decision"): "Ett beslut"})
    conduct.close_talk(health.desk, talk.id)
    item = next(item.id for item in see_talk(health.desk, talk.id).instruments[ABOVE].items())
    made = agree.amend(health.desk, talk.id, ABOVE, item, SECRET)
    assert made.level == "e"
    agree.amend(health.desk, talk.id, AGREEMENT, "work_decision", "Öppet")
    assert [each.words for each in agree.amendments_of(mentor.desk, talk.id)] == ["Öppet"]
    assert [each.words for each in look.history(mentor.desk, mentor.student.id).amendments] == ["Öppet"]
    assert len(agree.amendments_of(health.desk, talk.id)) == 2
    with pytest.raises(NotAsked):
        agree.amend(mentor.desk, talk.id, ABOVE, item, "Jag gissar")


def test_in_a_shared_talk_the_mentor_sees_nothing_of_what_student_health_adds(mentor: Talks, health: Talks) -> None:
    talk = opened(mentor, "development")
    added.add_instrument(health.desk, talk.id, ABOVE)
    added.add_instrument(health.desk, talk.id, MIXED)
    fill(health.desk, talk.id, ABOVE, SECRET)
    fill(health.desk, talk.id, MIXED, SECRET, "e")
    view = see_talk(mentor.desk, talk.id)
    assert ABOVE not in view.instruments
    assert ABOVE not in view.talk.editions
    assert SECRET not in repr(view)
    assert ABOVE not in repr(conduct.go_to_phase(mentor.desk, talk.id, "now"))
    with pytest.raises(NotAsked):
        added.remove_instrument(mentor.desk, talk.id, ABOVE)
    with pytest.raises(NotAsked):
        added.add_instrument(mentor.desk, talk.id, "functional_analysis")
    above = see_talk(health.desk, talk.id).instruments[ABOVE]
    for item in above.items():
        place = Place(talk.id, ABOVE, item.id, Respondent(above.respondent_of(item.id)), Manner.TOGETHER)
        with pytest.raises(NotAsked):
            conduct.save_in_talk(mentor.desk, place, change(value_of(item, "Jag")))
    closed = conduct.close_talk(mentor.desk, talk.id)
    assert ABOVE not in closed.editions
    assert SECRET not in repr((see_talk(mentor.desk, talk.id), look.history(mentor.desk, mentor.student.id)))
    assert SECRET in repr(see_talk(health.desk, talk.id))


def test_only_who_reads_student_healths_answers_sends_its_questions(mentor: Talks, health: Talks) -> None:
    talk = mentor.prepared()
    assert "thermometer" in invite.sendable(health.desk, talk.id)
    assert "thermometer" not in invite.sendable(mentor.desk, talk.id)
    with pytest.raises(NotAsked):
        invite.invite(mentor.desk, talk.id, asks=["thermometer"])
    made = invite.invite(health.desk, talk.id, asks=["thermometer"])
    entry = rate.find_by_token(health.store, made.token, health.desk.now)
    assert list(entry.editions) == ["thermometer"]
    values = {("thermometer", "situations"): [{"row": "own.1", "situation": SECRET, "now": 3}]}
    rate.save_all(health.store, entry, values, "phone", health.desk.now)
    assert invite.invitations_of(mentor.desk, talk.id) == []
    assert not conduct.unsent_begun(mentor.desk, talk.id)
    assert conduct.unsent_begun(health.desk, talk.id)
    with pytest.raises(Refused):
        invite.revoke(mentor.desk, made.invitation.id)
    rate.send(health.store, rate.find_by_token(health.store, made.token, health.desk.now), True, health.desk.now)
    assert today.today(mentor.desk).unread == ()
    assert [each.id for _, each in today.today(health.desk).unread] == [talk.id]
    view = see_talk(mentor.desk, talk.id)
    assert (view.invitation, view.invitation_status) == (None, None)
    assert SECRET not in repr(view)
    assert [each.id for _, each in today.today(health.desk).unread] == [talk.id], "the mentor has not read it"
    assert SECRET in repr(see_talk(health.desk, talk.id))
    assert today.today(health.desk).unread == ()


def test_what_a_mentor_sends_holds_nothing_of_what_student_health_sent(mentor: Talks, health: Talks) -> None:
    """Whoever holds a link can open it: the mentor's own leads to the mentor's questions alone."""
    talk = mentor.prepared()
    made = invite.invite(health.desk, talk.id, asks=["development_survey", "thermometer"])
    values = {("thermometer", "situations"): [{"row": "own.1", "situation": SECRET}]}
    rate.save_all(
        health.store, rate.find_by_token(health.store, made.token, health.desk.now), values, "phone", health.desk.now
    )
    mine = invite.invite(mentor.desk, talk.id)
    entry = rate.find_by_token(mentor.store, mine.token, mentor.desk.now)
    assert list(entry.editions) == ["development_survey"]
    assert SECRET not in repr(rate.open_entry(mentor.store, entry))
    rate.send(mentor.store, entry, True, mentor.desk.now)
    again = invite.invite(health.desk, talk.id, asks=["thermometer"])
    kept = rate.open_entry(health.store, rate.find_by_code(health.store, again.code, "192.0.2.1", health.desk.now))
    assert SECRET in repr(kept), "sending the mentor's questions leaves the others as they were"


def test_what_is_private_is_its_authors_alone(mentor: Talks, health: Talks, desk, cast) -> None:
    talks = replace(mentor, student=cast.shared)
    colleague = Talks(desk(cast.colleague), cast.shared)
    talk = opened(talks, "development")
    added.add_instrument(talks.desk, talk.id, PRIVATE)
    written = fill(talks.desk, talk.id, PRIVATE, SECRET)
    assert SECRET in repr(see_talk(talks.desk, talk.id))
    for other in (colleague.desk, health.desk):
        assert PRIVATE not in repr(see_talk(other, talk.id).instruments)
        place = Place(talk.id, PRIVATE, written[0], Respondent.MENTOR, Manner.TOGETHER)
        with pytest.raises(NotAsked):
            conduct.save_in_talk(other, place, change("Jag med"))
        with pytest.raises(NotAsked):
            added.add_instrument(other, opened(Talks(talks.desk, cast.shared), "development").id, PRIVATE)
    conduct.close_talk(talks.desk, talk.id)
    for other in (colleague.desk, health.desk):
        told = (see_talk(other, talk.id), look.history(other, cast.shared.id), look.record_of_talk(other, talk.id))
        assert SECRET not in repr(told)
    assert SECRET in repr(see_talk(talks.desk, talk.id))
    assert SECRET in repr(look.history(talks.desk, cast.shared.id))
    assert SECRET not in repr(look.record_of_talk(talks.desk, talk.id)), "never printed with a talk"
    assert SECRET not in repr(look.history(talks.desk, cast.shared.id, printed=True))


def test_nobody_is_found_by_what_they_answered(mentor: Talks, health: Talks, above) -> None:
    talk = opened(health, "above")
    fill(health.desk, talk.id, ABOVE, SECRET)
    assert students.list_students(mentor.desk, SECRET) == []


def test_an_invitation_asks_something(mentor: Talks, with_model) -> None:
    with_model(a_model("silent", "m"))
    talk = prepare.prepare_talk(mentor.desk, plan(mentor, "silent"))
    with pytest.raises(TalkRefused) as refused:
        invite.invite(mentor.desk, talk.id)
    assert refused.value.code == "nothing_to_ask"
