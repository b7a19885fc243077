"""Words on the screen: what users wrote stays text, and days are said as people say them."""

import re
from datetime import date, datetime, time

from babel.dates import format_date

from conversation_models.services.access import SWEDEN
from translations import Language

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&^=\"'/@])")
_COLON = ":\u2060"  # a word joiner after each colon: `:material/x:`, `:red[...]` and `:smile:` stay what was typed
_LINK_START = re.compile(r"(?i)\b(www)\\\.")


def plain(text: str) -> str:
    """What a user wrote, safe as a label, which Streamlit reads as Markdown.

    One line, every mark escaped, no link, picture, colour or icon. Longer text goes through st.text instead, and the
    options of a selectbox are text already.
    """
    line = " ".join(text.split())
    return _LINK_START.sub("\\1\u2060\\.", _MARKS.sub(r"\\\1", line).replace(":", _COLON))


def strong(text: str) -> str:
    """The same for st.markdown, in bold."""
    return f"**{plain(text)}**"


def day(when: date | None, language: Language) -> str:
    """ "3 mars 2026" / "3 March 2026"; "" when there is none."""
    if when is None:
        return ""
    return format_date(when, "d MMMM y", locale=_locale(language))


def weekday(when: date, language: Language) -> str:
    """ "tisdag 3 mars" / "Tuesday 3 March"."""
    return format_date(when, "EEEE d MMMM", locale=_locale(language))


def moment(when: datetime, language: Language) -> str:
    """ "3 mars 2026 13:05", at the school's clock."""
    local = when.astimezone(SWEDEN)
    return f"{day(local.date(), language)} {clock(local.time())}"


def stamp(when: datetime) -> str:
    """ "2026-03-03 13:05", at the school's clock: for long tables, where the time of one line is sought."""
    return f"{when.astimezone(SWEDEN):%Y-%m-%d %H:%M}"


def clock(when: time | None) -> str:
    return f"{when:%H:%M}" if when else ""


def _locale(language: Language) -> str:
    return "sv_SE" if language == "sv" else "en_GB"
