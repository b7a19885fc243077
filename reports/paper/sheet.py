"""The pages themselves: A4, PDF/A-2u, text in any script, lines and shapes. Millimetres; sizes of text in points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from html import escape

from fpdf import FPDF
from fpdf.enums import TextDirection
from fpdf.fonts import TTFFont

from reports.paper.fonts import FOLDER, Run, reads_right_to_left
from reports.paper.lines import Line, Piece, lines_of
from reports.paper.wording import clean, on_one_line

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 18.0, 27.0, 24.0
BREADTH = WIDTH - LEFT - RIGHT
DEPTH = HEIGHT - TOP - BOTTOM
PRODUCER = "Jagmed Samtal"
ZERO_WIDTH_SPACE = 0x200B
# fpdf2 leaves them out of the paper, but only after all of each has been unpacked. What shapes letters reads the file.
LAYOUT_TABLES = {"GDEF", "GPOS", "GSUB"}

Tint = tuple[int, int, int]
INK: Tint = (26, 26, 26)
GREY: Tint = (88, 88, 88)
RULE: Tint = (170, 170, 170)
ACCENT: Tint = (24, 74, 92)
PAPER: Tint = (255, 255, 255)


@dataclass(frozen=True)
class Style:
    """`lead` is the distance between lines as a share of the size."""

    size: float
    bold: bool = False
    tint: Tint = INK
    lead: float = 1.4

    @property
    def line(self) -> float:
        return self.size * self.lead * 25.4 / 72


BODY = Style(10)
STRONG = Style(10, bold=True)
SMALL = Style(8.5, tint=GREY)
SMALL_INK = Style(8.5)


class _File(FPDF):
    """fpdf2 with what it lacks for scripts whose letters change shape."""

    @contextmanager
    def saying(self, text: str) -> Iterator[None]:
        """What is drawn inside is copied, searched and read aloud as `text`."""
        self._out(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
        yield
        self._out("EMC")

    def name_every_glyph(self) -> None:
        """A letter drawn with two glyphs has its name on the first; PDF/A-2u wants one on each.

        PDF readers turn a right-to-left line around as a whole, ligatures too: their letters are named backwards.
        """
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                for glyph, _ in font.subset.items():
                    if glyph and isinstance(glyph.unicode, tuple):
                        backwards = any(reads_right_to_left(chr(letter)) for letter in glyph.unicode)
                        glyph.unicode = glyph.unicode[:: -1 if backwards else 1] or (ZERO_WIDTH_SPACE,)


class Sheet:
    """One document being drawn. `title` and `created` go into the file; the same input gives the same bytes."""

    def __init__(self, title: str, language: str, created: datetime) -> None:
        title = on_one_line(title)
        moment = created.isoformat(timespec="seconds")
        self._pdf = _File(format="A4", unit="mm", enforce_compliance="PDF/A-2U")
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(False)
        self._pdf.alias_nb_pages("")
        self._pdf.set_creation_date(created)
        self._pdf.set_title(title)
        self._pdf.set_creator(PRODUCER)
        self._pdf.set_producer(PRODUCER)
        self._pdf.set_lang(language)
        self._pdf.set_xmp_metadata(_xmp(title, moment))
        self._widths: dict[tuple[str, str, bool, float], float] = {}

    def add_page(self) -> None:
        self._pdf.add_page()

    def mark_section(self, text: str, y: float) -> None:
        """An entry in the outline that PDF readers show at the side."""
        self._pdf.set_y(y)
        self._pdf.start_section(on_one_line(text))

    def finish(self) -> bytes:
        self._pdf.name_every_glyph()
        return bytes(self._pdf.output())

    # Text

    def lines(self, text: str, width: float, style: Style) -> list[Line]:
        """For what people wrote: each paragraph in its own reading direction."""
        return lines_of(clean(text), width, style.bold, self._measure(style))

    def our_lines(self, text: str, width: float, style: Style) -> list[Line]:
        return lines_of(clean(text), width, style.bold, self._measure(style), our_own=True)

    def width_of(self, text: str, style: Style) -> float:
        return self.line(text, style).width

    def line(self, text: str, style: Style) -> Line:
        """The whole text as one line, however long."""
        return lines_of(on_one_line(text), float("inf"), style.bold, self._measure(style), our_own=True)[0]

    def draw_line(self, line: Line, x: float, y: float, style: Style) -> None:
        """`y` is the top of the line."""
        base = y + style.line / 2 + style.size * 0.35 * 25.4 / 72
        self._pdf.set_text_color(*style.tint)
        for piece in line.pieces:
            self._draw_piece(piece, x, base, style)
            x += piece.width

    def draw_text(self, text: str, x: float, y: float, style: Style, align: float = 0.0) -> None:
        """One line at `x`: its left edge there with align 0, its middle with 0.5, its right edge with 1."""
        line = self.line(text, style)
        self.draw_line(line, x - align * line.width, y, style)

    def _measure(self, style: Style) -> Callable[[Run, bool], float]:
        def measure(run: Run, right_to_left: bool) -> float:
            key = (run.text, run.file, right_to_left, style.size)
            if key not in self._widths:
                shaping = _shaping(right_to_left) if run.shaped or right_to_left else None
                points = self._font(run.file).get_text_width(run.text, style.size, shaping)[1]
                self._widths[key] = points * 25.4 / 72
            return self._widths[key]

        return measure

    def _font(self, file: str) -> TTFFont:
        key = file.lower()
        known = self._pdf.fonts.get(key)
        if isinstance(known, TTFFont):
            return known
        self._pdf.add_font(key, fname=FOLDER / file)
        font = self._pdf.fonts[key]
        if not isinstance(font, TTFFont):
            raise TypeError(file)
        font.ttfont.recalcBBoxes = False  # glyphs are taken as they are: unpacking each to measure it cost a tenth
        for table in LAYOUT_TABLES & set(font.ttfont.keys()):
            del font.ttfont[table]
        return font

    def _draw_piece(self, piece: Piece, x: float, base: float, style: Style) -> None:
        self._font(piece.run.file)
        self._pdf.set_font(piece.run.file.lower(), size=style.size)
        if not piece.run.shaped and not piece.right_to_left:
            self._pdf.text(x, base, piece.run.text)
            return
        # cell() is fpdf2's own way to shape; it puts the base line at 0.5 h + 0.3 of the size.
        height = style.line
        self._pdf.set_xy(x, base - 0.5 * height - 0.3 * self._pdf.font_size)
        self._pdf.set_text_shaping(True, direction="rtl" if piece.right_to_left else "ltr")
        with nullcontext() if piece.right_to_left else self._pdf.saying(piece.run.text):
            self._pdf.cell(piece.width, height, piece.run.text)
        self._pdf.set_text_shaping(False)

    def draw_upwards(self, text: str, x: float, y: float, style: Style) -> None:
        """One line turned a quarter to the left, its middle at `x`, `y`."""
        with self._pdf.rotation(90, x, y):
            self.draw_text(text, x, y - style.line / 2, style, align=0.5)

    # Shapes

    def rule(self, x1: float, y1: float, x2: float, y2: float, tint: Tint = RULE, width: float = 0.2) -> None:
        self._pdf.set_draw_color(*tint)
        self._pdf.set_line_width(width)
        self._pdf.line(x1, y1, x2, y2)

    def dashes(self, x1: float, y1: float, x2: float, y2: float, tint: Tint = RULE, width: float = 0.2) -> None:
        self._pdf.set_dash_pattern(dash=1.0, gap=1.0)
        self.rule(x1, y1, x2, y2, tint, width)
        self._pdf.set_dash_pattern()

    def box(self, x: float, y: float, w: float, h: float, fill: Tint | None = None, tint: Tint = INK) -> None:
        self._ready(tint, 0.3, fill)
        self._pdf.rect(x, y, w, h, style="DF" if fill else "D")

    def block(self, x: float, y: float, w: float, h: float, fill: Tint) -> None:
        """A filled box without an edge."""
        self._pdf.set_fill_color(*fill)
        self._pdf.rect(x, y, w, h, style="F")

    def disc(self, x: float, y: float, radius: float, fill: Tint | None = None, tint: Tint = INK) -> None:
        """`x`, `y`: the middle."""
        self._ready(tint, 0.3, fill)
        self._pdf.circle(x, y, radius, style="DF" if fill else "D")

    def pill(self, x: float, y: float, w: float, h: float, fill: Tint, tint: Tint = INK) -> None:
        """A box with round ends; `x`, `y`: the middle."""
        self._ready(tint, 0.3, fill)
        self._pdf.rect(x - w / 2, y - h / 2, w, h, style="DF", round_corners=True, corner_radius=h / 2 - 0.01)

    def polygon(self, corners: Sequence[tuple[float, float]], fill: Tint, tint: Tint = INK) -> None:
        self._ready(tint, 0.3, fill)
        self._pdf.polygon(corners, style="DF")

    def _ready(self, tint: Tint, width: float, fill: Tint | None) -> None:
        self._pdf.set_draw_color(*tint)
        self._pdf.set_line_width(width)
        if fill:
            self._pdf.set_fill_color(*fill)


def _shaping(right_to_left: bool) -> dict[str, object]:
    direction = TextDirection.RTL if right_to_left else TextDirection.LTR
    return {"features": {}, "fragment_direction": direction, "script": None, "language": None}


def _xmp(title: str, moment: str) -> str:
    """The file's own description. fpdf2's has the clock's time in it, so this one is written here."""
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmp:CreatorTool="{PRODUCER}" xmp:CreateDate="{moment}" xmp:ModifyDate="{moment}" xmp:MetadataDate="{moment}"
 pdf:Producer="{PRODUCER}">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>"""
