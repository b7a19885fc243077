"""A group's term as others may see it: what was counted once and kept, else counted now.

What leaves the house is only ever made of what is kept. A screen that others see shows what is kept too, as soon as
there is something, so that the screen and the paper cannot be subtracted from each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from conversation_models.domain.group_count import GroupCount
from conversation_models.domain.term import Term
from conversation_models.services import group_count, group_term
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.group_term import GroupTerm, Scope
from reports.group_counts import GroupCounts, GroupPart, parts_of, together
from reports.group_kept import from_text, to_text


@dataclass(frozen=True)
class SharedTerm:
    """`counted_on` says of each group that is kept when it was counted; `uncounted` are those counted now. By name."""

    found: GroupTerm
    counts: GroupCounts
    counted_on: Mapping[str, date]
    uncounted: tuple[str, ...]


def shared_term(desk: Desk, term: Term, scope: Scope) -> SharedTerm:
    """Raises Refused."""
    found = group_term.term_for_others(desk, term, scope)
    parts = parts_of(found)
    kept = group_count.kept_counts(desk, term, parts)
    return _shared(found, parts | _parts(kept), kept)


def kept_term(desk: Desk, term: Term, scope: Scope, until: datetime) -> SharedTerm:
    """Of those groups alone that were counted by then: what a paper made then may say. Raises Refused."""
    found = group_term.term_for_others(desk, term, scope)
    told = [each.group_id for each in found.groups if group_count.may_be_told(each)]
    kept = {
        group_id: count
        for group_id, count in group_count.kept_counts(desk, term, told).items()
        if count.counted_at <= until
    }
    return _shared(found, _parts(kept), kept)


def keep_term(desk: Desk, term: Term, scope: Scope) -> None:
    """Counts each group that is not counted yet, for good. Raises Refused."""
    found = group_term.term_for_others(desk, term, scope)
    counted = {group_id: to_text(part) for group_id, part in parts_of(found).items()}
    group_count.keep_counts(desk, term, counted)


def _parts(kept: Mapping[str, GroupCount]) -> dict[str, GroupPart]:
    return {group_id: from_text(count.counts) for group_id, count in kept.items()}


def _shared(found: GroupTerm, parts: Mapping[str, GroupPart], kept: Mapping[str, GroupCount]) -> SharedTerm:
    counted_on = {
        each.group_name: kept[each.group_id].counted_at.astimezone(SWEDEN).date()
        for each in found.groups
        if each.group_id in kept
    }
    uncounted = [each.group_name for each in found.groups if each.group_id in parts and each.group_id not in kept]
    return SharedTerm(found, together(found, parts), counted_on, tuple(uncounted))
