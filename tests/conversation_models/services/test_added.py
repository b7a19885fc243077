"""Instruments taken into a talk as it goes; where a process goes on; what is sent with an invitation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import added, asked, conduct, invite, prepare, rate
from conversation_models.services.access import Refused
from conversation_models.services.asked import NotAsked
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import see_talk
from conversation_models.storage import tables
from tests.conversation_models.filled import a_model, fill
from tests.conversation_models.services.talks_made import Talks

SCALE, EVALUATION = "miracle_question", "short_evaluation"


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def held(talks: Talks, model: str, day: date = date(2026, 3, 12)):
    return conduct.open_talk(talks.desk, prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, day, model)).id)


def test_a_free_talk_works_with_what_is_added_alone(talks: Talks) -> None:
    talk = held(talks, "free_talk")
    assert [name for name in talk.editions if name != "free_talk_notes"] == []
    added.add_instrument(talks.desk, talk.id, SCALE)
    added.add_instrument(talks.desk, talk.id, SCALE)
    view = see_talk(talks.desk, talk.id)
    assert [instrument.id for instrument in view.added] == [SCALE]
    assert view.talk.editions[SCALE] == asked.find_instrument(SCALE).edition
    written = fill(talks.desk, talk.id, SCALE, "Vi äter frukost tillsammans")
    conduct.close_talk(talks.desk, talk.id)
    closed = see_talk(talks.desk, talk.id)
    assert {answer.item for answer in closed.answers.values() if answer.instrument == SCALE} == set(written)
    actions = [row.action for row in talks.rows(tables.log_entry) if row.object_id == talk.id]
    assert actions.count("add_instrument") == 1


def test_what_is_not_asked_already_can_be_added_to_any_open_talk(talks: Talks) -> None:
    talk = held(talks, "development")
    offered = {instrument.id for instrument in added.instruments_to_add(talks.desk, talk.id)}
    assert offered.isdisjoint(talk.editions)
    assert {SCALE, "mentor_talk", "equality_reflection"} <= offered
    assert offered.isdisjoint({"trigger_circle", "functional_analysis", "thermometer"})
    assert "mapping" in offered, "a part of it is for the mentor"


@pytest.mark.parametrize("unknown", ["nothing", "free_talk_notes", "development_notes", ""])
def test_only_what_lies_in_the_library_is_added(talks: Talks, unknown: str) -> None:
    with pytest.raises(NotAsked):
        added.add_instrument(talks.desk, held(talks, "care_call").id, unknown)


def test_what_is_added_goes_away_again_while_it_is_empty(talks: Talks) -> None:
    talk = held(talks, "free_talk")
    added.add_instrument(talks.desk, talk.id, SCALE)
    added.remove_instrument(talks.desk, talk.id, SCALE)
    assert see_talk(talks.desk, talk.id).added == ()
    added.add_instrument(talks.desk, talk.id, SCALE)
    fill(talks.desk, talk.id, SCALE, "Ett ord")
    with pytest.raises(TalkRefused) as refused:
        added.remove_instrument(talks.desk, talk.id, SCALE)
    assert refused.value.code == "not_empty"
    assert len(see_talk(talks.desk, talk.id).added) == 1


def test_what_somebody_wrote_and_the_mentor_cannot_see_keeps_it_in_the_talk(talks: Talks, desk, cast) -> None:
    health = Talks(desk(cast.counsellor), cast.student)
    talk = held(talks, "free_talk")
    added.add_instrument(talks.desk, talk.id, "mapping")
    fill(health.desk, talk.id, "mapping", "Ord", "e")
    with pytest.raises(TalkRefused):
        added.remove_instrument(talks.desk, talk.id, "mapping")


def test_what_the_model_asks_is_not_taken_away(talks: Talks) -> None:
    talk = held(talks, "development")
    for name in ("development_survey", "scale_question", "development_notes", "nothing"):
        with pytest.raises(NotAsked):
            added.remove_instrument(talks.desk, talk.id, name)


def test_only_to_an_open_talk(talks: Talks) -> None:
    prepared = talks.prepared()
    closed = conduct.close_talk(talks.desk, held(talks, "free_talk").id)
    for talk in (prepared, closed):
        with pytest.raises(TalkRefused):
            added.add_instrument(talks.desk, talk.id, SCALE)
        with pytest.raises(TalkRefused):
            added.remove_instrument(talks.desk, talk.id, SCALE)


def test_strangers_add_nothing(talks: Talks, desk, cast) -> None:
    talk = held(talks, "free_talk")
    for stranger in cast.strangers:
        for attempt in (added.instruments_to_add, lambda d, t: added.add_instrument(d, t, SCALE)):
            with pytest.raises(Refused):
                attempt(desk(stranger), talk.id)


def test_a_process_goes_on_where_the_last_talk_ended(talks: Talks, with_model) -> None:
    with_model(a_model("weeks", "m", SCALE, process=True))
    first = held(talks, "weeks", date(2026, 3, 1))
    assert first.phase == "begin"
    conduct.go_to_phase(talks.desk, first.id, "middle")
    conduct.close_talk(talks.desk, first.id)
    prepared = prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, date(2026, 3, 8), "weeks"))
    assert see_talk(talks.desk, prepared.id).begins_in == "middle"
    assert conduct.open_talk(talks.desk, prepared.id).phase == "middle"
    chosen = prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, date(2026, 3, 9), "weeks"))
    with pytest.raises(NotAsked):
        conduct.open_talk(talks.desk, chosen.id, "nowhere")
    opened = conduct.open_talk(talks.desk, chosen.id, "end")
    assert (opened.phase, opened.status) == ("end", TalkStatus.OPEN)
    other = Talks(talks.desk, talks.student)
    assert held(other, "development").phase == "opening", "another kind of talk begins at its beginning"


def test_another_students_process_is_no_ones_beginning(talks: Talks, cast, with_model) -> None:
    with_model(a_model("weeks", "m", process=True))
    first = held(talks, "weeks")
    conduct.go_to_phase(talks.desk, first.id, "end")
    conduct.close_talk(talks.desk, first.id)
    assert held(replace(talks, student=cast.shared), "weeks").phase == "begin"


def test_an_invitation_asks_what_was_chosen_and_the_talk_asks_it_too(talks: Talks) -> None:
    talk = talks.prepared()
    made = invite.invite(talks.desk, talk.id, asks=["short_evaluation", "priority_ability"])
    assert made.invitation.asks == ("short_evaluation", "priority_ability")
    entry = talks_entry(talks, made.token)
    assert list(entry.editions) == ["short_evaluation", "priority_ability"]
    view = see_talk(talks.desk, talk.id)
    assert [instrument.id for instrument in view.added] == [EVALUATION]
    again = invite.invite(talks.later(hours=1).desk, talk.id)
    assert again.invitation.asks == ("short_evaluation", "priority_ability"), "as last time unless chosen anew"
    conduct.open_talk(talks.desk, talk.id)
    with pytest.raises(TalkRefused):
        added.remove_instrument(talks.desk, talk.id, EVALUATION)


def test_nothing_that_needs_two_people_is_sent(talks: Talks) -> None:
    talk = talks.prepared()
    for name in ("development_agreement", "miracle_question", "development_notes", "nothing"):
        with pytest.raises(NotAsked):
            invite.invite(talks.desk, talk.id, asks=[name])


def talks_entry(talks: Talks, token: str):
    entry = rate.find_by_token(talks.store, token, talks.desk.now + timedelta(minutes=1))
    assert entry is not None
    return entry
