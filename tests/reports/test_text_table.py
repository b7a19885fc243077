"""Tables of texts, and what is read for them when."""

import subprocess
import sys

from reports.text_table import TextTable, text_table

PROGRAM = """
import importlib, pkgutil, sys, ui
for module in pkgutil.iter_modules(ui.__path__):
    importlib.import_module(f"ui.{module.name}")
print("pandas" in sys.modules, "pyarrow" in sys.modules)
"""


def test_no_screen_reads_pandas_before_it_is_shown():
    read = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert read.stdout == "False False\n"


def test_rows_and_columns_stay_as_they_were_given():
    assert text_table(["Day", "Word"], [["3 March", "often"], ["9 March", ""]]) == TextTable(
        ("Day", "Word"), (("3 March", "often"), ("9 March", ""))
    )


def test_a_table_without_rows_keeps_its_headings():
    assert text_table(["Day"], []) == TextTable(("Day",), ())
