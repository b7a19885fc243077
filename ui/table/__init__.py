"""Tables of texts. Streamlit's own would read pandas and pyarrow into the process, 90 MB, to send the same words."""

from pathlib import Path

import streamlit as st

from reports.text_table import TextTable

_HERE = Path(__file__).parent
_TABLE = st.components.v2.component(
    "jagmed_table",
    html='<div class="around" role="region" tabindex="0"></div>',
    css=(_HERE / "table.css").read_text(encoding="utf-8"),
    js=(_HERE / "table.js").read_text(encoding="utf-8"),
)


def show_table(table: TextTable, name: str, key: str) -> None:
    """Nothing when there are no rows. Cells are what they are, never Markdown: nothing has to be escaped. `name` is for
    those who hear the table, `key` is its own on the page."""
    if table.rows:
        # Of tuples all through, because among lists Streamlit would look for data frames, and read pandas to do so.
        _TABLE(key=f"table-{key}", data={"name": name, "columns": table.columns, "rows": table.rows})
