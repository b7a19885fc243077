from datetime import date, time

import pytest
from sqlalchemy import select

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import asked, conduct, invite, prepare
from conversation_models.services.access import Refused
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import PlanRefused, TalkPlan
from conversation_models.storage.tables import draft, invitation, log_entry, talk, talk_instrument
from tests.conversation_models.services.talks_made import HELD_ON, OWN, Talks, change


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def test_a_prepared_talk_pins_every_edition_the_model_asks(talks: Talks) -> None:
    plan = TalkPlan(talks.student.id, HELD_ON, starts=time(10, 15), place="  Rum  214 ", minutes=60)
    made = prepare.prepare_talk(talks.desk, plan)
    assert made.editions == {
        "development_survey": 1,
        "priority_ability": 1,
        "scale_question": 1,
        "development_agreement": 1,
        "development_notes": 1,
    }
    assert prepare.talks_of(talks.desk, talks.student.id) == [made]
    assert (made.place, made.starts, made.minutes, made.led_by) == ("Rum 214", time(10, 15), 60, talks.desk.actor.id)
    (row,) = talks.rows(talk)
    assert b"214" not in row.place


def test_talks_come_by_the_day_they_are_held(talks: Talks) -> None:
    for day in (date(2026, 5, 1), date(2026, 3, 1), date(2026, 4, 1)):
        talks.prepared(day)
    assert [each.held_on.month for each in prepare.talks_of(talks.desk, talks.student.id)] == [3, 4, 5]


def test_a_plan_can_be_changed_until_the_talk_begins(talks: Talks, cast) -> None:
    made = talks.prepared()
    changed = prepare.change_plan(talks.desk, made.id, TalkPlan(cast.shared.id, date(2026, 4, 2), place="Biblioteket"))
    (found,) = prepare.talks_of(talks.desk, talks.student.id)
    assert found == changed
    assert (found.held_on, found.place, found.student_id) == (date(2026, 4, 2), "Biblioteket", talks.student.id)
    conduct.open_talk(talks.desk, made.id)
    with pytest.raises(TalkRefused, match="not_prepared"):
        prepare.change_plan(talks.desk, made.id, TalkPlan(talks.student.id, HELD_ON))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"minutes": 4}, [("minutes", "outside")]),
        ({"minutes": 241, "place": "x" * 201}, [("place", "too_long"), ("minutes", "outside")]),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_every_reason(talks: Talks, fields, expected) -> None:
    with pytest.raises(PlanRefused) as refused:
        prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, HELD_ON, **fields))
    assert [(error.field, error.code) for error in refused.value.errors] == expected
    assert talks.rows(talk) == []


def test_an_unknown_model_is_not_asked(talks: Talks) -> None:
    with pytest.raises(asked.NotAsked):
        prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, HELD_ON, model="nothing"))


def test_a_dropped_talk_is_gone_with_its_drafts_and_links_and_stays_in_the_log(talks: Talks) -> None:
    kept, made = talks.prepared(), talks.prepared()
    talks.begun(made)
    conduct.save_in_talk(talks.desk, conduct.Place(made.id, OWN, "observations"), change("Du kom i tid"))
    prepare.drop_talk(talks.desk, made.id)
    assert [row.id for row in talks.rows(talk)] == [kept.id]
    for table in (draft, invitation, talk_instrument):
        assert talks.rows(table, table.c.talk_id == made.id) == []
    assert len(talks.rows(talk_instrument)) == 5
    assert [row.action for row in talks.rows(log_entry, log_entry.c.object_id == made.id)][-1] == "drop"


def test_a_talk_with_something_sent_or_begun_is_not_dropped(talks: Talks) -> None:
    sent, opened = talks.prepared(), talks.prepared()
    talks.sent(sent)
    conduct.open_talk(talks.desk, opened.id)
    with pytest.raises(TalkRefused, match="sent"):
        prepare.drop_talk(talks.desk, sent.id)
    with pytest.raises(TalkRefused, match="not_prepared"):
        prepare.drop_talk(talks.desk, opened.id)
    assert len(talks.rows(talk)) == 2


def test_strangers_and_administrators_are_refused_everywhere(talks: Talks, desk, cast) -> None:
    made = talks.prepared()
    invited = invite.invite(talks.desk, made.id).invitation
    for actor in (*cast.strangers, cast.administrator):
        stranger = desk(actor)
        for attempt in (
            lambda stranger=stranger: prepare.prepare_talk(stranger, TalkPlan(talks.student.id, HELD_ON)),
            lambda stranger=stranger: prepare.change_plan(
                stranger, made.id, TalkPlan(talks.student.id, date(2027, 1, 1))
            ),
            lambda stranger=stranger: prepare.drop_talk(stranger, made.id),
            lambda stranger=stranger: prepare.talks_of(stranger, talks.student.id),
            lambda stranger=stranger: invite.invite(stranger, made.id),
            lambda stranger=stranger: invite.revoke(stranger, invited.id),
            lambda stranger=stranger: invite.invitations_of(stranger, made.id),
        ):
            with pytest.raises(Refused):
                attempt()
    (row,) = talks.rows(talk)
    assert (row.status, row.held_on) == (TalkStatus.PREPARED, HELD_ON)
    with talks.store.reading() as unit:
        denied = unit.connection.execute(select(log_entry).where(log_entry.c.denied.is_(True))).all()
    assert len(denied) == 7 * 5


def test_the_counsellor_and_the_second_mentor_may(talks: Talks, desk, cast) -> None:
    assert prepare.prepare_talk(desk(cast.counsellor), TalkPlan(talks.student.id, HELD_ON)).led_by == cast.counsellor.id
    assert prepare.prepare_talk(desk(cast.colleague), TalkPlan(cast.shared.id, HELD_ON)).led_by == cast.colleague.id


@pytest.mark.parametrize("talk_id", ["", "0" * 32, "\x00", "' OR 1=1"])
def test_a_talk_that_is_not_there_is_refused_like_one_that_is_not_allowed(talks: Talks, talk_id: str) -> None:
    for attempt in (
        lambda: prepare.drop_talk(talks.desk, talk_id),
        lambda: invite.invite(talks.desk, talk_id),
        lambda: invite.revoke(talks.desk, talk_id),
        lambda: invite.invitations_of(talks.desk, talk_id),
    ):
        with pytest.raises(Refused):
            attempt()
