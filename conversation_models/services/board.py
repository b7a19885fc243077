"""The board: how far each student of a group has come with what they are asked before the talk. Never an answer."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from conversation_models.domain.ids import is_id
from conversation_models.domain.invitation import Invitation, InvitationStatus, NewInvitation
from conversation_models.domain.names import student_order
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import access, desk_talks, invite
from conversation_models.services.access import SWEDEN, Desk, Right
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.slips import MOST_SLIPS, Slip, slips_of
from conversation_models.storage import invitations, reaches, students, tables, talks
from conversation_models.storage.store import Unit

ALIVE = (InvitationStatus.NOT_BEGUN, InvitationStatus.BEGUN)


@dataclass(frozen=True)
class Line:
    """One student and one prepared talk. `invitation` is the newest one; None when the student is not invited."""

    student: Student
    talk: Talk | None = None
    invitation: Invitation | None = None
    status: InvitationStatus | None = None

    @property
    def on(self) -> date | None:
        """The day it was sent, begun, or ends to work: never the hour."""
        if self.invitation is None or self.status is None:
            return None
        ends = self.invitation.expires_at.astimezone(SWEDEN).date()
        days = {InvitationStatus.SENT: self.invitation.sent_on, InvitationStatus.BEGUN: self.invitation.begun_on}
        return days.get(self.status, None if self.status is InvitationStatus.REVOKED else ends)


def look(desk: Desk, group_id: str) -> list[Line]:
    """By name: everybody of the group within reach, invited or not. Four queries, and nobody's record is opened."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        return _lines(desk, unit, group_id)


def renew(desk: Desk, talk_ids: Sequence[str], days: int = invite.DAYS) -> list[Slip]:
    """New links and codes for these, all or none: the earlier ones stop working, what is written stays.

    Raises Refused, TalkRefused: not_prepared, sent, nothing_to_ask.
    """
    made: list[tuple[Talk, NewInvitation]] = []
    with desk.writing() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        for talk_id in sorted(dict.fromkeys(talk_ids[:MOST_SLIPS])):
            talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.PREPARED)
            if any(each.sent_on for each in invitations.of_talk(unit, talk.id)):
                raise TalkRefused("sent_already")
            made.append((talk, invite.invite_to(desk, unit, talk, days)))
        named = _named(unit, [talk for talk, _ in made])
    told = [(named[talk.student_id], talk.held_on, new) for talk, new in made]
    return slips_of(sorted(told, key=lambda each: student_order(each[0])))


def close(desk: Desk, talk_ids: Sequence[str]) -> None:
    """Links and codes of these stop working at once, all or none; what is sent stays."""
    with desk.writing() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        for talk_id in sorted(dict.fromkeys(talk_ids)):
            talk = desk_talks.take_talk(desk, unit, talk_id)
            desk_talks.require_holding(desk, talk)
            for each in _own(desk, unit, talk):
                if each.revoked_at is None and each.sent_on is None:
                    invitations.change(unit, each.id, revoked_at=desk.now)
                    desk_talks.note(desk, unit, "revoke", talk)


def _own(desk: Desk, unit: Unit, talk: Talk) -> list[Invitation]:
    return desk_talks.invited_to(desk, desk_talks.narrowed(desk.actor, talk), invitations.of_talk(unit, talk.id))


def _lines(desk: Desk, unit: Unit, group_id: str) -> list[Line]:
    if not is_id(group_id):
        return []
    student, talk = tables.student.c, tables.talk.c
    here = (student.group_id == group_id, student.archived_on.is_(None), reaches.within_reach(desk.actor, desk.today))
    of_group = {each.id: each for each in students.where(unit, *here)}
    seen = desk_talks.seen_by(desk.actor)
    ahead = talks.where(
        unit, talk.student_id.in_(of_group), talk.status == TalkStatus.PREPARED.value, talk.model.in_(seen.models)
    )
    newest = _newest(desk, unit, ahead)
    lines = [
        Line(of_group[each.student_id], each, newest[each.id], newest[each.id].status(desk.now))
        for each in ahead
        if each.id in newest
    ]
    invited = {line.student.id for line in lines}
    lines += [Line(each) for each in of_group.values() if each.id not in invited]
    return sorted(lines, key=lambda line: student_order(line.student))


def _newest(desk: Desk, unit: Unit, ahead: Sequence[Talk]) -> dict[str, Invitation]:
    """By talk: the last one that asks something which this person may read."""
    found: defaultdict[str, list[Invitation]] = defaultdict(list)
    for each in invitations.of_talks(unit, [talk.id for talk in ahead]):
        found[each.talk_id].append(each)
    own = {
        talk.id: desk_talks.invited_to(desk, desk_talks.narrowed(desk.actor, talk), found[talk.id]) for talk in ahead
    }
    return {talk_id: each[-1] for talk_id, each in own.items() if each}


def _named(unit: Unit, of_talks: Sequence[Talk]) -> dict[str, Student]:
    ids = {talk.student_id for talk in of_talks}
    return {each.id: each for each in students.where(unit, tables.student.c.id.in_(ids))}
