"""The student's view beside staff's: one sentence first, then the tables."""

import streamlit as st

from conversation_models.services.look import History
from reports.tables import grid_table
from reports.views import TITLE, colour_grid, say_views, views_of, words_grid
from ui.session import Visit
from ui.table import show_table


def show_views(visit: Visit, history: History) -> None:
    """Nothing where nobody but the student has answered."""
    _ = visit.words
    views = views_of(history, visit.language)
    if views.is_empty:
        return
    st.header(_(TITLE), anchor=False)
    st.text("\n".join(say_views(views, visit.language)))
    for key, grid in (("colours", colour_grid(views, visit.language)), ("words", words_grid(views, visit.language))):
        show_table(grid_table(grid), grid.name, f"views-{key}")
