"""The term's reports of a group or a school: ordered, taken as one file, cancelled."""

import streamlit as st

from conversation_models.services.access import Right
from ui.batch_screen import ask_batch, show_batch
from ui.group_screen import choose_group
from ui.session import enter

visit = enter(Right.HOLD_TALKS)
_ = visit.words
st.title(_("The term's reports"), anchor=False)
st.text(_("One paper for each student, who reads it first. Then you can make a report for somebody else."))
chosen = choose_group(visit)
if chosen:
    ask_batch(visit, *chosen)
show_batch(visit)
