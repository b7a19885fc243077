"""Composing a group's report: for whom, its parts, the ground; its preview; and counting the term, once."""

from dataclasses import replace

import streamlit as st

from conversation_models.domain.report import Order, ReportKind
from conversation_models.services.group_term import Scope
from conversation_models.services.receiving import GROUP_PARTS, ReportRefused
from conversation_models.services.terms import Term
from reports import group_report, report_words
from reports.group_report import ComposedGroup
from ui.report_form import ask_ground, ask_receiver, say_all
from ui.report_preview import show_blocks
from ui.sentences import say_saved
from ui.session import Visit
from ui.text import plain


def compose_group(visit: Visit, term: Term, scope: Scope) -> None:
    _ = visit.words
    order = Order(ReportKind.GROUP, term=term.id, school_id=scope.school_id, group_id=scope.group_id)
    first = group_report.compose_group_report(visit.desk, order, visit.language)
    if not first.shared.counts.shown_groups:
        st.info(report_words.say_refused(ReportRefused("nothing_to_tell"), visit.language))
        return
    order = ask_receiver(visit, order)
    st.header(_("What is in it?"), anchor=False)
    parts = [part for part in GROUP_PARTS if st.checkbox(plain(_(report_words.PARTS[part])), key=f"part-group-{part}")]
    order = ask_ground(visit, replace(order, parts=tuple(parts)))
    composed = group_report.compose_group_report(visit.desk, order, visit.language)
    st.header(_("This is what it will look like"), anchor=False)
    with st.container(border=True):
        show_blocks(visit, composed.document.blocks, "preview-group")
    _make(visit, order, composed)


def _make(visit: Visit, order: Order, composed: ComposedGroup) -> None:
    _ = visit.words
    if composed.refused:
        st.text(_("Before it can be made:"))
        say_all(visit, composed.refused)
    sure = _ask_to_count(visit, composed)
    if st.button(_("Make the report"), type="primary", disabled=bool(composed.refused) or not sure):
        try:
            group_report.make_group_report(visit.desk, order, visit.language)
        except ReportRefused as refused:
            st.error(plain(report_words.say_refused(refused, visit.language)))
            return
        say_saved(_("The report is made. It is first in the list."))
        st.rerun()


def _ask_to_count(visit: Visit, composed: ComposedGroup) -> bool:
    """What is counted stays, so it is never counted by a slip of the finger."""
    _ = visit.words
    names = composed.shared.uncounted
    if not names:
        return True
    st.text(
        _(
            "These groups are not counted yet in this term: {groups}. They are counted now, once. All reports about "
            "them in this term will say these same numbers, also yours and also later, so that nobody who comes or "
            "leaves can be worked out. So wait until the term's talks are held, if you can."
        ).format(groups=", ".join(names))
    )
    return st.checkbox(_("Count the term now: these numbers stay"), key=f"count-{'-'.join(names)}")
