"""What was agreed: followed up when its day comes; and corrections beside a closed talk."""

from dataclasses import replace

from conversation_models.domain.agreement import Amendment, Decision, DecisionStatus
from conversation_models.domain.ids import new_id
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, asked, desk_talks
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage import agreements
from instruments.answers import check
from instruments.errors import AnswerError
from instruments.items import TextItem
from instruments.text import Text

__all__ = [
    "NoWords",
    "TalkRefused",
    "amend",
    "amendments_of",
    "decisions_of",
    "follow_up",
    "open_decisions",
]

LONGEST = 5_000
_WORDS = TextItem(id="words", label=Text(sv="Ord", en="Words"), longest=LONGEST, may_decline=False)


class NoWords(Exception):
    """An amendment needs words."""

    code = "no_words"


def open_decisions(desk: Desk, student_id: str) -> list[Decision]:
    """By follow-up date, those without one last."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        found = agreements.decisions_of_student(unit, student_id, desk_talks.seen_by(desk.actor))
    return [decision for decision in found if decision.status is DecisionStatus.OPEN]


def decisions_of(desk: Desk, talk_id: str) -> list[Decision]:
    """In the order of the agreement's areas."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        found = agreements.decisions_of_talk(unit, talk_id, desk_talks.seen_by(desk.actor))
    return sorted(found, key=lambda decision: _place_of(talk, decision))


def follow_up(desk: Desk, decision_id: str, status: DecisionStatus, outcome: str) -> Decision:
    """How it went, in whoever's words. A second follow-up takes the place of the first. Raises AnswerError."""
    words = _text(outcome)
    with desk.writing() as unit:
        decision = agreements.find_decision(unit, decision_id)
        if decision is None or not access.reads_level(desk.actor, decision.level):
            raise Refused(Right.HOLD_TALKS)
        talk = desk_talks.take_talk(desk, unit, decision.talk_id)
        followed = replace(
            decision,
            status=DecisionStatus(status),
            outcome=words,
            followed_by=desk.actor.id,
            followed_at=desk.now,
        )
        agreements.follow(unit, followed)
        desk_talks.note(desk, unit, "follow_up", talk)
    return followed


def amend(desk: Desk, talk_id: str, instrument: str, item: str, words: str) -> Amendment:
    """What stands is kept; this stands beside it. Raises TalkRefused, NotAsked, NoWords, AnswerError."""
    text = _text(words)
    if not text:
        raise NoWords
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.CLOSED)
        level = _level_of(desk, talk, instrument, item)
        by = (desk.actor.id, desk.now, desk.actor.name)
        made = Amendment(new_id(), talk_id, instrument, item, text, *by, level)
        agreements.add_amendment(unit, made)
        desk_talks.note(desk, unit, "amend", talk)
    return made


def amendments_of(desk: Desk, talk_id: str) -> list[Amendment]:
    """Oldest first."""
    with desk.reading() as unit:
        desk_talks.read_talk(desk, unit, talk_id)
        return agreements.amendments_of(unit, talk_id, desk_talks.seen_by(desk.actor))


def _level_of(desk: Desk, talk: Talk, instrument: str, item: str) -> str:
    """Raises NotAsked, the same for what is not for this person's eyes."""
    if instrument not in talk.editions:
        raise asked.NotAsked(instrument)
    found = asked.find_instrument(instrument, talk.editions[instrument])
    level = found.level_of(asked.find_item(found, item).id)
    if level not in desk_talks.levels_in(desk.actor, talk):
        raise asked.NotAsked(item)
    return level


def _text(words: str) -> str:
    """As an answer's text is kept. Raises AnswerError."""
    try:
        return str(check(_WORDS, words) or "").strip()
    except AnswerError as error:
        raise AnswerError(error.code, field="words", **error.values) from error


def _place_of(talk: Talk, decision: Decision) -> int:
    edition = talk.editions.get(asked.AGREEMENT)
    areas = [section.id for section in asked.find_instrument(asked.AGREEMENT, edition).sections]
    return areas.index(decision.area) if decision.area in areas else len(areas)
