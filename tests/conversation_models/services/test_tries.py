"""Tries by phone: told the same day, each a row of its own, safe as an invitation is, read by student health alone."""

from datetime import date, timedelta

import pytest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.talk import Talk
from conversation_models.services import conduct, invite, look, my_words, prepare, rate, tries
from conversation_models.services.access import Desk, Refused
from conversation_models.services.asked import NotAsked
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import see_talk
from conversation_models.services.today import today
from conversation_models.services.tries import Try
from instruments.errors import AnswerError
from reports.over_time import answered_instruments, over_time
from tests.conversation_models.services.talks_made import Talks, change

STEPS = [{"row": "own.1000000001", "step": "Till grinden"}, {"row": "own.1000000002", "step": "Till biblioteket"}]
GATE = {"step": "Till grinden", "before": 4, "highest": 7, "after": 2}


@pytest.fixture
def health(desk, cast) -> Talks:
    return Talks(desk(cast.counsellor), cast.student)


@pytest.fixture
def ahead(health: Talks) -> Talk:
    """The next meeting of the process. In the last one the steps were agreed."""
    last = process(health, health.desk.today - timedelta(days=7))
    conduct.open_talk(health.desk, last.id)
    place = Place(last.id, "practice_ladder", "steps", Respondent.STUDENT, Manner.TOGETHER)
    conduct.save_in_talk(health.desk, place, change(STEPS))
    conduct.close_talk(health.desk, last.id)
    return process(health, health.desk.today + timedelta(days=7))


def process(talks: Talks, held_on: date) -> Talk:
    return prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, held_on, "return_to_school"))


def by_link(talks: Talks, made) -> rate.Entry:
    entry = rate.find_by_token(talks.store, made.token, talks.desk.now)
    assert entry is not None
    return entry


def by_code(talks: Talks, made) -> rate.Entry:
    entry = rate.find_by_code(talks.store, made.code, "192.0.2.7", talks.desk.now)
    assert entry is not None
    return entry


def tell(talks: Talks, entry: rate.Entry, number: int, **cells) -> None:
    tries.tell_try(talks.store, entry, Try(number, talks.desk.today, cells or GATE), talks.desk.now)


def told(talks: Talks, talk: Talk) -> list[dict]:
    answer = see_talk(talks.desk, talk.id).by_phone("practice_ladder").get("tries")
    return answer.value if answer else []


def test_each_try_is_a_row_of_its_own_with_its_day(health, ahead) -> None:
    made = tries.turn_on(health.desk, ahead.id, 14)
    tell(health, by_link(health, made), 1000000001)
    later = health.later(days=1)
    tell(later, by_link(later, made), 1000000002, step="Till biblioteket", turned_back=True)
    first, second = health.desk.today.isoformat(), later.desk.today.isoformat()
    assert told(later, ahead) == [
        {"row": "own.1000000001", "on": first, **GATE} | {"step": "Till grinden"},
        {"row": "own.1000000002", "step": "Till biblioteket", "on": second, "turned_back": True},
    ]


def test_the_same_try_sent_twice_is_one(health, ahead) -> None:
    entry = by_link(health, tries.turn_on(health.desk, ahead.id, 14))
    tell(health, entry, 1000000001)
    tell(health, entry, 1000000001)
    assert len(told(health, ahead)) == 1


def test_a_try_says_something_about_today_or_yesterday(health, ahead) -> None:
    entry = by_link(health, tries.turn_on(health.desk, ahead.id, 14))
    with pytest.raises(tries.NothingTried):
        tell(health, entry, 1000000001, turned_back=False)
    with pytest.raises(AnswerError):
        tell(health, entry, 1000000001, before=11)
    for days in (-1, 2):
        day = health.desk.today - timedelta(days=days)
        with pytest.raises(tries.NotThatDay):
            tries.tell_try(health.store, entry, Try(1000000001, day, GATE), health.desk.now)
    assert told(health, ahead) == []


def test_link_and_code_work_again_and_again_until_the_end(health, ahead) -> None:
    made = tries.turn_on(health.desk, ahead.id, 14)
    tell(health, by_link(health, made), 1000000001)
    tell(health, by_code(health, made), 1000000002)
    late = health.later(days=15)
    assert by_link(late, made).closed == "expired"
    with pytest.raises(rate.RateClosed) as closed:
        tell(late, by_link(late, made), 1000000003)
    assert closed.value.code == "expired"
    assert len(told(health, ahead)) == 2


