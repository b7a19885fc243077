"""Instruments that are taken into a talk as it goes, besides what its model asks."""

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import asked, desk_talks
from conversation_models.services.access import Desk, Right
from conversation_models.services.asked import NotAsked
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage import invitations, levels, talks
from instruments.model import Instrument


def instruments_to_add(desk: Desk, talk_id: str) -> list[Instrument]:
    """What this talk does not ask yet, with the sections that this person may read."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id, Right.HOLD_TALKS)
    read, library = desk_talks.levels_in(desk.actor, talk), asked.catalogue()
    found = (asked.readable(name, library.instrument(name).edition, read) for name in library.ids())
    return [instrument for instrument in found if instrument and instrument.id not in talk.editions]


def add_instrument(desk: Desk, talk_id: str, instrument_id: str) -> None:
    """In its newest edition, for good. One that the talk asks already stays as it is.

    Raises NotAsked for one that is not for this person's eyes, TalkRefused unless the talk is open.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        edition = talk.editions.get(instrument_id) or _newest(instrument_id)
        if asked.readable(instrument_id, edition, desk_talks.levels_in(desk.actor, talk)) is None:
            raise NotAsked(instrument_id)
        if instrument_id not in talk.editions:
            talks.add_instrument(unit, talk_id, instrument_id, edition)
            desk_talks.note(desk, unit, "add_instrument", talk)


def remove_instrument(desk: Desk, talk_id: str, instrument_id: str) -> None:
    """While nothing is answered in it, whoever might have. What the model itself asks stays.

    Raises NotAsked, and TalkRefused: not_open, not_empty.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        own = asked.pin_editions(asked.find_model(talk.model))
        if instrument_id not in desk_talks.narrowed(desk.actor, talk).editions or instrument_id in own:
            raise NotAsked(instrument_id)
        asked_alone = (*invitations.of_talk(unit, talk_id), *invitations.of_guardians(unit, talk_id))
        sent = any(instrument_id in each.asks for each in asked_alone)
        if sent or not levels.is_empty(unit, talk_id, instrument_id):
            raise TalkRefused("not_empty")
        talks.remove_instrument(unit, talk_id, instrument_id)
        desk_talks.note(desk, unit, "remove_instrument", talk)


def _newest(instrument_id: str) -> int:
    """Of the library: what a talk writes along itself is nobody's to add. Raises NotAsked."""
    if instrument_id not in asked.catalogue().ids():
        raise NotAsked(instrument_id)
    return asked.catalogue().instrument(instrument_id).edition
