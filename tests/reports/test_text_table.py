"""Tables of texts, and what is read for them when."""

import subprocess
import sys

from reports.text_table import text_table

PROGRAM = """
import importlib, pkgutil, sys, ui
for module in pkgutil.iter_modules(ui.__path__):
    importlib.import_module(f"ui.{module.name}")
print("pandas" in sys.modules, "pyarrow" in sys.modules)
"""


def test_no_screen_reads_pandas_before_there_is_a_table_to_show():
    read = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert read.stdout == "False False\n"


def test_every_cell_is_text_under_its_heading():
    table = text_table(["Day", "Word"], [["3 March", "often"], ["9 March", ""]])
    assert list(table.columns) == ["Day", "Word"]
    assert [list(row) for row in table.itertuples(index=False)] == [["3 March", "often"], ["9 March", ""]]


def test_a_table_without_rows_keeps_its_headings():
    assert list(text_table(["Day"], []).columns) == ["Day"]
    assert len(text_table(["Day"], [])) == 0
