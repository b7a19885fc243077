"""Caseload: one line a student, with what has happened and what waits."""

import streamlit as st

from conversation_models.services.access import Right
from ui.caseload_screen import show_caseload
from ui.session import enter

visit = enter(Right.SEE_TALKS)
_ = visit.words
st.title(_("Caseload"), anchor=False)
show_caseload(visit)
