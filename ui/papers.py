"""Links to papers. Always the authenticated route: what Streamlit serves as media needs no session."""

import streamlit as st


def paper_link(label: str, address: str) -> None:
    """Opens in a new tab. `label` holds our own words only."""
    st.link_button(label, address)
