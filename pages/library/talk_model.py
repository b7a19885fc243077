"""One kind of talk: what it is for, who takes part, its phases and what each of them asks."""

import streamlit as st

from conversation_models.services import library
from ui import places
from ui.library_parts import show_model
from ui.session import enter

visit = enter()
_ = visit.words
wanted = places.asked("model")
model = next((each for each in library.models_for(visit.desk.actor) if each.id == wanted), None)
if model is None:
    st.title(_("Library"), anchor=False)
    st.info(_("This kind of talk is not in your library."))
else:
    st.title(model.title.say(visit.language), anchor=False)
    show_model(visit, model)
places.link(places.LIBRARY, visit, _("Back to the library"))
