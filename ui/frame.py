"""The frame around every page: who is there, the menu, the shell, the heartbeat."""

from typing import Any

import streamlit as st

from conversation_models.services.access import Refused
from translations import words
from ui import places, shell
from ui.errors import say_error
from ui.session import DEFAULT_LANGUAGE, Visit, during, find_visit, note_activity, refuse

__all__ = ["say_error", "show"]

_LAST_PAGE = "frame.last_page"


def show() -> None:
    """The whole script of the staff screens, run from the top each time."""
    visit = find_visit()
    if visit is None:
        _show_ended()
    else:
        with during(visit):
            _show_page(visit)
    _heartbeat()


def _show_page(visit: Visit) -> None:
    page = st.navigation(places.pages_for(visit), position="top")
    shell.mount(visit, page.url_path)
    _note_new_page(visit, page)
    try:
        page.run()
    except Refused:
        refuse(visit)


def _note_new_page(visit: Visit, page: Any) -> None:
    """Opening a page is activity. A run that only follows a lost connection is not: the page is the same."""
    if st.session_state.get(_LAST_PAGE) != page.url_path:
        st.session_state[_LAST_PAGE] = page.url_path
        note_activity(visit)


def _show_ended() -> None:
    """Nothing of anybody is shown; the shell asks for the password in place."""
    _ = words(DEFAULT_LANGUAGE)
    st.navigation(places.shut_pages(_("Sign in")), position="hidden")
    shell.mount_ended()
    st.title(_("You are signed out"))
    st.text(_("Sign in again to go on where you were."))


@st.fragment(run_every=25)  # a number of seconds: to read "25s" Streamlit reads pandas, 80 MB with every first page
def _heartbeat() -> None:
    """Empty on purpose. With it the browser asks for a whole run after each reconnection; without it the first click
    after a lost session would be swallowed in silence (callbacks and fragments of a session that is gone)."""
