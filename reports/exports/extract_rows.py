"""The rows of an extract, each with whose it is and at which level; answers also in words."""

from __future__ import annotations

from typing import Any

from conversation_models.domain.answer import Manner, Respondent
from conversation_models.services.asked import find_instrument, find_model
from conversation_models.services.extracts import Extract
from instruments.answers import DECLINED
from reports.exports.said_words import MANNERS, RESPONDENTS, STATES
from reports.sayings import say_value
from translations import Language, message, words

Row = dict[str, Any]
THE_SCHOOL, THE_PROGRAM = message("The school"), message("The program, by itself")
# Whose words or doing a row is, where a column says it by name.
AUTHORS = {
    "report": "made_by",
    "talk": "led_by",
    "amendment": "author_id",
    "talk_move": "moved_by",
    "invitation": "created_by",
    "wish": "",
    "log_entry": "",
}


def marked(extract: Extract, part: str, language: Language) -> list[Row]:
    return [_marks(extract, part, row, language) | row for row in extract.parts[part]]


def _marks(extract: Extract, part: str, row: Row, language: Language) -> Row:
    _ = words(language)
    found: Row = {"author": _author(extract, part, row, language), "level": row.get("level", "m")}
    if part in {"answer", "draft"}:
        edition = row.get("edition") or editions_of(extract)[row["talk_id"], row["instrument"]]
        item = find_instrument(row["instrument"], edition).item(row["item"])
        value = dict(DECLINED) if row["state"] == "declined" else row["value"]
        found |= {
            "asked": item.label.say(language),
            "said": say_value(item, value, language) if row["state"] == "answered" else _(STATES[row["state"]]),
            "given": _(MANNERS[Manner(row["manner"])]),
        }
    if part == "talk":
        found["kind"] = find_model(row["model"]).title.say(language)
    return found


def editions_of(extract: Extract) -> dict[tuple[str, str], int]:
    return {(row["talk_id"], row["instrument"]): row["edition"] for row in extract.parts["talk_instrument"]}


def _author(extract: Extract, part: str, row: Row, language: Language) -> str:
    """Who said it; who typed it in stands in `author_id`."""
    _ = words(language)
    if part in {"answer", "draft"}:
        return _(RESPONDENTS[Respondent(row["respondent"])])
    if part == "decision":
        return next((str(talk["led_by"]) for talk in extract.parts["talk"] if talk["id"] == row["talk_id"]), "")
    if part == "wish":
        return _(RESPONDENTS[Respondent.STUDENT])
    if part == "log_entry":
        return _(THE_PROGRAM)
    return str(row[AUTHORS[part]]) if part in AUTHORS else _(THE_SCHOOL)
