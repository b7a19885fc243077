"""Names from anywhere are printed right; what no font has is shown, never dropped."""

import re

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from reports.paper.fonts import FACES, FOLDER, runs_of
from reports.paper.lines import lines_of
from reports.paper.wording import clean
from tests.reports.paper.papers import opened, printed, text_of

NAMES = [
    "Tesfay ተስፋይ ሃይለ",
    "محمد علي حسن",
    "שרה כהן",
    "Łukasz Żółć-Źdźbło",
    "Nguyễn Thị Hương",
    "王小明",
    "สมชาย ใจดี",
    "राहुल शर्मा",
    "ნინო ბერიძე",
    "Արամ Խաչատրյան",
    "Δημήτρης Παπαδόπουλος",
    "Олександра Ґудзь",
    "Áŋŋá Sáŋgarđŧ",
    "Adébáyọ̀ Ọlúwáṣeun",
    "Şükrü Êzîdî Ağaoğlu",
    "김민준",
    "田中さくら",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reads_out_of_the_pdf_as_it_was_written(name) -> None:
    assert clean(name) in text_of(printed(name))


def test_a_ligature_read_from_right_to_left_is_named_backwards_as_pdf_readers_expect() -> None:
    """Poppler, pdfium and mupdf turn the line around as a whole; tried by hand with each."""
    maps = unicode_maps(printed("محمد الأحمد"))
    assert "<06230644>" in maps
    assert "<06440623>" not in maps


def test_a_word_whose_glyphs_change_order_is_copied_as_it_was_written() -> None:
    with opened(printed("தமிழ் செல்வன்")) as pdf:
        assert "தமிழ்".encode("utf-16-be").hex().encode() in pdf.pages[0].Contents.read_bytes()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ana 𒀀 Bo", "Ana [U+12000] Bo"),
        ("x\ud83dy", "x[U+D83D]y"),
        ("Siv\u1275🥺", "Siv\u1275[U+1F97A]"),
        ("(ተስፋይ)", "(ተስፋይ)"),
        ("❤️ 😀", "❤ 😀"),
    ],
)
def test_what_no_font_has_is_shown_by_its_number(written, shown) -> None:
    assert shown in text_of(printed(written, title=written))


def test_control_characters_and_marks_that_turn_the_reading_order_are_gone() -> None:
    assert "Alva Berg" in text_of(printed("Al\x00va\x07 \u202e\u2066Berg\u2069\ufeff"))


def test_line_ends_and_accents_have_one_form() -> None:
    assert clean("A\r\nB\rC\u2028D e\u0301\t.") == "A\nB\nC\nD é    ."


def test_a_word_keeps_one_font_also_when_only_one_letter_needs_it() -> None:
    assert [run.file for run in runs_of("Nguyễn", bold=False)] == ["NotoSans-Regular.ttf"]
    assert [run.file for run in runs_of("Alva", bold=True)] == ["AtkinsonHyperlegible-Bold.ttf"]
    assert [run.file for run in runs_of("राहुल", bold=True)] == ["NotoSansDevanagari-Regular.ttf"]


def test_a_joiner_stays_inside_persian_and_falls_away_elsewhere() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("Al\u200cva 👩\u200d🎓") == "Alva 👩🎓"


def test_a_swedish_line_with_an_arabic_name_keeps_the_order_of_its_parts() -> None:
    (line,) = lines_of("Elev: محمد علي (IM 2)", 1000, False, lambda run, _: float(len(run.text)))
    assert "".join(piece.run.text for piece in line.pieces) == "Elev: محمد علي (IM 2)"
    assert [piece.run.text for piece in line.pieces if piece.right_to_left] == ["محمد علي"]


def test_an_arabic_line_is_drawn_from_the_right_with_its_numbers_turned_back() -> None:
    (line,) = lines_of("محمد 100 علي", 1000, False, lambda run, _: float(len(run.text)))
    assert line.right_to_left
    assert [piece.run.text.strip() for piece in line.pieces if piece.run.text.strip()] == ["علي", "100", "محمد"]


def test_our_own_line_begins_at_the_left_also_when_it_begins_with_an_arabic_name() -> None:
    (line,) = lines_of("محمد علي · IM 2", 1000, False, lambda run, _: float(len(run.text)), our_own=True)
    assert not line.right_to_left
    assert [line.pieces[0].run.text, line.pieces[-1].run.text] == ["محمد علي", "· IM 2"]


def test_a_line_breaks_where_the_width_ends_and_keeps_every_word() -> None:
    lines = lines_of("ett två tre fyra fem", 9, False, lambda run, _: float(len(run.text)))
    assert ["".join(piece.run.text for piece in line.pieces) for line in lines] == ["ett två", "tre fyra", "fem"]


def test_every_font_file_is_used_is_static_and_has_its_licence() -> None:
    files = {path.name for path in FOLDER.glob("*.ttf")}
    assert files == {file for face in FACES for file in (face.regular, face.bold) if file}
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in FOLDER.glob("*.txt")} == set(re.findall(r"[\w.-]+\.txt", readme))
    for file in files:
        assert not is_variable(file)
    assert sum((FOLDER / file).stat().st_size for file in files) < 12_000_000


def is_variable(file: str) -> bool:
    with TTFont(FOLDER / file, lazy=True) as font:
        return "fvar" in font


def unicode_maps(pdf: bytes) -> str:
    with opened(pdf) as file:
        return "".join(
            found.ToUnicode.read_bytes().decode()
            for found in file.objects
            if isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found
        )
