"""Slips of paper for students: whose, and the ways in. Link and code are known only to whoever has just made them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from conversation_models.domain.invitation import InvitationStatus, NewInvitation
from conversation_models.domain.student import Student
from conversation_models.services import access, desk_talks, short_code
from conversation_models.services.access import SWEDEN, Desk, Refused, Right
from conversation_models.services.papers import PRINT
from conversation_models.storage import invitations, logs, students, tables
from conversation_models.storage.store import Unit

MOST_SLIPS = 200


@dataclass(frozen=True)
class Slip:
    """`name` is the given name alone, with an initial only where two would have the same slip in the hand."""

    name: str
    token: str
    code: str
    talk_id: str
    held_on: date
    until: date


class NothingToPrint(Exception):
    """Every one of these links has been replaced, taken back, or used to the end."""

    code = "nothing_to_print"


def slips_of(made: Iterable[tuple[Student, date, NewInvitation]]) -> list[Slip]:
    """By name, as the class list has them."""
    listed = list(made)
    shown = slip_names([student for student, _, _ in listed])
    return [
        Slip(shown[student.id], new.token, new.code, new.invitation.talk_id, held_on, _until(new))
        for student, held_on, new in listed
    ]


def slip_names(named: Sequence[Student]) -> dict[str, str]:
    given = Counter(each.given_name.casefold() for each in named)
    return {
        each.id: f"{each.given_name} {each.family_name[:1]}"
        if given[each.given_name.casefold()] > 1
        else each.given_name
        for each in named
    }


def read_slips(desk: Desk, ways: Sequence[tuple[str, str]]) -> list[Slip]:
    """Each token with its code, as they were made a moment ago: what still opens something, to be printed.

    Logs each as printed. Raises Refused for a student out of reach, NothingToPrint.
    """
    with desk.writing() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        found = [each for token, code in ways[:MOST_SLIPS] if (each := _find(desk, unit, token, code))]
        ids = {new.invitation.student_id for _, new in found}
        named = {each.id: each for each in students.where(unit, tables.student.c.id.in_(ids))}
        for _, new in found:
            asked = (PRINT, "paper_slip", new.invitation.talk_id, new.invitation.student_id)
            logs.add(unit, desk.entry(*asked))
    if not found:
        raise NothingToPrint
    return slips_of((named[new.invitation.student_id], held_on, new) for held_on, new in found)


def _find(desk: Desk, unit: Unit, token: str, code: str) -> tuple[date, NewInvitation] | None:
    """None when they do not belong together, open nothing more, or are a guardian's."""
    read = short_code.read_code(code)
    card = invitations.find_card(unit, "token_hash", invitations.token_hash(token))
    same = invitations.card_by_code(unit, read) if read and card else None
    if (
        card is None
        or card.invitation.guardian_id
        or read is None
        or same is None
        or same.invitation.id != card.invitation.id
    ):
        return None
    access.require(desk, unit, Right.HOLD_TALKS, card.talk.student_id)
    if not desk_talks.may_hold(desk.actor, card.talk):
        raise Refused(Right.HOLD_TALKS, card.talk.student_id)
    alive = card.invitation.status(desk.now) in (InvitationStatus.NOT_BEGUN, InvitationStatus.BEGUN)
    new = NewInvitation(card.invitation, token, short_code.show_code(read))
    return (card.talk.held_on, new) if alive and not card.archived else None


def _until(new: NewInvitation) -> date:
    return new.invitation.expires_at.astimezone(SWEDEN).date()
