"""What users wrote stays text, and days are said as people say them."""

from datetime import UTC, date, datetime

import pytest
from markdown_it import MarkdownIt

from ui.text import day, moment, plain, strong, weekday

HOSTILE = [
    "![x](http://evil.example/a.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "**fet** _kursiv_ ~~struken~~ `kod`",
    "# rubrik",
    "1. ett",
    "- ett",
    "> citat",
    "| a | b |",
    "&lt;b&gt;",
    "http://evil.example och www.evil.example",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_mark_of_markdown_survives(text: str) -> None:
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(plain(text))
    assert html.count("<") == 2
    assert html.startswith("<p>")


@pytest.mark.parametrize("text", [":red[varning]", ":material/home:", ":smile:", "$x^2$", ":blue-background[x]"])
def test_no_directive_of_streamlits_survives(text: str) -> None:
    said = plain(text)
    assert ":\u2060" in said or r"\$" in said
    assert "[" not in said.replace(r"\[", "")


def test_ordinary_names_are_read_as_they_are() -> None:
    assert plain("Åsa Öberg") == "Åsa Öberg"
    assert plain("two\nlines\t here") == "two lines here"


def test_days_are_said_in_both_languages() -> None:
    assert day(date(2026, 3, 3), "sv") == "3 mars 2026"
    assert day(date(2026, 3, 3), "en") == "3 March 2026"
    assert day(None, "sv") == ""
    assert weekday(date(2026, 3, 3), "sv") == "tisdag 3 mars"


def test_a_moment_is_told_by_the_schools_clock() -> None:
    assert moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "sv") == "2 juli 2026 00:30"


def test_bold_is_ours_and_what_it_holds_stays_text() -> None:
    assert strong("a **b** :red[c]") == f"**{plain('a **b** :red[c]')}**"
    assert "**b**" not in strong("a **b**")
