"""A group over a term: how its students moved, what the surveys say, what was held and agreed."""

import streamlit as st

from conversation_models.services.access import Right
from ui import places
from ui.group_screen import choose_group, show_group
from ui.session import enter

visit = enter(Right.SEE_TALKS)
_ = visit.words
st.title(_("A group over a term"), anchor=False)
chosen = choose_group(visit)
if chosen:
    show_group(visit, *chosen)
    places.link(places.GROUP_REPORT, visit, _("Make a report about a group"))
    places.link(places.EXPORT, visit, _("Take out answers as a file"))
places.link(places.TERM_REPORTS, visit, _("The term's reports, one for each student"))
