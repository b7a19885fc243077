"""Who did what with whose record, and when. Never what it said."""

import streamlit as st

from conversation_models.services import log_book
from conversation_models.services.access import Right
from ui.log_lines import show_lines
from ui.session import enter

visit = enter(Right.READ_LOG)
_ = visit.words
st.title(_("Log"), anchor=False)
st.text(_("The newest first. It says who did what, with whose record and when, and never what stands in it."))

lines = log_book.read_log(visit.desk)
refused_only = st.checkbox(_("Only what was refused"))
shown = [line for line in lines if line.entry.denied or not refused_only]
if shown:
    show_lines(visit, shown, _("The log, newest first"))
else:
    st.text(_("Nothing yet."))
