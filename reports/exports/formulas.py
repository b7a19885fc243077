"""No cell is a formula: what a spreadsheet could read as one is found here, and made harmless where it is written.

A spreadsheet looks past blanks and invisible signs, and reads full-width letters as the plain ones.
"""

from __future__ import annotations

import re
import unicodedata

STARTS = frozenset("=+-@\u2212")
UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Where a program splits lines at another sign than ours, the words after it would begin a cell of their own.
_INNER = re.compile(
    r"([;,|\t\r\n]\s*[\"']?\s*)(?=[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u207a\u207b\u207c])"
)


def could_be_formula(text: str) -> bool:
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    for letter in unicodedata.normalize("NFKC", text):
        if unicodedata.category(letter) not in UNSEEN:
            return letter in STARTS
    return False


def for_csv(text: str) -> str:
    """An apostrophe before whatever could begin a formula. The words are exact in the JSON and the XLSX file."""
    inner = _INNER.sub(r"\1'", text)
    return f"'{inner}" if could_be_formula(text) else inner
