"""A bare Streamlit page, as the floor for a staff click: a button, ten choices, four text fields, GC pause off.

Run by benchmarks.staff_click; no sign-in, no database.
"""

import streamlit as st

st.title("Golv")
for number in range(10):
    st.segmented_control(f"Rad {number}", ["grön", "gul", "orange", "röd"], key=f"row-{number}")
for number in range(4):
    st.text_area(f"Text {number}", key=f"text-{number}")
phase = st.session_state.setdefault("phase", 0)
if st.button("Vidare"):
    st.session_state["phase"] = phase + 1
    st.rerun()
st.header(f"Fas {phase}")
