"""The reports that were made: their papers, that the student has read, and the follow-up after the start."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.domain.report import Followed, Order, ReceiverKind, Report, ReportKind
from conversation_models.services import made_reports, terms
from conversation_models.services.access import SWEDEN
from reports import report_words
from reports.group_tables import term_name
from translations import message
from ui import places
from ui.papers import paper_link
from ui.sentences import say_saved
from ui.session import Visit
from ui.text import day, plain, strong

FOLLOWED = {Followed.YES: message("followed up"), Followed.NO: message("not followed up")}


def show_made(visit: Visit, made: Sequence[Report]) -> None:
    _ = visit.words
    if made:
        st.header(_("Reports that are made"), anchor=False)
    for report in made:
        with st.container(border=True):
            show_report(visit, report)


def show_handovers(visit: Visit) -> bool:
    """On Today: handovers to follow up, until that is answered. Whether there were any."""
    _ = visit.words
    waiting = made_reports.waiting_handovers(visit.desk)
    if waiting:
        st.header(_("Follow up after a handover"), anchor=False)
    for each in waiting:
        when = day(each.report.order.follow_up, visit.language)
        passed = each.report.waits_for_follow_up(visit.desk.today)
        late = _("the day has come") if passed else ""
        label = ", ".join(part for part in (f"{plain(each.student.name)}: {when}", late) if part)
        places.link(places.REPORT, visit, label, student=each.student.id)
    return bool(waiting)


def show_report(visit: Visit, report: Report) -> None:
    _ = visit.words
    order = report.order
    made_on = day(report.made_at.astimezone(SWEDEN).date(), visit.language)
    st.markdown(strong(_name(visit, order)))
    lines = [
        _("Made {day} by {name}").format(day=made_on, name=report.made_by_name),
        _("For: {receiver}").format(receiver=report_words.say_receiver(order, visit.language)),
        _("On this ground: {ground}").format(ground=report_words.say_ground(order, visit.language)),
    ]
    if report.read_on:
        lines.append(_("The student read it {day}").format(day=day(report.read_on, visit.language)))
    st.text("\n".join(lines))
    with st.container(horizontal=True):
        paper_link(_("Open as a PDF"), f"/papers/report/{report.id}.pdf")
        reads = order.receiver is ReceiverKind.STUDENT and order.kind is not ReportKind.GROUP
        if reads and report.read_on is None and st.button(_("The student has read it"), key=f"read-{report.id}"):
            made_reports.note_read(visit.desk, report.id)
            say_saved(_("Noted: the student has read the report."))
            st.rerun()
    if order.follow_up:
        _show_follow_up(visit, report)


def _name(visit: Visit, order: Order) -> str:
    """As on its paper: with the term, where it is a term's."""
    kind = visit.words(report_words.KINDS[order.kind])
    if order.kind is not ReportKind.TERM:
        return kind
    return f"{kind}, {term_name(terms.find_term(order.term, visit.desk.today), visit.language).lower()}"


def _show_follow_up(visit: Visit, report: Report) -> None:
    _ = visit.words
    when = day(report.order.follow_up, visit.language)
    if report.followed:
        st.text(_("To follow up {day}: {status}").format(day=when, status=_(FOLLOWED[report.followed])))
        if report.outcome:
            st.text(_("How it went: {words}").format(words=report.outcome))
        return
    due = report.waits_for_follow_up(visit.desk.today)
    fold = st.expander(_("To follow up {day}").format(day=when), expanded=due)
    with fold, st.form(f"handover-{report.id}", enter_to_submit=False, border=False):
        followed = st.radio(
            _("Was the start followed up?"),
            list(FOLLOWED),
            index=None,
            format_func=lambda each: _(FOLLOWED[each]),
            horizontal=True,
        )
        outcome = st.text_area(_("In a few words, if you like"), max_chars=made_reports.LONGEST_OUTCOME)
        if st.form_submit_button(_("Save")):
            if followed is None:
                st.error(_("Choose how it went, then save."))
                return
            made_reports.answer_follow_up(visit.desk, report.id, followed, outcome)
            say_saved(_("The follow-up is saved."))
            st.rerun()
