"""Text as it may stand on paper: what a person typed, made safe and visible; dates as the language has them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from translations import Language

NBSP = "\u00a0"
TAB = "    "

# Marks that draw nothing, or that turn the reading order of what follows (a name could hide another).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Joiners mean something inside Arabic and Indic words; between emoji and Latin letters they draw nothing.
_IDLE_JOINER = re.compile("[\u200c\u200d](?![\u0600-\u1fff\u0700-\u08ff])|(?<![\u0600-\u1fff])[\u200c\u200d]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def clean(text: str) -> str:
    """NFC, line ends as newlines, no control characters; a lone surrogate becomes its visible number."""
    text = _CONTROL.sub("", _LINE_END.sub("\n", text).replace("\t", TAB))
    text = _LONE_SURROGATE.sub(lambda found: number_of(found.group()), text)
    return unicodedata.normalize("NFC", _IDLE_JOINER.sub("", _INVISIBLE.sub("", text)))


def number_of(character: str) -> str:
    """[U+1275]: what stands in the place of a character that no font here can draw."""
    return f"[U+{ord(character):04X}]"


def on_one_line(text: str) -> str:
    return " ".join(clean(text).split("\n"))


@lru_cache(maxsize=4096)
@lru_cache(maxsize=4096)
def dated(day: date, language: Language) -> str:
    """22 november 2026, never broken over two lines."""
    return format_date(day, "d MMMM y", locale=language).replace(" ", NBSP)


def quoted(text: str, language: Language) -> str:
    return f"”{text}”" if language == "sv" else f"“{text}”"
