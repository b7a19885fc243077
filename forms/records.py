"""Cards and table rows as a template draws them: in their order, with their numbers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from instruments.answers import Value
from instruments.items import CardsItem, GivenRow, TableItem
from translations import Language

SPARE = 2  # empty rows that are drawn for a browser without JavaScript
LOWEST = 10**9


@dataclass(frozen=True)
class Laid:
    """A picked card: its id, its words, and its place among the picked ones, from 1."""

    id: str
    words: str
    place: int


def laid_cards(item: CardsItem, value: Value, language: Language) -> tuple[Laid, ...]:
    """In the order they were laid. A card that this edition does not have is left out."""
    own = written_cards(value)
    words = {card.id: card.text.say(language) for card in item.cards}
    words |= {f"own.{number}": text for number, text in enumerate(own, 1) if text}
    found = value.get("picked", ()) if isinstance(value, dict) else ()
    known = [str(card) for card in found if card in words] if isinstance(found, list) else []
    return tuple(Laid(card, words[card], place) for place, card in enumerate(known, 1))


def places_of(laid: Iterable[Laid]) -> dict[str, int]:
    return {card.id: card.place for card in laid}


def written_cards(value: Value) -> tuple[str, ...]:
    """What stands on the blank cards, from the first on."""
    found = value.get("own", ()) if isinstance(value, dict) else ()
    return tuple(str(text) for text in found) if isinstance(found, list) else ()


@dataclass(frozen=True)
class Record:
    """One row of a table. `given` is None for an added one; `number` counts the added ones; `spare` is still empty."""

    id: str
    given: GivenRow | None
    number: int
    cells: Mapping[str, object]
    spare: bool = False


def records_of(item: TableItem, value: Value, lot: str) -> tuple[Record, ...]:
    """Every given row, then the added ones, then empty ones as long as there is room for them.

    Their numbers are drawn from `lot`: the same page drawn again has the same ones, so that a reload keeps what is
    typed, and no number comes twice as long as no `lot` does.
    """
    written = dict(cells_of(value))
    given = [Record(row.id, row, 0, written.get(row.id, {})) for row in item.rows]
    named = {row.id for row in item.rows}
    added = [(name, cells) for name, cells in written.items() if name not in named]
    records = [Record(name, None, number, cells) for number, (name, cells) in enumerate(added, 1)]
    spare = max(0, min(SPARE, item.longest - len(added)))
    empty = [Record(f"own.{_draw(f'{lot} {n}')}", None, len(added) + n, {}, spare=True) for n in range(1, spare + 1)]
    return (*given, *records, *empty)


def cells_of(value: Value) -> Iterator[tuple[str, Mapping[str, object]]]:
    """(row id, cells) of each row that was written; nothing when the value is no table."""
    for row in value if isinstance(value, list) else ():
        if isinstance(row, dict) and isinstance(row.get("row"), str):
            yield str(row["row"]), {name: cell for name, cell in row.items() if name != "row"}


def _draw(lot: str) -> int:
    """Ten digits, the first of them not 0."""
    return LOWEST + int.from_bytes(sha256(lot.encode()).digest()[:8]) % (9 * LOWEST)
