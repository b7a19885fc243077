"""The shell: what the browser does around the pages. One script; no user's words in it, they come as data."""

from pathlib import Path
from typing import Any

import streamlit as st

from translations import Language, Words, words
from ui.session import DEFAULT_LANGUAGE, Visit
from ui.shell.framework import COUNTED_WORDS, FRAMEWORK_WORDS

_HERE = Path(__file__).parent
_SHELL = st.components.v2.component(
    "jagmed_shell",
    html='<div class="shell"></div>',
    css=(_HERE / "shell.css").read_text(encoding="utf-8"),
    js=(_HERE / "shell.js").read_text(encoding="utf-8"),
)
_EVERYWHERE = st.components.v2.component(
    "jagmed_everywhere",
    html="<span></span>",
    css=(_HERE / "everywhere.css").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def mount(visit: Visit, page: str) -> None:
    _mount(
        {
            "page": page,
            "name": visit.desk.actor.name,
            "username": visit.desk.actor.username,
            "ended": False,
            **_said(visit.words, visit.language),
        }
    )


def mount_ended() -> None:
    language = DEFAULT_LANGUAGE
    _mount({"page": "", "name": "", "username": "", "ended": True, **_said(words(language), language)})


def _mount(data: dict[str, Any]) -> None:
    with st.container(key="jagmed-shell", gap=None):
        _EVERYWHERE(key="everywhere")
        # In a tuple, because Streamlit looks for data frames among the values of a dict: for that it reads pandas, a
        # second and 100 MB at somebody's first visit.
        _SHELL(key="shell", data=(data,))


def _said(_: Words, language: Language) -> dict[str, Any]:
    return {
        "language": language,
        "framework": FRAMEWORK_WORDS if language == "sv" else {},
        "counted": COUNTED_WORDS if language == "sv" else {},
        "words": {
            "sign_out": _("Sign out"),
            "working": _("Working …"),
            "no_contact": _("No contact with the server. Trying again …"),
            "ending_title": _("Are you still there?"),
            "ending": _("You will soon be signed out, because nothing has happened here for a while."),
            "at_the_end": _("You have been signed in a whole working day, and will soon be asked for your password."),
            "stay": _("I am still here"),
            "ended_title": _("Sign in again"),
            "ended": _("What you have written is still on the page. Type your password to go on."),
            "username": _("User name"),
            "password": _("Password"),
            "sign_in": _("Sign in"),
            "wrong": _("The user name or the password is not right. Try again."),
            "wait": _("Too many attempts. Wait a moment and try again."),
            "unreachable": _("The server does not answer. Check the network and try again."),
        },
    }
