import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from conversation_models.domain.answer import Change, Conflict, Saved
from conversation_models.domain.invitation import InvitationStatus, NewInvitation
from conversation_models.domain.talk import Talk
from conversation_models.services import asked, conduct, invite, prepare, rate, students
from conversation_models.services.access import Desk
from conversation_models.services.entry import (
    WRONG_CODES_A_MINUTE,
    WRONG_CODES_A_MINUTE_AND_ADDRESS,
    WRONG_ENDS_A_DAY,
    WRONG_ENDS_A_MINUTE,
)
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.rate import Entry, HeldBack, RateClosed, Sent
from conversation_models.services.short_code import ALPHABET
from conversation_models.storage.invitations import START
from conversation_models.storage.store import Store
from conversation_models.storage.tables import answer, draft, failure, invitation, log_entry, talk
from instruments.errors import AnswerError
from tests.conversation_models.cast import NOW, Cast
from tests.conversation_models.domain.test_saving import changes_of_pages, play

SURVEY, QUADRANT = "development_survey", "priority_ability"
GREEN = {"colour": "green", "fits": ["green.1"]}
RED = {"colour": "red", "fits": []}
LATER = NOW + timedelta(hours=5)


@dataclass(frozen=True)
class Invited:
    """A student with a link, and the mentor's desk it came from."""

    store: Store
    desk: Desk
    talk: Talk
    made: NewInvitation

    def entry(self, now: datetime = NOW) -> Entry:
        found = rate.find_by_token(self.store, self.made.token, now)
        assert found is not None
        return found

    def by_code(self, now: datetime = NOW) -> Entry:
        found = rate.find_by_code(self.store, self.made.code, "192.0.2.1", now)
        assert found is not None
        return found

    def save(self, item: str, change: Change, now: datetime = NOW) -> Saved | Conflict:
        return rate.save(self.store, self.entry().held, SURVEY, item, change, now)

    def rows(self, table=answer) -> list:
        with self.store.reading() as unit:
            return unit.connection.execute(select(table).where(table.c.talk_id == self.talk.id)).all()


@pytest.fixture
def invited(store: Store, cast: Cast, desk: Callable[..., Desk]) -> Invited:
    mentor = desk(cast.mentor)
    other = prepare.prepare_talk(mentor, TalkPlan(cast.shared.id, date(2026, 3, 12)))
    invite.invite(mentor, other.id)
    talk = prepare.prepare_talk(mentor, TalkPlan(cast.student.id, date(2026, 3, 12)))
    return Invited(store, mentor, talk, invite.invite(mentor, talk.id))


def change(value: object, sequence: int = 1, version: int = 0, client: str = "phone") -> Change:
    return Change(value, client, sequence, version)


def whole_survey() -> dict[tuple[str, str], object]:
    rows = [(SURVEY, item.id) for item in asked.items_alone(SURVEY, 1) if item.id != "bring_up"]
    return {**dict.fromkeys(rows, GREEN), (QUADRANT, "priority"): 7, (QUADRANT, "ability"): 3}


def test_the_link_says_who_it_is_for_and_changes_nothing(invited: Invited) -> None:
    entry = invited.entry()
    assert (entry.given_name, entry.led_by_name, entry.is_adult, entry.guardians) == ("Åsa", "Alva", False, True)
    assert list(entry.editions) == [SURVEY, QUADRANT]
    assert entry.status is InvitationStatus.NOT_BEGUN
    assert entry.closed is None
    assert rate.open_entry(invited.store, entry).values == {}
    assert invited.rows(invitation)[0].begun_on is None


def test_an_unknown_link_finds_nothing(invited: Invited) -> None:
    for token in ("", "x" * 43, invited.made.token[:-1], "\ud800", "\x00"):
        assert rate.find_by_token(invited.store, token, NOW) is None


