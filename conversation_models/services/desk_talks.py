"""A talk on a staff member's desk: found, allowed, locked. Every service on a talk begins here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from conversation_models.domain.invitation import Invitation
from conversation_models.domain.staff import Staff
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, asked
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.storage import levels, logs, schools, talks
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from instruments.model import Instrument

WRITING_NOTED_FOR = timedelta(minutes=15)


class TalkRefused(Exception):
    """The talk is not where this can be done. `code`: not_prepared, not_open, not_closed, sent, moved, same_student,
    sent_already, nothing_to_ask, not_empty, not_on_paper."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_talk(desk: Desk, unit: Unit, talk_id: str, right: Right = Right.SEE_TALKS) -> Talk:
    """With what is for this person's eyes. Raises Refused, the same for a talk that is not there."""
    return narrowed(desk.actor, _allow(desk, unit, talks.find(unit, talk_id), right))


def take_talk(desk: Desk, unit: Unit, talk_id: str, *statuses: TalkStatus) -> Talk:
    """Locked until the unit ends, to be written to, with everything in it: `narrowed` before it is shown.

    Raises Refused, and TalkRefused when it has another status. Of a talk that this person may not hold, a closed one
    is given when it holds something for them: then the level of what is written to is still to be asked.
    """
    talk = _allow(desk, unit, talks.lock(unit, talk_id), Right.HOLD_TALKS)
    if statuses and talk.status not in statuses:
        raise TalkRefused(f"not_{statuses[0]}")
    return talk


def levels_in(actor: Staff, talk: Talk) -> frozenset[str]:
    """What this person reads in this talk: what is private is for the one who leads it."""
    return access.LEVELS[actor.role] | ({"p"} if actor.id == talk.led_by and access.LEVELS[actor.role] else set())


def may_hold(actor: Staff, talk: Talk) -> bool:
    return access.reads_level(actor, asked.find_model(talk.model).level)


def seen_by(actor: Staff) -> Seen:
    """What narrows a query to what this person may know of."""
    return _seen_at(actor, access.LEVELS[actor.role])


def seen_by_all(actor: Staff) -> Seen:
    """What everybody who holds talks may know of, whoever this person is."""
    return _seen_at(actor, frozenset("m"))


def _seen_at(actor: Staff, read: frozenset[str]) -> Seen:
    return Seen(actor.id, read, frozenset(model.id for model in asked.models_at(read)))


def shown(desk: Desk, unit: Unit, found: Iterable[Talk]) -> list[Talk]:
    """Those that this person may know of: a talk above their level only when it is closed and holds something for
    them."""
    every = list(found)
    above = [talk.id for talk in every if not may_hold(desk.actor, talk)]
    told = levels.told_in(unit, above, seen_by(desk.actor))
    return [narrowed(desk.actor, talk) for talk in every if talk.id in told or talk.id not in above]


def narrowed(actor: Staff, talk: Talk) -> Talk:
    """Without the instruments that hold nothing for this person's eyes; above their level, also without how it went."""
    read = levels_in(actor, talk)
    editions = {name: number for name, number in talk.editions.items() if asked.readable(name, number, read)}
    known = replace(talk, editions=editions)
    return known if may_hold(actor, talk) else replace(known, phase="", place="", may_read_before=None)


def asked_here(unit: Unit, talk: Talk, found: Mapping[str, Instrument]) -> dict[str, Instrument]:
    """As the student's school asks them. A closed talk keeps all that could be asked when it was held."""
    varies = [name for name in found if asked.asks_by_school_form(name, talk.editions[name])]
    if talk.status is TalkStatus.CLOSED or not varies:
        return dict(found)
    form = schools.form_of(unit, talk.student_id)
    return {name: each.within(form) if name in varies else each for name, each in found.items()}


def invited_to(desk: Desk, talk: Talk, invitations: Iterable[Invitation]) -> list[Invitation]:
    """Those that ask something which is for this person's eyes. `talk` is narrowed already."""
    return [each for each in invitations if may_hold(desk.actor, talk) and not set(each.asks).isdisjoint(talk.editions)]


def require_holding(desk: Desk, talk: Talk, right: Right = Right.HOLD_TALKS) -> None:
    """Raises Refused for a talk above this person's level, also a closed one of which they read a part."""
    if not may_hold(desk.actor, talk):
        raise Refused(right, talk.student_id)


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
    if not may_hold(desk.actor, talk) and talk.id not in levels.told_in(unit, [talk.id], seen_by(desk.actor)):
        raise Refused(right, talk.student_id)
    return talk
