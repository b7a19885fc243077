"""A student's talks and answers in the order of the talks, as every table, chart and paper reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from conversation_models.domain.answer import Answer, Manner, Respondent
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services.asked import find_instrument
from instruments.answers import DECLINED, Value
from instruments.model import Instrument
from reports.paper.wording import dated
from translations import Language

if TYPE_CHECKING:
    from conversation_models.services.look import History

SURVEY, QUADRANT = "development_survey", "priority_ability"
SCALE, AGREEMENT = "scale_question", "development_agreement"


@dataclass(frozen=True)
class Told:
    """What stands in a talk for one item. `before` was sent alone and then changed in the talk."""

    answer: Answer
    before: Answer | None = None

    @property
    def value(self) -> Value:
        return value_of(self.answer)


@dataclass(frozen=True)
class AskedTalk:
    """One instrument in one talk. An item that was not asked, or never reached, is not in `told`.

    `label` is the talk's day, with a number after it when there were several that day.
    """

    talk: Talk
    label: str
    instrument: Instrument
    told: Mapping[str, Told]

    @property
    def on(self) -> date:
        return self.talk.held_on

    def value(self, item_id: str) -> Value:
        told = self.told.get(item_id)
        return told.value if told else None


def asked_talks(history: History, instrument_id: str, language: Language) -> tuple[AskedTalk, ...]:
    """By the day of the talk. A talk that has no answer to this instrument counts once it is closed.

    A talk that is only prepared is among them when something was told by phone before it.
    """
    by_talk = _by_talk((*history.answers, *history.told_ahead), instrument_id)
    asking = [
        talk
        for talk in in_order((*history.talks, *history.ahead))
        if instrument_id in talk.editions and (talk.id in by_talk or talk.status is TalkStatus.CLOSED)
    ]
    labels = labels_of((*history.talks, *history.ahead), language)
    return tuple(
        AskedTalk(
            talk,
            labels[talk.id],
            find_instrument(instrument_id, talk.editions[instrument_id]),
            _told(by_talk.get(talk.id, ())),
        )
        for talk in asking
    )


def in_order(talks: Iterable[Talk]) -> list[Talk]:
    """By the day they are held; ids are by birth, which orders the talks of one day."""
    return sorted(talks, key=lambda talk: (talk.held_on, talk.id))


def labels_of(talks: Iterable[Talk], language: Language) -> dict[str, str]:
    """The day of each talk; "3 mars 2026 (2)" for the second of that day, so that no two columns have one name."""
    seen: Counter[date] = Counter()
    found = {}
    for talk in in_order(talks):
        seen[talk.held_on] += 1
        day = dated(talk.held_on, language)
        found[talk.id] = day if seen[talk.held_on] == 1 else f"{day} ({seen[talk.held_on]})"
    return found


def value_of(answer: Answer) -> Value:
    """As readings take it: declining is a value."""
    if answer.state == "declined":
        return dict(DECLINED)
    value: Value = answer.value
    return value


def _by_talk(answers: Iterable[Answer], instrument_id: str) -> dict[str, list[Answer]]:
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.instrument == instrument_id:
            found.setdefault(answer.talk_id, []).append(answer)
    return found


def _told(answers: Sequence[Answer]) -> dict[str, Told]:
    by_item: dict[str, list[Answer]] = {}
    for answer in answers:
        by_item.setdefault(answer.item, []).append(answer)
    return {item: _stands(given) for item, given in by_item.items()}


def _stands(given: Sequence[Answer]) -> Told:
    """What was said in the talk stands over what was sent before it, unless it was left empty there."""
    if len(given) == 1:
        return Told(given[0])
    by_phone = [answer for answer in given if answer.manner is Manner.PHONE]
    if by_phone:
        return _with_rows(by_phone, _stands([answer for answer in given if answer.manner is not Manner.PHONE]))
    *earlier, last = sorted(given, key=_weight)
    alone = [answer for answer in earlier if _is_alone(answer) and answer.state != "empty"]
    changed = alone and value_of(alone[-1]) != value_of(last)
    return Told(last, alone[-1] if changed else None)


def _with_rows(by_phone: Sequence[Answer], told: Told) -> Told:
    """Tries told by phone, then what was written of others in the talk: none takes the place of another."""
    rows = {row["row"]: row for answer in (*by_phone, told.answer) for row in answer.value or ()}
    return Told(replace(told.answer, state="answered", value=list(rows.values())), told.before)


def _weight(answer: Answer) -> tuple[bool, bool, object]:
    return answer.state != "empty", not _is_alone(answer), answer.recorded_at


def _is_alone(answer: Answer) -> bool:
    return answer.manner is Manner.ALONE and answer.respondent is Respondent.STUDENT
