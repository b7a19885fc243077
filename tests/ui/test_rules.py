"""Rules for every page and part: no HTML of users', no file without a session, no callback that may be lost."""

import ast
from pathlib import Path

import pytest

from ui import places

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
FORBIDDEN_NAMES = {"download_button", "html", "iframe", "write", "toast", "pdf", "audio", "video"}
# Each of these reads pandas and pyarrow, 90 MB that stay in the process: tables are drawn by ui.table.show_table.
OF_DATA_FRAMES = {
    "table", "dataframe", "data_editor", "line_chart", "area_chart", "bar_chart", "scatter_chart", "altair_chart",
    "vega_lite_chart", "map", "pydeck_chart",
}  # fmt: skip
FORBIDDEN_WORDS = {"unsafe_allow_html", "unsafe_allow_javascript", "help", "on_click", "on_change", "required"}


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_is_used_with_care(path: Path) -> None:
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        of_streamlit = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "st"
        assert not (of_streamlit and name in FORBIDDEN_NAMES | OF_DATA_FRAMES), f"{name} in line {call.lineno}"
        used = {keyword.arg for keyword in call.keywords} & FORBIDDEN_WORDS
        assert not used, f"{used} in line {call.lineno}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_markdown_is_never_glued_together_from_what_somebody_wrote(path: Path) -> None:
    """Labels, titles and boxes get our own words, with values that went through `plain`."""
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name in {"title", "header", "subheader", "markdown", "info", "success", "error"} and call.args:
            assert not isinstance(call.args[0], ast.JoinedStr), f"{name} in line {call.lineno}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_makes_streamlit_read_pandas(path: Path) -> None:
    """It does so to understand "25s" and to look for data frames among the lists and dicts in a dict; and for its own
    tables, which are forbidden above."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "run_every":
            assert not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)), node.value.lineno
        if isinstance(node, ast.keyword) and node.arg == "data" and isinstance(node.value, ast.Dict):
            nested = [each for each in node.value.values if isinstance(each, ast.Dict | ast.List | ast.ListComp)]
            assert not nested, f"line {node.value.lineno}"


def test_no_page_lies_where_streamlit_would_serve_it_by_itself() -> None:
    assert list((ROOT / "pages").glob("*.py")) == [] or [p.name for p in (ROOT / "pages").glob("*.py")] == [
        "__init__.py"
    ]


def test_every_page_has_an_address_and_every_address_a_page() -> None:
    files = {str(path.relative_to(ROOT / "pages")) for path in (ROOT / "pages").glob("*/*.py")} - {"__init__.py"}
    assert {place.file for place in places.PLACES} == {file for file in files if not file.endswith("__init__.py")}
    assert len({place.path for place in places.PLACES}) == len(places.PLACES)
