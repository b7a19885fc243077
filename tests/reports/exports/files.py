"""What a file that left the house says: unpacked, so that a word in it can be found."""

import csv
import io
import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl

from conversation_models.services import exports, extracts
from conversation_models.services.access import Desk
from conversation_models.services.exports import Choice
from reports.exports.answers_file import FORMATS, written
from reports.exports.extract_file import as_json
from reports.exports.extract_paper import extract_paper
from reports.exports.fhir import bundle
from tests.access.canaries import text_of


def sheets_of(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """Each sheet's rows by their heads, read with openpyxl; an empty cell is None."""
    book = openpyxl.load_workbook(BytesIO(content))
    found = {}
    for sheet in book.worksheets:
        head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        found[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def tables_in(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Each table of a ZIP of CSV files."""
    with ZipFile(BytesIO(content)) as archive:
        texts = {name.removesuffix(".csv"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text), delimiter=";")) for name, text in texts.items()}


def everything_in(desk: Desk, student_id: str) -> str:
    """All that any file about this student says, of every kind, with names and without, in both languages."""
    said = []
    for named in (True, False):
        for choice in (Choice(student_id=student_id, named=named), Choice(named=named)):
            found = exports.read_export(desk, choice)
            for language in ("sv", "en"):
                made = {kind: written(found, desk, kind, language) for kind in FORMATS}
                said += [json.dumps(sheets_of(made["xlsx"]), ensure_ascii=False)]
                said += [json.dumps(tables_in(made["csv"]), ensure_ascii=False), made["json"].decode()]
                if choice.student_id:
                    said.append(json.dumps(bundle(found, desk, language), ensure_ascii=False))
    extract = extracts.read_extract(desk, student_id)
    for language in ("sv", "en"):
        said += [json.dumps(as_json(extract, desk, language), ensure_ascii=False)]
        said += [text_of(extract_paper(extract, desk, language))]
    return "\n".join(said)
