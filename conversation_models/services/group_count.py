"""What leaves the house about a group is counted once a term: whoever prints later prints the same numbers.

So nobody can subtract an earlier paper from a later one and find who joined, left or answered in between (docs/adr 13).
"""

from collections.abc import Iterable, Mapping

from conversation_models.domain.group_count import GroupCount
from conversation_models.domain.report import Order
from conversation_models.domain.suppression import FEWEST
from conversation_models.domain.term import Term
from conversation_models.services import access
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.group_term import Scope
from conversation_models.services.receiving import ReportRefused
from conversation_models.services.terms import find_term
from conversation_models.storage import group_counts, logs, reaches, terms
from conversation_models.storage.store import Unit
from conversation_models.storage.terms import GroupRow


def may_be_told(group: GroupRow) -> bool:
    """Only whole groups of five or more: a part of one, which somebody else may tell the whole of, is not."""
    return group.here == group.all_here and group.here >= FEWEST


def kept_counts(desk: Desk, term: Term, group_ids: Iterable[str]) -> dict[str, GroupCount]:
    """Those that are kept already, by group. Raises Refused for a group that this person does not have the whole of."""
    with desk.reading() as unit:
        wanted = _require_whole(desk, unit, Right.SEE_TALKS, term, group_ids)
        return group_counts.kept(unit, term.id, wanted)


def keep_counts(desk: Desk, term: Term, counted: Mapping[str, str]) -> None:
    """By group; of a group that was counted before, what was kept then stays. Raises Refused."""
    with desk.writing() as unit:
        wanted = _require_whole(desk, unit, Right.HOLD_TALKS, term, counted)
        group_counts.lock_groups(unit, wanted)
        known = group_counts.kept(unit, term.id, wanted)
        for group_id in sorted(wanted - known.keys()):
            group_counts.add(unit, GroupCount(group_id, term.id, counted[group_id], desk.actor.id, desk.now))
            logs.add(unit, desk.entry("count_group", "group", group_id))


def require_told(desk: Desk, order: Order) -> None:
    """Of a group's report: raises Refused where nobody is within reach, ReportRefused when nothing is counted."""
    term = find_term(order.term, desk.today)
    with desk.reading() as unit:
        access.require(desk, unit, Right.HOLD_TALKS)
        scope = Scope(order.school_id, order.group_id)
        found = [each for each in _within(desk, unit, term) if is_in(each, scope)]
        if not found and scope != Scope():
            raise Refused(Right.HOLD_TALKS)
        if not group_counts.kept(unit, term.id, {each.group_id for each in found if may_be_told(each)}):
            raise ReportRefused("nothing_to_tell")


def is_in(group: GroupRow, scope: Scope) -> bool:
    return scope.school_id in ("", group.school_id) and scope.group_id in ("", group.group_id)


def _within(desk: Desk, unit: Unit, term: Term) -> list[GroupRow]:
    return terms.groups_within(unit, reaches.within_reach(desk.actor, desk.today), term.first)


def _require_whole(desk: Desk, unit: Unit, right: Right, term: Term, group_ids: Iterable[str]) -> set[str]:
    access.require(desk, unit, right)
    wanted = set(group_ids)
    if not wanted <= {each.group_id for each in _within(desk, unit, term) if may_be_told(each)}:
        raise Refused(right)
    return wanted
