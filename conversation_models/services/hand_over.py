"""Handing the device over to the student: the staff session on it ends, and only this student's page is left."""

from conversation_models.domain.invitation import Invitation, InvitationStatus
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import desk_talks, invite
from conversation_models.services.access import Desk
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage import invitations, sessions
from conversation_models.storage.store import Unit

ALIVE = (InvitationStatus.NOT_BEGUN, InvitationStatus.BEGUN)
DAYS = 1


def hand_over(desk: Desk, session_id: str, talk_id: str) -> Invitation:
    """Revokes this session of the actor's own. The invitation is the one that is open, else a new one for a day.

    Raises Refused; TalkRefused: not_prepared, sent_already, nothing_to_ask. Then the session goes on.
    """
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
        invitation = _open_one(desk, unit, talk) or invite.invite_to(desk, unit, talk, DAYS).invitation
        if invitation.sent_on is not None:
            raise TalkRefused("sent_already")
        sessions.revoke(unit, session_id, desk.now)
        desk_talks.note(desk, unit, "hand_over", talk)
    return invitation


def _open_one(desk: Desk, unit: Unit, talk: Talk) -> Invitation | None:
    """One that asks something which the actor may not even read stays between the student and whoever sent it."""
    may_send = invite.sendable_by(desk.actor, invite.model_of(talk), talk.editions)
    for each in reversed(invitations.of_talk(unit, talk.id)):
        if each.status(desk.now) in ALIVE and set(each.asks) <= set(may_send):
            return each
    return None
