"""Inviting a guardian to answer what is asked of guardians: one invitation for each, and nobody sees another's answers.

From the student's eighteenth birthday no guardian is invited unless the student lets them take part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from conversation_models.domain.invitation import Invitation, InvitationStatus, NewInvitation
from conversation_models.domain.staff import Staff
from conversation_models.domain.student import Guardian
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, asked, desk_talks, invite
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage import invitations, students, talks
from conversation_models.storage.store import Unit


@dataclass(frozen=True)
class Invitable:
    """A guardian who takes part, with the newest invitation; None when there is none."""

    guardian: Guardian
    invitation: Invitation | None = None
    status: InvitationStatus | None = None


def invitables(desk: Desk, talk_id: str) -> list[Invitable]:
    """In the order of the student's record. Nobody when the student is 18 and has not let guardians take part."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id, Right.HOLD_TALKS)
        found = desk_talks.invited_to(desk, talk, invitations.of_guardians(unit, talk_id))
        return [_invitable(desk, each, found) for each in _taking_part(desk, unit, talk)]


def askable(desk: Desk, talk_id: str) -> list[str]:
    """What asks something of guardians and is for this person's eyes: what the talk asks already comes first."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id, Right.HOLD_TALKS)
    return _askable_by(desk.actor, talk.editions)


def invite_guardian(
    desk: Desk, talk_id: str, guardian_id: str, asks: Sequence[str], days: int = invite.DAYS
) -> NewInvitation:
    """Link and code are known now and never again. Earlier ones of this guardian's stop working; nobody else's do.

    What the talk does not ask yet is added to it. Raises NotAsked; TalkRefused: not_prepared, nothing_to_ask,
    no_guardian for one who is not the student's, or takes no part.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
        desk_talks.require_holding(desk, talk)
        if guardian_id not in {each.id for each in _taking_part(desk, unit, talk)}:
            raise TalkRefused("no_guardian")
        chosen = _choose(desk, talk, asks)
        for name in chosen:
            if name not in talk.editions:
                talks.add_instrument(unit, talk.id, name, asked.find_instrument(name).edition)
                desk_talks.note(desk, unit, "add_instrument", talk)
        begun, sent = invite.days_of(invitations.of_talk(unit, talk.id, guardian_id))
        invitations.revoke_all(unit, talk.id, desk.now, guardian_id)
        new = invite.new(talk, invite.ends_after(desk, days), chosen)
        made = invite.add(desk, unit, replace(new, begun_on=begun, sent_on=sent, guardian_id=guardian_id))
        desk_talks.note(desk, unit, "invite_guardian", talk)
    return made


def _taking_part(desk: Desk, unit: Unit, talk: Talk) -> tuple[Guardian, ...]:
    student = students.find(unit, talk.student_id)
    if student is None:
        raise Refused(Right.HOLD_TALKS, talk.student_id)
    return student.guardians_on(desk.today)


def _invitable(desk: Desk, guardian: Guardian, found: Sequence[Invitation]) -> Invitable:
    own = [each for each in found if each.guardian_id == guardian.id]
    return Invitable(guardian, own[-1], own[-1].status(desk.now)) if own else Invitable(guardian)


def _choose(desk: Desk, talk: Talk, asks: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(asks))
    for name in chosen:
        if not _may_ask(desk.actor, name, talk.editions.get(name)):
            raise asked.NotAsked(name)
    if not chosen:
        raise TalkRefused("nothing_to_ask")
    return chosen


def _askable_by(actor: Staff, editions: Mapping[str, int]) -> list[str]:
    names = dict.fromkeys((*editions, *asked.catalogue().ids()))
    return [name for name in names if _may_ask(actor, name, editions.get(name))]


def _may_ask(actor: Staff, name: str, edition: int | None) -> bool:
    """As for the student: nobody sends what they may not read."""
    levels = asked.levels_alone(name, edition or asked.find_instrument(name).edition, "guardian")
    return bool(levels) and levels <= access.LEVELS[actor.role]
