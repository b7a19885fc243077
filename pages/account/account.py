"""My account: language and password."""

import streamlit as st

from conversation_models.services import people
from ui.sentences import say_saved, show_saved
from ui.session import enter

LANGUAGES = {"sv": "Svenska", "en": "English"}

visit = enter()
_ = visit.words
st.title(_("My account"), anchor=False)
show_saved()
st.text(
    _("You are signed in as {name} ({username}).").format(
        name=visit.desk.actor.name, username=visit.desk.actor.username
    )
)

st.header(_("Language"), anchor=False)
with st.form("language", enter_to_submit=False):
    chosen = st.radio(
        _("Language of the pages"),
        list(LANGUAGES),
        index=list(LANGUAGES).index(visit.language),
        format_func=lambda each: LANGUAGES[each],
        horizontal=True,
    )
    if st.form_submit_button(_("Save")):
        people.set_language(visit.desk, chosen)
        say_saved(_("Saved."))
        st.rerun()

st.header(_("Password"), anchor=False)
st.text(_("You choose a new one on a page of its own. Your other devices are then signed out."))
st.link_button(_("Change password"), "/password")
