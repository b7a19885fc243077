"""Tables of texts as data frames, in which a test easily asks for a column or a cell."""

import json

import pandas as pd
from streamlit.testing.v1 import AppTest

from reports.text_table import TextTable


def frame(table: TextTable) -> pd.DataFrame:
    return pd.DataFrame(list(table.rows), columns=list(table.columns))


def tables_on(screen: AppTest) -> list[pd.DataFrame]:
    """What is sent to the browser, in the order of the page."""
    sent = [json.loads(each.proto.json) for each in screen.get("bidi_component") if _is_table(each)]
    return [pd.DataFrame(each["rows"], columns=each["columns"]) for each in sent]


def _is_table(element) -> bool:
    return element.proto.component_name == "jagmed_table"
