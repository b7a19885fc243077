"""A group's report as a document: composed, made, and printed again as it was made. No student is in it.

It leaves the house, so its numbers are those that are counted once (group_shared.py). The preview before that shows
what would be counted now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from conversation_models.domain.report import Order, Report
from conversation_models.domain.term import Term
from conversation_models.services import made_reports, receiving
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.group_term import Scope
from conversation_models.services.receiving import GROUP_PARTS, ReportRefused
from conversation_models.services.terms import find_term
from reports.composed import Composed, Made, language_of, made_as
from reports.group_counts import GroupCounts
from reports.group_shared import SharedTerm, keep_term, kept_term, shared_term
from reports.group_tables import (
    SURVEY_NOTE,
    apart_table,
    fields_of_square,
    happened_table,
    moves_of_group,
    say_counted,
    say_group,
    say_left_out,
    survey_table,
    term_name,
)
from reports.paper.blocks import Block, Facts, GroupSquare, Heading, Note, Paragraph, Table, Together
from reports.paper.document import Document
from reports.paper.wording import dated
from reports.report_words import KINDS, PARTS, say_ground, say_receiver
from reports.text_table import TextTable
from translations import Language, Words, message, words

CHOSEN_BY_STUDENTS = message(
    "Students choose two numbers themselves: how important school is, and how much they believe they can manage it. "
    "The letters are for staff."
)
NEAR_NOT_IN_SQUARE = message(
    "Of those who could be compared. Who was near the border stands in no square, so the numbers may be higher."
)
WITHOUT_HEALTH = message("Talks and agreements of student health are not counted here.")


@dataclass(frozen=True)
class ComposedGroup(Composed):
    """`refused` is everything that stands in the way of making it."""

    shared: SharedTerm
    refused: tuple[ReportRefused, ...]


def compose_group_report(desk: Desk, order: Order, language: Language) -> ComposedGroup:
    """The preview. Raises Refused where nobody is within reach."""
    shared = shared_term(desk, _term(desk, order), _scope(order))
    return _composed(desk, order, shared, Made(desk.actor.name, desk.now), language)


def make_group_report(desk: Desk, order: Order, language: Language) -> Report:
    """Counts the groups that are not counted yet, for good, and writes the report down. Raises ReportRefused."""
    refused = compose_group_report(desk, order, language).refused
    if refused:
        raise refused[0]
    keep_term(desk, _term(desk, order), _scope(order))
    return made_reports.write_down(desk, order, _kept(desk, order, Made("", desk.now), language).fingerprint, language)


def composed_again(desk: Desk, report: Report) -> ComposedGroup:
    """As it was made. Raises Refused; ReportRefused when nothing of it may be told any more."""
    composed = _kept(desk, report.order, made_as(report), language_of(report))
    if composed.refused:
        raise composed.refused[0]
    return composed


def _kept(desk: Desk, order: Order, made: Made, language: Language) -> ComposedGroup:
    shared = kept_term(desk, _term(desk, order), _scope(order), made.at)
    return _composed(desk, order, shared, made, language)


def _term(desk: Desk, order: Order) -> Term:
    return find_term(order.term, desk.today)


def _scope(order: Order) -> Scope:
    return Scope(order.school_id, order.group_id)


def _composed(desk: Desk, order: Order, shared: SharedTerm, made: Made, language: Language) -> ComposedGroup:
    _ = words(language)
    refused = receiving.group_refusals(order)
    if not shared.counts.shown_groups:
        refused.insert(0, ReportRefused("nothing_to_tell"))
    content = tuple(_content(order, shared, _)) if shared.counts.shown_groups else ()
    term = _term(desk, order)
    document = Document(
        title=f"{_(KINDS[order.kind])}, {term_name(term, language).lower()}",
        under_title=", ".join(shared.counts.shown_groups),
        blocks=(_facts(order, shared, made, _), *content),
        created=made.at.astimezone(SWEDEN),
        school=_schools(shared),
        copy=_("No student is named in it"),
    )
    return ComposedGroup(content, document, shared, tuple(refused))


def _facts(order: Order, shared: SharedTerm, made: Made, _: Words) -> Facts:
    day = dated(made.at.astimezone(SWEDEN).date(), _.language)
    return Facts(
        (
            (_("Groups"), ", ".join(shared.counts.shown_groups) or "–"),
            (_("School"), _schools(shared)),
            (_("For"), say_receiver(order, _.language)),
            (_("On this ground"), say_ground(order, _.language)),
            (_("Made"), _("{day}, by {name}").format(day=day, name=made.by)),
        )
    )


def _schools(shared: SharedTerm) -> str:
    return ", ".join(dict.fromkeys(each.school_name for each in shared.found.groups))


def _content(order: Order, shared: SharedTerm, _: Words) -> Iterator[Block]:
    """The sentence on how many, and when it was counted, stand in every group's report."""
    parts = [part for part in GROUP_PARTS if part in order.parts]
    if not parts:
        return
    yield Paragraph(say_group(shared.counts, _.language))
    for line in say_counted(_days(shared), _.language):
        yield Note(line)
    if shared.counts.left_out:
        yield Note(say_left_out(shared.counts.left_out, _.language))
    for part in parts:
        yield from MADE[part](shared.counts, _)


def _days(shared: SharedTerm) -> dict[str, date | None]:
    return {name: shared.counted_on.get(name) for name in shared.counts.shown_groups}


def _square(counts: GroupCounts, _: Words) -> Iterator[Block]:
    yield Together((Heading(_(PARTS["square"])), GroupSquare(fields_of_square(counts, _.language))))
    yield Note(_(NEAR_NOT_IN_SQUARE))


def _moves(counts: GroupCounts, _: Words) -> Iterator[Block]:
    yield Together((Heading(_(PARTS["moves"])), _table(moves_of_group(counts, _.language), 44)))
    yield Note(_(CHOSEN_BY_STUDENTS))
    yield _table(apart_table(counts, _.language), 120)


def _rows(counts: GroupCounts, _: Words) -> Iterator[Block]:
    yield Heading(_(PARTS["counts"]))
    yield Note(_(SURVEY_NOTE))
    yield _table(survey_table(counts, _.language), 34)


def _happened(counts: GroupCounts, _: Words) -> Iterator[Block]:
    yield Together((Heading(_(PARTS["happened"])), _table(happened_table(counts, _.language), 120)))
    yield Note(_(WITHOUT_HEALTH))


def _table(found: TextTable, first: float) -> Table:
    """The first column so wide, the others share the rest."""
    others = len(found.columns) - 1
    widths = (first, *((170 - first) / others for _column in range(others)))
    return Table(found.columns, found.rows, widths, small=others > 4)


MADE: dict[str, Callable[[GroupCounts, Words], Iterator[Block]]] = {
    "square": _square,
    "moves": _moves,
    "counts": _rows,
    "happened": _happened,
}
