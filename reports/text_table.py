"""A table of texts, for the screen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def text_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    return pd.DataFrame([list(row) for row in rows], columns=list(columns), dtype="str")
