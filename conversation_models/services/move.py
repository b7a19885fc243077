"""A talk that was saved on the wrong student."""

from conversation_models.domain.talk import TalkMove
from conversation_models.services import access, desk_talks
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.field_errors import FieldError, FieldsRefused, read_text
from conversation_models.storage import invitations, logs, talks

__all__ = ["MoveRefused", "TalkRefused", "move_talk"]

LONGEST_REASON = 500


class MoveRefused(FieldsRefused):
    """What is wrong with the reason; nothing was moved."""


def move_talk(desk: Desk, talk_id: str, to_student_id: str, reason: str) -> TalkMove:
    """With everything in it; the trace stays on both students. Links sent to the wrong student stop working.

    Needs the right on both. Raises MoveRefused without a reason, TalkRefused("same_student").
    """
    with desk.writing() as unit:
        talk = talks.lock(unit, talk_id)
        if talk is None:
            raise Refused(Right.MOVE_TALKS)
        for student_id in (talk.student_id, to_student_id):
            access.require(desk, unit, Right.MOVE_TALKS, student_id)
        desk_talks.require_holding(desk, talk, Right.MOVE_TALKS)
        if talk.student_id == to_student_id:
            raise TalkRefused("same_student")
        errors: list[FieldError] = []
        why = read_text("reason", reason, errors, LONGEST_REASON, needed=True)
        if errors:
            raise MoveRefused(*errors)
        move = TalkMove(talk_id, talk.student_id, to_student_id, why, desk.actor.id, desk.now)
        talks.add_move(unit, move)
        talks.change(unit, talk_id, student_id=to_student_id)
        invitations.revoke_all(unit, talk_id, desk.now)
        desk_talks.note(desk, unit, "move_away", talk)
        logs.add(unit, desk.entry("move_here", "talk", talk_id, to_student_id))
    return move
