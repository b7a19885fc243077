"""A fitting answer to any item, with a word in it wherever words can be written."""

from collections.abc import Callable
from typing import Any

from conversation_models.domain.answer import Change, Manner, Place, Respondent
from conversation_models.models import TalkModel
from conversation_models.services import asked, conduct
from conversation_models.services.access import Desk
from instruments.items import CardsItem, Item, TableItem
from instruments.model import Source
from instruments.text import Text

DAY = "2026-04-01"


def value_of(item: Item, word: str) -> Any:
    return _VALUES[item.kind](item, word)


def _first(item: Any, _word: str) -> Any:
    return item.options[0].id


def _cards(item: CardsItem, word: str) -> dict[str, list[str]]:
    own = [word] if item.blank else []
    return {"picked": [item.cards[0].id, *(["own.1"] if own else [])], "own": own}


def _rows(item: TableItem, word: str) -> list[dict[str, Any]]:
    names = [item.rows[0].id] if item.rows else ["own.1"]
    return [{"row": name} | {column.id: value_of(column, word) for column in item.columns} for name in names]


_VALUES: dict[str, Callable[[Any, str], Any]] = {
    "text": lambda _item, word: word,
    "line": lambda _item, word: word,
    "colour": lambda _item, _word: {"colour": "green", "fits": []},
    "joint_colour": lambda _item, _word: {"colour": "green"},
    "scale": lambda item, _word: item.low,
    "tick": lambda _item, _word: True,
    "date": lambda _item, _word: DAY,
    "choice": _first,
    "choices": lambda item, word: [_first(item, word)],
    "cards": _cards,
    "table": _rows,
}


def fill(desk: Desk, talk_id: str, instrument_id: str, word: str, level: str | None = None) -> list[str]:
    """Writes into every item of an instrument of the open talk (of that level only); returns the items' names."""
    view = conduct.see_talk(desk, talk_id)
    instrument = view.instruments[instrument_id]
    written = []
    for item in instrument.items():
        if level in (None, instrument.level_of(item.id)):
            whose = Respondent(instrument.respondent_of(item.id))
            place = Place(talk_id, instrument_id, item.id, whose, Manner.TOGETHER)
            conduct.save_in_talk(desk, place, Change(value_of(item, word), "tablet", 1))
            written.append(item.id)
    return written


def a_model(model_id: str, level: str, *instruments: str, process: bool = False) -> TalkModel:
    """A talk of three phases: nothing, these instruments, reading back."""
    said = Text(sv="Ord", en="Words")
    first = {"id": "begin", "title": said, "kind": "opening", "support": (said,), "notes": True}
    middle = {"id": "middle", "title": said, "kind": "agreeing", "support": (said,), "words": True}
    last = {"id": "end", "title": said, "kind": "reading_back", "support": (said,), "notes": True}
    uses = tuple(
        {"id": name, "sections": tuple(s.id for s in asked.find_instrument(name).sections)} for name in instruments
    )
    return TalkModel.model_validate(
        {
            "id": model_id,
            "edition": 1,
            "source": Source(name="Prov"),
            "title": Text(sv=f"Samtalet {model_id}", en=f"The talk {model_id}"),
            "purpose": said,
            "level": level,
            "process": process,
            "participants": (said,),
            "preparation": ({"id": "quiet_room", "text": said},),
            "phases": (first, middle | {"instruments": uses}, last),
            "closing": (said,),
            "worry": (said,),
        }
    )
