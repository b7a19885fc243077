"""The tables. Names, contacts, personnummer and free text are sealed bytes; colours, numbers and dates stay readable
beside ids only. `migrations/` makes them; this file is what queries are written against (a test compares the two)."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python on both databases; SQLite keeps no zone of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or (value.tzinfo is None and dialect.name != "sqlite"):
            return value
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


Id = String(32)
Sealed = LargeBinary
Counted = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[str]:
    return Column("id", Id, primary_key=True)


def _to(name: str, target: str, **more: Any) -> Column[str]:
    return Column(name, Id, ForeignKey(f"{target}.id"), **({"nullable": False} | more))


school = Table(
    "school",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("form", String(20), nullable=False),
)

class_group = Table(
    "class_group",
    metadata,
    _id(),
    _to("school_id", "school"),
    Column("name", Text, nullable=False),
    UniqueConstraint("school_id", "name"),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    _to("school_id", "school"),
    Column("username", String(100), nullable=False, unique=True),
    Column("name", Sealed, nullable=False),
    Column("role", String(20), nullable=False),
    Column("language", String(5), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_until", UtcDateTime),
    Column("must_change_password", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("id", String(64), primary_key=True),
    _to("staff_id", "staff", index=True),
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("talk_id", Id),
)

setup_token = Table(
    "setup_token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
)

failure = Table(
    "failure",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_failure_kind_key_hash_at", "kind", "key_hash", "at"),
)

student = Table(
    "student",
    metadata,
    _id(),
    _to("school_id", "school"),
    _to("group_id", "class_group", index=True),
    Column("given_name", Sealed, nullable=False),
    Column("family_name", Sealed, nullable=False),
    Column("birth_date", Sealed),
    Column("personnummer", Sealed),
    Column("personnummer_index", String(64)),
    Column("name_index", String(64), nullable=False),
    Column("email", Sealed),
    Column("phone", Sealed),
    Column("guardians_invited", Boolean, nullable=False),
    Column("archived_on", Date),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("school_id", "personnummer_index"),
    Index("ix_student_school_id_name_index", "school_id", "name_index"),
)

guardian = Table(
    "guardian",
    metadata,
    _id(),
    _to("student_id", "student", index=True),
    Column("name", Sealed, nullable=False),
    Column("phone", Sealed),
    Column("email", Sealed),
)

mentorship = Table(
    "mentorship",
    metadata,
    _id(),
    _to("staff_id", "staff"),
    _to("student_id", "student", index=True),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Index("ix_mentorship_staff_id_until_on", "staff_id", "until_on"),
)

reach = Table(
    "reach",
    metadata,
    _id(),
    _to("staff_id", "staff", index=True),
    _to("school_id", "school", nullable=True),
    _to("group_id", "class_group", nullable=True),
)

talk = Table(
    "talk",
    metadata,
    _id(),
    _to("student_id", "student"),
    Column("model", String(60), nullable=False),
    _to("led_by", "staff"),
    Column("held_on", Date, nullable=False),
    Column("starts", Time),
    Column("place", Sealed),
    Column("minutes", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("phase", String(60), nullable=False),
    Column("opened_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("may_read_before", Boolean),
    Column("unread", String(3)),
    Column("entered_on", Date),
    Column("created_by", Id, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # All that a list of a student's or a group's talks is narrowed by: no talk's row is read for it.
    Index("ix_talk_student_id_held_on", "student_id", "held_on", "id", "status", "model"),
    Index("ix_talk_status_held_on", "status", "held_on"),
)

talk_instrument = Table(
    "talk_instrument",
    metadata,
    Column("talk_id", Id, ForeignKey("talk.id"), primary_key=True),
    Column("instrument", String(60), primary_key=True),
    Column("edition", Integer, nullable=False),
)

talk_move = Table(
    "talk_move",
    metadata,
    _id(),
    _to("talk_id", "talk", index=True),
    _to("from_student", "student"),
    _to("to_student", "student"),
    Column("reason", Sealed, nullable=False),
    _to("moved_by", "staff"),
    Column("moved_at", UtcDateTime, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    _id(),
    _to("talk_id", "talk", index=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("code", Sealed, nullable=False),
    _to("created_by", "staff"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("begun_on", Date),
    Column("sent_on", Date),
    Column("asks", Text, nullable=False),
    Column("shows_earlier", Boolean, nullable=False, default=False),
    Column("guardian_id", Id, nullable=False, server_default=""),
)

draft = Table(
    "draft",
    metadata,
    Column("talk_id", Id, ForeignKey("talk.id"), primary_key=True),
    Column("instrument", String(60), primary_key=True),
    Column("item", String(60), primary_key=True),
    Column("respondent", String(20), primary_key=True),
    Column("manner", String(20), primary_key=True),
    Column("guardian_id", Id, primary_key=True, server_default=""),
    Column("state", String(20), nullable=False),
    Column("value", Text),
    Column("words", Sealed),
    Column("level", String(1), nullable=False),
    Column("version", Integer, nullable=False),
    Column("client", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("author_id", Id),
    Column("changed_at", UtcDateTime, nullable=False),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Counted, primary_key=True),
    _to("talk_id", "talk"),
    Column("instrument", String(60), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("item", String(60), nullable=False),
    Column("respondent", String(20), nullable=False),
    Column("manner", String(20), nullable=False),
    Column("guardian_id", Id, nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    Column("value", Text),
    Column("words", Sealed),
    Column("level", String(1), nullable=False),
    Column("author_id", Id),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("client", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Index("ix_answer_talk_id_instrument", "talk_id", "instrument"),
    # A group's term reads two numbers of many thousand talks, and asks of each whether its survey was answered: told
    # without reading an answer's row. The instrument is among the columns so that SQLite takes this index.
    Index(
        "ix_answer_survey",
        *("talk_id", "instrument", "level", "state"),
        sqlite_where=text("instrument = 'development_survey' AND state != 'empty'"),
        postgresql_where=text("instrument = 'development_survey' AND state != 'empty'"),
    ),
    Index(
        "ix_answer_quadrant",
        *("talk_id", "item", "level", "respondent", "manner", "state", "value", "recorded_at", "id"),
        sqlite_where=text("instrument = 'priority_ability'"),
        postgresql_where=text("instrument = 'priority_ability'"),
    ),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    _to("talk_id", "talk"),
    Column("area", String(60), nullable=False),
    Column("source", String(200), nullable=False, default=""),
    Column("level", String(1), nullable=False),
    Column("words", Sealed, nullable=False),
    Column("responsible", Sealed, nullable=False),
    Column("follow_up", Date),
    Column("status", String(20), nullable=False),
    Column("outcome", Sealed),
    Column("followed_by", Id),
    Column("followed_at", UtcDateTime),
    Index("ix_decision_status_follow_up", "status", "follow_up"),
    Index("ix_decision_talk_id", "talk_id", "level", "status", "follow_up"),
)

amendment = Table(
    "amendment",
    metadata,
    _id(),
    _to("talk_id", "talk", index=True),
    Column("instrument", String(60), nullable=False),
    Column("item", String(60), nullable=False),
    Column("level", String(1), nullable=False),
    Column("words", Sealed, nullable=False),
    _to("author_id", "staff"),
    Column("recorded_at", UtcDateTime, nullable=False),
)

trusted_adult = Table(
    "trusted_adult",
    metadata,
    Column("staff_id", Id, ForeignKey("staff.id"), primary_key=True),
    Column("role", Sealed, nullable=False),
)

wish = Table(
    "wish",
    metadata,
    _id(),
    _to("student_id", "student", index=True),
    _to("staff_id", "staff"),
    Column("made_on", Date, nullable=False),
    Column("seen_on", Date),
    Column("answer", Sealed),
    Index("ix_wish_staff_id_seen_on", "staff_id", "seen_on"),
)

report = Table(
    "report",
    metadata,
    _id(),
    Column("kind", String(20), nullable=False),
    _to("student_id", "student", nullable=True, index=True),
    _to("talk_id", "talk", nullable=True),
    _to("school_id", "school", nullable=True),
    _to("group_id", "class_group", nullable=True),
    Column("term", String(10), nullable=False),
    Column("parts", Text, nullable=False),
    Column("receiver", String(20), nullable=False),
    Column("receiver_name", Sealed, nullable=False),
    Column("ground", String(20), nullable=False),
    Column("ground_words", Sealed, nullable=False),
    Column("consent", String(100), nullable=False, server_default=""),
    Column("level", String(1), nullable=False),
    Column("language", String(5), nullable=False),
    Column("content", Sealed, nullable=False),
    _to("made_by", "staff"),
    Column("made_at", UtcDateTime, nullable=False),
    Column("read_on", Date),
    Column("starts_on", Date),
    Column("follow_up", Date),
    Column("followed", String(5)),
    Column("outcome", Sealed),
    Column("followed_by", Id),
    Column("followed_at", UtcDateTime),
    Index("ix_report_follow_up", "follow_up"),
)

batch = Table(
    "batch",
    metadata,
    _id(),
    _to("staff_id", "staff", index=True),
    _to("school_id", "school", nullable=True),
    _to("group_id", "class_group", nullable=True),
    Column("term", String(10), nullable=False),
    Column("parts", Text, nullable=False),
    Column("language", String(5), nullable=False),
    Column("status", String(20), nullable=False),
    Column("total", Integer, nullable=False),
    Column("made", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("ordered_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

# `counts` holds only what may be shown to others: the small ones are hidden in it already.
group_count = Table(
    "group_count",
    metadata,
    _id(),
    _to("group_id", "class_group"),
    Column("term", String(10), nullable=False),
    Column("counts", Text, nullable=False),
    _to("counted_by", "staff"),
    Column("counted_at", UtcDateTime, nullable=False),
    UniqueConstraint("group_id", "term"),
)

purge_decision = Table(
    "purge_decision",
    metadata,
    _id(),
    Column("talk_id", Id, nullable=False, index=True),
    Column("decided_by", Id, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
)

log_entry = Table(
    "log_entry",
    metadata,
    Column("id", Counted, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_kind", String(20), nullable=False),
    Column("actor_id", String(64), nullable=False),
    Column("action", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("object_id", String(64), nullable=False),
    Column("student_id", Id),
    Column("denied", Boolean, nullable=False),
    Index("ix_log_entry_student_id_at", "student_id", "at"),
    Index("ix_log_entry_actor_id_at", "actor_id", "at"),
)

key_check = Table(
    "key_check",
    metadata,
    Column("key_id", Integer, primary_key=True),
    Column("sealed", Sealed, nullable=False),
)
