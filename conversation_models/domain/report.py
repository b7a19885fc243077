"""A report of a student or a group: which parts it has, who gets it, and what allows that."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class ReportKind(StrEnum):
    TERM = "term"
    SESSION = "session"
    HANDOVER = "handover"
    GROUP = "group"


class ReceiverKind(StrEnum):
    STUDENT = "student"
    GUARDIAN = "guardian"
    MENTOR = "mentor"
    SPECIAL_EDUCATOR = "special_educator"
    COUNSELLOR = "counsellor"
    PRINCIPAL = "principal"
    SCHOOL_STAFF = "school_staff"
    STUDENT_HEALTH = "student_health"  # here or at another school
    OTHER_SCHOOL = "other_school"
    ORGANISER = "organiser"  # huvudman
    OTHER_SERVICE = "other_service"


class GroundKind(StrEnum):
    OWN = "own"  # the student's own words, to the student
    STUDENT_CONSENT = "student_consent"
    GUARDIAN_CONSENT = "guardian_consent"
    BOTH_CONSENT = "both_consent"
    LAW = "law"
    NOBODY_NAMED = "nobody_named"  # counts in which no person can be found


class Followed(StrEnum):
    YES = "yes"
    NO = "no"


# What each may read (instruments.md, 11): m, and student health also e. The student's own answers are the student's.
LEVELS: dict[ReceiverKind, frozenset[str]] = {kind: frozenset("m") for kind in ReceiverKind} | {
    ReceiverKind.STUDENT: frozenset("me"),
    ReceiverKind.COUNSELLOR: frozenset("me"),
    ReceiverKind.STUDENT_HEALTH: frozenset("me"),
}
LONGEST_NAME, LONGEST_GROUND = 120, 300


@dataclass(frozen=True)
class Order:
    """What staff choose. `parts` say what is in it: "path", "session:<talk id>", "strengths".

    `talk_id` of the session or handover report; `term` of the others; `school_id` and `group_id` of a group's.
    `consent`: where the consent is written down, "<talk id>:<row>"; "" when it is not, or when the ground is another.
    `has_read`: the student has read it as it is. `follow_up` is for a handover, after `starts_on`.
    """

    kind: ReportKind
    student_id: str = ""
    talk_id: str = ""
    term: str = ""
    school_id: str = ""
    group_id: str = ""
    parts: tuple[str, ...] = ()
    receiver: ReceiverKind = ReceiverKind.STUDENT
    receiver_name: str = ""
    ground: GroundKind | None = None
    ground_words: str = ""
    consent: str = ""
    has_read: bool = False
    starts_on: date | None = None
    follow_up: date | None = None


@dataclass(frozen=True)
class Report:
    """A report that was made. `content` is a fingerprint of what stood in it; `level` the highest of it."""

    id: str
    order: Order
    level: str
    language: str
    content: str
    made_by: str
    made_at: datetime
    read_on: date | None = None
    followed: Followed | None = None
    outcome: str = ""
    followed_by: str | None = None
    followed_at: datetime | None = None
    made_by_name: str = field(default="", compare=False)

    def waits_for_follow_up(self, until: date) -> bool:
        return self.order.follow_up is not None and self.followed is None and self.order.follow_up <= until
