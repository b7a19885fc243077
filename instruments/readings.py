"""What answers say. Numbers are compared as numbers; colours only as words, from this word to that word.

Nothing here adds colours up, orders them or calls one better. Every reading names the dates it compares, and
days are those of the talks, not of the typing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from instruments.answers import Cell, State, Value, is_declined, state_of
from instruments.items import (
    CardsItem,
    ChoicesItem,
    Colour,
    ColourItem,
    Item,
    JointColourItem,
    LineItem,
    Respondent,
    TableItem,
    TextItem,
)
from instruments.model import Group, Instrument
from instruments.text import Text

BORDER = 5.5
TWO_STEPS = 2
ENOUGH_FOR_A_DIRECTION = 3

Rule = Literal["two_steps", "twice_in_a_row", "since_the_first", "too_few"]
Direction = Literal["up", "down"]
Standing = Literal["kept", "gone", "new"]
ColourRow: TypeAlias = ColourItem | JointColourItem
ListItem: TypeAlias = ChoicesItem | CardsItem | TableItem


@dataclass(frozen=True)
class Point:
    """Where the student was in the quadrant: x is trust in one's own ability, y is priority."""

    priority: int | None
    ability: int | None
    on: date | None = None

    @property
    def group(self) -> Group | None:
        return group_of(self.priority, self.ability)


@dataclass(frozen=True)
class DatedNumber:
    """`value` is None when the question was left empty or declined at that talk."""

    on: date
    value: int | None


@dataclass(frozen=True)
class Change:
    """A rule that holds, with the days it compares and the numbers of those days.

    For too_few they are the answers there are. "A lower number can mean more trust" is said beside
    every change with direction "down".
    """

    rule: Rule
    dates: tuple[date, ...]
    numbers: tuple[int, ...]
    direction: Direction | None = None


@dataclass(frozen=True)
class Said:
    """What one answer to a colour row says. `words` is its direction, one or more; `marked` the statements."""

    state: State
    colour: Colour | None = None
    words: tuple[Text, ...] = ()
    marked: tuple[Text, ...] = ()


@dataclass(frozen=True)
class DatedAnswers:
    """The answers of one talk, with the edition they were given in. An item that was not asked is not in `answers`."""

    on: date
    instrument: Instrument
    answers: Mapping[str, Value] = field(repr=False)


@dataclass(frozen=True)
class ColourMove:
    item_id: str
    before: Said
    before_on: date
    after: Said
    after_on: date


@dataclass(frozen=True)
class Listed:
    """One thing of a list. `key` knows it again in another talk; `words` that are a str are somebody's own."""

    key: str
    words: Text | str


@dataclass(frozen=True)
class ThenAndNow:
    """What is kept and new stands in the order it has now, what is gone in the order it had."""

    kept: tuple[Listed, ...] = ()
    gone: tuple[Listed, ...] = ()
    new: tuple[Listed, ...] = ()


@dataclass(frozen=True)
class RowChange:
    """A table's row then and now, one of them empty when it is new or gone. `changed` are a kept row's columns."""

    row: Listed
    standing: Standing
    before: Mapping[str, Cell]
    after: Mapping[str, Cell]
    changed: tuple[str, ...] = ()


def group_of(priority: int | None, ability: int | None) -> Group | None:
    """A: important, little trust. B: both. C: neither. D: trust, less important. None when a number is missing."""
    if priority is None or ability is None:
        return None
    if priority > BORDER:
        return "B" if ability > BORDER else "A"
    return "D" if ability > BORDER else "C"


def near_border(before: Point, after: Point) -> bool:
    """The letter changed although neither scale moved two steps: no shift to speak of."""
    if before.group is None or after.group is None or before.group == after.group:
        return False
    steps = _step(before.priority, after.priority), _step(before.ability, after.ability)
    return max(steps) < TWO_STEPS


def changes(points: Sequence[DatedNumber]) -> tuple[Change, ...]:
    """Which rules hold for the latest answer. Talks where the question was not answered are passed over."""
    in_order = sorted(points, key=lambda point: point.on)
    answered = [(point.on, point.value) for point in in_order if point.value is not None]
    found = [_two_steps(answered), _twice_in_a_row(answered), _since_the_first(answered), _too_few(answered)]
    return tuple(change for change in found if change is not None)


