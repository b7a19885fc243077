"""Inviting the student to answer before the talk."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from conversation_models.domain.ids import new_id
from conversation_models.domain.invitation import TRIES, Invitation, NewInvitation
from conversation_models.domain.staff import Staff
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.models import TalkModel
from conversation_models.services import access, asked, desk_talks, short_code
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage import invitations, talks
from conversation_models.storage.store import Unit

TOKEN_BYTES = 32
DAYS = 7
LONGEST_DAYS = 60


def invite(
    desk: Desk, talk_id: str, days: int = DAYS, asks: Sequence[str] | None = None, shows_earlier: bool | None = None
) -> NewInvitation:
    """Link and code are known now and never again. Earlier ones of this talk stop working; what they did is kept.

    `asks` names the instruments (None: as last time, else what the model names); what the talk does not ask yet is
    added to it. Nobody sends what they may not read. `days` is brought within 1-60. Raises NotAsked; TalkRefused once
    the talk has begun, or "nothing_to_ask". `shows_earlier` (None: as last time, else no): see Invitation.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
        return invite_to(desk, unit, talk, days, asks, shows_earlier)


def invite_to(
    desk: Desk,
    unit: Unit,
    talk: Talk,
    days: int = DAYS,
    asks: Sequence[str] | None = None,
    shows_earlier: bool | None = None,
) -> NewInvitation:
    """The same within a transaction, to a prepared talk that is taken already."""
    narrowed = desk_talks.narrowed(desk.actor, talk)
    earlier = desk_talks.invited_to(desk, narrowed, invitations.of_talk(unit, talk.id))
    sent = _choose(desk, talk, earlier, asks)
    for name in sent:
        if name not in talk.editions:
            talks.add_instrument(unit, talk.id, name, asked.find_instrument(name).edition)
            desk_talks.note(desk, unit, "add_instrument", talk)
    invitations.revoke_all(unit, talk.id, desk.now, guardian_id="", but=TRIES)
    begun, on = days_of(earlier)
    shows = shows_earlier if shows_earlier is not None else bool(earlier and earlier[-1].shows_earlier)
    invitation = replace(new(talk, ends_after(desk, days), sent), begun_on=begun, sent_on=on, shows_earlier=shows)
    made = add(desk, unit, invitation)
    desk_talks.note(desk, unit, "invite", talk)
    return made


def revoke(desk: Desk, invitation_id: str) -> None:
    """The link and the code stop working at once; what is sent stays. Twice is once."""
    with desk.writing() as unit:
        invitation = invitations.find(unit, invitation_id)
        if invitation is None:
            raise Refused(Right.HOLD_TALKS)
        talk = desk_talks.take_talk(desk, unit, invitation.talk_id)
        if not desk_talks.invited_to(desk, desk_talks.narrowed(desk.actor, talk), [invitation]):
            raise Refused(Right.HOLD_TALKS, talk.student_id)
        if invitation.revoked_at is None:
            invitations.change(unit, invitation_id, revoked_at=desk.now)
            desk_talks.note(desk, unit, "revoke", talk)


def invitations_of(desk: Desk, talk_id: str) -> list[Invitation]:
    """Oldest first: those that ask something which this person may read."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        return desk_talks.invited_to(desk, talk, invitations.of_talk(unit, talk_id))


def sendable(desk: Desk, talk_id: str) -> list[str]:
    """The instruments that this person may send: what the model names first, then every other that can stand alone."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id, Right.HOLD_TALKS)
    return sendable_by(desk.actor, asked.find_model(talk.model), talk.editions)


def sendable_by(actor: Staff, model: TalkModel, editions: Mapping[str, int] = {}) -> list[str]:
    """The same for a talk of this model, in these editions where they are pinned."""
    others = (name for name in asked.catalogue().ids() if asked.find_instrument(name).alone)
    return [name for name in dict.fromkeys((*model.before, *others)) if _may_send(actor, name, editions.get(name))]


def model_of(talk: Talk) -> TalkModel:
    return asked.find_model(talk.model)


def _choose(desk: Desk, talk: Talk, earlier: Sequence[Invitation], asks: Iterable[str] | None) -> tuple[str, ...]:
    before = asked.find_model(talk.model).before
    if asks is None:
        usual = earlier[-1].asks if earlier else before
        chosen = [name for name in usual if _may_send(desk.actor, name, talk.editions.get(name))]
    else:
        chosen = list(dict.fromkeys(asks))
        for name in chosen:
            known = name in before or asked.find_instrument(name).alone
            if not known or not _may_send(desk.actor, name, talk.editions.get(name)):
                raise asked.NotAsked(name)
    if not chosen:
        raise TalkRefused("nothing_to_ask")
    return tuple(chosen)


def _may_send(actor: Staff, name: str, edition: int | None) -> bool:
    """Whoever holds the link can read what is written there, so nobody sends what they may not read."""
    levels = asked.levels_alone(name, edition or asked.find_instrument(name).edition)
    return bool(levels) and levels <= access.LEVELS[actor.role]


def ends_after(desk: Desk, days: int) -> datetime:
    return desk.now + timedelta(days=min(max(days, 1), LONGEST_DAYS))


def days_of(earlier: Sequence[Invitation]) -> tuple[date | None, date | None]:
    """What is begun or sent in this talk is so for the new invitation too."""
    begun = [each.begun_on for each in earlier if each.begun_on]
    sent = [each.sent_on for each in earlier if each.sent_on]
    return min(begun, default=None), max(sent, default=None)


def new(talk: Talk, ends: datetime, asks: tuple[str, ...]) -> Invitation:
    return Invitation(new_id(), talk.id, talk.student_id, ends, asks=asks)


def add(desk: Desk, unit: Unit, invitation: Invitation) -> NewInvitation:
    """With a link and a code of its own."""
    token, code = secrets.token_urlsafe(TOKEN_BYTES), short_code.new_code()
    invitations.add(unit, invitation, (token, code), (desk.actor.id, desk.now))
    return NewInvitation(invitation, token, short_code.show_code(code))
