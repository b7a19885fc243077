"""Any instrument over the talks: one is chosen, and each of its questions is shown in the way of its kind."""

import streamlit as st

from conversation_models.services.look import History
from reports import charts, tables
from reports.looked_at import OverTime, Reading
from reports.over_time import answered_instruments, over_time
from reports.paper.levels import LEVELS
from reports.small_lines import small_lines_chart
from ui.charts import show_chart
from ui.session import Visit
from ui.table import show_table
from ui.text import plain, strong

BESIDE = 3


def show_over_time(visit: Visit, history: History) -> None:
    """Only instruments with answers that this reader may read have a name here."""
    _ = visit.words
    st.header(_("One instrument over time"), anchor=False)
    found = answered_instruments(history, visit.language)
    if not found:
        st.text(_("No other instrument has been answered yet. What is answered in a talk shows here afterwards."))
        return
    titles = {each.instrument_id: f"{each.title} ({each.last})" for each in found}
    chosen = st.selectbox(
        _("Which one?"), list(titles), format_func=titles.__getitem__, key=f"over-time-{history.student.id}"
    )
    _show_instrument(visit, over_time(history, chosen, visit.language))


def _show_instrument(visit: Visit, told: OverTime) -> None:
    _ = visit.words
    st.text(_(LEVELS[told.level]))
    for number, lines in enumerate(told.together):
        with st.container(border=True):
            st.markdown(strong(lines.name))
            show_chart(visit, small_lines_chart(lines, visit.language), f"{told.instrument_id}-together-{number}", ())
    for section in told.sections:
        st.subheader(section.title, anchor=False)
        if section.level != told.level:
            st.text(_(LEVELS[section.level]))
        for reading in section.readings:
            with st.container(border=True):
                _show_reading(visit, reading, f"{told.instrument_id}-{reading.item_id}")


def _show_reading(visit: Visit, reading: Reading, key: str) -> None:
    """Words first, then pictures, each with its table."""
    _ = visit.words
    st.markdown(strong(reading.title))
    if reading.sentences:
        st.text("\n".join(reading.sentences))
    _show_words(visit, reading)
    for number, scale in enumerate(reading.scales):
        if scale.topic:
            st.text(scale.topic)
        show_chart(visit, charts.scale_chart(scale, visit.language), f"{key}-scale-{number}", scale.changes)
    for number, lines in enumerate(reading.line_sets):
        st.text(lines.name)
        show_chart(visit, small_lines_chart(lines, visit.language), f"{key}-lines-{number}", ())
    for number, grid in enumerate(reading.grids):
        if grid.name != reading.title:
            st.text(grid.name)
        show_table(tables.grid_table(grid), grid.name, f"{key}-grid-{number}")


def _show_words(visit: Visit, reading: Reading) -> None:
    """The latest beside each other; what is older a touch away."""
    if not reading.words:
        return
    _ = visit.words
    latest, earlier = reading.words[-BESIDE:], reading.words[:-BESIDE]
    for column, said in zip(st.columns(len(latest)), latest, strict=True):
        with column:
            st.caption(plain(said.label))
            st.text(said.words)
    if earlier:
        with st.expander(_("Earlier")):
            for said in earlier:
                st.caption(plain(said.label))
                st.text(said.words)
