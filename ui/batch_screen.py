"""Ordering the term's reports, and how far the file has come: asked of the database, whoever makes it."""

import streamlit as st

from conversation_models.domain.batch import Batch, BatchStatus
from conversation_models.services import term_batch
from conversation_models.services.access import Desk, now
from conversation_models.services.group_term import Scope
from conversation_models.services.receiving import ReportRefused
from conversation_models.services.terms import Term
from reports import report_words
from translations import message
from ui.papers import paper_link
from ui.session import Visit
from ui.text import plain

HELD = "batch.ordered"
STATUSES = {
    BatchStatus.ORDERED: message("Ready to be taken. The papers are made while your browser takes the file."),
    BatchStatus.GOING: message("The papers are being made. Keep the browser open."),
    BatchStatus.DONE: message("Done. The first paper in the file says which one is whose."),
    BatchStatus.CANCELLED: message("Cancelled. Throw away what your browser has taken so far: it is not whole."),
    BatchStatus.BROKEN: message("It stopped on the way. Order it once more."),
}
UNDER_WAY = (BatchStatus.ORDERED, BatchStatus.GOING)


def ask_batch(visit: Visit, term: Term, scope: Scope) -> None:
    """Nothing is chosen from the start."""
    _ = visit.words
    st.header(_("What is in it?"), anchor=False)
    parts = [part for part in term_batch.PARTS if st.checkbox(plain(_(report_words.PARTS[part])), key=f"batch-{part}")]
    if st.button(_("Prepare the file"), type="primary"):
        try:
            batch = term_batch.order_batch(visit.desk, term.id, scope, parts, visit.language)
        except ReportRefused as refused:
            st.error(plain(report_words.say_refused(refused, visit.language)))
            return
        st.session_state[HELD] = batch.id


def show_batch(visit: Visit) -> None:
    if HELD in st.session_state:
        _follow(visit, st.session_state[HELD])


@st.fragment(run_every=2)
def _follow(visit: Visit, batch_id: str) -> None:
    """Looked up anew each time, with the clock of now."""
    _ = visit.words
    desk = Desk(visit.desk.store, visit.desk.actor, now())
    batch = term_batch.find_batch(desk, batch_id)
    status = BatchStatus.BROKEN if batch.is_silent(desk.now) else batch.status
    st.header(_("The file"), anchor=False)
    done = batch.made + batch.left_out
    said = _("{done} of {total} students, {left_out} of them with nothing in the term")
    st.progress(min(1.0, done / max(batch.total, 1)))
    st.text(said.format(done=done, total=batch.total, left_out=batch.left_out))
    st.text(_(STATUSES[status]))
    _offer(visit, desk, batch, status)


def _offer(visit: Visit, desk: Desk, batch: Batch, status: BatchStatus) -> None:
    _ = visit.words
    if status is BatchStatus.ORDERED:
        paper_link(_("Take the file"), f"/papers/batch/{batch.id}.zip")
    if status in UNDER_WAY and st.button(_("Cancel"), key=f"cancel-{batch.id}"):
        term_batch.cancel_batch(desk, batch.id)
        st.rerun(scope="fragment")
