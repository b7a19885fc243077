"""Streamlit parts: frame, session, the talk's form, cards, charts with their table."""
