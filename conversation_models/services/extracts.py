"""Everything that is kept about one student and that the one who takes it out may read (GDPR, article 15).

Each row says whose it is and at which level. What is not in it stands in LEFT_OUT and LIMITS, with the reason.
"""

from dataclasses import dataclass
from typing import Any

from conversation_models.domain.answer import Manner, Respondent
from conversation_models.domain.staff import Staff
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, desk_talks
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.storage import extracts, students, talks
from conversation_models.storage.extracts import About, Row

__all__ = ["Extract", "Row", "read_extract"]

# A table, or one column of it, with why it is in nobody's extract. Every other column is.
FINGERPRINT, TECHNICAL = "fingerprint", "technical"
OF_STAFF, OF_PROGRAM, NOBODY_LEFT = "of_staff", "of_program", "nobody_left"
OPENS = "opens"
NOBODY_NAMED = "nobody_named"
LEFT_OUT: dict[str, str] = {
    "student.personnummer_index": FINGERPRINT,
    "student.name_index": FINGERPRINT,
    "invitation.token_hash": FINGERPRINT,
    "invitation.code_hash": FINGERPRINT,
    "invitation.code": OPENS,
    "talk.unread": TECHNICAL,
    "answer.words": TECHNICAL,  # they stand as the value
    "answer.version": TECHNICAL,
    "answer.client": TECHNICAL,
    "answer.sequence": TECHNICAL,
    "draft.words": TECHNICAL,
    "draft.version": TECHNICAL,
    "draft.client": TECHNICAL,
    "draft.sequence": TECHNICAL,
    "report.content": FINGERPRINT,
    "report.consent": TECHNICAL,  # the ground says it in words
    "report.school_id": TECHNICAL,  # for reports about a group
    "report.group_id": TECHNICAL,
    "staff": OF_STAFF,
    "batch": OF_STAFF,
    "staff_session": OF_STAFF,
    "reach": OF_STAFF,
    "trusted_adult": OF_STAFF,
    "setup_token": OF_PROGRAM,
    "failure": OF_PROGRAM,
    "key_check": OF_PROGRAM,
    "purge_decision": NOBODY_LEFT,
    "group_count": NOBODY_NAMED,
}
# What of the tables that are in it is not: the same for everybody, or for a mentor.
LIMITS = ("private", "unsent", "together_later", "wishes_to_others", "other_students")
LIMITS_OF_MENTOR = ("student_health", "log")
# Columns that name somebody of the staff: the name stands there instead of the id.
PEOPLE = frozenset({
    "staff_id", "led_by", "created_by", "author_id", "followed_by", "moved_by", "made_by",
})  # fmt: skip
ABOVE = frozenset({"phase", "place", "may_read_before"})  # how a talk went that is above the reader's level
THIS_STUDENT, ANOTHER = "this student", "another student"


@dataclass(frozen=True)
class Extract:
    """`parts` by table, as it lies there, opened. `limits` say what is left out of them."""

    student: Student
    taken_by: Staff
    levels: frozenset[str]
    parts: dict[str, tuple[Row, ...]]
    limits: tuple[str, ...]


def read_extract(desk: Desk, student_id: str) -> Extract:
    """Raises Refused."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        student = students.find(unit, student_id)
        if student is None:
            raise Refused(Right.SEE_TALKS)
        known = {talk.id: talk for talk in desk_talks.shown(desk, unit, talks.of_student(unit, student_id))}
        log = access.has_right(desk.actor, Right.READ_STUDENT_LOG)
        seen = desk_talks.seen_by(desk.actor)
        rows = extracts.rows_about(unit, About(student_id, tuple(known), seen, log))
        names = extracts.names_of_staff(unit, _named(rows))
    access.note_seen(desk, student_id)
    narrow = _Narrow(desk, student_id, known, names)
    parts = {table: tuple(row for each in found if (row := narrow.row(table, each))) for table, found in rows.items()}
    whole = "e" in seen.levels and log
    return Extract(student, desk.actor, seen.levels, parts, LIMITS if whole else LIMITS + LIMITS_OF_MENTOR)


def _named(rows: dict[str, list[Row]]) -> set[str]:
    found = {row[column] for each in rows.values() for row in each for column in PEOPLE & set(row) if row[column]}
    return found | {row["actor_id"] for row in rows.get("log_entry", ()) if row["actor_kind"] == "staff"}


@dataclass(frozen=True)
class _Narrow:
    """One row as it stands in the extract, {} when none of it may."""

    desk: Desk
    student_id: str
    known: dict[str, Talk]
    names: dict[str, str]

    def row(self, table: str, row: Row) -> Row:
        found = {name: self._value(name, value) for name, value in row.items() if f"{table}.{name}" not in LEFT_OUT}
        match table:
            case "talk":
                return self._talk(found)
            case "talk_instrument":
                return found if row["instrument"] in self.known[row["talk_id"]].editions else {}
            case "invitation":
                return self._invitation(found)
            case "answer":
                return {} if self._waits(row) else found
            case "talk_move":
                return found | {side: self._side(row[side]) for side in ("from_student", "to_student")}
            case "log_entry":
                return found | {"actor_id": self.names.get(row["actor_id"], "")}
        return found

    def _value(self, name: str, value: Any) -> Any:
        return self.names.get(value, "") if name in PEOPLE and value else value

    def _talk(self, found: Row) -> Row:
        held = desk_talks.may_hold(self.desk.actor, self.known[found["id"]])
        return found if held else {name: value for name, value in found.items() if name not in ABOVE}

    def _invitation(self, found: Row) -> Row:
        asks = [each for each in found["asks"].split() if each in self.known[found["talk_id"]].editions]
        return found | {"asks": " ".join(asks)} if asks else {}

    def _waits(self, row: Row) -> bool:
        """Sent, to be opened together, and not opened yet."""
        talk = self.known[row["talk_id"]]
        alone = (row["respondent"], row["manner"]) == (Respondent.STUDENT.value, Manner.ALONE.value)
        return alone and talk.status is TalkStatus.PREPARED and talk.may_read_before is False

    def _side(self, student_id: str) -> str:
        return THIS_STUDENT if student_id == self.student_id else ANOTHER
