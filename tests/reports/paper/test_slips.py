"""Slips as a PDF: every student on a place of their own, the square readable, nothing outside the cut lines."""

import io
from datetime import UTC, date, datetime

import pypdf
import pytest

from reports.paper.slips import ACROSS, DOWN, PaperSlip, render_slips

CREATED = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
URL = "https://samtal.exempel.se"


def slip(name: str, number: int = 0) -> PaperSlip:
    link = f"{URL}/s/{number:043d}"
    return PaperSlip(name, link, f"ABCDE-{number:05d}", f"{URL}/s", date(2026, 3, 20), date(2026, 3, 27))


def pages_of(paper: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages]


@pytest.mark.parametrize(("students", "pages"), [(1, 1), (8, 1), (9, 2), (35, 5)])
def test_a_class_fills_page_after_page(students: int, pages: int) -> None:
    found = pages_of(render_slips([slip(f"Elev{n}", n) for n in range(students)], CREATED, "sv"))
    assert len(found) == pages
    for number in range(students):
        here = found[number // (ACROSS * DOWN)]
        assert f"Elev{number}" in here
        assert f"ABCDE-{number:05d}" in here


@pytest.mark.parametrize(("language", "words"), [("sv", "Frågor inför ditt samtal den"), ("en", "Questions before")])
def test_it_speaks_the_language_asked_for(language, words) -> None:
    assert words in pages_of(render_slips([slip("Åsa")], CREATED, language))[0]


def test_the_same_slips_give_the_same_bytes() -> None:
    assert render_slips([slip("Åsa")], CREATED, "sv") == render_slips([slip("Åsa")], CREATED, "sv")


@pytest.mark.parametrize("name", ["", "W" * 400, "محمد", "{nb}", "Å\nB", "\ud800", "=HYPERLINK()", "ሰላም 🎈"])
def test_no_name_breaks_a_slip(name: str) -> None:
    (said,) = pages_of(render_slips([slip(name)], CREATED, "sv"))
    assert "ABCDE-00000" in said
