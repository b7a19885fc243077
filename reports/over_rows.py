"""A table over the talks: its rows then and now, its scales as small lines, its ticks and choices row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from instruments.answers import Cell
from instruments.items import ChoiceItem, Column, DateItem, ScaleItem, TableItem, TickItem
from instruments.readings import (
    DatedNumber,
    Listed,
    RowChange,
    Standing,
    ThenAndNow,
    changes,
    row_changes,
    table_rows,
)
from reports.looked_at import Grid, LineSet, Reading, Turn, answered
from reports.numbers import Number, ScaleStop, ScaleTopic
from reports.sayings import TICKED, UNTICKED, say_cell, say_entry, say_listed
from reports.sentences import STATES, say_changes
from translations import Words, message

STANDINGS: dict[Standing, str] = {
    "kept": message("Kept"),
    "gone": message("Gone"),
    "new": message("New"),
}
Rows = Mapping[str, tuple[Listed, Mapping[str, Cell]]]


def read_table(turns: Sequence[Turn], _: Words) -> Reading:
    """A diary, whose rows have days of their own, is read through; any other table is read against last time."""
    item = turns[-1].item
    if not isinstance(item, TableItem):
        raise TypeError(item)
    given = [turn for turn in answered(turns) if isinstance(turn.item, TableItem)]
    title = item.label.say(_.language)
    if not given:
        declined = _(STATES["declined"])
        return Reading(
            item.id, item.kind, title, tuple(f"{turn.label}: {declined}" for turn in turns if turn.state == "declined")
        )
    if is_diary(item):
        return Reading(item.id, item.kind, title, grids=(_diary(item, given, _),))
    rows = [_rows_of(turn) for turn in given]
    last = _then_and_now(given, _)
    return Reading(
        item.id,
        item.kind,
        title,
        sentences=tuple(_say_rows(given, _)),
        line_sets=tuple(_line_sets(item, given, rows, _)),
        grids=(last, *_statuses(item, given, rows, _)),
    )


def is_diary(item: TableItem) -> bool:
    """Each row happened on a day: a try, a call. Nothing of it is carried on, so nothing is kept or gone."""
    return not item.carry and not item.rows and any(isinstance(column, DateItem) for column in item.columns)


def _diary(item: TableItem, turns: Sequence[Turn], _: Words) -> Grid:
    """By the rows' own days; those without one stand last, in the order of the talks."""
    when = next(column.id for column in item.columns if isinstance(column, DateItem))
    written = [(cells, turn.label) for turn in turns for _row, cells in _rows_of(turn).values()]
    in_order = sorted(written, key=lambda each: str(each[0].get(when, "9999")))
    rows = tuple((*(_cell(column, cells, _) for column in item.columns), label) for cells, label in in_order)
    heads = (*(column.label.say(_.language) for column in item.columns), _("Talk"))
    return Grid(item.label.say(_.language), heads, rows)


def _rows_of(turn: Turn) -> Rows:
    if not isinstance(turn.item, TableItem):
        return {}
    return {row.key: (row, cells) for row, cells in table_rows(turn.item, turn.value)}


def _changes_of(turns: Sequence[Turn]) -> tuple[RowChange, ...]:
    then, now = turns[-2:] if len(turns) > 1 else (None, turns[-1])
    if not isinstance(now.item, TableItem):
        return ()
    if then is None or not isinstance(then.item, TableItem):
        return row_changes(now.item, None, now.item, now.value)
    return row_changes(then.item, then.value, now.item, now.value)


def _say_rows(turns: Sequence[Turn], _: Words) -> Iterator[str]:
    if len(turns) < 2:
        return
    found = _changes_of(turns)
    parts = ThenAndNow(*(tuple(each.row for each in found if each.standing == part) for part in STANDINGS))
    yield _("{after}, beside {before}:").format(after=turns[-1].label, before=turns[-2].label)
    for said, rows in (
        (_("Kept: {entries}."), parts.kept),
        (_("Gone: {entries}."), parts.gone),
        (_("New: {entries}."), parts.new),
        (_("Changed: {entries}."), tuple(each.row for each in found if each.changed)),
    ):
        if rows:
            yield said.format(entries="; ".join(say_listed(rows, _.language)))


