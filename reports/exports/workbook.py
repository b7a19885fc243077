"""An XLSX file of plain tables, made in memory.

openpyxl, with which we read class lists, puts every sheet it writes into a temporary file as plain text: what lies
sealed in the database would lie open on the disk. Here a cell is a text or a whole number and cannot be anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.exports.formulas import could_be_formula

Cell: TypeAlias = str | int | None
LONGEST = 32_767  # characters that a spreadsheet keeps of a cell
CUT = " […]"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """`name` has at most 31 letters and none of []:*?/\\ ."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class _Looks:
    head: Format
    text: Format
    quoted: Format


def workbook(sheets: Sequence[Sheet]) -> bytes:
    found = BytesIO()
    with Workbook(found, {"in_memory": True}) as book:
        looks = _Looks(
            head=book.add_format({"num_format": "@", "bold": True}),
            text=book.add_format({"num_format": "@"}),
            quoted=book.add_format({"num_format": "@", "quote_prefix": True}),
        )
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, looks)
    return found.getvalue()


def _write(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    page.freeze_panes(1, 0)
    for column, words in enumerate(sheet.head):
        page.write_string(0, column, words, looks.head)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                page.write_number(number, column, value)
            elif value:
                text = _UNWRITABLE.sub("\ufffd", value)
                text = text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
                page.write_string(number, column, text, looks.quoted if could_be_formula(text) else looks.text)
