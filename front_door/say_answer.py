"""An answer in the words of its item, for a sentence."""

from typing import Any

from conversation_models.services import asked
from instruments.answers import state_of
from instruments.items import CardsItem, ChoiceItem, ChoicesItem, ColourItem, JointColourItem, TableItem
from reports.sayings import say_value
from translations import Language, words


def say_answer(instrument: str, item: str, value: Any, language: Language) -> str:
    _ = words(language)
    state = state_of(value)
    if state != "answered":
        return _("not answered") if state == "empty" else _("does not want to answer")
    found = asked.find_instrument(instrument).item(item)
    if isinstance(found, ColourItem | JointColourItem):
        return str(found.choice(value["colour"]).word.say(language))
    if isinstance(found, ChoiceItem | ChoicesItem | CardsItem | TableItem):
        return say_value(found, value, language)
    return f"“{value}”"
