"""A table of texts, for the screen and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TextTable:
    """Each row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def text_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> TextTable:
    return TextTable(tuple(columns), tuple(map(tuple, rows)))
