"""A group's report: composed part by part, shown before it is made, counted once a term; one's own are listed."""

import streamlit as st

from conversation_models.services import made_reports
from conversation_models.services.access import Right
from ui import places
from ui.group_report_form import compose_group
from ui.group_screen import choose_group
from ui.made_reports import show_made
from ui.sentences import show_saved
from ui.session import enter

visit = enter(Right.HOLD_TALKS)
_ = visit.words
st.title(_("Group report"), anchor=False)
show_saved()
show_made(visit, made_reports.own_group_reports(visit.desk))
st.header(_("A new report"), anchor=False)
chosen = choose_group(visit)
if chosen:
    compose_group(visit, *chosen)
places.link(places.GROUP_TERM, visit, _("Back to group and term"))
