"""The extract of one student as a ZIP: everything in JSON, and the same to read as a PDF."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from conversation_models.services import exports, extracts
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.extracts import LEFT_OUT, Extract
from reports.exports.answers_file import TakenFile
from reports.exports.extract_paper import extract_paper
from reports.exports.extract_rows import marked
from reports.exports.extract_words import LIMITS, PARTS, REASONS
from translations import Language, words


def extract_file(desk: Desk, student_id: str, language: Language) -> TakenFile:
    """Logged. Raises Refused, ExportRefused."""
    exports.take_turn(desk)
    found = extracts.read_extract(desk, student_id)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("utdrag.json", json.dumps(as_json(found, desk, language), ensure_ascii=False, indent=1))
        archive.writestr("utdrag.pdf", extract_paper(found, desk, language))
    exports.note_taken_out(desk, student_id, "extract")
    return TakenFile(content.getvalue(), "application/zip", "registerutdrag.zip")


def as_json(extract: Extract, desk: Desk, language: Language) -> dict[str, Any]:
    """Every row with `author` and `level`; what is not in it, with the reason."""
    _ = words(language)
    return {
        "about": {
            "taken_out": desk.now.astimezone(SWEDEN).isoformat(timespec="minutes"),
            "by": extract.taken_by.name,
            "levels": sorted(extract.levels),
            "not_here": [_(LIMITS[each]) for each in extract.limits],
            "left_out": {place: _(REASONS[reason]) for place, reason in LEFT_OUT.items()},
            "parts": {name: _(PARTS[name]) for name in extract.parts},
        },
        **{name: [_plain(row) for row in marked(extract, name, language)] for name in extract.parts},
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date | datetime | time) else value for name, value in row.items()
    }
