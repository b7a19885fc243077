"""Reports that were made: what they have in them, for whom and on what ground. Never what stood in them."""

import json
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, insert, select, update

from conversation_models.domain.ids import is_id
from conversation_models.domain.report import Followed, GroundKind, Order, ReceiverKind, Report, ReportKind
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import report, staff, student


def add(unit: Unit, new: Report) -> None:
    order, seal = new.order, unit.cipher.seal
    values = {
        "id": new.id,
        "kind": order.kind.value,
        "student_id": order.student_id or None,
        "talk_id": order.talk_id or None,
        "school_id": order.school_id or None,
        "group_id": order.group_id or None,
        "term": order.term,
        "parts": json.dumps(order.parts),
        "receiver": order.receiver.value,
        "receiver_name": seal(order.receiver_name, "report", "receiver_name", new.id, level=new.level),
        "ground": order.ground.value if order.ground else "",
        "ground_words": seal(order.ground_words, "report", "ground_words", new.id, level=new.level),
        "consent": order.consent,
        "level": new.level,
        "language": new.language,
        "content": seal(new.content, "report", "content", new.id, level=new.level),
        "made_by": new.made_by,
        "made_at": new.made_at,
        "read_on": new.read_on,
        "starts_on": order.starts_on,
        "follow_up": order.follow_up,
    }
    unit.connection.execute(insert(report).values(values))


def find(unit: Unit, report_id: str) -> Report | None:
    return next(iter(_reports(unit, report.c.id == report_id)), None) if is_id(report_id) else None


def of_student(unit: Unit, student_id: str, seen: Seen) -> list[Report]:
    """Newest first, at the levels that this reader reads."""
    return _reports(unit, report.c.student_id == student_id, report.c.level.in_(seen.levels))


def of_groups(unit: Unit, maker_id: str) -> list[Report]:
    """Those of groups that this person made, newest first."""
    return _reports(unit, report.c.made_by == maker_id, report.c.kind == ReportKind.GROUP.value)


def to_follow_up(unit: Unit, reached: ColumnElement[bool], until: date, seen: Seen) -> list[Report]:
    """Of present students, not answered yet, with a day until that one. The earliest first."""
    here = select(student.c.id).where(reached, student.c.archived_on.is_(None))
    waiting = and_(report.c.follow_up <= until, report.c.followed.is_(None), report.c.level.in_(seen.levels))
    found = _reports(unit, waiting, report.c.student_id.in_(here))
    return sorted(found, key=lambda each: (each.order.follow_up or until, each.id))


def note_read(unit: Unit, report_id: str, on: date) -> None:
    unit.connection.execute(update(report).where(report.c.id == report_id).values(read_on=on))


def follow(unit: Unit, followed: Report) -> None:
    place = ("report", "outcome", followed.id)
    sealed = unit.cipher.seal(followed.outcome, *place, level=followed.level) if followed.outcome else None
    values = {
        "followed": followed.followed.value if followed.followed else None,
        "outcome": sealed,
        "followed_by": followed.followed_by,
        "followed_at": followed.followed_at,
    }
    unit.connection.execute(update(report).where(report.c.id == followed.id).values(values))


def _reports(unit: Unit, *conditions: ColumnElement[bool]) -> list[Report]:
    name = staff.c.name.label("made_by_name")
    found = select(report, name).join(staff, staff.c.id == report.c.made_by).where(*conditions)
    newest_first = found.order_by(report.c.made_at.desc(), report.c.id.desc())
    return [_report(unit, row) for row in unit.connection.execute(newest_first).mappings()]


def _report(unit: Unit, row: RowMapping) -> Report:
    opened = unit.cipher.open_or_empty
    place: dict[str, Any] = {"level": row["level"]}
    return Report(
        id=row["id"],
        order=Order(
            kind=ReportKind(row["kind"]),
            student_id=row["student_id"] or "",
            talk_id=row["talk_id"] or "",
            term=row["term"],
            school_id=row["school_id"] or "",
            group_id=row["group_id"] or "",
            parts=tuple(json.loads(row["parts"])),
            receiver=ReceiverKind(row["receiver"]),
            receiver_name=opened(row["receiver_name"], "report", "receiver_name", row["id"], **place),
            ground=GroundKind(row["ground"]) if row["ground"] else None,
            ground_words=opened(row["ground_words"], "report", "ground_words", row["id"], **place),
            consent=row["consent"],
            has_read=row["read_on"] is not None,
            starts_on=row["starts_on"],
            follow_up=row["follow_up"],
        ),
        level=row["level"],
        language=row["language"],
        content=opened(row["content"], "report", "content", row["id"], **place),
        made_by=row["made_by"],
        made_at=row["made_at"],
        read_on=row["read_on"],
        followed=Followed(row["followed"]) if row["followed"] else None,
        outcome=opened(row["outcome"], "report", "outcome", row["id"], **place),
        followed_by=row["followed_by"],
        followed_at=row["followed_at"],
        made_by_name=unit.cipher.open(row["made_by_name"], "staff", "name", row["made_by"]),
    )
