"""Where sealed values lie, what each is bound to, and sealing them again under the newest root key.

A batch is one transaction. What is made of sealed values (the blind indexes) changes in the same statement, so a row
is either wholly as it was or wholly new, and whoever was stopped goes on with the rows that are left.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    RowMapping,
    Table,
    bindparam,
    func,
    or_,
    select,
    tuple_,
    update,
)

from conversation_models.storage import answers, invitations, students, tables
from conversation_models.storage.cipher import KEY_AT, Cipher
from conversation_models.storage.store import Unit

ROWS_A_BATCH = 500
ANSWERS = (tables.answer, tables.draft)
OWN_WAY = frozenset({"key_check"})  # one row a key: storage/store.py looks after it

STREAMED = {"yield_per": ROWS_A_BATCH}

Values = dict[str, Any]


def columns_of(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, LargeBinary)]


def sealed_tables() -> list[Table]:
    return [table for table in tables.metadata.sorted_tables if columns_of(table) and table.name not in OWN_WAY]


def bound_to(table: Table, column: str, row: RowMapping) -> tuple[str, ...]:
    if table in ANSWERS:
        return answers.bound_to(row)
    (key,) = table.primary_key.columns
    return (table.name, column, row[key.name])


def opened(cipher: Cipher, table: Table, row: RowMapping) -> dict[str, str | None]:
    """The sealed columns of a whole row, by name. Raises Unreadable."""
    level = row["level"] if "level" in table.c else "m"
    return {
        column.name: None
        if row[column.name] is None
        else cipher.open(row[column.name], *bound_to(table, column.name, row), level=level)
        for column in columns_of(table)
    }


def count_rows(connection: Connection) -> int:
    """Rows that hold anything sealed."""
    return sum(_count(connection, table, _holds_any(table)) for table in sealed_tables())


def count_older(connection: Connection, key_id: int) -> int:
    """Rows that hold anything sealed under another root key than this one."""
    return sum(_count(connection, table, _is_older(table, key_id)) for table in sealed_tables())


def open_all(unit: Unit) -> Iterator[int]:
    """Opens every sealed value there is; says how many rows it has read. Raises Unreadable."""
    for table in sealed_tables():
        asked = unit.connection.execute(select(table).where(_holds_any(table)), execution_options=STREAMED)
        for rows in asked.mappings().partitions():
            for row in rows:
                opened(unit.cipher, table, row)
            yield len(rows)


def seal_again(unit: Unit, table: Table, key_id: int, after: Values | None) -> tuple[int, Values | None]:
    """One batch of rows that come `after` one, in the order of their keys: how many, and the last. None: no more."""
    keys = list(table.primary_key.columns)
    asked = select(table).where(_is_older(table, key_id)).order_by(*keys).limit(ROWS_A_BATCH)
    if after is not None:
        asked = asked.where(_comes_after(keys, after))
    rows = unit.connection.execute(asked).mappings().all()
    if not rows:
        return 0, None
    new = [_new_values(unit.cipher, table, row) for row in rows]
    here = [{f"at_{key.name}": row[key.name] for key in keys} for row in rows]
    change = update(table).where(*(key == bindparam(f"at_{key.name}") for key in keys))
    change = change.values({name: bindparam(f"new_{name}") for name in new[0]})
    unit.connection.execute(
        change,
        [at | {f"new_{name}": value for name, value in each.items()} for at, each in zip(here, new, strict=True)],
    )
    return len(rows), {key.name: rows[-1][key.name] for key in keys}


def _new_values(cipher: Cipher, table: Table, row: RowMapping) -> Values:
    found = opened(cipher, table, row)
    level = row["level"] if "level" in table.c else "m"
    new: Values = {
        name: None if text is None else cipher.seal(text, *bound_to(table, name, row), level=level)
        for name, text in found.items()
    }
    return new | (INDEXES[table.name](cipher, found) if table.name in INDEXES else {})


def _student_indexes(cipher: Cipher, found: Mapping[str, str | None]) -> Values:
    return {
        **students.blind_indexes(cipher, found["given_name"] or "", found["family_name"] or "", found["personnummer"])
    }


def _invitation_indexes(cipher: Cipher, found: Mapping[str, str | None]) -> Values:
    return {"code_hash": invitations.code_hash(cipher, found["code"] or "")}


INDEXES: dict[str, Callable[[Cipher, Mapping[str, str | None]], Values]] = {
    "student": _student_indexes,
    "invitation": _invitation_indexes,
}


def _holds_any(table: Table) -> ColumnElement[bool]:
    return or_(*(column.is_not(None) for column in columns_of(table)))


def _is_older(table: Table, key_id: int) -> ColumnElement[bool]:
    """Asked of the database, so that what is done already is not read again."""
    return or_(
        *(func.substr(column, KEY_AT + 1, 1, type_=LargeBinary) != bytes([key_id]) for column in columns_of(table))
    )


def _comes_after(keys: list[Column[Any]], row: Values) -> ColumnElement[bool]:
    last = [bindparam(f"after_{key.name}", row[key.name], key.type) for key in keys]
    return tuple_(*keys) > tuple_(*last)


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
