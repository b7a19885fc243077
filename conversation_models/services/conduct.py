"""Holding the talk: opened, walked through, saved at each change, closed for good."""

from dataclasses import replace

from conversation_models.domain.answer import Change, Conflict, Manner, Place, Respondent, Saved
from conversation_models.domain.ids import new_id
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, asked, decided, desk_talks, saving
from conversation_models.services.access import Desk
from conversation_models.services.asked import AGREEMENT, QUADRANT, NotAsked
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.saving import Spot
from conversation_models.services.talk_view import TalkView, begin_in, is_alone, see_talk
from conversation_models.storage import answers, talks
from conversation_models.storage.store import Unit
from instruments.items import Item
from instruments.model import Instrument

__all__ = [
    "AGREEMENT",
    "QUADRANT",
    "TalkRefused",
    "TalkView",
    "close_talk",
    "go_to_phase",
    "open_talk",
    "save_in_talk",
    "see_talk",
    "take_offer",
    "unsent_begun",
]

PREPARATION = "preparation"
STAFF = (Respondent.MENTOR, Respondent.COUNSELLOR)


def open_talk(desk: Desk, talk_id: str, phase: str | None = None) -> Talk:
    """The talk begins: from now on the student's page changes nothing. Again on another device changes nothing.

    In that phase; else in the first one, or where the last talk of a process ended. Raises NotAsked.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED, TalkStatus.OPEN)
        if talk.status is TalkStatus.OPEN:
            return desk_talks.narrowed(desk.actor, talk)
        first = phase or begin_in(unit, talk)
        _require_phase(talk, first)
        opened = replace(talk, status=TalkStatus.OPEN, phase=first, opened_at=desk.now)
        talks.change(unit, talk_id, status=opened.status.value, phase=first, opened_at=desk.now, unread=None)
        desk_talks.note(desk, unit, "open", talk)
    return desk_talks.narrowed(desk.actor, opened)


def go_to_phase(desk: Desk, talk_id: str, phase: str) -> Talk:
    """Raises NotAsked for a phase this talk does not have, TalkRefused unless it is open."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        _require_phase(talk, phase)
        talks.change(unit, talk_id, phase=phase)
    return desk_talks.narrowed(desk.actor, replace(talk, phase=phase))


def save_in_talk(desk: Desk, place: Place, change: Change) -> Saved | Conflict:
    """Returns after COMMIT. Raises NotAsked, AnswerError, TalkRefused.

    Staff's own lines have one place, whatever respondent and manner are named. Nobody writes where the student
    answers alone. In a talk that was held on paper everything is given on paper.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, place.talk_id, TalkStatus.OPEN, TalkStatus.PREPARED)
        spot = _find_spot(desk, unit, talk, place)
        checked = saving.check_change(spot.item, change)
        outcome = saving.save_change(unit, spot, checked, desk.now)
        if isinstance(outcome, Saved):
            desk_talks.note_writing(desk, unit, talk)
    return outcome


def take_offer(desk: Desk, talk_id: str, area: str, offer_id: str) -> Saved:
    """Adds a measure's text to the area's decision, below what stands there. Once: a text that is there stays one."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        text = _offer_text(desk, talk, offer_id)
        return add_to_decision(desk, unit, talk, area, text)


def add_to_decision(desk: Desk, unit: Unit, talk: Talk, area: str, text: str) -> Saved:
    """Below what stands there, once. The caller holds the talk's lock, so nothing can come between. Raises NotAsked."""
    place = Place(talk.id, AGREEMENT, f"{area}_decision", Respondent.MENTOR, Manner.TOGETHER)
    return add_below(desk, unit, talk, place, text)


