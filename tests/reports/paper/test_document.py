import re
from datetime import UTC, datetime

import pikepdf
import pytest

from reports.paper.blocks import Heading, PageBreak, Paragraph, Table, Words
from reports.paper.document import Document, render
from tests.reports.paper.papers import CREATED, opened, printed, text_of


def test_the_file_says_that_it_is_pdf_a_2u() -> None:
    with opened(printed("Hej")) as pdf, pdf.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "U")
        assert pdf.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        assert pdf.Root.Lang == "sv"


def test_the_title_and_the_moment_stand_in_the_file() -> None:
    with opened(printed("Hej", title="Samtal & <plan>")) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:title"] == "Samtal & <plan>"
        assert meta["xmp:CreateDate"] == meta["xmp:ModifyDate"] == "2026-11-22T14:30:00+00:00"


def test_every_font_is_embedded_and_maps_its_glyphs_to_letters() -> None:
    with opened(printed("Alva ተስፋይ محمد राहुल")) as pdf:
        fonts = [font for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font"]
        embedded = [font.FontDescriptor for font in fonts if "/FontDescriptor" in font]
        assert len(embedded) == 5  # body, heading, Ethiopic, Arabic, Devanagari
        assert all("/FontFile2" in descriptor for descriptor in embedded)
        assert all("/ToUnicode" in font for font in fonts if font.Subtype == "/Type0")


def test_each_drawn_glyph_has_a_name_also_where_one_letter_takes_several() -> None:
    with opened(printed("தமிழ் செல்வன் สมชาย ކުރި")) as pdf:
        fonts = [font for font in pdf.objects if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font]
        assert len(fonts) == 5  # body, heading, Tamil, Thai, Thaana
        for font in fonts:
            places = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
            used = {n // 2 for n in range(0, len(places), 2) if places[n : n + 2] != b"\0\0"}
            named = re.findall(rb"<([0-9A-F]{4})> <[0-9A-F]{4,}>", font.ToUnicode.read_bytes())
            assert used <= {int(code, 16) for code in named}


def test_the_same_document_gives_the_same_bytes() -> None:
    assert printed("Alva محمد") == printed("Alva محمد")


def test_another_text_or_another_moment_gives_another_file() -> None:
    later = Document(title="Namn", blocks=(Paragraph("Alva"),), created=datetime(2026, 11, 23, tzinfo=UTC))
    files = {printed("Alva"), printed("Bo"), render(later, "sv")}
    assert len(files) == 3
    assert len({opened(file).trailer.ID[0].__bytes__() for file in files}) == 3


def test_pages_are_a4_and_counted() -> None:
    with opened(printed(*["rad"] * 120)) as pdf:
        assert len(pdf.pages) == 4
        assert all([float(side) for side in page.MediaBox] == [0, 0, 595.28, 841.89] for page in pdf.pages)
    assert "Sida 4 av 4" in text_of(printed(*["rad"] * 120))


def test_what_a_user_writes_never_becomes_a_page_count_or_markup() -> None:
    text = text_of(printed("{nb} **fet** __under__ <b>x</b> [länk](http://x) \\( ) (", "{nb}"))
    assert "{nb} **fet** __under__ <b>x</b> [länk](http://x) \\( ) ( {nb}" in text


def test_twenty_thousand_letters_flow_over_pages_and_all_of_them_are_there() -> None:
    numbered = " ".join(f"ord{number}" for number in range(2500))
    pdf = render(Document(title="Långt", blocks=(Words(numbered),), created=CREATED), "sv")
    found = [int(number) for number in re.findall(r"ord(\d+)", text_of(pdf))]
    assert found == list(range(2500))


def test_twenty_thousand_letters_without_a_space_are_all_there() -> None:
    pdf = printed("Ø" * 20_000)
    assert text_of(pdf).count("Ø") == 20_000


def test_a_table_row_taller_than_a_page_goes_on_with_its_head_again() -> None:
    long = " ".join(f"ord{number}" for number in range(1500))
    table = Table(("Rad", "Svar"), (("A", long), ("B", "kort")), (1, 1))
    pdf = render(Document(title="Tabell", blocks=(table,), created=CREATED), "sv")
    text = text_of(pdf)
    assert [int(number) for number in re.findall(r"ord(\d+)", text)] == list(range(1500))
    assert text.count("Rad Svar") == len(opened(pdf).pages) > 2


def test_a_heading_never_ends_a_page() -> None:
    for lines in range(35, 50):
        blocks = (Paragraph("\n".join(["rad"] * lines)), Heading("Rubriken"), Paragraph("Efter rubriken"))
        pages = text_of(render(Document(title="Sida", blocks=blocks, created=CREATED), "sv")).split("Rubriken")[1]
        assert pages.startswith(" Efter rubriken")


def test_a_page_break_begins_a_page_but_never_an_empty_one() -> None:
    blocks = (Paragraph("ett"), PageBreak(), PageBreak(), Paragraph("två"))
    assert len(opened(render(Document(title="Sida", blocks=blocks, created=CREATED), "sv")).pages) == 2


def test_headings_stand_in_the_outline() -> None:
    blocks = (Heading("Enkäten"), Heading("Rad", level=2), Heading("Överenskommelsen"))
    with (
        opened(render(Document(title="Sida", blocks=blocks, created=CREATED), "sv")) as pdf,
        pdf.open_outline() as outline,
    ):
        assert [item.title for item in outline.root] == ["Enkäten", "Överenskommelsen"]


@pytest.mark.parametrize(("level", "mark"), [("m", "elevakten"), ("e", "elevhälsans journal"), ("p", "Privat")])
def test_every_page_carries_its_level_and_the_equality_mark(level, mark) -> None:
    pdf = render(Document(title="Sida", blocks=(Paragraph("x"),) * 90, created=CREATED, level=level), "sv")
    pages = len(opened(pdf).pages)
    assert pages > 1
    assert text_of(pdf).count(mark) == text_of(pdf).count("oavsett kön") == pages
