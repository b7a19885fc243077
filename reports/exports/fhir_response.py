"""Answers as FHIR R4: what one respondent gave in one manner to one instrument in one talk is one response."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversation_models.domain.answer import Answer
from instruments.items import CardsItem, ChoiceItem, ChoicesItem, ColourItem, Item, JointColourItem, TableItem
from instruments.model import Instrument
from reports.exports.fhir_questionnaire import FITS, LAID, NOT_LAID, ROW, URN, Resource, coding, link_of_section
from translations import Language

ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
DECLINED = {"extension": [{"url": ABSENT, "valueCode": "asked-declined"}]}
CORRECTION = f"{URN}:correction"


@dataclass(frozen=True)
class Responses:
    """`instrument` as this reader may read it."""

    instrument: Instrument
    language: Language

    def items(self, answers: Sequence[Answer], corrections: Mapping[str, Sequence[str]]) -> list[Resource]:
        """Section by section; what was left empty is left out. Corrections stand at their item, by its id."""
        given = {answer.item: answer for answer in answers if answer.state != "empty"}
        found = []
        for section in self.instrument.sections:
            inside = [
                each
                for item in section.items
                for each in _corrected(self._answered(item, given.get(item.id)), item, corrections.get(item.id, ()))
            ]
            if inside:
                found.append({"linkId": link_of_section(section.id), "item": inside})
        return found

    def _answered(self, item: Item, answer: Answer | None) -> list[Resource]:
        """Several for a table: one a row."""
        if answer is None:
            return []
        asked = {"linkId": item.id, "text": item.label.say(self.language)}
        if answer.state == "declined":
            return [asked | DECLINED]
        return [asked | each for each in self._values(item, answer.value)]

    def _values(self, item: Item, value: Any) -> list[Resource]:
        if isinstance(item, TableItem):
            return [{"item": self._row(item, row)} for row in value]
        if isinstance(item, CardsItem):
            return [{"item": self._cards(item, value)}]
        return [{"answer": ANSWERS[item.kind](self, item, value)}]

    def coding(self, item: Item, code: str) -> Resource:
        return {"valueCoding": coding(self.instrument, item, code, self.language)}

    def _row(self, item: TableItem, row: Mapping[str, Any]) -> list[Resource]:
        named = self.coding(item, row["row"]) if item.given(row["row"]) else {"valueString": row["row"]}
        found: list[Resource] = [{"linkId": f"{item.id}.{ROW}", "answer": [named]}]
        for column in item.columns:
            if column.id in row:
                asked = column.model_copy(update={"id": f"{item.id}.{column.id}"})
                answer = ANSWERS[column.kind](self, asked, row[column.id])
                found.append({"linkId": asked.id, "text": column.label.say(self.language), "answer": answer})
        return found

    def _cards(self, item: CardsItem, value: Mapping[str, Any]) -> list[Resource]:
        own = {f"own.{number}": said for number, said in enumerate(value.get("own", []), start=1) if said}
        picked = value.get("picked", [])
        laid = [{"valueString": own[name]} if name in own else self.coding(item, name) for name in picked]
        left = [{"valueString": said} for name, said in own.items() if name not in picked]
        parts = ((LAID, laid), (NOT_LAID, left))
        return [{"linkId": f"{item.id}.{name}", "answer": answer} for name, answer in parts if answer]


def _corrected(found: list[Resource], item: Item, corrections: Sequence[str]) -> list[Resource]:
    """Beside the first words, which stay."""
    if not corrections:
        return found
    first, *more = found or [{"linkId": item.id}]
    said = [{"url": CORRECTION, "valueString": each} for each in corrections]
    return [first | {"extension": [*first.get("extension", ()), *said]}, *more]


def _colour(to: Responses, item: ColourItem, value: Mapping[str, Any]) -> list[Resource]:
    fits = [to.coding(item, name) for name in value.get("fits", [])]
    inside = {"item": [{"linkId": f"{item.id}.{FITS}", "answer": fits}]} if fits else {}
    return [to.coding(item, value["colour"]) | inside]


def _joint(to: Responses, item: JointColourItem, value: Mapping[str, Any]) -> list[Resource]:
    return [to.coding(item, value["colour"])]


def _choice(to: Responses, item: ChoiceItem, value: str) -> list[Resource]:
    return [to.coding(item, value)]


def _choices(to: Responses, item: ChoicesItem, value: Sequence[str]) -> list[Resource]:
    return [to.coding(item, each) for each in value]


def _as(name: str) -> Callable[[Responses, Any, Any], list[Resource]]:
    return lambda _to, _item, value: [{name: value}]


ANSWERS: dict[str, Callable[[Responses, Any, Any], list[Resource]]] = {
    "colour": _colour,
    "joint_colour": _joint,
    "scale": _as("valueInteger"),
    "text": _as("valueString"),
    "line": _as("valueString"),
    "date": _as("valueDate"),
    "tick": _as("valueBoolean"),
    "choice": _choice,
    "choices": _choices,
}
