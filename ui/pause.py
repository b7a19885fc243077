"""A pause: the screen goes blank until somebody goes on. Done in the browser, so that nothing typed is drawn away."""

from pathlib import Path

import streamlit as st

from translations import Words

_HERE = Path(__file__).parent / "pause_screen"
_PAUSE = st.components.v2.component(
    "jagmed_pause",
    html='<div class="pause"></div>',
    css=(_HERE / "pause.css").read_text(encoding="utf-8"),
    js=(_HERE / "pause.js").read_text(encoding="utf-8"),
)


def offer_pause(_: Words) -> None:
    said = {"pause": _("Pause"), "resting": _("We take a break."), "go_on": _("Continue")}
    _PAUSE(key="pause", data=said)
