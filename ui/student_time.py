"""One student's time: talks on one axis to open, the path talk by talk, and a chosen term's start and end."""

import streamlit as st

from conversation_models.services import terms
from conversation_models.services.look import History
from reports import charts, tables
from reports.group_tables import term_name
from reports.student_term import term_shift, terms_with_answers, up_to
from reports.time_line import time_line
from ui import cards
from ui.charts import show_chart
from ui.session import Visit

MOST_TERMS = 12


def show_time(visit: Visit, history: History) -> None:
    _ = visit.words
    st.header(_("Talks, answers and agreements in time"), anchor=False)
    chart = time_line(history, visit.desk.today, visit.language)
    show_chart(visit, chart, f"time-{history.student.id}", ())
    with st.expander(_("Open a talk")):
        for talk in history.talks:
            cards.talk_link(visit, talk)


def show_path_in_time(visit: Visit, history: History) -> None:
    """Only when asked for: the path as it grew, and what a term did."""
    _ = visit.words
    path = tables.path_of(history, visit.language)
    complete = sum(stop.is_complete for stop in path.stops)
    if complete < 2 or not st.toggle(_("Follow the way talk by talk"), key=f"follow-{history.student.id}"):
        return
    known = terms_with_answers(path, terms.latest_terms(visit.desk.today, MOST_TERMS))
    if known:
        term = st.selectbox(
            _("Term"), known, format_func=lambda each: term_name(each, visit.language),
            key=f"path-term-{history.student.id}",
        )  # fmt: skip
        st.text("\n".join(term_shift(path, term, visit.language).sentences))
    number = st.slider(_("Up to talk number"), 1, len(path.stops), len(path.stops), key=f"play-{history.student.id}")
    show_chart(visit, charts.path_chart(up_to(path, number), visit.language), f"played-{history.student.id}", ())