def test_the_first_saved_answer_begins_the_invitation_and_keeps_no_hour(invited: Invited) -> None:
    assert invited.save("workload", change(GREEN)) == Saved(1, NOW)
    assert invited.entry().status is InvitationStatus.BEGUN
    assert invited.rows(invitation)[0].begun_on == date(2026, 3, 10)
    with invited.store.reading() as unit:
        logged = unit.connection.execute(select(log_entry).where(log_entry.c.action == "begin")).one()
    assert logged.at == datetime(2026, 3, 10, 12, tzinfo=UTC)
    assert (logged.actor_kind, logged.actor_id) == ("student", invited.made.invitation.id)


def test_late_in_the_evening_it_is_the_day_at_the_school(invited: Invited) -> None:
    almost_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    rate.find_by_token(invited.store, invited.made.token, NOW)
    new = invite.invite(Desk(invited.store, invited.desk.actor, almost_midnight), invited.talk.id)
    entry = rate.find_by_token(invited.store, new.token, almost_midnight)
    rate.save(invited.store, entry.held, SURVEY, "workload", change(GREEN), almost_midnight)
    assert rate.send(invited.store, entry, True, almost_midnight) == Sent(date(2026, 7, 2))
    assert invited.rows()[0].recorded_at.date() == date(2026, 7, 2)


def test_the_same_change_twice_is_written_once(invited: Invited) -> None:
    first = invited.save("workload", change(GREEN))
    assert invited.save("workload", change(GREEN), LATER) == first
    assert [(row.version, row.changed_at) for row in invited.rows(draft)] == [(1, NOW)]


def test_an_overtaken_change_is_passed_over(invited: Invited) -> None:
    invited.save("workload", change(RED, sequence=2))
    assert invited.save("workload", change(GREEN, sequence=1)) == Saved(1, NOW)
    assert rate.open_entry(invited.store, invited.entry()).values[SURVEY, "workload"].value == RED


def test_another_device_is_told_and_nothing_is_overwritten(invited: Invited) -> None:
    invited.save("bring_up", change("från mobilen"))
    assert invited.save("bring_up", change("från datorn", client="laptop")) == Conflict(1, "från mobilen")
    assert rate.open_entry(invited.store, invited.entry()).values[SURVEY, "bring_up"].value == "från mobilen"
    assert invited.save("bring_up", change("båda", client="laptop", version=1, sequence=2)) == Saved(2, NOW)
    assert invited.save("bring_up", change("från mobilen igen", sequence=2, version=1)) == Conflict(2, "båda")


