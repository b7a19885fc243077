"""Every student within reach with what has happened or waits: events and days. Never how anybody is.

Sorted by name and narrowed by group or by an event; nothing here knows what was answered.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from conversation_models.domain.ids import is_id
from conversation_models.domain.names import sort_key
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import access, desk_talks
from conversation_models.services.access import SWEDEN, Desk, Refused, Right
from conversation_models.storage import caseload as rows
from conversation_models.storage import reaches, tables, talks, wishes
from conversation_models.storage.caseload import Known

SOON = timedelta(days=14)
CALLS_WITHIN = timedelta(days=28)
WEEKS, MOST_WEEKS = 6, 52
CARE_CALL = "care_call"
REACHED = ("student_reached", "home_reached")
NOT_REACHED = "no_answer"


class Event(StrEnum):
    WISH = "wish"  # this student asked to talk with the one who reads this, who has not answered; nobody else sees it
    NO_TALK = "no_talk"  # for so many weeks, or never since the student was added
    NOT_REACHED = "not_reached"  # the latest care call was not answered
    OVERDUE = "overdue"  # a day to follow up has passed
    DUE = "due"  # a day to follow up comes within two weeks
    UNANSWERED = "unanswered"  # a survey was sent and has not come back
    EXPIRED = "expired"  # and its link is no longer good
    UNREAD = "unread"  # answers came, may be read, and are not read


@dataclass(frozen=True)
class Line:
    """One student. Each event with its day: that of the latest talk, the call, the day to follow up, the asking."""

    student_id: str
    name: str
    group_id: str
    group: str
    last_talk: date | None
    events: dict[Event, date | None] = field(default_factory=dict)


def read_weeks(written: str) -> int:
    """What an address asks for; WEEKS when it is no such number."""
    return int(written) if written.isascii() and written.isdigit() and 0 < int(written[:4]) <= MOST_WEEKS else WEEKS


def caseload(desk: Desk, group_id: str = "", weeks: int = WEEKS) -> tuple[Line, ...]:
    """By name, as Swedish sorts. Six queries, seven for a counsellor, however many students.

    Raises Refused for a group without reach.
    """
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        reached, seen = reaches.read_reach(unit, desk.actor, desk.today), desk_talks.seen_by(desk.actor)
        if group_id:
            if not is_id(group_id):
                raise Refused(Right.SEE_TALKS)
            reached = reached & (tables.student.c.group_id == group_id)
        known = rows.students_of(unit, reached, seen)
        if group_id and not known:
            raise Refused(Right.SEE_TALKS)
        events: dict[str, dict[Event, date | None]] = defaultdict(dict)
        for wish in wishes.unseen_by(unit, desk.actor.id):
            _earliest(events[wish.student_id], Event.WISH, wish.made_on)
        _add_unanswered(events, rows.unanswered(unit, reached, seen, desk.now))
        _add_follow_ups(events, rows.follow_ups(unit, reached, desk.today + SOON, seen), desk.today)
        _add_calls(events, rows.calls(unit, reached, desk.today - CALLS_WITHIN, seen, CARE_CALL, REACHED))
        for talk, unread in talks.ahead_within_reach(unit, reached, seen):
            if unread and talk.may_read_before is not False and talk.status is TalkStatus.PREPARED:
                _earliest(events[talk.student_id], Event.UNREAD, talk.held_on)
    lines = [_line(each, events[each.student_id], desk.today - timedelta(weeks=weeks)) for each in known]
    in_order = sorted(zip(known, lines, strict=True), key=lambda each: _order(each[0]))
    return tuple(line for _known, line in in_order)


def _line(known: Known, events: dict[Event, date | None], long_ago: date) -> Line:
    came = known.since.astimezone(SWEDEN).date()
    if (known.last_talk or came) <= long_ago:
        events = {Event.NO_TALK: known.last_talk, **events}
    in_order = {event: events[event] for event in Event if event in events}
    name = f"{known.given_name} {known.family_name}".strip()
    return Line(known.student_id, name, known.group_id, known.group, known.last_talk, in_order)


def _order(known: Known) -> tuple[object, object]:
    return sort_key(known.family_name), sort_key(known.given_name)


def _add_unanswered(events: dict[str, dict[Event, date | None]], asked: Iterable[rows.Asked]) -> None:
    for each in asked:
        event = Event.EXPIRED if each.expired else Event.UNANSWERED
        _earliest(events[each.student_id], event, each.asked_on.astimezone(SWEDEN).date())


def _add_follow_ups(events: dict[str, dict[Event, date | None]], due: Iterable[tuple[str, date]], today: date) -> None:
    for student_id, day in due:
        _earliest(events[student_id], Event.OVERDUE if day < today else Event.DUE, day)


def _add_calls(events: dict[str, dict[Event, date | None]], calls: Iterable[tuple[str, date, str | None]]) -> None:
    """Only the latest call's day counts, and on it nobody may have been reached."""
    latest: dict[str, tuple[date, list[str]]] = {}
    for student_id, day, value in calls:
        known = latest.get(student_id)
        said = [json.loads(value)] if value else []
        latest[student_id] = (day, known[1] + said) if known and known[0] == day else (day, said)
    for student_id, (day, said) in latest.items():
        if said and all(each == NOT_REACHED for each in said):
            events[student_id][Event.NOT_REACHED] = day


def _earliest(events: dict[Event, date | None], event: Event, day: date) -> None:
    known = events.get(event)
    events[event] = min(known, day) if known else day
