"""Charts with their sentence and their table: nobody needs to see a picture to know what it says."""

import streamlit as st

from conversation_models.services import look
from conversation_models.services.look import History
from reports import charts, tables, theme
from ui.session import Visit
from ui.table import show_table
from ui.text import plain


def show_history(visit: Visit, history: History) -> None:
    """Quadrant, survey, scales, agreement: each with its words first, its picture, and its table a touch away."""
    _ = visit.words
    st.header(_("How important school is, and the trust in managing it"), anchor=False)
    letters = st.toggle(_("Show the groups' letters (for staff only)"), key=f"letters-{history.student.id}")
    _show_path(visit, history, letters=letters)
    _show_matrix(visit, history)
    _show_scales(visit, history)
    _show_agreements(visit, history)


def show_numbers(visit: Visit, student_id: str) -> None:
    """The quadrant and the scales only, beside a talk that goes on: the student may be looking, so no letters."""
    history = look.history(visit.desk, student_id)
    _show_path(visit, history, letters=False)
    _show_scales(visit, history)


def _show_path(visit: Visit, history: History, *, letters: bool) -> None:
    path = tables.path_of(history, visit.language)
    if not path.stops:
        _ = visit.words
        st.text(_("The two questions have not been answered yet."))
        return
    chart = charts.path_chart(path, visit.language, letters)
    show_chart(visit, chart, f"path-{history.student.id}", (*path.priority_changes, *path.ability_changes))


def _show_matrix(visit: Visit, history: History) -> None:
    _ = visit.words
    st.header(_("The survey, talk by talk"), anchor=False)
    matrix = tables.matrix_rows(history, visit.language)
    st.text(tables.say_matrix(matrix, visit.language))
    if not matrix.talks:
        return
    show_table(tables.matrix_table(matrix, visit.language), _("The survey's rows at each talk, in words"), "survey")
    with st.expander(_("Which rows moved, and how each answer was given")):
        show_table(tables.moves_table(matrix, visit.language), _("Rows that moved, from which word to which"), "moves")
        show_table(tables.matrix_table(matrix, visit.language, given=True), _("How each answer was given"), "given")
        show_table(tables.marked_table(matrix, visit.language), _("The sentences that the student marked"), "marked")


def _show_scales(visit: Visit, history: History) -> None:
    _ = visit.words
    topics = tables.scale_topics(history, visit.language)
    if topics:
        st.header(_("Scales"), anchor=False)
    for number, topic in enumerate(topics):
        st.subheader(plain(topic.topic), anchor=False)
        chart = charts.scale_chart(topic, visit.language)
        show_chart(visit, chart, f"scale-{history.student.id}-{number}", topic.changes)


def _show_agreements(visit: Visit, history: History) -> None:
    _ = visit.words
    st.header(_("What was agreed"), anchor=False)
    agreements = tables.agreements_of(history, visit.language)
    st.text(tables.say_agreements(agreements, visit.language))
    show_table(tables.decision_table(agreements, visit.language), _("Decisions and what came of them"), "decisions")
    with st.expander(_("The colours of the agreements")):
        show_table(
            tables.agreement_table(agreements, visit.language),
            _("The joint colour beside the student's own"),
            "colours",
        )


def show_chart(visit: Visit, chart: charts.Chart, key: str, changes: tuple[str, ...]) -> None:
    _ = visit.words
    st.text("\n".join((chart.sentence, *changes)))
    st.plotly_chart(chart.figure, theme=None, config=theme.CONFIG, alt=chart.alt, key=key)
    with st.expander(_("As a table")):
        show_table(chart.table, chart.alt, key)
