"""The rules of docs that import-linter cannot see."""

import sys
from pathlib import Path

import pytest

from tests.house import ROOT, imports, imports_any, sources

DATABASE = ("sqlalchemy", "alembic", "sqlcipher3", "psycopg", "conversation_models.storage")


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def breaking(folder: str, forbidden: tuple[str, ...]) -> list[str]:
    return [place(path) for path in sources() if place(path).startswith(folder) and imports_any(path, forbidden)]


def outside(allowed: tuple[str, ...], forbidden: tuple[str, ...]) -> list[str]:
    return [place(path) for path in sources() if not place(path).startswith(allowed) and imports_any(path, forbidden)]


def test_no_page_lies_directly_under_pages() -> None:
    """Streamlit serves such a file on the first hit after a start, without asking app.py."""
    assert [place(path) for path in (ROOT / "pages").glob("*.py")] == []


def test_pages_see_neither_the_database_nor_storage() -> None:
    assert breaking("pages/", DATABASE) == []


def test_only_app_pages_and_ui_import_streamlit() -> None:
    assert outside(("app.py", "pages/", "ui/"), ("streamlit",)) == []


def test_only_reports_imports_what_tables_charts_and_paper_are_made_with() -> None:
    assert outside(("reports/",), ("pandas", "plotly", "fpdf")) == []


def test_pages_know_the_front_door_no_more_than_ui_does() -> None:
    assert breaking("pages/", ("front_door",)) == []


def test_instruments_need_only_the_standard_library_pydantic_and_yaml() -> None:
    allowed = set(sys.stdlib_module_names) | {"pydantic", "pydantic_core", "yaml", "instruments", "translations"}
    used = {
        (place(path), name.partition(".")[0])
        for path in sources()
        if place(path).startswith("instruments/")
        for name in imports(path)
    }
    assert [found for found in sorted(used) if found[1] not in allowed] == []


@pytest.mark.parametrize(
    ("source", "forbidden", "found"),
    [
        ("import streamlit as st", ("streamlit",), True),
        ("def show():\n    from streamlit.testing import v1", ("streamlit",), True),
        ("from conversation_models import storage", ("conversation_models.storage",), True),
        ("import streamlit_extras", ("streamlit",), False),
        ("from conversation_models.services import talks", ("conversation_models.storage",), False),
    ],
)
def test_imports_are_read_rightly(tmp_path: Path, source: str, forbidden: tuple[str, ...], found: bool) -> None:
    path = tmp_path / "page.py"
    path.write_text(source)
    assert imports_any(path, forbidden) is found