def said(item: ColourRow, value: Value | None) -> Said:
    """The words of an answer. A marked statement with a word of its own speaks instead of the colour's word."""
    state = state_of(value)
    if state != "answered" or not isinstance(value, dict):
        return Said(state)
    if isinstance(item, JointColourItem):
        joint = item.choice(str(value["colour"]))
        return Said(state, joint.colour, (joint.word,))
    choice = item.choice(str(value["colour"]))
    fits = value.get("fits", [])
    marked = [statement for statement in choice.statements if isinstance(fits, list) and statement.id in fits]
    words = tuple(statement.word for statement in marked if statement.word) or (choice.word,)
    return Said(state, choice.colour, words, tuple(statement.text for statement in marked))


def colour_moves(talks: Iterable[DatedAnswers]) -> tuple[ColourMove, ...]:
    """The rows of the last talk whose word is another than last time they were answered.

    Each side is said with the words of its own edition. A move between two editions counts only when the colour,
    or which statement with a word of its own was marked, is another: new wording is no move of the student's.
    """
    in_order = sorted(talks, key=lambda talk: talk.on)
    return tuple(
        ColourMove(
            item_id,
            _said_of(in_order[before], item_id),
            in_order[before].on,
            _said_of(in_order[-1], item_id),
            in_order[-1].on,
        )
        for moved in moved_rows(in_order)[-1:]
        for item_id, before in moved
    )


def moved_rows(in_order: Sequence[DatedAnswers]) -> list[list[tuple[str, int]]]:
    """For each talk the rows that moved at it, as `colour_moves` tells a move, each with the place of the talk where
    the row was answered last before."""
    known: dict[str, tuple[tuple[str, ...], int]] = {}
    found = []
    for place, talk in enumerate(in_order):
        answered = [
            (row.id, _direction(row, talk.answers[row.id]))
            for row in _rows(talk.instrument)
            if state_of(talk.answers.get(row.id)) == "answered"
        ]
        found.append([(row, known[row][1]) for row, way in answered if row in known and known[row][0] != way])
        known |= {row: (way, place) for row, way in answered}
    return found


def listed(item: ListItem, value: Value | None) -> tuple[Listed, ...]:
    """What an answer lists, in its order: options, cards as they were laid, rows. Nothing when it was declined.

    A blank card and an added row are known again by their words, capitals and spaces aside: their numbers are only
    good within one talk.
    """
    if isinstance(item, TableItem):
        return tuple(row for row, _cells in table_rows(item, value))
    if isinstance(item, ChoicesItem):
        chosen = value if isinstance(value, list) else []
        return tuple(Listed(option.id, option.text) for option in item.options if option.id in chosen)
    return _laid_cards(item, value)


def kept_gone_new(before: Sequence[Listed], after: Sequence[Listed]) -> ThenAndNow:
    then, now = {each.key for each in before}, {each.key for each in after}
    return ThenAndNow(
        kept=tuple(each for each in after if each.key in then),
        gone=tuple(each for each in before if each.key not in now),
        new=tuple(each for each in after if each.key not in then),
    )


def table_rows(item: TableItem, value: Value | None) -> tuple[tuple[Listed, Mapping[str, Cell]], ...]:
    """Each row with its fields. An added row is called what its first column of words says."""
    seen: Counter[str] = Counter()
    found: list[tuple[Listed, Mapping[str, Cell]]] = []
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict):
            named = _named_row(item, row)
            seen[named.key] += 1
            again = f"{named.key} ({seen[named.key]})" if seen[named.key] > 1 else named.key
            found.append((Listed(again, named.words), {name: cell for name, cell in row.items() if name != "row"}))
    return tuple(found)


def row_changes(then: TableItem, before: Value | None, now: TableItem, after: Value | None) -> tuple[RowChange, ...]:
    """The rows there are now, then those that are gone. Each side is read with its own edition."""
    earlier = {row.key: cells for row, cells in table_rows(then, before)}
    rows = table_rows(now, after)
    here = [
        RowChange(row, "kept", earlier[row.key], cells, _changed(now, earlier[row.key], cells))
        if row.key in earlier
        else RowChange(row, "new", {}, cells)
        for row, cells in rows
    ]
    known = {row.key for row, _cells in rows}
    gone = [RowChange(row, "gone", cells, {}) for row, cells in table_rows(then, before) if row.key not in known]
    return (*here, *gone)


def proposed_colour(item: JointColourItem, own_answers: Mapping[str, Value]) -> Colour | None:
    """The student's own colour for a joint row, to be offered once the student has brought it up. Else None.

    `own_answers` are those to the survey that the row follows.
    """
    if not item.prefill or item.follows is None:
        return None
    value = own_answers.get(item.follows.partition(".")[2])
    if not isinstance(value, dict) or is_declined(value):
        return None
    return item.choice(str(value["colour"])).colour


