"""An export as tables: one row an answer, a decision, a correction. Heads are the same in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from conversation_models.domain.agreement import Decision
from conversation_models.domain.answer import Answer
from conversation_models.services.asked import find_instrument, find_model
from conversation_models.services.exports import Export, Person, TalkRow
from reports.exports.said_words import AREA_OF_NOTHING, LEVELS, MANNERS, RESPONDENTS, STATES, STATUSES
from reports.record import AGREEMENT, value_of
from reports.sayings import say_value
from translations import Language, Words, words

WHOSE = ("student", "group", "school", "talk", "talk_kind", "held_on", "entered_on")
ANSWERS = (
    *WHOSE, "instrument", "edition", "section", "item", "asked", "respondent", "respondent_words", "manner",
    "manner_words", "state", "value", "value_words", "level", "level_words",
)  # fmt: skip
DECISIONS = (
    *WHOSE, "area", "area_words", "source", "decided", "responsible", "follow_up", "status", "status_words", "outcome",
    "followed_on", "level", "level_words",
)  # fmt: skip
CORRECTIONS = (*WHOSE, "instrument", "edition", "item", "asked", "words", "corrected_on", "level", "level_words")
Row = dict[str, Any]


@dataclass(frozen=True)
class AnswerTables:
    """Values are as JSON carries them."""

    export: Export
    language: Language

    @cached_property
    def answers(self) -> list[Row]:
        return list(self._answers())

    @cached_property
    def decisions(self) -> list[Row]:
        return list(self._decisions())

    @cached_property
    def corrections(self) -> list[Row]:
        return list(self._corrections())

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        name = ("name",) if self.export.choice.named else ()
        every = {"answers": ANSWERS, "decisions": DECISIONS, "corrections": CORRECTIONS}
        return {table: (columns[0], *name, *columns[1:]) for table, columns in every.items()}

    @cached_property
    def asked(self) -> tuple[tuple[str, int], ...]:
        """Every edition of every instrument that stands in the table of answers."""
        found = {(answer.instrument, answer.edition) for answer in self.export.answers}
        return tuple(sorted(found))

    @property
    def _(self) -> Words:
        return words(self.language)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {talk_id: number for number, talk_id in enumerate(self.export.talks, start=1)}

    @cached_property
    def _editions(self) -> dict[tuple[str, str], int]:
        return {(answer.talk_id, answer.instrument): answer.edition for answer in self.export.answers}

    def _answers(self) -> Iterator[Row]:
        order = {talk_id: place for place, talk_id in enumerate(self.export.talks)}
        for answer in sorted(self.export.answers, key=lambda each: order[each.talk_id]):
            yield (
                self._whose(answer.talk_id)
                | self._asked(answer.instrument, answer.edition, answer.item)
                | self._given(answer)
            )

    def _given(self, answer: Answer) -> Row:
        item = find_instrument(answer.instrument, answer.edition).item(answer.item)
        return {
            "respondent": answer.respondent.value,
            "respondent_words": self._(RESPONDENTS[answer.respondent]),
            "manner": answer.manner.value,
            "manner_words": self._(MANNERS[answer.manner]),
            "state": answer.state,
            "value": answer.value,
            "value_words": say_value(item, value_of(answer), self.language)
            if answer.state == "answered"
            else self._(STATES[answer.state]),
            **self._level(answer.level),
        }

    def _decisions(self) -> Iterator[Row]:
        for each in self.export.decisions:
            yield self._whose(each.talk_id) | {
                "area": each.area,
                "area_words": self._area(each),
                "source": each.source,
                "decided": each.words,
                "responsible": each.responsible,
                "follow_up": each.follow_up.isoformat() if each.follow_up else None,
                "status": each.status.value,
                "status_words": self._(STATUSES[each.status]),
                "outcome": each.outcome,
                "followed_on": each.followed_at.date().isoformat() if each.followed_at else None,
                **self._level(each.level),
            }

    def _corrections(self) -> Iterator[Row]:
        for each in self.export.amendments:
            edition = self._editions.get((each.talk_id, each.instrument))
            if edition is None:  # of an instrument in which nothing else is this reader's
                continue
            yield (
                self._whose(each.talk_id)
                | self._asked(each.instrument, edition, each.item, section=False)
                | {
                    "words": each.words,
                    "corrected_on": each.recorded_at.date().isoformat(),
                    **self._level(each.level),
                }
            )

    def _whose(self, talk_id: str) -> Row:
        talk: TalkRow = self.export.talks[talk_id]
        person: Person = self.export.people[talk.student_id]
        named = {"name": person.name} if self.export.choice.named else {}
        return {
            "student": person.number,
            **named,
            "group": person.group,
            "school": person.school,
            "talk": self._numbers[talk_id],
            "talk_kind": find_model(talk.model).title.say(self.language),
            "held_on": talk.held_on.isoformat(),
            "entered_on": talk.entered_on.isoformat() if talk.entered_on else None,
        }

    def _asked(self, name: str, edition: int, item_id: str, *, section: bool = True) -> Row:
        instrument = find_instrument(name, edition)
        within = {"section": instrument.section_of(item_id).title.say(self.language)} if section else {}
        said = {"item": item_id, "asked": instrument.item(item_id).label.say(self.language)}
        return {"instrument": name, "edition": edition, **within, **said}

    def _area(self, decision: Decision) -> str:
        """What it was decided about: an area of the agreement, or the form with the row it stands in."""
        if decision.instrument:
            return find_instrument(decision.instrument).title.say(self.language)
        sections = {section.id: section.title for section in find_instrument(AGREEMENT).sections}
        known = sections.get(decision.area)
        return known.say(self.language) if known else self._(AREA_OF_NOTHING)

    def _level(self, level: str) -> Row:
        return {"level": level, "level_words": self._(LEVELS[level])}


def flat(rows: Sequence[Row], columns: Sequence[str]) -> list[list[str | int | None]]:
    """As cells: a value that is more than a word or a number as JSON."""
    return [[_as_cell(row.get(column)) for column in columns] for row in rows]


def _as_cell(value: Any) -> str | int | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
