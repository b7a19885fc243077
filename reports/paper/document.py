"""A document: blocks under a title, with the same head and foot on each page -> the bytes of a PDF/A-2u."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from reports.paper.blocks import Block
from reports.paper.drawing import strips_of
from reports.paper.levels import LEVELS, Level
from reports.paper.lines import Line
from reports.paper.sheet import ACCENT, BREADTH, GREY, HEIGHT, INK, LEFT, RULE, SMALL, TOP, Sheet, Style
from reports.paper.strips import Page, Strip, gap, lay_out
from translations import Language, Words, words

TITLE = Style(20, bold=True, tint=ACCENT, lead=1.2)
UNDER_TITLE = Style(11, tint=GREY)
MARK = Style(8.5, bold=True)
HEAD_SHARE = 0.6


@dataclass(frozen=True)
class Document:
    """`created` has a time zone. `level` is who may read it; `copy` whose copy it is, in words, or empty."""

    title: str
    blocks: tuple[Block, ...]
    created: datetime
    level: Level = "m"
    school: str = ""
    under_title: str = ""
    copy: str = ""


def render(document: Document, language: Language) -> bytes:
    """The same document gives the same bytes."""
    sheet = Sheet(document.title, language, document.created)
    strips = [*_title(sheet, document)]
    for block in document.blocks:
        strips += strips_of(sheet, block, language)
    pages = lay_out(strips)
    for number, page in enumerate(pages, start=1):
        sheet.add_page()
        _draw_head(sheet, document, words(language))
        _draw_page(sheet, page)
        _draw_foot(sheet, number, len(pages), words(language))
    return sheet.finish()


def _title(sheet: Sheet, document: Document) -> Iterator[Strip]:
    for text, style in ((document.title, TITLE), (document.under_title, UNDER_TITLE)):
        for line in sheet.our_lines(text, BREADTH, style) if text else ():
            yield _title_strip(line, style)
    yield gap(2)


def _title_strip(line: Line, style: Style) -> Strip:
    return Strip(style.line, lambda sheet, y: sheet.draw_line(line, LEFT, y, style), glued=True)


def _draw_page(sheet: Sheet, page: Page) -> None:
    for from_top, strip in page:
        strip.draw(sheet, TOP + from_top)


def _draw_head(sheet: Sheet, document: Document, _: Words) -> None:
    """Two lines at most; the whole name of the school stands in the document itself."""
    left = " · ".join(text for text in (document.school, document.title) if text)
    right = [text for text in (document.copy, _(LEVELS[document.level])) if text]
    for index, line in enumerate(sheet.our_lines(left, BREADTH * HEAD_SHARE, SMALL)[:2]):
        sheet.draw_line(line, LEFT, 11 + index * SMALL.line, SMALL)
    for index, text in enumerate(right):
        sheet.draw_text(text, LEFT + BREADTH, 11 + index * SMALL.line, MARK if index == 0 else SMALL, align=1)
    sheet.rule(LEFT, 20.5, LEFT + BREADTH, 20.5, RULE)


def _draw_foot(sheet: Sheet, number: int, count: int, _: Words) -> None:
    top = HEIGHT - 15
    sheet.rule(LEFT, top - 2, LEFT + BREADTH, top - 2, RULE)
    _draw_equality_mark(sheet, LEFT + 2, top + SMALL.line / 2)
    equality = _("Equality: the same questions and the same listening, whatever the gender.")
    sheet.draw_text(equality, LEFT + 6, top, SMALL)
    page = _("Page {number} of {count}").format(number=number, count=count)
    sheet.draw_text(page, LEFT + BREADTH, top, SMALL, align=1)


def _draw_equality_mark(sheet: Sheet, x: float, y: float) -> None:
    """An equals sign in a ring, on every document."""
    sheet.disc(x, y, 1.9, tint=INK)
    for shift in (-0.6, 0.6):
        sheet.rule(x - 0.9, y + shift, x + 0.9, y + shift, INK, 0.4)
