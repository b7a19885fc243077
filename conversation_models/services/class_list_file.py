"""Reads a class list: CSV as Excel, LibreOffice or the school's register write it, or an XLSX. Writes nothing."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from conversation_models.domain.names import tidy
from conversation_models.services.student_fields import NewGuardian

MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_CELLS = 5_000_000, 60_000_000, 3_000, 100
HEADER_WITHIN = 10
SUFFIXES = {".csv", ".txt", ".tsv", ".xlsx", ".xlsm"}
DATE = re.compile(r"(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})")
HEADERS = {
    "given_name": "förnamn tilltalsnamn firstname givenname",
    "family_name": "efternamn lastname familyname surname",
    "group": "klass grupp class group",
    "birth_date": "födelsedatum född birthdate dateofbirth born",
    "personnummer": "personnummer personnr pnr samordningsnummer personalidentitynumber",
    "email": "epost epostadress mejl mail email emailaddress",
    "phone": "telefon telefonnummer tel mobil mobiltelefon phone phonenumber mobile",
}
GUARDIAN = re.compile(r"(?:vårdnadshavare|vh|guardian)([1-6]?)(.*)")
GUARDIAN_PARTS = {"": "name", "namn": "name", "name": "name"} | {
    header: field for field in ("email", "phone") for header in HEADERS[field].split()
}
COLUMNS = {header: field for field, headers in HEADERS.items() for header in headers.split()}

Line = tuple[int, list[Any]]


@dataclass(frozen=True)
class RowError:
    """`line` is the row as the file counts, from 1; `column` is a field ("guardian_1_phone"), "" for the whole row."""

    line: int
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class ListRow:
    line: int
    given_name: str = ""
    family_name: str = ""
    group: str = ""
    birth_date: date | None = None
    personnummer: str = ""
    email: str = ""
    phone: str = ""
    guardians: tuple[NewGuardian, ...] = ()  # by number; one without any text is none


@dataclass(frozen=True)
class ClassList:
    """`ignored` are the headers of columns that are not used."""

    rows: tuple[ListRow, ...]
    errors: tuple[RowError, ...] = ()
    ignored: tuple[str, ...] = ()


class Unreadable(Exception):
    """`code`: kind (another file type), too_big, old_excel, encoding, not_a_list."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_class_list(content: bytes, filename: str) -> ClassList:
    """Never raises for what is in the file: what is wrong stands in `errors`."""
    try:
        lines = list(islice(_lines(content, filename), MOST_ROWS + HEADER_WITHIN + 1))
    except Unreadable as wrong:
        return ClassList((), (RowError(1, "", wrong.code),))
    header = next((place for place, (_, cells) in enumerate(lines[:HEADER_WITHIN]) if _is_header(cells)), None)
    if header is None:
        return ClassList((), (RowError(1, "given_name", "missing_column"),))
    line, titles = lines[header]
    columns = [_column(str(title or "")) for title in titles]
    twice = {column for column in columns if column and columns.count(column) > 1}
    ignored = tuple(tidy(str(title)) for title, column in zip(titles, columns, strict=True) if title and not column)
    if twice:
        return ClassList((), tuple(RowError(line, column, "column_twice") for column in sorted(twice)), ignored)
    return _rows(lines[header + 1 :], columns, ignored)


def _rows(lines: list[Line], columns: list[str], ignored: tuple[str, ...]) -> ClassList:
    if len(lines) > MOST_ROWS:
        return ClassList((), (RowError(MOST_ROWS, "", "too_long", str(MOST_ROWS)),), ignored)
    rows: list[ListRow] = []
    errors: list[RowError] = []
    for line, cells in lines:
        named = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        if any(_text(cell) for cell in named.values()):
            rows.append(_row(line, named, errors))
    if not rows:
        errors.append(RowError(1, "", "empty"))
    return ClassList(tuple(rows), tuple(errors), ignored)


def _row(line: int, cells: dict[str, Any], errors: list[RowError]) -> ListRow:
    texts = {column: _number_text(column, cell) for column, cell in cells.items()}
    guardians = [
        NewGuardian(*(texts.get(f"guardian_{number}_{part}", "") for part in ("name", "phone", "email")))
        for number in range(1, 7)
    ]
    return ListRow(
        line=line,
        birth_date=_birth_date(line, cells.get("birth_date"), errors),
        guardians=tuple(guardians),
        **{field: texts.get(field, "") for field in HEADERS if field != "birth_date"},
    )


def _birth_date(line: int, cell: Any, errors: list[RowError]) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    text = _text(cell)
    found = DATE.fullmatch(text)
    with suppress(ValueError):
        if found:
            return date(*map(int, found.groups()))
    if text:
        errors.append(RowError(line, "birth_date", "date", text))
    return None


def _number_text(column: str, cell: Any) -> str:
    """A spreadsheet drops the zero that a number begins with: a phone's, or a ten-digit personnummer's."""
    text = _text(cell)
    if isinstance(cell, int | float) and text.isdigit():
        if column.endswith("phone") and not text.startswith("46"):
            return f"0{text}"
        if column == "personnummer" and len(text) < len("0905172383"):
            return text.zfill(10)
    return text


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tidy(str(cell))


def _is_header(cells: list[Any]) -> bool:
    return "given_name" in {_column(str(cell or "")) for cell in cells}


def _column(title: str) -> str:
    """The field that a header names, "" when none."""
    plain = re.sub(r"[\W_]+", "", title.casefold())
    guardian = GUARDIAN.fullmatch(plain)
    if guardian and guardian[2] in GUARDIAN_PARTS:
        return f"guardian_{guardian[1] or 1}_{GUARDIAN_PARTS[guardian[2]]}"
    return COLUMNS.get(plain, "")


def _lines(content: bytes, filename: str) -> Iterator[Line]:
    if PurePath(filename).suffix.lower() not in SUFFIXES:
        raise Unreadable("old_excel" if filename.lower().endswith(".xls") else "kind")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_excel")
    if content.startswith(b"PK\x03\x04"):
        return _xlsx_lines(content)
    return _csv_lines(_decoded(content))


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable("encoding")


def _csv_lines(text: str) -> Iterator[Line]:
    """Semicolon, comma or tab: the one that the first lines have most of. A cell may hold line breaks."""
    start = "\n".join(text.splitlines()[:HEADER_WITHIN])
    delimiter = max(";,\t", key=start.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells[:MOST_CELLS]
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable("not_a_list") from error


def _xlsx_lines(content: bytes) -> Iterator[Line]:
    """The first sheet, values only."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable("too_big")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from enumerate(_values(book.worksheets[0].iter_rows(max_col=MOST_CELLS, values_only=True)), start=1)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError) as error:
        raise Unreadable("not_a_list") from error


def _values(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    return (list(row) for row in rows)
