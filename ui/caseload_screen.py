"""The caseload's lines: each leads to its student."""

import streamlit as st

from conversation_models.services import caseload
from conversation_models.services.caseload import MOST_WEEKS, WEEKS, Event, Line
from reports.caseload_paper import KINDS, say_events, say_last_talk
from ui import places
from ui.papers import paper_link
from ui.session import Visit
from ui.text import plain

MOST_SHOWN = 150


def show_caseload(visit: Visit) -> None:
    _ = visit.words
    everybody = caseload.caseload(visit.desk)
    groups = {line.group_id: line.group for line in sorted(everybody, key=lambda line: line.group)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group_id = st.selectbox(
            _("Group"), list(groups), index=None, format_func=groups.__getitem__, placeholder=_("All groups"),
            key="caseload-group",
        )  # fmt: skip
        weeks = int(
            st.number_input(
                _("Weeks without a talk"), min_value=1, max_value=MOST_WEEKS, value=WEEKS, key="caseload-weeks"
            )
        )
        event = st.selectbox(
            _("Show"), list(Event), index=None, format_func=lambda each: _(KINDS[each]), placeholder=_("Everybody"),
            key="caseload-event",
        )  # fmt: skip
    lines = everybody if not group_id and weeks == WEEKS else caseload.caseload(visit.desk, group_id or "", weeks)
    chosen = [line for line in lines if event is None or event in line.events]
    waiting = sum(bool(line.events) for line in lines)
    st.text(
        _("{students}, something waits for {waiting} of them.").format(
            students=_.n("{n} student", "{n} students", len(lines)), waiting=waiting
        )
    )
    paper_link(_("Print this as a PDF"), f"/papers/caseload.pdf?group={group_id or ''}&weeks={weeks}")
    if len(chosen) > MOST_SHOWN:
        st.info(_("The first {most} are shown. Choose a group or an event to see fewer.").format(most=MOST_SHOWN))
    if everybody and not chosen:
        st.text(_("Nobody right now."))
    with st.container(key="caseload-lines", gap=None):
        for line in chosen[:MOST_SHOWN]:
            _show_line(visit, line, weeks)


def _show_line(visit: Visit, line: Line, weeks: int) -> None:
    known = " · ".join(map(plain, (line.group, say_last_talk(line, visit.language))))
    waits = " · ".join(f"**{plain(said)}**" for said in say_events(line, weeks, visit.language))
    label = " · ".join(part for part in (f"**{plain(line.name)}**", known, waits) if part)
    places.link(places.STUDENT, visit, label, student=line.student_id)
