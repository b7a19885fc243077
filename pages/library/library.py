"""The library: what there is to ask, and which talks there are."""

import streamlit as st

from conversation_models.services import library
from ui import places
from ui.session import enter

visit = enter()
_ = visit.words
st.title(_("Library"), anchor=False)
st.text(_("What can be asked, and which talks there are. Nothing here shows what anybody has answered."))

st.header(_("Kinds of talk"), anchor=False)
for model in library.models_for(visit.desk.actor):
    places.link(places.TALK_MODEL, visit, model.title.say(visit.language), model=model.id)

st.header(_("Instruments"), anchor=False)
for instrument in library.instruments_for(visit.desk.actor):
    places.link(places.INSTRUMENT, visit, instrument.title.say(visit.language), instrument=instrument.id)
    st.text(instrument.short.say(visit.language))
places.link(places.BLANK_FORMS, visit, _("Blank forms"))
