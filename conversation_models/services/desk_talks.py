"""A talk on a staff member's desk: found, allowed, locked. Every service on a talk begins here."""

from datetime import datetime, timedelta

from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.storage import logs, talks
from conversation_models.storage.store import Unit

WRITING_NOTED_FOR = timedelta(minutes=15)


class TalkRefused(Exception):
    """The talk is not where this can be done. `code`: not_prepared, not_open, not_closed, sent, moved, same_student."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_talk(desk: Desk, unit: Unit, talk_id: str, right: Right = Right.SEE_TALKS) -> Talk:
    """Raises Refused, the same for a talk that is not there."""
    return _allow(desk, unit, talks.find(unit, talk_id), right)


def take_talk(desk: Desk, unit: Unit, talk_id: str, *statuses: TalkStatus) -> Talk:
    """Locked until the unit ends, to be written to. Raises Refused, and TalkRefused when it has another status."""
    talk = _allow(desk, unit, talks.lock(unit, talk_id), Right.HOLD_TALKS)
    if statuses and talk.status not in statuses:
        raise TalkRefused(f"not_{statuses[0]}")
    return talk


def note(desk: Desk, unit: Unit, action: str, talk: Talk) -> None:
    logs.add(unit, desk.entry(action, "talk", talk.id, talk.student_id))


def note_writing(desk: Desk, unit: Unit, talk: Talk) -> None:
    """Autosave writes every second: once a person, student and quarter of an hour is enough to know who wrote."""
    since: datetime = desk.now - WRITING_NOTED_FOR
    if not logs.noted_since(unit, desk.actor.id, "write", talk.student_id, since):
        note(desk, unit, "write", talk)


def _allow(desk: Desk, unit: Unit, talk: Talk | None, right: Right) -> Talk:
    if talk is None:
        raise Refused(right)
    access.require(desk, unit, right, talk.student_id)
    return talk
