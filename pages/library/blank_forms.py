"""The forms to print and fill in by hand."""

import streamlit as st

from conversation_models.services import library
from conversation_models.services.access import Right
from ui.papers import paper_link
from ui.session import enter

visit = enter(Right.SEE_TALKS)
_ = visit.words
st.title(_("Blank forms"), anchor=False)
st.text(_("Print a form for somebody who would rather write by hand. The answers are typed in during the talk."))

for instrument in library.instruments_for(visit.desk.actor):
    st.header(instrument.title.say(visit.language), anchor=False)
    st.text(instrument.short.say(visit.language))
    paper_link(
        _("Open as PDF: {title}").format(title=instrument.title.say(visit.language)),
        f"/papers/blank/{instrument.id}.pdf",
    )
