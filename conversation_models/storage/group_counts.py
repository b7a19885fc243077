"""A group's counts of a term as they were when they first left the house. Only what may be shown to others is kept."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import insert, select

from conversation_models.domain.group_count import GroupCount
from conversation_models.domain.ids import new_id
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import class_group, group_count


def kept(unit: Unit, term: str, group_ids: Collection[str]) -> dict[str, GroupCount]:
    """By group."""
    columns = (group_count.c.group_id, group_count.c.term, group_count.c.counts, group_count.c.counted_by)
    asked = select(*columns, group_count.c.counted_at).where(group_count.c.term == term)
    rows = unit.connection.execute(asked.where(group_count.c.group_id.in_(group_ids))).mappings()
    return {row["group_id"]: GroupCount(**row) for row in rows}


def add(unit: Unit, new: GroupCount) -> None:
    unit.connection.execute(insert(group_count).values(id=new_id(), **asdict(new)))


def lock_groups(unit: Unit, group_ids: Collection[str]) -> None:
    """Until the unit ends: two who count the same group at once do it one after the other."""
    here = select(class_group.c.id).where(class_group.c.id.in_(group_ids)).order_by(class_group.c.id)
    unit.connection.execute(here.with_for_update()).all()
