"""Inviting the student to answer before the talk."""

import secrets
from datetime import date, timedelta

from conversation_models.domain.ids import new_id
from conversation_models.domain.invitation import Invitation, NewInvitation
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import desk_talks, short_code
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.storage import invitations
from conversation_models.storage.store import Unit

TOKEN_BYTES = 32
DAYS = 7
LONGEST_DAYS = 60


def invite(desk: Desk, talk_id: str, days: int = DAYS) -> NewInvitation:
    """Link and code are known now and never again. Earlier ones of this talk stop working; what they did is kept.

    `days` is brought within 1-60. Raises TalkRefused once the talk has begun.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
        earlier = invitations.of_talk(unit, talk_id)
        invitations.revoke_all(unit, talk_id, desk.now)
        ends = desk.now + timedelta(days=min(max(days, 1), LONGEST_DAYS))
        invitation = Invitation(new_id(), talk_id, talk.student_id, ends, *_days_of(earlier))
        made = _add(desk, unit, invitation)
        desk_talks.note(desk, unit, "invite", talk)
    return made


def revoke(desk: Desk, invitation_id: str) -> None:
    """The link and the code stop working at once; what is sent stays. Twice is once."""
    with desk.writing() as unit:
        invitation = invitations.find(unit, invitation_id)
        if invitation is None:
            raise Refused(Right.HOLD_TALKS)
        talk = desk_talks.take_talk(desk, unit, invitation.talk_id)
        if invitation.revoked_at is None:
            invitations.change(unit, invitation_id, revoked_at=desk.now)
            desk_talks.note(desk, unit, "revoke", talk)


def invitations_of(desk: Desk, talk_id: str) -> list[Invitation]:
    """Oldest first."""
    with desk.reading() as unit:
        desk_talks.read_talk(desk, unit, talk_id)
        return invitations.of_talk(unit, talk_id)


def _days_of(earlier: list[Invitation]) -> tuple[date | None, date | None]:
    """What is begun or sent in this talk is so for the new invitation too."""
    begun = [each.begun_on for each in earlier if each.begun_on]
    sent = [each.sent_on for each in earlier if each.sent_on]
    return min(begun, default=None), max(sent, default=None)


def _add(desk: Desk, unit: Unit, invitation: Invitation) -> NewInvitation:
    token, code = secrets.token_urlsafe(TOKEN_BYTES), short_code.new_code()
    hashes = (invitations.token_hash(token), invitations.code_hash(unit.cipher, code))
    invitations.add(unit, invitation, hashes, (desk.actor.id, desk.now))
    return NewInvitation(invitation, token, short_code.show_code(code))
