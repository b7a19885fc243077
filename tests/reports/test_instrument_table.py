"""docs/instruments.md says what the library has today."""

from instruments.catalogue import load
from tools.instrument_table import HEADS, PAGE, instrument_page, row_of


def test_the_page_is_the_one_the_program_writes() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == instrument_page(load()), "run: python -m tools.instrument_table"


def test_no_cell_is_empty_and_no_is_never_said_without_a_reason() -> None:
    for name in load().ids():
        row = row_of(load().instrument(name))
        assert len(row) == len(HEADS)
        assert all(cell.strip() for cell in row), name
        assert [cell for cell in row if cell == "no"] == []
