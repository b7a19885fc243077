"""A button that posts to the front door: for what a page of Streamlit cannot do itself, a cookie or a paper."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_FORM = st.components.v2.component(
    "jagmed_post",
    html='<form method="post"></form>',
    css=(_HERE / "post_form.css").read_text(encoding="utf-8"),
    js=(_HERE / "post_form.js").read_text(encoding="utf-8"),
)


def post_button(label: str, action: str, fields: Sequence[tuple[str, str]], key: str, *, new_tab: bool = False) -> None:
    """`label` holds our own words only. `new_tab`: this page stays where it is."""
    # A tuple and no list, in which Streamlit would look for a data frame, and read pandas to do so.
    _FORM(key=key, data={"label": label, "action": action, "fields": tuple(fields), "new_tab": new_tab})
