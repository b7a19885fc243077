"""Answers as a file: XLSX, CSV in a ZIP, or JSON. Each says what it is and holds the codebook of its codes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile

from conversation_models.services import exports
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.exports import Choice, Export, ExportKind
from reports.exports import codebook as codes
from reports.exports.answer_tables import AnswerTables, flat
from reports.exports.formulas import for_csv
from reports.exports.workbook import Cell, Sheet, workbook
from reports.group_tables import term_name
from translations import Language, message, words

Format = Literal["xlsx", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
KINDS: dict[Format, ExportKind] = {"xlsx": "export_xlsx", "csv": "export_csv", "json": "export_json"}
TYPES: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "json": "application/json",
}
ABOUT = (
    message(
        "This file holds persons. Keep it as you keep the school's papers, and delete it when you are done with it."
    ),
    message("Without names a student still can be known by what is written. Own words may name others."),
    message("Nothing is hidden because it is few: this is no statistics and is not for sharing."),
    message("A number for a student is good within this file only."),
    message("Only closed talks, and only what the one who took the file out may read."),
    message("In the CSV file an apostrophe stands before what a program for tables could take for a formula."),
)


@dataclass(frozen=True)
class TakenFile:
    """`name` says nothing about anybody: it ends up in a downloads folder."""

    content: bytes
    media_type: str
    name: str


def answers_file(desk: Desk, choice: Choice, file_format: Format, language: Language) -> TakenFile:
    """Logged. Raises Refused, ExportRefused."""
    exports.take_turn(desk)
    export = exports.read_export(desk, choice)
    content = written(export, desk, file_format, language)
    exports.note_export(desk, export, KINDS[file_format])
    ending = "zip" if file_format == "csv" else file_format
    return TakenFile(content, TYPES[file_format], f"svar.{ending}")


def written(export: Export, desk: Desk, file_format: Format, language: Language) -> bytes:
    """What is in the file."""
    return _WRITERS[file_format](export, desk, language)


def about(export: Export, desk: Desk, language: Language) -> dict[str, Any]:
    """What the file is: when, by whom, of what; and how it is to be kept."""
    _ = words(language)
    return {
        "taken_out": desk.now.astimezone(SWEDEN).isoformat(timespec="minutes"),
        "by": desk.actor.name,
        "levels": sorted(export.levels),
        "term": term_name(export.choice.term, language) if export.choice.term else _("Every term"),
        "students": len(export.people),
        "talks": len(export.talks),
        "read_this": [_(each) for each in ABOUT],
    }


def _as_json(export: Export, desk: Desk, language: Language) -> bytes:
    told = AnswerTables(export, language)
    found = {
        "about": about(export, desk, language),
        "answers": told.answers,
        "decisions": told.decisions,
        "corrections": told.corrections,
        "codebook": codes.codebook(told.asked, export.levels),
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _as_xlsx(export: Export, desk: Desk, language: Language) -> bytes:
    return workbook([Sheet(name, head, rows) for name, head, rows in _tables(export, desk, language)])


def _as_csv(export: Export, desk: Desk, language: Language) -> bytes:
    """Semicolons and a mark at the beginning, as a Swedish spreadsheet expects; every field in quotes."""
    found = BytesIO()
    with ZipFile(found, "w", ZIP_DEFLATED) as archive:
        for name, head, rows in _tables(export, desk, language):
            archive.writestr(f"{name}.csv", as_csv(head, rows))
    return found.getvalue()


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """pandas is read for the first such file, not for the first page: it takes 90 MB, and its time."""
    import pandas as pd

    harmless = [[for_csv(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    table = pd.DataFrame(harmless, columns=list(head), dtype=object)
    text: str = table.to_csv(sep=";", index=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def _tables(
    export: Export, desk: Desk, language: Language
) -> list[tuple[str, tuple[str, ...], Sequence[Sequence[Cell]]]]:
    told = AnswerTables(export, language)
    rows = {"answers": told.answers, "decisions": told.decisions, "corrections": told.corrections}
    tables = [(name, told.columns[name], flat(each, told.columns[name])) for name, each in rows.items()]
    known = codes.codebook(told.asked, export.levels)
    said = [[name, line] for name, value in about(export, desk, language).items() for line in _lines(value)]
    return [("about", ("what", "words"), said), *tables, ("codebook", codes.COLUMNS, flat(known, codes.COLUMNS))]


def _lines(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


_WRITERS = {"xlsx": _as_xlsx, "csv": _as_csv, "json": _as_json}
