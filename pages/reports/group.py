"""A group's report: composed part by part, shown before it is made, counted once a term; one's own are listed."""

import streamlit as st

from conversation_models.services.access import Right
from ui import places
from ui.group_report_form import compose_group, show_own
from ui.group_screen import choose_scope, choose_term
from ui.sentences import show_saved
from ui.session import enter

visit = enter(Right.HOLD_TALKS)
_ = visit.words
st.title(_("Group report"), anchor=False)
show_saved()
show_own(visit)
st.header(_("A new report"), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    term = choose_term(visit)
    scope = choose_scope(visit, term)
if scope is None:
    st.info(_("Nobody is within your reach yet."))
else:
    compose_group(visit, term, scope)
places.link(places.GROUP_TERM, visit, _("Back to group and term"))
