"""The forms to print and fill in by hand."""

import streamlit as st

from conversation_models.services.access import Right
from instruments.catalogue import load
from ui.papers import paper_link
from ui.session import enter

visit = enter(Right.SEE_TALKS)
_ = visit.words
st.title(_("Blank forms"), anchor=False)
st.text(_("Print a form for somebody who would rather write by hand. The answers are typed in during the talk."))

catalogue = load()
for name in catalogue.ids():
    instrument = catalogue.instrument(name)
    st.header(instrument.title.say(visit.language), anchor=False)
    st.text(instrument.short.say(visit.language))
    paper_link(
        _("Open as PDF: {title}").format(title=instrument.title.say(visit.language)), f"/papers/blank/{name}.pdf"
    )
