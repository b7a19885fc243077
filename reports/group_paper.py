"""A group's term on paper. It leaves the house: the small counts are always hidden, and no student is in it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from conversation_models.domain.term import Term
from conversation_models.services import group_term, papers
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.group_term import Scope
from reports.group_counts import GroupCounts, group_counts
from reports.group_tables import (
    SURVEY_NOTE,
    apart_table,
    happened_table,
    moves_of_group,
    say_group,
    say_left_out,
    survey_table,
    term_name,
)
from reports.paper.blocks import Block, Heading, Note, Paragraph, Table, Together
from reports.paper.document import Document, render
from translations import Language, Words, words


def group_paper(desk: Desk, term: Term, scope: Scope, language: Language) -> bytes:
    """The PDF of a group, a school, or all that is within reach; logged. Raises Refused."""
    found = group_term.group_term(desk, term, scope)
    _ = words(language)
    counts = group_counts(found, shared=True)
    schools = dict.fromkeys(each.school_name for each in found.groups)
    document = Document(
        title=_("A group over a term"),
        under_title=" · ".join((term_name(term, language), ", ".join(counts.shown_groups))),
        blocks=tuple(_blocks(counts, _)),
        created=desk.now.astimezone(SWEDEN),
        school=", ".join(schools),
        copy=_("The school's copy"),
    )
    pdf = render(document, language)
    papers.note_group_paper(desk, scope.group_id or scope.school_id)
    return pdf


def _blocks(counts: GroupCounts, _: Words) -> Iterator[Block]:
    language = _.language
    yield Paragraph(say_group(counts, language))
    if counts.left_out:
        yield Note(say_left_out(counts.left_out, language))
    if not counts.shown_groups:
        return
    yield Together(
        (Heading(_("From the first talk of the term to the last")), _table(moves_of_group(counts, language), 44))
    )
    yield Note(
        _(
            "Students choose two numbers themselves: how important school is, and how much they believe they can "
            "manage it. The letters are for staff."
        )
    )
    yield _table(apart_table(counts, language), 120)
    yield Heading(_("The survey, row by row"))
    yield Note(_(SURVEY_NOTE))
    yield _table(survey_table(counts, language), 34)
    yield Together((Heading(_("Held and agreed")), _table(happened_table(counts, language), 120)))


def _table(frame: pd.DataFrame, first: float) -> Table:
    """The first column so wide, the others share the rest."""
    others = len(frame.columns) - 1
    widths = (first, *((170 - first) / others for _column in range(others)))
    rows = tuple(tuple(str(cell) for cell in row) for row in frame.itertuples(index=False))
    return Table(tuple(map(str, frame.columns)), rows, widths, small=others > 4)
