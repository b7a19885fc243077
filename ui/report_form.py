"""Composing a student's report: which one, for whom, its parts, the ground; then its preview, and making it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from conversation_models.domain.report import (
    LONGEST_GROUND,
    LONGEST_NAME,
    GroundKind,
    Order,
    ReceiverKind,
    ReportKind,
)
from conversation_models.domain.talk import Talk
from conversation_models.services import compose, terms
from conversation_models.services.compose import Offered
from conversation_models.services.consents import Consent
from conversation_models.services.receiving import RECEIVERS, ReportRefused, grounds_for
from reports import report_paper, report_words
from reports.group_tables import term_name
from reports.report_paper import ComposedReport
from translations import message
from ui.papers import paper_link
from ui.report_preview import show_blocks
from ui.session import Visit
from ui.text import day, plain, strong

MADE = "report.made"
KINDS = (ReportKind.TERM, ReportKind.SESSION, ReportKind.HANDOVER)
NOTHING_WRITTEN = {
    ReportKind.SESSION: message("No session report is written in a closed talk yet. It is added to a talk as a form."),
    ReportKind.HANDOVER: message("No handover is written in a closed talk yet. It is added to a talk as a form."),
}


def ask_kind(visit: Visit) -> ReportKind:
    _ = visit.words
    return st.radio(
        _("Which report?"), KINDS, format_func=lambda each: _(report_words.KINDS[each]), horizontal=True, key="kind"
    )


def compose_report(visit: Visit, student_id: str, kind: ReportKind) -> None:
    """From the choices to the made report; shows nothing to choose where there is nothing of it."""
    _ = visit.words
    order = _ask_about(visit, Order(kind, student_id))
    if order is None:
        return
    order = ask_receiver(visit, order)
    first = report_paper.compose_report(visit.desk, order, visit.language)
    st.header(_("What is in it?"), anchor=False)
    if not first.found.offered:
        st.info(_("There is nothing here for this receiver."))
        return
    order = replace(order, parts=_ask_parts(visit, order, first.found.offered))
    order = _ask_consent(visit, order, first.found.consents) or ask_ground(visit, order)
    order = _ask_last(visit, order)
    composed = report_paper.compose_report(visit.desk, order, visit.language)
    _show_and_make(visit, order, composed)


def _ask_about(visit: Visit, order: Order) -> Order | None:
    """The term, or the talk in which it was written."""
    _ = visit.words
    if order.kind is ReportKind.TERM:
        term = st.selectbox(
            _("Term"),
            terms.latest_terms(visit.desk.today),
            format_func=lambda each: term_name(each, visit.language),
            key="report-term",
        )
        return replace(order, term=term.id)
    talks = compose.talks_with(visit.desk, order.student_id, order.kind)
    if not talks:
        st.info(_(NOTHING_WRITTEN[order.kind]))
        return None
    talk: Talk = st.selectbox(
        _("Written at the talk"),
        talks,
        format_func=lambda each: day(each.held_on, visit.language),
        key=f"report-talk-{order.kind}",
    )
    return replace(order, talk_id=talk.id)


def ask_receiver(visit: Visit, order: Order) -> Order:
    _ = visit.words
    st.header(_("Who gets it?"), anchor=False)
    kind: ReceiverKind | None = st.selectbox(
        _("Receiver"),
        RECEIVERS[order.kind],
        format_func=lambda each: _(report_words.RECEIVERS[each]),
        key=f"receiver-{order.kind}",
    )
    order = replace(order, receiver=kind or RECEIVERS[order.kind][0])
    if order.receiver is ReceiverKind.STUDENT:
        return order
    name = st.text_input(_("Name of whoever gets it"), max_chars=LONGEST_NAME, key=f"receiver-name-{order.kind}")
    return replace(order, receiver_name=name.strip())


def _ask_parts(visit: Visit, order: Order, offered: Sequence[Offered]) -> tuple[str, ...]:
    """Nothing is chosen from the start. Parts that this receiver may not have are named last, with the reason."""
    _ = visit.words
    chosen, kept = [], []
    for each in offered:
        name = report_words.say_part(each, visit.language)
        if each.refused:
            why = report_words.say_refused(each.refused, visit.language)
            kept.append(f"– {why}" if "day" in each.refused.values else f"– {name}: {why}")  # the day says which one
        elif st.checkbox(plain(name), key=f"part-{_which(order)}-{each.part}"):
            chosen.append(each.part)
    if kept:
        st.text("\n".join((_("These cannot be in it:"), *kept)))
    return tuple(chosen)


def _which(order: Order) -> str:
    return f"{order.kind}-{order.term}{order.talk_id}-{order.receiver}"


def _ask_consent(visit: Visit, order: Order, known: Sequence[Consent]) -> Order | None:
    """One that is written down and holds today; None to name another ground."""
    _ = visit.words
    if order.receiver is ReceiverKind.STUDENT or not known:
        return None
    said = {each.id: plain(report_words.say_consent(each, visit.language)) for each in known}
    chosen = st.selectbox(
        _("Consents that are written down"),
        ["", *said],
        format_func=lambda each: said.get(each, _("None of these: another consent or a law")),
        key=f"consent-{order.kind}-{order.receiver}",
    )
    consent = next((each for each in known if each.id == chosen), None)
    if consent is None:
        return None
    st.text(_("It holds for the one it names and for what it says. Make sure that this report is that."))
    words = report_words.say_consent(consent, visit.language)
    return replace(order, ground=consent.ground, ground_words=words, consent=consent.id)


def ask_ground(visit: Visit, order: Order) -> Order:
    _ = visit.words
    grounds = grounds_for(order.kind, order.receiver)
    if grounds == (GroundKind.OWN,):
        return replace(order, ground=GroundKind.OWN)
    st.header(_("What allows it?"), anchor=False)
    ground: GroundKind | None = st.selectbox(
        _("Consent or law"),
        grounds,
        index=None,
        format_func=lambda each: _(report_words.GROUNDS[each]),
        placeholder=_("Choose"),
        key=f"ground-{order.kind}-{order.receiver}",
    )
    written = st.text_input(
        _("Which consent and when, or which law and section"),
        max_chars=LONGEST_GROUND,
        key=f"ground-words-{order.kind}",
    )
    return replace(order, ground=ground, ground_words=written.strip())


def _ask_last(visit: Visit, order: Order) -> Order:
    """What the student has read; of a handover, the start and the day to follow up."""
    _ = visit.words
    if order.receiver is ReceiverKind.STUDENT:
        return order
    if order.kind is ReportKind.HANDOVER:
        left, right = st.columns(2)
        starts = left.date_input(_("The student begins"), value=None, format="YYYY-MM-DD", key="report-starts")
        follow = right.date_input(_("We follow up"), value=None, format="YYYY-MM-DD", key="report-follow-up")
        return replace(order, starts_on=starts, follow_up=follow)
    key = "-".join(("read", _which(order), *order.parts))  # what was read is this, and nothing that is chosen later
    return replace(order, has_read=st.checkbox(_("The student has read the report as it stands below"), key=key))


def _show_and_make(visit: Visit, order: Order, composed: ComposedReport) -> None:
    """The same report is not made twice: once made, its paper stands where the button was."""
    _ = visit.words
    st.header(_("This is what it will look like"), anchor=False)
    with st.container(border=True):
        st.markdown(strong(composed.document.title))
        show_blocks(visit, composed.document.blocks, f"preview-{order.kind}")
    made = st.session_state.get(MADE)
    if made and made[:2] == (order, composed.fingerprint):
        st.success(_("The report is made. It is in the list at the top of the page too."))
        paper_link(_("Open as a PDF"), f"/papers/report/{made[2]}.pdf")
        return
    if composed.found.refused:
        st.text(_("Before it can be made:"))
        say_all(visit, composed.found.refused)
    if st.button(_("Make the report"), type="primary", disabled=bool(composed.found.refused)):
        try:
            report = report_paper.make_report(visit.desk, order, visit.language)
        except ReportRefused as refused:
            st.error(plain(report_words.say_refused(refused, visit.language)))
            return
        st.session_state[MADE] = (order, composed.fingerprint, report.id)
        st.rerun()


def say_all(visit: Visit, refused: Sequence[ReportRefused]) -> None:
    st.text("\n".join(f"– {report_words.say_refused(each, visit.language)}" for each in refused))
