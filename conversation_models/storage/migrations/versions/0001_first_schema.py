"""The first schema: people, students, talks, drafts, append-only answers, agreements, the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# An answer is only added. Its sealed words may be sealed again when keys change; it goes away whole, with a decision.
SQLITE_GUARDS = (
    """
    CREATE TRIGGER answer_keeps BEFORE UPDATE OF
        id, talk_id, instrument, edition, item, respondent, manner, guardian_id, state, value, level, author_id,
        version, client, sequence, recorded_at
    ON answer BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END
    """,
    """
    CREATE TRIGGER answer_stays BEFORE DELETE ON answer
    WHEN NOT EXISTS (SELECT 1 FROM purge_decision WHERE talk_id = OLD.talk_id)
    BEGIN SELECT RAISE(ABORT, 'an answer goes away only with a purge decision'); END
    """,
    """
    CREATE TRIGGER answer_locked BEFORE INSERT ON answer
    WHEN (SELECT status FROM talk WHERE id = NEW.talk_id) = 'closed'
    BEGIN SELECT RAISE(ABORT, 'the talk is closed'); END
    """,
    "CREATE TRIGGER log_keeps BEFORE UPDATE ON log_entry BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END",
    "CREATE TRIGGER log_stays BEFORE DELETE ON log_entry BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END",
)
POSTGRES_GUARDS = (
    """
    CREATE FUNCTION guard_answer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF to_jsonb(NEW) - 'words' IS DISTINCT FROM to_jsonb(OLD) - 'words' THEN
                RAISE EXCEPTION 'an answer is never changed';
            END IF;
            RETURN NEW;
        ELSIF TG_OP = 'DELETE' THEN
            IF NOT EXISTS (SELECT 1 FROM purge_decision WHERE talk_id = OLD.talk_id) THEN
                RAISE EXCEPTION 'an answer goes away only with a purge decision';
            END IF;
            RETURN OLD;
        ELSIF (SELECT status FROM talk WHERE id = NEW.talk_id) = 'closed' THEN
            RAISE EXCEPTION 'the talk is closed';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER answer_guarded BEFORE INSERT OR UPDATE OR DELETE ON answer
    FOR EACH ROW EXECUTE FUNCTION guard_answer()
    """,
    """
    CREATE FUNCTION guard_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log is only added to'; END $$
    """,
    """
    CREATE TRIGGER log_guarded BEFORE UPDATE OR DELETE ON log_entry
    FOR EACH ROW EXECUTE FUNCTION guard_log()
    """,
)


def upgrade() -> None:
    make_tables()
    make_answer_indexes()
    make_wishes()
    make_reports()
    for statement in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRES_GUARDS:
        op.execute(statement)


def make_answer_indexes() -> None:
    op.create_index(
        "ix_answer_talk_id_instrument",
        "answer",
        ["talk_id", "instrument"],
        unique=False,
    )
    answered = sa.text("instrument = 'development_survey' AND state != 'empty'")
    op.create_index(
        "ix_answer_survey",
        "answer",
        ["talk_id", "instrument", "level", "state"],
        unique=False,
        sqlite_where=answered,
        postgresql_where=answered,
    )
    quadrant = sa.text("instrument = 'priority_ability'")
    op.create_index(
        "ix_answer_quadrant",
        "answer",
        ["talk_id", "item", "level", "respondent", "manner", "state", "value", "recorded_at", "id"],
        unique=False,
        sqlite_where=quadrant,
        postgresql_where=quadrant,
    )


def make_wishes() -> None:
    op.create_table(
        "trusted_adult",
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_trusted_adult_staff_id_staff"),
        sa.PrimaryKeyConstraint("staff_id", name="pk_trusted_adult"),
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("student_id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_wish_staff_id_staff"),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name="fk_wish_student_id_student"),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
    )
    op.create_index("ix_wish_staff_id_seen_on", "wish", ["staff_id", "seen_on"], unique=False)
    op.create_index("ix_wish_student_id", "wish", ["student_id"], unique=False)


def make_reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("student_id", sa.String(length=32), nullable=True),
        sa.Column("talk_id", sa.String(length=32), nullable=True),
        sa.Column("school_id", sa.String(length=32), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("term", sa.String(length=10), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("receiver", sa.String(length=20), nullable=False),
        sa.Column("receiver_name", sa.LargeBinary(), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("ground_words", sa.LargeBinary(), nullable=False),
        sa.Column("consent", sa.String(length=100), server_default="", nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.Column("followed", sa.String(length=5), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("followed_by", sa.String(length=32), nullable=True),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name="fk_report_student_id_student"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_report_talk_id_talk"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_report_school_id_school"),
        sa.ForeignKeyConstraint(["group_id"], ["class_group.id"], name="fk_report_group_id_class_group"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name="fk_report_made_by_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
    )
    op.create_index("ix_report_student_id", "report", ["student_id"], unique=False)
    op.create_index("ix_report_follow_up", "report", ["follow_up"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("term", sa.String(length=10), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_batch_staff_id_staff"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_batch_school_id_school"),
        sa.ForeignKeyConstraint(["group_id"], ["class_group.id"], name="fk_batch_group_id_class_group"),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_index("ix_batch_staff_id", "batch", ["staff_id"], unique=False)
    op.create_table(
        "group_count",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("term", sa.String(length=10), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("counted_by", sa.String(length=32), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["class_group.id"], name="fk_group_count_group_id_class_group"),
        sa.ForeignKeyConstraint(["counted_by"], ["staff.id"], name="fk_group_count_counted_by_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_group_count"),
        sa.UniqueConstraint("group_id", "term", name="uq_group_count_group_id_term"),
    )


def make_tables() -> None:
    op.create_table(
        "failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failure"),
    )
    op.create_index(
        "ix_failure_kind_key_hash_at",
        "failure",
        ["kind", "key_hash", "at"],
        unique=False,
    )
    op.create_table(
        "key_check",
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_key_check"),
    )
    op.create_table(
        "log_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=False),
        sa.Column("student_id", sa.String(length=32), nullable=True),
        sa.Column("denied", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_entry"),
    )
    op.create_index("ix_log_entry_actor_id_at", "log_entry", ["actor_id", "at"], unique=False)
    op.create_index("ix_log_entry_student_id_at", "log_entry", ["student_id", "at"], unique=False)
    op.create_table(
        "purge_decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purge_decision"),
    )
    op.create_index("ix_purge_decision_talk_id", "purge_decision", ["talk_id"], unique=False)
    op.create_table(
        "school",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_school"),
    )
    op.create_table(
        "setup_token",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_setup_token"),
    )
    op.create_table(
        "class_group",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_class_group_school_id_school"),
        sa.PrimaryKeyConstraint("id", name="pk_class_group"),
        sa.UniqueConstraint("school_id", "name", name="uq_class_group_school_id_name"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=100), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("password_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_staff_school_id_school"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("username", name="uq_staff_username"),
    )
    op.create_table(
        "reach",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["class_group.id"], name="fk_reach_group_id_class_group"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_reach_school_id_school"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_reach_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_reach"),
    )
    op.create_index("ix_reach_staff_id", "reach", ["staff_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talk_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_session_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_session"),
    )
    op.create_index("ix_staff_session_staff_id", "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "student",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("given_name", sa.LargeBinary(), nullable=False),
        sa.Column("family_name", sa.LargeBinary(), nullable=False),
        sa.Column("birth_date", sa.LargeBinary(), nullable=True),
        sa.Column("personnummer", sa.LargeBinary(), nullable=True),
        sa.Column("personnummer_index", sa.String(length=64), nullable=True),
        sa.Column("name_index", sa.String(length=64), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("guardians_invited", sa.Boolean(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["class_group.id"], name="fk_student_group_id_class_group"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_student_school_id_school"),
        sa.PrimaryKeyConstraint("id", name="pk_student"),
        sa.UniqueConstraint(
            "school_id",
            "personnummer_index",
            name="uq_student_school_id_personnummer_index",
        ),
    )
    op.create_index("ix_student_group_id", "student", ["group_id"], unique=False)
    op.create_index(
        "ix_student_school_id_name_index",
        "student",
        ["school_id", "name_index"],
        unique=False,
    )
    op.create_table(
        "guardian",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("student_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name="fk_guardian_student_id_student"),
        sa.PrimaryKeyConstraint("id", name="pk_guardian"),
    )
    op.create_index("ix_guardian_student_id", "guardian", ["student_id"], unique=False)
    op.create_table(
        "mentorship",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("student_id", sa.String(length=32), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_mentorship_staff_id_staff"),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name="fk_mentorship_student_id_student"),
        sa.PrimaryKeyConstraint("id", name="pk_mentorship"),
    )
    op.create_index(
        "ix_mentorship_staff_id_until_on",
        "mentorship",
        ["staff_id", "until_on"],
        unique=False,
    )
    op.create_index("ix_mentorship_student_id", "mentorship", ["student_id"], unique=False)
    op.create_table(
        "talk",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("student_id", sa.String(length=32), nullable=False),
        sa.Column("model", sa.String(length=60), nullable=False),
        sa.Column("led_by", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("may_read_before", sa.Boolean(), nullable=True),
        sa.Column("unread", sa.String(length=3), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["led_by"], ["staff.id"], name="fk_talk_led_by_staff"),
        sa.ForeignKeyConstraint(["student_id"], ["student.id"], name="fk_talk_student_id_student"),
        sa.PrimaryKeyConstraint("id", name="pk_talk"),
    )
    op.create_index("ix_talk_status_held_on", "talk", ["status", "held_on"], unique=False)
    op.create_index(
        "ix_talk_student_id_held_on",
        "talk",
        ["student_id", "held_on", "id", "status", "model"],
        unique=False,
    )
    op.create_table(
        "amendment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name="fk_amendment_author_id_staff"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_amendment_talk_id_talk"),
        sa.PrimaryKeyConstraint("id", name="pk_amendment"),
    )
    op.create_index("ix_amendment_talk_id", "amendment", ["talk_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("respondent", sa.String(length=20), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("guardian_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_answer_talk_id_talk"),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("responsible", sa.LargeBinary(), nullable=False),
        sa.Column("follow_up", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("followed_by", sa.String(length=32), nullable=True),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_decision_talk_id_talk"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index(
        "ix_decision_status_follow_up",
        "decision",
        ["status", "follow_up"],
        unique=False,
    )
    op.create_index(
        "ix_decision_talk_id",
        "decision",
        ["talk_id", "level", "status", "follow_up"],
        unique=False,
    )
    op.create_table(
        "draft",
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("respondent", sa.String(length=20), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("guardian_id", sa.String(length=32), server_default="", nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_draft_talk_id_talk"),
        sa.PrimaryKeyConstraint(
            "talk_id", "instrument", "item", "respondent", "manner", "guardian_id", name="pk_draft"
        ),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("shows_earlier", sa.Boolean(), nullable=False),
        sa.Column("guardian_id", sa.String(length=32), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name="fk_invitation_created_by_staff"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_invitation_talk_id_talk"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("code_hash", name="uq_invitation_code_hash"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
    )
    op.create_index("ix_invitation_talk_id", "invitation", ["talk_id"], unique=False)
    op.create_table(
        "talk_instrument",
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_talk_instrument_talk_id_talk"),
        sa.PrimaryKeyConstraint("talk_id", "instrument", name="pk_talk_instrument"),
    )
    op.create_table(
        "talk_move",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("talk_id", sa.String(length=32), nullable=False),
        sa.Column("from_student", sa.String(length=32), nullable=False),
        sa.Column("to_student", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("moved_by", sa.String(length=32), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["from_student"], ["student.id"], name="fk_talk_move_from_student_student"),
        sa.ForeignKeyConstraint(["moved_by"], ["staff.id"], name="fk_talk_move_moved_by_staff"),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name="fk_talk_move_talk_id_talk"),
        sa.ForeignKeyConstraint(["to_student"], ["student.id"], name="fk_talk_move_to_student_student"),
        sa.PrimaryKeyConstraint("id", name="pk_talk_move"),
    )
    op.create_index("ix_talk_move_talk_id", "talk_move", ["talk_id"], unique=False)