def test_turned_off_a_new_link_and_the_talk_itself_end_it(health, ahead) -> None:
    old = tries.turn_on(health.desk, ahead.id, 14)
    new = tries.turn_on(health.desk, ahead.id, 14)
    assert by_link(health, old).closed == "revoked"
    tell(health, by_link(health, new), 1000000001)
    tries.turn_off(health.desk, ahead.id)
    assert by_link(health, new).closed == "revoked"
    last = tries.turn_on(health.desk, ahead.id, 14)
    conduct.open_talk(health.desk, ahead.id)
    with pytest.raises(rate.RateClosed) as closed:
        tell(health, by_link(health, last), 1000000002)
    assert closed.value.code == "begun"
    with pytest.raises(TalkRefused):
        tries.turn_on(health.desk, ahead.id, 14)
    assert len(told(health, ahead)) == 1


def test_the_bare_link_shows_nothing_and_the_code_only_the_steps(health, ahead) -> None:
    made = tries.turn_on(health.desk, ahead.id, 14)
    tell(health, by_link(health, made), 1000000001)
    link, code = by_link(health, made), by_code(health, made)
    assert tries.known_steps(health.store, link) == ()
    assert tries.known_steps(health.store, code) == ("Till grinden", "Till biblioteket")
    for entry in (link, code):
        assert entry.editions == {}
        assert rate.open_entry(health.store, entry).values == {}
        assert my_words.my_words(health.store, entry).sent == {}
        with pytest.raises(NotAsked):
            rate.save(health.store, entry.held, "practice_ladder", "tries", change([]), health.desk.now)


def test_tries_and_questions_before_the_talk_live_side_by_side(health, ahead) -> None:
    phone = tries.turn_on(health.desk, ahead.id, 14)
    asked = invite.invite(health.desk, ahead.id, asks=["practice_ladder", "thermometer"])
    tell(health, by_link(health, phone), 1000000001)
    tries.turn_on(health.desk, ahead.id, 14)
    entry = by_link(health, asked)
    rate.save_all(health.store, entry, {("practice_ladder", "tries"): []}, "phone", health.desk.now)
    rate.send(health.store, entry, True, health.desk.now)
    assert len(told(health, ahead)) == 1
    assert [each.asks for each in invite.invitations_of(health.desk, ahead.id)] == [("practice_ladder", "thermometer")]


def test_staff_see_it_on_today_once_and_in_the_reading_over_time_at_once(health, ahead) -> None:
    tell(health, by_link(health, tries.turn_on(health.desk, ahead.id, 14)), 1000000001)
    assert [talk.id for _student, talk in today(health.desk).unread] == [ahead.id]
    see_talk(health.desk, ahead.id)
    assert today(health.desk).unread == ()
    history = look.history(health.desk, health.student.id)
    assert ahead.id not in {talk.id for talk in history.talks}
    assert "practice_ladder" in [each.instrument_id for each in answered_instruments(history, "sv")]
    read = over_time(history, "practice_ladder", "sv")
    assert "Till grinden" in repr(
        [each for section in read.sections for each in section.readings if each.item_id == "tries"]
    )


def test_what_is_written_together_stands_beside_what_was_told(health, ahead) -> None:
    tell(health, by_link(health, tries.turn_on(health.desk, ahead.id, 14)), 1000000001)
    conduct.open_talk(health.desk, ahead.id)
    place = Place(ahead.id, "practice_ladder", "tries", Respondent.STUDENT, Manner.TOGETHER)
    row = {"row": "own.1000000009", "step": "Till matsalen", "before": 3}
    conduct.save_in_talk(health.desk, place, change([row]))
    conduct.close_talk(health.desk, ahead.id)
    read = repr(over_time(look.history(health.desk, health.student.id), "practice_ladder", "sv"))
    assert "Till grinden" in read
    assert "Till matsalen" in read


def test_staff_cannot_write_as_if_it_came_from_the_phone(health, ahead) -> None:
    conduct.open_talk(health.desk, ahead.id)
    place = Place(ahead.id, "practice_ladder", "tries", Respondent.STUDENT, Manner.PHONE)
    with pytest.raises(NotAsked):
        conduct.save_in_talk(health.desk, place, change([]))


def test_a_mentor_knows_nothing_of_it_and_a_talk_without_a_ladder_has_none(health, ahead, desk, cast) -> None:
    tell(health, by_link(health, tries.turn_on(health.desk, ahead.id, 14)), 1000000001)
    mentor: Desk = desk(cast.mentor)
    for ask in (tries.period_of, tries.turn_off, lambda d, t: tries.turn_on(d, t, 7)):
        with pytest.raises(Refused):
            ask(mentor, ahead.id)
    assert today(mentor).unread == ()
    history = look.history(mentor, health.student.id)
    assert (history.ahead, history.told_ahead) == ((), ())
    other = prepare.prepare_talk(mentor, TalkPlan(health.student.id, mentor.today + timedelta(days=3)))
    with pytest.raises(NotAsked):
        tries.turn_on(mentor, other.id, 7)
