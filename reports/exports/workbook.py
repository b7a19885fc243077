"""An XLSX file of plain tables, made in memory.

Written by hand and not with openpyxl, which puts every sheet into a temporary file as plain text: what lies sealed in
the database would lie open on the disk. Here a cell is a text or a whole number and cannot be anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from reports.exports.formulas import could_be_formula

Cell: TypeAlias = str | int | None
LONGEST = 32_767  # characters that a spreadsheet keeps of a cell
CUT = " […]"
NUMBER, HEAD, QUOTED, TEXT = 0, 1, 2, 3
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet reads "_x0041_" as a letter's number: the first line says itself.
_NUMBERED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True)
class Sheet:
    """`name` has at most 31 letters and none of []:*?/\\ ."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(sheets):
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)
    return found.getvalue()


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
                for number in numbers
            )
            + "</Types>"
        ),
    )
    yield "_rels/.rels", _related([("rId1", "officeDocument", "xl/workbook.xml")])
    yield (
        "xl/workbook.xml",
        (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>'
            + "".join(
                f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
                for number, sheet in zip(numbers, sheets, strict=True)
            )
            + "</sheets></workbook>"
        ),
    )
    places = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _related([*places, (f"rId{len(sheets) + 1}", "styles", "styles.xml")])
    yield "xl/styles.xml", STYLES
    for number, sheet in zip(numbers, sheets, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", "".join(_sheet(sheet))


def _related(places: Iterable[tuple[str, str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{name}" Type="{RELATED}/{kind}" Target="{target}"/>' for name, kind, target in places
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    yield "<sheetData>"
    yield f'<row r="1">{"".join(_cell(column, 1, words, HEAD) for column, words in enumerate(sheet.head))}</row>'
    for number, row in enumerate(sheet.rows, start=2):
        yield f'<row r="{number}">'
        yield from (_cell(column, number, value) for column, value in enumerate(row) if value not in (None, ""))
        yield "</row>"
    yield "</sheetData></worksheet>"


def _cell(column: int, row: int, value: Cell, style: int = TEXT) -> str:
    place = f'r="{_letters(column)}{row}"'
    if isinstance(value, int):
        return f'<c {place} s="{NUMBER}"><v>{value}</v></c>'
    text = _UNWRITABLE.sub("\ufffd", value or "")
    text = text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
    style = QUOTED if style == TEXT and could_be_formula(text) else style
    words = escape(_NUMBERED.sub("_x005F_", text), {"\r": "&#13;"})
    return f'<c {place} s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _letters(column: int) -> str:
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)
