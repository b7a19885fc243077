"""An instrument as a FHIR R4 Questionnaire: linkId is the item's id, text the wording that was asked.

What one question of ours holds beside its answer has a linkId of its own under it: "workload.fits", "goals.when".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from instruments.items import (
    CardsItem,
    ChoiceItem,
    ChoicesItem,
    ColourItem,
    Item,
    JointColourItem,
    ScaleItem,
    TableItem,
)
from instruments.model import Instrument, Section
from instruments.text import Text
from reports.sentences import COLOURS
from translations import Language, message, words

URN = "urn:jagmed-samtal"
BOUND = "http://hl7.org/fhir/StructureDefinition"
Resource = dict[str, Any]
Coding = dict[str, str]
FITS, ROW, LAID, NOT_LAID = "fits", "row", "laid", "not_laid"
ABOUT_FITS, ABOUT_ROW = message("What fits"), message("Row")
ABOUT_LAID, ABOUT_NOT_LAID = message("Cards laid, most important first"), message("Written on a card and not laid")


def url_of(instrument_id: str) -> str:
    return f"{URN}:questionnaire:{instrument_id}"


def link_of_section(section_id: str) -> str:
    return f"section.{section_id}"


def questionnaire(instrument: Instrument, language: Language) -> Resource:
    named = "".join(part.capitalize() for part in instrument.id.split("_"))
    return {
        "resourceType": "Questionnaire",
        "id": f"{instrument.id.replace('_', '-')}-{instrument.edition}",
        "language": language,
        "url": url_of(instrument.id),
        "version": str(instrument.edition),
        "name": named,
        "title": instrument.title.say(language),
        "status": "active",
        "subjectType": ["Patient"],
        "item": [_section(instrument, section, language) for section in instrument.sections],
    }


def coding(instrument: Instrument, item: Item, code: str, language: Language) -> Coding:
    """Of any of an item's codes: an option, a colour, a statement, a card, a given row."""
    display = _codes(item)[code].say(language)
    system = f"{URN}:{instrument.id}:{instrument.edition}:{item.id}"
    return {"system": system, "code": code, "display": _coloured(item, code, display, language)}


def _section(instrument: Instrument, section: Section, language: Language) -> Resource:
    return {
        "linkId": link_of_section(section.id),
        "text": section.title.say(language),
        "type": "group",
        "item": [_item(instrument, item, language) for item in section.items],
    }


def _item(instrument: Instrument, item: Item, language: Language) -> Resource:
    asked = {"linkId": item.id, "text": item.label.say(language)}
    return asked | KINDS[item.kind](instrument, item, language)


def _plain(kind: str) -> Callable[[Instrument, Any, Language], Resource]:
    return lambda _instrument, _item, _language: {"type": kind}


def _scale(_instrument: Instrument, item: ScaleItem, _language: Language) -> Resource:
    ends = (("minValue", item.low), ("maxValue", item.high))
    return {"type": "integer", "extension": [{"url": f"{BOUND}/{end}", "valueInteger": at} for end, at in ends]}


def _choice(instrument: Instrument, item: ChoiceItem | JointColourItem, language: Language) -> Resource:
    return {"type": "choice", "answerOption": _options(instrument, item, _choices_of(item), language)}


def _choices(instrument: Instrument, item: ChoicesItem, language: Language) -> Resource:
    return _choice_of_many(instrument, item, [option.id for option in item.options], language)


def _colour(instrument: Instrument, item: ColourItem, language: Language) -> Resource:
    statements = [statement.id for choice in item.choices for statement in choice.statements]
    fits = {"linkId": f"{item.id}.{FITS}", "text": words(language)(ABOUT_FITS)}
    return {
        "type": "choice",
        "answerOption": _options(instrument, item, _choices_of(item), language),
        "item": [fits | _choice_of_many(instrument, item, statements, language)],
    }


def _cards(instrument: Instrument, item: CardsItem, language: Language) -> Resource:
    _ = words(language)
    laid = {
        "linkId": f"{item.id}.{LAID}",
        "text": _(ABOUT_LAID),
        "type": "open-choice",
        "repeats": True,
        "answerOption": _options(instrument, item, [card.id for card in item.cards], language),
    }
    left = {"linkId": f"{item.id}.{NOT_LAID}", "text": _(ABOUT_NOT_LAID), "type": "string", "repeats": True}
    return {"type": "group", "item": [laid, left]}


def _table(instrument: Instrument, item: TableItem, language: Language) -> Resource:
    """A group that comes once a row."""
    given = [row.id for row in item.rows]
    row: Resource = {"linkId": f"{item.id}.{ROW}", "text": words(language)(ABOUT_ROW), "type": "string"}
    if given:
        row |= {"type": "open-choice", "answerOption": _options(instrument, item, given, language)}
    columns = [column.model_copy(update={"id": f"{item.id}.{column.id}"}) for column in item.columns]
    return {"type": "group", "repeats": True, "item": [row, *(_item(instrument, each, language) for each in columns)]}


def _choice_of_many(instrument: Instrument, item: Item, codes: Iterable[str], language: Language) -> Resource:
    return {"type": "choice", "repeats": True, "answerOption": _options(instrument, item, codes, language)}


def _options(instrument: Instrument, item: Item, codes: Iterable[str], language: Language) -> list[Resource]:
    return [{"valueCoding": coding(instrument, item, code, language)} for code in codes]


def _choices_of(item: ChoiceItem | ColourItem | JointColourItem) -> list[str]:
    if isinstance(item, ChoiceItem):
        return [option.id for option in item.options]
    return [choice.colour for choice in item.choices]


def _codes(item: Item) -> dict[str, Text]:
    found: dict[str, Text] = {}
    if isinstance(item, ChoiceItem | ChoicesItem):
        found = {option.id: option.text for option in item.options}
    elif isinstance(item, ColourItem | JointColourItem):
        found = {choice.colour: choice.word for choice in item.choices}
    elif isinstance(item, CardsItem):
        found = {card.id: card.text for card in item.cards}
    elif isinstance(item, TableItem):
        found = {row.id: row.text for row in item.rows}
    if isinstance(item, ColourItem):
        found |= {statement.id: statement.text for choice in item.choices for statement in choice.statements}
    return found


def _coloured(item: Item, code: str, display: str, language: Language) -> str:
    """A colour's name and its word in this row."""
    for colour, name in COLOURS.items():
        if isinstance(item, ColourItem | JointColourItem) and colour == code:
            return f"{words(language)(name)}: {display}"
    return display


# One a kind; a test names the kind that is forgotten here.
KINDS: dict[str, Callable[[Instrument, Any, Language], Resource]] = {
    "colour": _colour,
    "joint_colour": _choice,
    "scale": _scale,
    "text": _plain("text"),
    "line": _plain("string"),
    "date": _plain("date"),
    "tick": _plain("boolean"),
    "choice": _choice,
    "choices": _choices,
    "cards": _cards,
    "table": _table,
}
