"""A bare Streamlit page with one chart and one table, as the floor for start and memory.

Run by benchmarks.start_and_memory; no sign-in, no database.
"""

import plotly.graph_objects as go
import streamlit as st

st.title("Golv")
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[4, 6, 5], mode="lines+markers")))
st.dataframe([{"Dag": f"{day} mars", "Ord": "ofta"} for day in range(1, 11)])
