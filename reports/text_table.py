"""A table of texts, for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def text_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """pandas is read for the first table that is looked at, not for the first page: it takes 80 MB, and its time."""
    import pandas as pd

    return pd.DataFrame([list(row) for row in rows], columns=list(columns), dtype="str")
