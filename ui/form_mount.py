"""The form of an instrument inside a page: the same HTML and the same form.js as on the student's own page.

What is typed is saved by form.js itself (`PUT /answers/...`); the page around it runs again only where it asks to.
"""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent / "form"
_FORM = st.components.v2.component(
    "jagmed_form",
    html='<link rel="stylesheet" href="/form.css">\n<div class="mount"></div>',
    css=(_HERE / "form_mount.css").read_text(encoding="utf-8"),
    js=(_HERE / "form_mount.js").read_text(encoding="utf-8"),
)


def mount_form(html: str, key: str, *, fresh: str = "", tells: bool = False, bare: bool = False) -> None:
    """`html` comes from `forms.render_form`. It is drawn anew when `key` or `fresh` changes, not at every run: what is
    on the screen while somebody types is theirs. `tells`: the page runs again after each save. `bare`: without the
    sections' titles, because the page around says what they are about.
    """
    data = {"html": html, "drawing": f"{key} {fresh}", "tells": tells, "bare": bare}
    _FORM(key=key, data=data, on_saved_change=_run_again)


def _run_again() -> None:
    """Being there is enough: the trigger lets the page run again."""