def test_two_devices_that_say_the_same_have_no_conflict(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    assert invited.save("workload", change(GREEN, client="laptop"), LATER) == Saved(1, NOW)


def test_own_words_lie_sealed_and_a_deleted_sentence_is_gone(invited: Invited) -> None:
    invited.save("bring_up", change("hemligheten om hunden"))
    sealed = invited.rows(draft)[0]
    assert sealed.value is None
    assert b"hunden" not in sealed.words
    invited.save("bring_up", change("", sequence=2, version=1))
    row = invited.rows(draft)[0]
    assert (row.state, row.value, row.words) == ("empty", None, None)


def test_declined_empty_and_answered_are_three_things(invited: Invited) -> None:
    invited.save("workload", change({"declined": True}))
    invited.save("content", change(GREEN))
    rate.send(invited.store, invited.entry(), True, NOW)
    states = {row.item: row.state for row in invited.rows()}
    assert (states["workload"], states["content"], states["peers"]) == ("declined", "answered", "empty")
    assert len(states) == 13
    assert "notes_opening" not in states


@pytest.mark.parametrize(
    ("item", "value", "code"),
    [
        ("workload", {"colour": "blue"}, "unknown_colour"),
        ("workload", {"colour": "green", "fits": ["red.1"]}, "statement_of_another_colour"),
        ("bring_up", "x" * 20_001, "too_long"),
        ("bring_up", "\ud800", "broken_text"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_not_written(invited: Invited, item, value, code) -> None:
    with pytest.raises(AnswerError) as refused:
        invited.save(item, change(value))
    assert refused.value.code == code
    assert invited.rows(draft) == []


@pytest.mark.parametrize(
    "broken",
    [
        Change(GREEN, "", 1),
        Change(GREEN, "x" * 65, 1),
        Change(GREEN, "a\x00b", 1),
        Change(GREEN, "phone", 2**31),
        Change(GREEN, "phone", -1),
        Change(GREEN, "phone", 1, 2**31),
        Change(GREEN, 7, 1),
        Change(GREEN, "phone", True),
    ],
)
def test_a_broken_change_is_refused(invited: Invited, broken: Change) -> None:
    with pytest.raises(AnswerError, match="not_a_change"):
        invited.save("workload", broken)


@pytest.mark.parametrize(
    ("instrument", "item"),
    [
        (SURVEY, "nothing"),
        ("nothing", "workload"),
        ("scale_question", "now"),
        ("development_notes", "observations"),
        ("development_agreement", "work_decision"),
    ],
)
def test_only_what_the_page_asks_can_be_saved(invited: Invited, instrument: str, item: str) -> None:
    with pytest.raises(asked.NotAsked):
        rate.save(invited.store, invited.entry().held, instrument, item, change("x"), NOW)


def test_sending_appends_every_asked_item_and_empties_the_drafts(invited: Invited) -> None:
    for (instrument, item), value in whole_survey().items():
        rate.save(invited.store, invited.entry().held, instrument, item, change(value), NOW)
    assert rate.send(invited.store, invited.entry(), False, NOW) == Sent(date(2026, 3, 10))
    rows = {(row.instrument, row.item): row for row in invited.rows()}
    assert len(rows) == 13
    assert {row.recorded_at for row in rows.values()} == {datetime(2026, 3, 10, 12, tzinfo=UTC)}
    assert {(row.edition, row.manner, row.respondent, row.level) for row in rows.values()} == {
        (1, "alone", "student", "m")
    }
    assert rows[QUADRANT, "ability"].value == "3"
    assert invited.rows(draft) == []
    assert invited.entry().status is InvitationStatus.SENT
    with invited.store.reading() as unit:
        row = unit.connection.execute(select(talk).where(talk.c.id == invited.talk.id)).one()
    assert (row.may_read_before, row.unread) == (False, "m")


def test_after_sending_the_bare_link_shows_and_changes_nothing(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    rate.send(invited.store, invited.entry(), True, NOW)
    assert invited.entry().closed == "sent"
    assert rate.open_entry(invited.store, invited.entry()).values == {}
    with pytest.raises(RateClosed, match="sent"):
        invited.save("workload", change(RED, sequence=2, version=1))


def test_a_page_opened_before_sending_cannot_change_what_was_sent_elsewhere(invited: Invited) -> None:
    stale = invited.entry()
    invited.save("workload", change(GREEN))
    rate.send(invited.store, invited.entry(), True, NOW)
    with pytest.raises(RateClosed, match="sent"):
        rate.save(invited.store, stale.held, SURVEY, "workload", change(RED, sequence=2, version=1), NOW)


@pytest.mark.parametrize("kind", ["code", "device"])
def test_with_code_or_sending_device_answers_can_be_changed_and_sent_again(invited: Invited, kind: str) -> None:
    invited.save("workload", change(GREEN))
    invited.save("bring_up", change("hej"))
    rate.send(invited.store, invited.entry(), True, NOW)
    cookie = rate.make_pass(invited.store, invited.made.invitation.id, kind, NOW)
    entry = rate.find_by_pass(invited.store, rate.read_pass(invited.store, cookie, NOW), NOW)
    opened = rate.open_entry(invited.store, entry)
    assert opened.values[SURVEY, "bring_up"].value == "hej"
    assert not opened.unsent
    assert rate.save(invited.store, entry.held, SURVEY, "workload", change(RED, 1, 1, "laptop"), LATER) == Saved(
        2, LATER
    )
    assert rate.open_entry(invited.store, entry).unsent
    rate.send(invited.store, entry, False, LATER)
    rows = [(row.version, row.value) for row in invited.rows() if row.item == "workload"]
    assert rows == [(1, '{"colour":"green","fits":["green.1"]}'), (2, '{"colour":"red","fits":[]}')]
    assert len(invited.rows()) == 14


def test_a_retry_that_comes_after_sending_is_still_the_same_change(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    rate.send(invited.store, invited.entry(), True, NOW)
    again = rate.save(invited.store, invited.by_code().held, SURVEY, "workload", change(GREEN), LATER)
    assert again.version == 1
    assert invited.rows(draft) == []


def test_the_pass_opens_its_own_link_and_no_other(invited: Invited, cast: Cast) -> None:
    rate.send(invited.store, invited.entry(), True, NOW)
    cookie = rate.make_pass(invited.store, invited.made.invitation.id, "code", NOW)
    shown = rate.read_pass(invited.store, cookie, NOW)
    assert rate.find_by_token(invited.store, invited.made.token, NOW, shown).closed is None
    other = prepare.prepare_talk(invited.desk, TalkPlan(cast.shared.id, date(2026, 3, 20)))
    link = invite.invite(invited.desk, other.id)
    assert rate.find_by_token(invited.store, link.token, NOW, shown).way == "link"


def test_a_pass_that_was_changed_or_has_ended_is_none(invited: Invited) -> None:
    cookie = rate.make_pass(invited.store, invited.made.invitation.id, "code", NOW)
    assert rate.read_pass(invited.store, cookie, NOW + timedelta(minutes=119)) is not None
    assert rate.read_pass(invited.store, cookie, NOW + timedelta(minutes=121)) is None
    changed = cookie.replace(".code.", ".device.")
    for broken in (changed, cookie[:-1], cookie + "0", "", "0" + cookie[1:-1] + "g", "å" * 80):
        assert rate.read_pass(invited.store, broken, NOW) is None


def test_a_new_invitation_stops_the_earlier_one_and_keeps_what_is_begun(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    new = invite.invite(invited.desk, invited.talk.id)
    assert invited.entry().closed == "revoked"
    with pytest.raises(RateClosed, match="revoked"):
        invited.save("workload", change(RED, sequence=2, version=1))
    entry = rate.find_by_token(invited.store, new.token, NOW)
    assert rate.open_entry(invited.store, entry).values[SURVEY, "workload"].value == GREEN


def test_a_new_link_after_sending_does_not_show_what_was_sent(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    rate.send(invited.store, invited.entry(), True, NOW)
    new = invite.invite(invited.desk, invited.talk.id)
    entry = rate.find_by_token(invited.store, new.token, NOW)
    assert entry.closed == "sent"
    assert rate.open_entry(invited.store, entry).values == {}
    by_code = rate.find_by_code(invited.store, new.code, "192.0.2.1", NOW)
    assert rate.open_entry(invited.store, by_code).values[SURVEY, "workload"].value == GREEN


def test_an_expired_invitation_takes_nothing(invited: Invited) -> None:
    entry = invited.entry()
    week = NOW + timedelta(days=7)
    assert invited.entry(week).status is InvitationStatus.EXPIRED
    with pytest.raises(RateClosed, match="expired"):
        rate.save(invited.store, entry.held, SURVEY, "workload", change(GREEN), week)
    with pytest.raises(RateClosed, match="expired"):
        rate.send(invited.store, entry, True, week)


def test_an_archived_student_has_no_link(invited: Invited, cast: Cast) -> None:
    entry = invited.entry()
    students.archive_student(invited.desk, cast.student.id)
    assert invited.entry().closed == "revoked"
    with pytest.raises(RateClosed, match="revoked"):
        rate.save(invited.store, entry.held, SURVEY, "workload", change(GREEN), NOW)


def test_when_the_talk_has_begun_what_is_begun_may_be_sent_but_not_changed(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    conduct.open_talk(invited.desk, invited.talk.id)
    assert invited.entry().closed == "begun"
    with pytest.raises(RateClosed, match="begun"):
        invited.save("workload", change(RED, sequence=2, version=1))
    assert rate.open_entry(invited.store, invited.entry()).values[SURVEY, "workload"].value == GREEN
    rate.send(invited.store, invited.entry(), True, NOW)
    assert {row.item: row.state for row in invited.rows()}["workload"] == "answered"
    with pytest.raises(RateClosed, match="begun"):
        rate.send(invited.store, invited.by_code(), True, NOW)


def test_when_the_talk_has_begun_and_nothing_is_begun_there_is_nothing_to_send(invited: Invited) -> None:
    conduct.open_talk(invited.desk, invited.talk.id)
    with pytest.raises(rate.NothingToSend):
        rate.send(invited.store, invited.entry(), True, NOW)
    assert invited.rows() == []


def test_a_closed_talk_takes_nothing(invited: Invited) -> None:
    invited.save("workload", change(GREEN))
    entry = invited.entry()
    conduct.open_talk(invited.desk, invited.talk.id)
    conduct.close_talk(invited.desk, invited.talk.id)
    for attempt in (
        lambda: rate.save(invited.store, entry.held, SURVEY, "workload", change(RED, 2, 1), NOW),
        lambda: rate.send(invited.store, entry, True, NOW),
    ):
        with pytest.raises(RateClosed, match="closed"):
            attempt()
    assert rate.open_entry(invited.store, invited.entry()).values == {}


def test_a_whole_form_is_saved_and_sent_in_one_transaction(invited: Invited) -> None:
    outcome = rate.send_all(invited.store, invited.entry(), whole_survey(), "post", True, NOW)
    assert outcome == Sent(date(2026, 3, 10))
    assert len(invited.rows()) == 13
    assert sum(row.state == "answered" for row in invited.rows()) == 12
    assert invited.rows(invitation)[0].begun_on == date(2026, 3, 10)


def test_a_whole_form_saved_leaves_untouched_what_is_not_in_it(invited: Invited) -> None:
    invited.save("workload", change(RED))
    assert rate.save_all(invited.store, invited.entry(), {(SURVEY, "peers"): GREEN}, "post", NOW) == {}
    values = rate.open_entry(invited.store, invited.entry()).values
    assert values[SURVEY, "workload"].value == RED
    assert values[SURVEY, "peers"].value == GREEN


def test_a_whole_form_does_not_overwrite_what_another_device_changed(invited: Invited) -> None:
    invited.save("workload", change(RED))
    values, versions = whole_survey(), dict.fromkeys(whole_survey(), 0)
    held = rate.send_all(invited.store, invited.entry(), values, "post", True, NOW, versions)
    assert held == HeldBack({(SURVEY, "workload"): Conflict(1, RED)})
    assert invited.rows() == []
    conflicts = rate.save_all(invited.store, invited.entry(), values, "post", NOW, versions)
    assert list(conflicts) == [(SURVEY, "workload")]
    opened = rate.open_entry(invited.store, invited.entry()).values
    assert (opened[SURVEY, "workload"].value, opened[SURVEY, "peers"].value) == (RED, GREEN)
    assert opened[SURVEY, "workload"].version == 1


def test_a_page_that_saved_by_itself_may_post_its_own_newest_text(invited: Invited) -> None:
    invited.save("bring_up", change("hej", sequence=4))
    outcome = rate.send_all(
        invited.store,
        invited.entry(),
        {(SURVEY, "bring_up"): "hej då"},
        "phone",
        True,
        NOW,
        {(SURVEY, "bring_up"): 0},
    )
    assert outcome == Sent(date(2026, 3, 10))
    assert {row.item: row.version for row in invited.rows()}["bring_up"] == 2


def test_a_form_with_wrong_values_names_each_and_writes_none(invited: Invited) -> None:
    values = {(QUADRANT, "priority"): 11, (SURVEY, "workload"): GREEN, (QUADRANT, "ability"): "x"}
    with pytest.raises(rate.AnswersRefused) as refused:
        rate.save_all(invited.store, invited.entry(), values, "post", NOW)
    assert {key: error.code for key, error in refused.value.errors.items()} == {
        (QUADRANT, "priority"): "outside_the_scale",
        (QUADRANT, "ability"): "not_a_whole_number",
    }
    assert invited.rows(draft) == []


def test_the_short_code_opens_whatever_its_case_and_dashes(invited: Invited) -> None:
    assert re.fullmatch(r"[2-9A-Z]{5}-[2-9A-Z]{5}", invited.made.code)
    for typed in (invited.made.code, invited.made.code.lower(), f" {invited.made.code.replace('-', ' – ')} "):
        entry = rate.find_by_code(invited.store, typed, "192.0.2.1", NOW)
        assert (entry.given_name, entry.way) == ("Åsa", "code")


def wrong_code(right: str, number: int, *, alike: bool) -> str:
    """The `number`th code that begins like the right one, or unlike it, and is not it."""
    letters = "".join(ALPHABET[number // 30**place % 30] for place in range(6))
    other = ALPHABET[(ALPHABET.index(right[0]) + 1) % 30]
    last = ALPHABET[(ALPHABET.index(right[-1]) + 1) % 30]
    return (right[:START] if alike else f"{other}{right[1:START]}") + letters + last


def tries(invited: Invited, typed: list[str], address: str, now: datetime = NOW) -> int:
    """How many of them were looked at; none of them is right."""
    checked = 0
    for code in typed:
        with suppress(rate.Throttled):
            assert rate.find_by_code(invited.store, code, address, now) is None
            checked += 1
    return checked


def failures_kept(invited: Invited, kind: str) -> int:
    with invited.store.reading() as unit:
        return unit.connection.execute(select(func.count()).where(failure.c.kind == kind)).scalar_one()


def test_a_right_code_opens_while_others_guess_from_the_same_address(invited: Invited) -> None:
    typed = [wrong_code(invited.made.code, number, alike=False) for number in range(200)]
    assert tries(invited, typed, "192.0.2.7") == WRONG_CODES_A_MINUTE_AND_ADDRESS
    for number in range(1, 5):
        assert tries(invited, typed, f"192.0.2.1{number}") <= WRONG_CODES_A_MINUTE_AND_ADDRESS
    with pytest.raises(rate.Throttled) as throttled:
        rate.find_by_code(invited.store, "för kort", "192.0.2.99", NOW)
    assert throttled.value.retry_after_seconds == 60
    assert rate.find_by_code(invited.store, invited.made.code, "192.0.2.7", NOW) is not None
    assert tries(invited, typed, "192.0.2.7", NOW + timedelta(seconds=61)) == WRONG_CODES_A_MINUTE_AND_ADDRESS


def test_codes_that_begin_like_an_open_one_have_a_budget_of_their_own(invited: Invited) -> None:
    right, typed = invited.made.code.replace("-", ""), [wrong_code(invited.made.code, n, alike=True) for n in range(99)]
    assert tries(invited, typed, "192.0.2.7") == WRONG_ENDS_A_MINUTE
    with pytest.raises(rate.Throttled):
        rate.find_by_code(invited.store, right, "192.0.2.8", NOW)
    later = NOW + timedelta(seconds=61)
    assert rate.find_by_code(invited.store, right, "192.0.2.7", later) is not None
    for minute in range(1, 40):
        tries(invited, typed, "192.0.2.7", NOW + minute * timedelta(seconds=61))
    assert failures_kept(invited, "code_end_day") == WRONG_ENDS_A_DAY
    with pytest.raises(rate.Throttled):
        rate.find_by_code(invited.store, right, "192.0.2.7", NOW + timedelta(hours=2))
    assert rate.find_by_code(invited.store, right, "192.0.2.7", NOW + timedelta(hours=26)) is not None


def test_an_expired_code_still_says_so_and_its_beginning_is_nobodys(invited: Invited) -> None:
    later = NOW + timedelta(days=8)
    assert rate.find_by_code(invited.store, invited.made.code, "192.0.2.7", later).closed == "expired"
    typed = [wrong_code(invited.made.code, number, alike=True) for number in range(80)]
    assert tries(invited, typed, "192.0.2.7", later) == WRONG_CODES_A_MINUTE_AND_ADDRESS


def test_wrong_codes_checked_in_a_minute_are_bounded_for_all_addresses_and_threads(invited: Invited) -> None:
    checked: list[int] = []

    def attempt(thread: int) -> None:
        typed = [wrong_code(invited.made.code, 50 * thread + number, alike=False) for number in range(50)]
        for number, code in enumerate(typed):
            checked.extend([thread] * tries(invited, [code], f"192.0.{thread}.{number}"))

    run_together([lambda thread=thread: attempt(thread) for thread in range(6)])
    assert len(checked) == WRONG_CODES_A_MINUTE
    assert failures_kept(invited, "code") == WRONG_CODES_A_MINUTE


def test_devices_that_save_at_once_never_overwrite_each_other(invited: Invited) -> None:
    outcomes: dict[str, Saved | Conflict] = {}
    entry = invited.entry()

    def save(client: str) -> None:
        asked_for = change(f"från {client}", client=client)
        outcomes[client] = rate.save(invited.store, entry.held, SURVEY, "bring_up", asked_for, NOW)

    run_together([lambda name=name: save(name) for name in ("a", "b", "c", "d", "e", "f")])
    winners = [client for client, outcome in outcomes.items() if isinstance(outcome, Saved)]
    assert len(outcomes) == 6
    assert len(winners) == 1
    losers = {outcome for outcome in outcomes.values() if isinstance(outcome, Conflict)}
    assert losers == {Conflict(1, f"från {winners[0]}")}
    assert rate.open_entry(invited.store, entry).values[SURVEY, "bring_up"].value == f"från {winners[0]}"


def test_an_answer_saved_while_it_is_sent_is_either_sent_or_refused(invited: Invited) -> None:
    entry = invited.entry()
    rate.save(invited.store, entry.held, SURVEY, "workload", change(GREEN), NOW)
    outcomes: list[str] = []

    def save() -> None:
        try:
            rate.save(invited.store, entry.held, SURVEY, "peers", change(RED), NOW)
            outcomes.append("saved")
        except RateClosed as closed:
            outcomes.append(closed.code)

    run_together([save, lambda: rate.send(invited.store, entry, True, NOW)])
    state = {row.item: row.state for row in invited.rows()}["peers"]
    assert (outcomes, state) in [(["saved"], "answered"), (["sent"], "empty")]
    assert invited.rows(draft) == []


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arriving=changes_of_pages(("phone", "laptop")), data=st.data())
def test_changes_in_any_order_and_number_end_as_the_rule_says_and_retries_change_nothing(
    invited: Invited, arriving: list[Change], data: st.DataObject
) -> None:
    made = prepare.prepare_talk(invited.desk, TalkPlan(invited.talk.student_id, date(2026, 3, 12)))
    entry = rate.find_by_token(invited.store, invite.invite(invited.desk, made.id).token, NOW)
    value, known, written = play(arriving)
    for each in arriving + data.draw(st.permutations(written)):
        rate.save(invited.store, entry.held, SURVEY, "bring_up", each, NOW)
    opened = rate.open_entry(invited.store, entry).values.get((SURVEY, "bring_up"))
    assert (opened.value, opened.version) == (value, known.version) if known else opened is None


def run_together(tasks: list[Callable[[], None]]) -> None:
    """All at the same moment; an exception in one of them fails the test."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        gate.wait()
        task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        for done in [pool.submit(run, task) for task in tasks]:
            done.result()
