"""The term's reports of a group or a school: ordered, taken as one file, cancelled."""

import streamlit as st

from conversation_models.services.access import Right
from ui.batch_screen import ask_batch, show_batch
from ui.group_screen import choose_scope, choose_term
from ui.session import enter

visit = enter(Right.HOLD_TALKS)
_ = visit.words
st.title(_("The term's reports"), anchor=False)
st.text(_("One paper for each student, who reads it first. Then you can make a report for somebody else."))
with st.container(horizontal=True, vertical_alignment="bottom"):
    term = choose_term(visit)
    scope = choose_scope(visit, term)
if scope is None:
    st.info(_("Nobody is within your reach yet."))
else:
    ask_batch(visit, term, scope)
show_batch(visit)