def add_below(desk: Desk, unit: Unit, talk: Talk, place: Place, text: str) -> Saved:
    """Below the text that stands in that place, once. As `add_to_decision`."""
    spot = _find_spot(desk, unit, talk, place)
    draft = answers.find_draft(unit, spot.place)
    before = draft.open(unit.cipher) if draft else None
    words = before if isinstance(before, str) else ""
    if draft is not None and text in words:
        return Saved(draft.version, draft.at)
    change = Change(f"{words}\n{text}".strip(), f"offer:{new_id()}", 1, draft.version if draft else 0)
    outcome = saving.save_change(unit, spot, saving.check_change(spot.item, change), desk.now)
    desk_talks.note_writing(desk, unit, talk)
    return outcome if isinstance(outcome, Saved) else Saved(outcome.version, desk.now)


def unsent_begun(desk: Desk, talk_id: str) -> bool:
    """Whether closing now would throw away something the student began alone and has not sent, at the levels that this
    person reads."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        return answers.has_unsent(unit, talk_id, desk_talks.levels_in(desk.actor, talk))


def close_talk(desk: Desk, talk_id: str) -> Talk:
    """Locks the talk: drafts become answers and decisions. What the student never sent is deleted unread."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        drafts = answers.drafts_of(unit, talk_id)
        ours = {place: stored for place, stored in drafts.items() if not is_alone(place)}
        rows = [(stored, talk.editions[place.instrument]) for place, stored in ours.items()]
        answers.append(unit, rows, desk.now)
        answers.delete_drafts(unit, talk_id)
        decided.write_decided(desk, unit, talk, answers.latest_of(unit, talk_id))
        talks.change(unit, talk_id, status=TalkStatus.CLOSED.value, closed_at=desk.now, unread=None)
        desk_talks.note(desk, unit, "close", talk)
    return desk_talks.narrowed(desk.actor, replace(talk, status=TalkStatus.CLOSED, closed_at=desk.now))


def _find_spot(desk: Desk, unit: Unit, talk: Talk, place: Place) -> Spot:
    """Raises NotAsked unless this talk asks it of this respondent, here and now, and this person may read it."""
    if place.instrument not in talk.editions:
        raise NotAsked(place.instrument)
    pinned = asked.find_instrument(place.instrument, talk.editions[place.instrument])
    instrument = desk_talks.asked_here(unit, talk, {pinned.id: pinned})[pinned.id]
    item = asked.find_item(instrument, place.item)
    level = instrument.level_of(item.id)
    if not access.reads_level(desk.actor, level, talk.led_by):
        raise NotAsked(place.item)
    place = replace(place, respondent=_whose(instrument, item, place))
    if talk.status is TalkStatus.PREPARED and not _is_preparation(talk, instrument, place.item):
        raise TalkRefused("not_open")
    if talk.entered_on is not None:
        place = replace(place, manner=Manner.PAPER)
    elif place.respondent in STAFF:
        place = replace(place, manner=Manner.TOGETHER)
    elif place.manner not in (Manner.TOGETHER, Manner.PAPER):
        raise NotAsked(place.item, place.manner)
    return Spot(place, item, level, desk.actor.id)


def _require_phase(talk: Talk, phase: str) -> None:
    if phase not in {each.id for each in asked.find_model(talk.model).phases}:
        raise NotAsked(phase)


def _whose(instrument: Instrument, item: Item, place: Place) -> Respondent:
    """What two people agree on is kept in one place, with the one who leads, whoever holds the tablet."""
    if item.by or instrument.respondents[0] in STAFF:
        return Respondent(instrument.respondent_of(item.id))
    if place.respondent not in instrument.respondents:
        raise NotAsked(place.item, place.respondent)
    return place.respondent


def _is_preparation(talk: Talk, instrument: Instrument, item_id: str) -> bool:
    own = asked.own_instrument_id(asked.find_model(talk.model))
    return instrument.id == own and instrument.section_of(item_id).id == PREPARATION


def _offer_text(desk: Desk, talk: Talk, offer_id: str) -> str:
    instrument = asked.find_instrument(QUADRANT, talk.editions.get(QUADRANT))
    for offer in (offer for offers in instrument.offers.values() for offer in offers):
        if offer.id == offer_id:
            return offer.text.say("en" if desk.actor.language == "en" else "sv")
    raise NotAsked(offer_id)
