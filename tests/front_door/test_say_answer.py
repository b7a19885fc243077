"""Another device's answer is told in words, whatever its kind."""

import pytest

from front_door.say_answer import say_answer
from instruments.catalogue import load

CATALOGUE = load()
NEW = ("choice", "choices", "cards", "table")
ITEMS = [
    (instrument, item.id)
    for instrument in CATALOGUE.ids()
    for item in CATALOGUE.instrument(instrument).items()
    if item.kind in NEW
]


def sample(item):
    """(value, words that belong to it)"""
    if item.kind == "cards":
        return {"picked": [item.cards[1].id, "own.1"], "own": ["Min katt"]}, [item.cards[1].text.sv, "Min katt"]
    if item.kind == "table":
        written = next((column for column in item.columns if column.kind in ("line", "text")), None)
        row = item.rows[0].id if item.rows else "own.1"
        ticked = next((column.id for column in item.columns if column.kind == "tick"), None)
        cell = {written.id: "Åsa"} if written else {ticked: True}
        return [{"row": row, **cell}], ["Åsa" if written else "Ja"]
    option = item.options[-1]
    return (option.id if item.kind == "choice" else [option.id]), [option.text.sv]


@pytest.mark.parametrize(("instrument", "item"), ITEMS, ids=".".join)
def test_an_answer_is_said_in_words(instrument: str, item: str) -> None:
    value, words = sample(CATALOGUE.instrument(instrument).item(item))
    said = say_answer(instrument, item, value, "sv")
    assert all(word in said for word in words)
    assert not any(mark in said for mark in ("{'", "['", "own.1"))


def test_every_new_kind_is_tried() -> None:
    kinds = {CATALOGUE.instrument(instrument).item(item).kind for instrument, item in ITEMS}
    assert kinds == set(NEW)