def left_off_guardian_copy(instrument: Instrument, answers: Mapping[str, Value]) -> frozenset[str]:
    """The rows a guardian's copy leaves out, because the student has not ticked that they may stand there."""
    rows = [item for item in instrument.items() if isinstance(item, JointColourItem) and item.guardian_copy_if]
    return frozenset(row.id for row in rows if answers.get(str(row.guardian_copy_if)) is not True)


def items_for(instrument: Instrument, reader: Respondent) -> tuple[Item, ...]:
    """What may stand before this reader: a student or a guardian never sees staff's own items, nor private ones."""
    if reader in ("mentor", "counsellor"):
        return instrument.items()
    open_to_them = [item for item in instrument.items() if instrument.level_of(item.id) != "p"]
    return tuple(item for item in open_to_them if item.by not in ("mentor", "counsellor"))


def _step(before: int | None, after: int | None) -> int:
    return 0 if before is None or after is None else abs(after - before)


def _change(rule: Rule, compared: Sequence[tuple[date, int]]) -> Change:
    numbers = tuple(number for _, number in compared)
    direction: Direction = "up" if numbers[-1] > numbers[0] else "down"
    return Change(rule, tuple(day for day, _ in compared), numbers, direction)


def _two_steps(answered: Sequence[tuple[date, int]]) -> Change | None:
    last_two = answered[-2:]
    if len(last_two) < 2 or abs(last_two[1][1] - last_two[0][1]) < TWO_STEPS:
        return None
    return _change("two_steps", last_two)


def _twice_in_a_row(answered: Sequence[tuple[date, int]]) -> Change | None:
    last_three = answered[-3:]
    if len(last_three) < 3:
        return None
    first, second, third = (number for _, number in last_three)
    return _change("twice_in_a_row", last_three) if (second - first) * (third - second) > 0 else None


def _since_the_first(answered: Sequence[tuple[date, int]]) -> Change | None:
    if len(answered) < ENOUGH_FOR_A_DIRECTION or abs(answered[-1][1] - answered[0][1]) < TWO_STEPS:
        return None
    return _change("since_the_first", (answered[0], answered[-1]))


def _too_few(answered: Sequence[tuple[date, int]]) -> Change | None:
    if len(answered) >= ENOUGH_FOR_A_DIRECTION:
        return None
    return Change("too_few", tuple(day for day, _ in answered), tuple(number for _, number in answered))


def _said_of(talk: DatedAnswers, item_id: str) -> Said:
    row = next(row for row in _rows(talk.instrument) if row.id == item_id)
    return said(row, talk.answers[item_id])


def _rows(instrument: Instrument) -> tuple[ColourRow, ...]:
    return tuple(item for item in instrument.items() if isinstance(item, ColourItem | JointColourItem))


def _direction(item: ColourRow, value: Value) -> tuple[str, ...]:
    """What a move is told by: the colour, and the marked statements that have a word of their own."""
    if not isinstance(value, dict):
        return ()
    colour, fits = str(value["colour"]), value.get("fits", [])
    if isinstance(item, JointColourItem) or not isinstance(fits, list):
        return (colour,)
    return (colour, *(part.id for part in item.choice(colour).statements if part.word and part.id in fits))


def _laid_cards(item: CardsItem, value: Value | None) -> tuple[Listed, ...]:
    if not isinstance(value, dict) or is_declined(value):
        return ()
    picked, own = value.get("picked", []), value.get("own", [])
    written = {f"own.{number}": words for number, words in enumerate(own if isinstance(own, list) else (), start=1)}
    return tuple(
        Listed(_own_key(written[name]), written[name]) if name in written else Listed(name, item.card(name).text)
        for name in (picked if isinstance(picked, list) else ())
    )


def _named_row(item: TableItem, row: Mapping[str, Cell]) -> Listed:
    given = item.given(str(row["row"]))
    if given is not None:
        return Listed(given.id, given.text)
    naming = next((column.id for column in item.columns if isinstance(column, LineItem | TextItem)), None)
    words = str(row.get(naming, "")) if naming else ""
    return Listed(_own_key(words) if words else str(row["row"]), words)


def _own_key(words: str) -> str:
    """Never the id of something that a definition names."""
    return f"own: {' '.join(words.split()).casefold()}"


def _changed(item: TableItem, before: Mapping[str, Cell], after: Mapping[str, Cell]) -> tuple[str, ...]:
    return tuple(column.id for column in item.columns if before.get(column.id) != after.get(column.id))
