"""A student wants to talk with somebody: picks one of those the school lists, who alone sees it, and answers it."""

from dataclasses import dataclass
from datetime import datetime

from conversation_models.domain.ids import new_id
from conversation_models.domain.log_entry import LogEntry
from conversation_models.domain.names import sort_key
from conversation_models.domain.staff import Staff
from conversation_models.domain.student import Student
from conversation_models.domain.wish import TrustedAdult, Wish
from conversation_models.services import access, saving
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.entry import Entry
from conversation_models.services.field_errors import FieldError, FieldsRefused, read_text
from conversation_models.storage import invitations, logs, schools, students, tables, wishes
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Store, Unit

LONGEST_ROLE, LONGEST_ANSWER = 60, 200
OPENS = (None, "sent", "begun")


class WishRefused(FieldsRefused):
    """What is wrong with the words; nothing was written."""


class NobodyThere(Exception):
    """No wish can be made here: the link has ended, or this person is not one to ask."""

    code = "nobody_there"


@dataclass(frozen=True)
class Asked:
    """A wish with the name of who was asked."""

    wish: Wish
    name: str


@dataclass(frozen=True)
class Waiting:
    """A wish with who wants to talk, and the name of the group."""

    wish: Wish
    student: Student
    group: str


def adults_for(store: Store, entry: Entry) -> list[TrustedAdult]:
    """Who leads the talk, and then those whom the school lists, by name. Nobody once the link has ended, and for a
    guardian: only the student is to be heard of there."""
    if not _may_wish(entry):
        return []
    with store.reading() as unit:
        return _adults(unit, entry)


def make_wish(store: Store, entry: Entry, staff_id: str, at: datetime) -> Wish:
    """Asking the same person again before it is seen is the same wish. Raises NobodyThere."""
    today = saving.day_of(at).date()
    with store.writing() as unit:
        invitations.lock_seat(unit, "id", entry.invitation.id)
        if not _may_wish(entry) or staff_id not in {each.staff_id for each in _adults(unit, entry)}:
            raise NobodyThere
        student_id = entry.talk.student_id
        for known in wishes.of_student(unit, student_id):
            if known.staff_id == staff_id and known.seen_on is None:
                return known
        new = Wish(new_id(), student_id, staff_id, today)
        wishes.add(unit, new)
        logs.add(
            unit,
            LogEntry(saving.day_of(at), "student", entry.invitation.id, "wish", "wish", new.id, student_id),
        )
    return new


def wishes_of(store: Store, entry: Entry) -> list[Asked]:
    """Newest first. Only for who typed the code, or has just sent: the bare link may lie about."""
    if entry.is_guardian or entry.way not in ("code", "device"):
        return []
    with store.reading() as unit:
        made = wishes.of_student(unit, entry.talk.student_id)
        names = {staff_id: _name(unit, staff_id) for staff_id in {each.staff_id for each in made}}
    return [Asked(each, names[each.staff_id]) for each in made]


def wishes_to_me(desk: Desk) -> list[Waiting]:
    """Oldest first: those that are not answered yet. Nobody else sees them, whoever reaches the student."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        found = wishes.unseen_by(unit, desk.actor.id)
        wanted = {each.student_id for each in found}
        who = {one.id: one for one in students.where(unit, tables.student.c.id.in_(wanted))}
        groups = {one.group_id: schools.find_group(unit, one.group_id) for one in who.values()}
    named = {group_id: group.name if group else "" for group_id, group in groups.items()}
    return [Waiting(each, who[each.student_id], named[who[each.student_id].group_id]) for each in found]


def answer_wish(desk: Desk, wish_id: str, words: str = "") -> None:
    """The student is told that it is seen, on which day, and these words. Twice is once. Raises WishRefused."""
    errors: list[FieldError] = []
    line = read_text("answer", words, errors, LONGEST_ANSWER)
    if errors:
        raise WishRefused(*errors)
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        found = wishes.find(unit, wish_id)
        if found is None or found.staff_id != desk.actor.id:
            raise Refused(Right.SEE_TALKS)
        if found.seen_on is None:
            wishes.answer(unit, wish_id, desk.today, line)
            logs.add(unit, desk.entry("answer_wish", "wish", wish_id, found.student_id))


def list_adults(desk: Desk) -> list[TrustedAdult]:
    """By name."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE)
        found = wishes.adults_of(unit, desk.actor.school_id)
    return sorted(found, key=lambda each: sort_key(each.name))


def put_on_list(desk: Desk, staff_id: str, role: str) -> None:
    """Also with a new role. Only who has a Today can be asked. Raises WishRefused."""
    errors: list[FieldError] = []
    with desk.writing() as unit:
        member = _require(desk, unit, staff_id)
        words = read_text("role", role, errors, LONGEST_ROLE, needed=True)
        if not access.has_right(member, Right.SEE_TALKS):
            errors.append(FieldError("staff", "has_no_today"))
        if errors:
            raise WishRefused(*errors)
        wishes.put_on_list(unit, staff_id, words)
        logs.add(unit, desk.entry("list_adult", "staff", staff_id))


def take_off_list(desk: Desk, staff_id: str) -> None:
    """What was wished before is still answered."""
    with desk.writing() as unit:
        _require(desk, unit, staff_id)
        wishes.take_off_list(unit, staff_id)
        logs.add(unit, desk.entry("unlist_adult", "staff", staff_id))


def _may_wish(entry: Entry) -> bool:
    return not entry.is_guardian and entry.closed in OPENS


def _adults(unit: Unit, entry: Entry) -> list[TrustedAdult]:
    leads = TrustedAdult(entry.talk.led_by, entry.led_by_name)
    others = (each for each in wishes.adults_around(unit, entry.talk.student_id) if each.staff_id != leads.staff_id)
    return [leads, *sorted(others, key=lambda each: sort_key(each.name))]


def _name(unit: Unit, staff_id: str) -> str:
    found = accounts.find(unit, staff_id)
    return found.name if found else ""


def _require(desk: Desk, unit: Unit, staff_id: str) -> Staff:
    access.require(desk, unit, Right.MANAGE_PEOPLE)
    found = accounts.find(unit, staff_id)
    if found is None or found.school_id != desk.actor.school_id:
        raise Refused(Right.MANAGE_PEOPLE)
    return found
