"""One instrument: what it is for, how to use it in a talk, whom it follows, and a look at its form."""

import streamlit as st

from conversation_models.services import library
from conversation_models.services.asked import NotAsked
from ui import places
from ui.library_parts import show_edition_list, show_facts, show_form_to_read, show_guide
from ui.papers import paper_link
from ui.session import enter

visit = enter()
_ = visit.words
try:
    instrument = library.instrument_for(visit.desk.actor, places.asked("instrument"))
except NotAsked:
    st.title(_("Library"), anchor=False)
    st.info(_("This instrument is not in your library."))
else:
    st.title(instrument.title.say(visit.language), anchor=False)
    st.text(instrument.short.say(visit.language))
    show_facts(visit, instrument)
    show_guide(visit, instrument)
    paper_link(_("Print the form blank (PDF)"), f"/papers/blank/{instrument.id}.pdf")
    show_edition_list(visit, instrument)
    st.header(_("The form"), anchor=False)
    show_form_to_read(visit, instrument)
places.link(places.LIBRARY, visit, _("Back to the library"))