def _then_and_now(turns: Sequence[Turn], _: Words) -> Grid:
    """The latest rows, and those that are gone since the time before. What was answered once has nothing beside it."""
    now = turns[-1].item
    found = _changes_of(turns)
    columns = now.columns if isinstance(now, TableItem) else ()
    compared = len(turns) > 1
    named = any(not isinstance(each.row.words, str) for each in found)
    rows = tuple(
        (
            *([_name(each.row, _)] if named else []),
            *([_(STANDINGS[each.standing])] if compared else []),
            *(_changed_cell(column, each, _) for column in columns),
        )
        for each in found
    )
    heads = (
        *([_("Row")] if named else []),
        *([_("Since last time")] if compared else []),
        *(column.label.say(_.language) for column in columns),
    )
    days = [turn.label for turn in turns[-2:]]
    name = _("{after}, beside {before}").format(after=days[-1], before=days[0]) if compared else days[-1]
    return Grid(name, heads, rows)


def _name(row: Listed, _: Words) -> str:
    """What an added row is called stands in its columns already."""
    return "" if isinstance(row.words, str) else say_entry(row, _.language)


def _changed_cell(column: Column, change: RowChange, _: Words) -> str:
    before, after = _cell(column, change.before, _), _cell(column, change.after, _)
    if change.standing == "gone":
        return before
    if column.id not in change.changed:
        return after
    return _("{now} (changed; before: {before})").format(now=after or "–", before=before or "–")


def _cell(column: Column, cells: Mapping[str, Cell], _: Words) -> str:
    return say_cell(column, cells.get(column.id), _.language)


def _names(rows: Sequence[Rows]) -> dict[str, Listed]:
    """Every row there has been, the latest talk's first, with its latest words."""
    found: dict[str, Listed] = {}
    for here in reversed(rows):
        for key, (row, _cells) in here.items():
            found.setdefault(key, row)
    return found


def _line_sets(item: TableItem, turns: Sequence[Turn], rows: Sequence[Rows], _: Words) -> Iterator[LineSet]:
    """For each column of numbers, one small line for each row that has a number."""
    for column in item.columns:
        if isinstance(column, ScaleItem):
            found = [
                (row, _line(column, row, [here.get(key, (row, {}))[1] for here in rows], turns, _))
                for key, row in _names(rows).items()
            ]
            drawn = [(row, line) for row, line in found if any(stop.now.value is not None for stop in line.stops)]
            if drawn:
                own = tuple(isinstance(row.words, str) for row, _line in drawn)
                yield LineSet(column.label.say(_.language), tuple(line for _row, line in drawn), own)


def _line(
    column: ScaleItem, row: Listed, cells: Sequence[Mapping[str, Cell]], turns: Sequence[Turn], _: Words
) -> ScaleTopic:
    values = [here.get(column.id) for here in cells]
    numbers = [value if isinstance(value, int) else None for value in values]
    stops = tuple(
        ScaleStop(
            turn.talk.talk.id,
            turn.on,
            turn.label,
            Number(number, "–" if number is None else str(number)),
            Number(None, ""),
        )
        for turn, number in zip(turns, numbers, strict=True)
    )
    found = changes([DatedNumber(stop.on, stop.now.value) for stop in stops])
    return ScaleTopic(
        say_entry(row, _.language),
        column.low,
        column.high,
        column.low_words.say(_.language),
        column.high_words.say(_.language),
        stops,
        say_changes(found, _.language, column.lower_is_easier),
        column.lower_is_easier,
    )


def _statuses(item: TableItem, turns: Sequence[Turn], rows: Sequence[Rows], _: Words) -> Iterator[Grid]:
    """Row by row what is ticked or chosen, talk by talk. A first time has nothing to follow yet."""
    if len(turns) < 2:
        return
    for column in item.columns:
        if isinstance(column, TickItem | ChoiceItem):
            table = tuple(
                (say_entry(row, _.language), *(_status(column, here.get(key), _) for here in rows))
                for key, row in _names(rows).items()
            )
            yield Grid(column.label.say(_.language), (_("Row"), *(turn.label for turn in turns)), table)


def _status(column: TickItem | ChoiceItem, found: tuple[Listed, Mapping[str, Cell]] | None, _: Words) -> str:
    if found is None:
        return "–"
    if isinstance(column, TickItem):
        return f"✓ {_(TICKED)}" if found[1].get(column.id) is True else f"○ {_(UNTICKED)}"
    return _cell(column, found[1], _) or "–"
