"""Random answers that a definition allows, and hostile words to put wherever a person may write."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from hypothesis import strategies as st

from instruments.answers import is_declined
from instruments.items import Item
from instruments.readings import table_rows

LETTERS = "abcdefghijklmnopqrstuvwxyzåäöéABCÅÄÖ0123456789.,!?-"
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=14), min_size=1, max_size=25).map(" ".join)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31)).map(str)
HOSTILE = (
    "<script>alert(1)</script> <b>fet</b> &amp; <img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","klicka") +1+1 @SUM(A1) -2',
    "👩‍🦼‍➡️ 🏳️‍🌈 🙂 𝒳",
    "مرحبا بالعالم שלום",
    "a\x00b\x1b[31mc\x7f\u202eevil\u2066",
    "{nb} **fet** [länk](http://x) \\( ) ( $x$ %{x} :red[x]",
    "e\u0301 A\u030a Ø ﬁ ß ſ",
    "x" * 200,
)
TWENTY_THOUSAND = " ".join(f"ord{number}" for number in range(2700))


def answers_to(item: Item) -> st.SearchStrategy[Any]:
    kinds: dict[str, Any] = {
        "colour": lambda: st.sampled_from(item.choices).flatmap(_marked),
        "joint_colour": lambda: st.sampled_from(item.choices).map(lambda choice: {"colour": choice.colour}),
        "scale": lambda: st.integers(item.low, item.high),
        "text": lambda: WORDS.map(lambda words: words[: item.longest].strip()),
        "line": lambda: WORDS.map(lambda words: words[: item.longest].strip()),
        "date": lambda: DAYS,
        "tick": st.booleans,
        "choice": lambda: st.sampled_from([option.id for option in item.options]),
        "choices": lambda: st.lists(st.sampled_from([option.id for option in item.options]), unique=True, min_size=1),
        "cards": lambda: _cards(item),
        "table": lambda: _table(item),
    }
    return kinds[item.kind]()


def _marked(choice: Any) -> st.SearchStrategy[Any]:
    names = [statement.id for statement in choice.statements]
    return st.lists(st.sampled_from(names), unique=True).map(lambda fits: {"colour": choice.colour, "fits": fits})


def _cards(item: Any) -> st.SearchStrategy[Any]:
    own = st.lists(WORDS.map(lambda words: words[:100]), max_size=item.blank)
    return own.flatmap(
        lambda written: st.permutations(
            [card.id for card in item.cards][:8] + [f"own.{number}" for number in range(1, len(written) + 1)]
        ).map(lambda picked: {"picked": picked[:6], "own": written})
    )


def _table(item: Any) -> st.SearchStrategy[Any]:
    names = [row.id for row in item.rows] + [f"own.{number}" for number in range(1, min(item.longest, 4) + 1)]
    cells = {column.id: answers_to(column) for column in item.columns}
    row = st.fixed_dictionaries({}, optional=cells)
    return st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=6).flatmap(
        lambda chosen: st.tuples(*(row for _name in chosen)).map(
            lambda rows: [{"row": name, **filled} for name, filled in zip(chosen, rows, strict=True)]
        )
    )


def hostile_to(item: Item, turn: int) -> Any:
    """The hostile words, each in its turn; everything else is answered with what comes first."""
    words = HOSTILE[turn % len(HOSTILE)]
    if item.kind == "text":
        return words[: item.longest]
    if item.kind == "line":
        return words[: item.longest]
    if item.kind == "cards":
        return {"picked": ["own.1", item.cards[0].id], "own": [words[:200]]}
    if item.kind == "table":
        names = [row.id for row in item.rows] or ["own.1"]
        return [
            {"row": names[0]}
            | {column.id: hostile_to(column, turn + place) for place, column in enumerate(item.columns)}
        ]
    first = {"scale": lambda: item.high, "date": lambda: "2026-05-02", "tick": lambda: True}
    if item.kind in first:
        return first[item.kind]()
    if item.kind in ("choice", "choices"):
        return item.options[-1].id if item.kind == "choice" else [option.id for option in item.options]
    choice = item.choices[-1]
    return {"colour": choice.colour} | ({"fits": []} if item.kind == "colour" else {})


def words_in(item: Item, value: Any) -> Iterator[str]:
    """All that must be readable of an answer, in Swedish, where its words stand one after the other."""
    if value is None or is_declined(value):
        return
    if item.kind in ("text", "line"):
        yield from value.split("\n")
    elif item.kind == "scale":
        yield str(value)
    elif item.kind == "choice":
        yield item.option(value).text.sv
    elif item.kind == "choices":
        yield from (item.option(name).text.sv for name in value)
    elif item.kind == "cards":
        own = {f"own.{number}": words for number, words in enumerate(value["own"], start=1)}
        yield from own.values()
        yield from (item.card(name).text.sv for name in value["picked"] if name not in own)
    elif item.kind == "table":
        for _row, cells in table_rows(item, value):
            for column in item.columns:
                yield from words_in(column, cells.get(column.id))
