"""Who may do what with whom. Every service, page and route asks here and nowhere else.

A mentor reaches own students. A counsellor reaches the schools and groups given to them. An administrator manages
people, groups and who mentors whom, and never sees a talk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from conversation_models.domain.ids import is_id
from conversation_models.domain.log_entry import LogEntry
from conversation_models.domain.staff import Role, Staff
from conversation_models.storage import logs, reaches
from conversation_models.storage.store import Store, Unit

SWEDEN = ZoneInfo("Europe/Stockholm")
READ_NOTED_FOR = timedelta(minutes=15)
SEEN = "seen"


class Right(StrEnum):
    SEE_STUDENT = "see_student"  # name, group, contacts
    EDIT_STUDENT = "edit_student"
    ADD_STUDENT = "add_student"  # also class lists
    SEE_TALKS = "see_talks"  # talks, answers, agreements, charts, papers
    HOLD_TALKS = "hold_talks"  # prepare, invite, conduct, close, amend, follow up
    MOVE_TALKS = "move_talks"  # a talk saved on the wrong student
    MANAGE_PEOPLE = "manage_people"  # staff, groups, mentors
    READ_LOG = "read_log"  # everything done at the own school
    READ_STUDENT_LOG = "read_student_log"  # who opened one student's record


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.MENTOR: frozenset(
        {
            Right.SEE_STUDENT,
            Right.EDIT_STUDENT,
            Right.ADD_STUDENT,
            Right.SEE_TALKS,
            Right.HOLD_TALKS,
            Right.MOVE_TALKS,
        }
    ),
    Role.COUNSELLOR: frozenset(
        {
            Right.SEE_STUDENT,
            Right.EDIT_STUDENT,
            Right.ADD_STUDENT,
            Right.SEE_TALKS,
            Right.HOLD_TALKS,
            Right.MOVE_TALKS,
            Right.READ_STUDENT_LOG,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.SEE_STUDENT,
            Right.EDIT_STUDENT,
            Right.ADD_STUDENT,
            Right.MANAGE_PEOPLE,
            Right.READ_LOG,
            Right.READ_STUDENT_LOG,
        }
    ),
}

# Which levels of answers a role reads (instruments.md, 11): m mentor and above, e student health. p is its author's.
LEVELS: dict[Role, frozenset[str]] = {
    Role.MENTOR: frozenset({"m"}),
    Role.COUNSELLOR: frozenset({"m", "e"}),
    Role.ADMINISTRATOR: frozenset(),
}


class Refused(Exception):
    """This person may not do this. The same answer whether the student or the talk exists or not."""

    def __init__(self, right: Right, student_id: str | None = None) -> None:
        super().__init__(right.value)
        self.right = right
        self.student_id = student_id


@dataclass(frozen=True)
class Desk:
    """Who is working, on which store, at what time (aware, UTC)."""

    store: Store
    actor: Staff
    now: datetime

    @property
    def today(self) -> date:
        """The day at the school, which is not always the day in Greenwich."""
        return self.now.astimezone(SWEDEN).date()

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        with self._noting_refusals(), self.store.reading() as unit:
            yield unit

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        with self._noting_refusals(), self.store.writing() as unit:
            yield unit

    @contextmanager
    def _noting_refusals(self) -> Iterator[None]:
        """The refused transaction is rolled back, so the refusal is logged in one of its own."""
        try:
            yield
        except Refused as refusal:
            asked = refusal.student_id if refusal.student_id and is_id(refusal.student_id) else None
            with self.store.writing() as unit:
                logs.add(unit, self.entry(refusal.right, "student", asked or "", asked, True))
            raise

    def entry(
        self, action: str, kind: str, object_id: str, student_id: str | None = None, denied: bool = False
    ) -> LogEntry:
        """A log entry in this person's name. Ids only, never content."""
        return LogEntry(self.now, "staff", self.actor.id, str(action), kind, object_id, student_id, denied)


def now() -> datetime:
    """The one clock of the edges: pages and routes put it into a Desk; the core is given time."""
    return datetime.now(UTC)


def has_right(actor: Staff, right: Right) -> bool:
    """By role alone: what decides whether a link or a part of a page is shown."""
    return actor.active and right in RIGHTS[actor.role]


def demand(desk: Desk, right: Right) -> None:
    """What a page asks first, where no student is concerned yet. Raises Refused, and logs it."""
    if not has_right(desk.actor, right):
        with desk.reading():
            raise Refused(right)


def reads_level(actor: Staff, level: str, author_id: str | None = None) -> bool:
    """Whether this person may read an answer of that level; asked besides reaching the student."""
    return level in LEVELS[actor.role] or (level == "p" and author_id == actor.id)


def reaches_student(unit: Unit, actor: Staff, student_id: str, today: date) -> bool:
    if not is_id(student_id):
        return False
    if actor.role is Role.MENTOR:
        return reaches.mentors(unit, actor.id, student_id, today)
    if actor.role is Role.COUNSELLOR:
        return reaches.counsels(unit, actor.id, student_id)
    return reaches.same_school(unit, actor.school_id, student_id)


def require(desk: Desk, unit: Unit, right: Right, student_id: str | None = None) -> None:
    """Raises Refused unless this person has the right and, where a student is named, reaches that student."""
    if not has_right(desk.actor, right):
        raise Refused(right, student_id)
    if student_id is not None and not reaches_student(unit, desk.actor, student_id, desk.today):
        raise Refused(right, student_id)


def note_seen(desk: Desk, student_id: str) -> None:
    """Logs that this student's record was read: once a person, student and quarter of an hour (recipes.md, 13)."""
    since = desk.now - READ_NOTED_FOR
    with desk.store.reading() as unit:
        noted = logs.noted_since(unit, desk.actor.id, SEEN, student_id, since)
    if not noted:
        with desk.store.writing() as unit:
            logs.add(unit, desk.entry(SEEN, "student", student_id, student_id))
