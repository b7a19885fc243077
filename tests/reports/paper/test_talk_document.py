from datetime import date

import pytest

from reports.paper.blocks import QuadrantPoint
from reports.paper.quadrant import place
from reports.paper.symbols import draw_symbol
from reports.paper.talk_document import NoGuardianCopy, guardian_part, talk_document
from reports.paper.talk_paper import AgreementArea, AgreementRow, ColourSaid
from tests.reports.paper.papers import TALK, opened, talk, text_of

LEISURE = AgreementRow("Skola och fritid", None, ColourSaid("orange", "livet utanför tynger"), private=True)


def text(**changes) -> str:
    return text_of(talk_document(talk(**changes), "sv"))


def test_the_school_s_copy_says_all_of_the_talk() -> None:
    said = text()
    for expected in (
        "Skolans exemplar",
        "Alva Öström · IM 2 · 20 november 2026",
        "Bo Nyman, mentor",
        "Eleven svarade själv före samtalet.",
        "Röd för mycket",
        "– Jag hinner inte.",
        "Vill inte svara",
        "Inget svar",
        "Jag vill prata om praktiken.",
        "från ”på gränsen” 3 mars 2026 till ”för mycket” 20 november 2026.",
        "nu 5, vill till 7",
        "Bussen går senare nu.",
        "Alva kom i god tid.",
        "Två uppgifter i taget.",
        "11 december 2026",
        "Ja, men flytta fredagen.",
        "Bo Nyman, 22 november 2026 14:30",
    ):
        assert expected in said


def test_the_student_s_own_colour_stands_beside_the_joint_one() -> None:
    row = text().split("Gemensam färg")[1].split("Beslut")[0]
    assert "Hur mycket jag har att göra Röd" in row
    assert "för mycket" in row
    assert "Orange" in row


def test_the_mentor_s_notes_stand_on_the_school_s_copy_only() -> None:
    assert "Alva kom i god tid." not in text(copy="student", notes=())
    assert "Alva kom i god tid." not in text(copy="student")
    assert "Alva kom i god tid." not in text(copy="guardian")


def test_a_guardian_s_copy_leaves_out_health_and_all_own_words() -> None:
    said = text(copy="guardian")
    assert "Vårdnadshavarens exemplar" in said
    assert "Promenad på lunchen." in said
    for left_out in ("Hur jag mår", "hindrar mig ibland", "praktiken", "tyst", "flytta", "torsdag", "Röd", "egen färg"):
        assert left_out not in said


def test_a_guardian_s_copy_has_health_if_the_student_includes_it() -> None:
    shared = AgreementRow("Hur jag mår", None, ColourSaid("yellow", "hindrar mig ibland"), private=True, shared=True)
    assert "Hur jag mår" in text(copy="guardian", agreement=(AgreementArea("Mående", (shared,)),))


def test_an_area_with_nothing_left_for_guardians_is_not_named() -> None:
    assert "Fritiden" not in text(copy="guardian", agreement=(AgreementArea("Fritiden", (LEISURE,)),))
    assert "Fritiden" in text(copy="student", agreement=(AgreementArea("Fritiden", (LEISURE,)),))


def test_answers_reach_guardians_only_if_asked_for_and_then_without_health() -> None:
    assert "Så säger eleven" not in text(copy="guardian")
    said = text(copy="guardian", answers_for_guardian=True)
    assert "Hur svårt det är" in said
    assert "nu 5, vill till 7" in said
    assert "Hur jag mår" not in said
    assert "Bussen" not in said


def test_after_the_eighteenth_birthday_guardians_neither_sign_nor_get_a_copy() -> None:
    assert "Vårdnadshavare: Karin Öström" in text()
    assert "Vårdnadshavare" not in text(guardians_take_part=False)
    assert "Elev: Alva Öström" in text(guardians_take_part=False)
    with pytest.raises(NoGuardianCopy):
        talk_document(talk(copy="guardian", guardians_take_part=False), "sv")


def test_a_paper_on_student_healths_level_is_not_signed() -> None:
    assert "Vi har kommit överens" in text()
    assert "Vi har kommit överens" not in text(level="e")


def test_the_same_talk_gives_the_same_bytes_in_both_languages() -> None:
    for language in ("sv", "en"):
        assert talk_document(TALK, language) == talk_document(TALK, language)
    with opened(talk_document(TALK, "en")) as pdf:
        assert pdf.Root.Lang == "en"
    assert "The school's copy" in text_of(talk_document(TALK, "en"))


def test_a_half_filled_talk_prints() -> None:
    empty = text(
        survey=(), bring_up="", moves=(), points=(), point_remarks=(), scales=(), words=(), notes=(), agreement=(),
        read_back_right=None, read_back_words="", amendments=(), group="", place="", participants=(),
    )  # fmt: skip
    assert "Vi har kommit överens" in empty
    assert "Skolan just nu" not in empty


def test_words_at_reading_back_are_printed_also_without_the_tick_and_without_a_decision() -> None:
    words = "Vi sa något annat om fredagen."
    assert words in text(read_back_right=None, read_back_words=words)
    assert words in text(read_back_right=None, read_back_words=words, agreement=())


def test_the_quadrant_s_four_squares_are_equal_and_every_talk_is_dated() -> None:
    low, high = place(1, 1, 0), place(10, 10, 0)
    border = [(a + b) / 2 for a, b in zip(place(5, 5, 0), place(6, 6, 0), strict=True)]
    assert border == pytest.approx([(a + b) / 2 for a, b in zip(low, high, strict=True)])
    points = (QuadrantPoint(date(2026, 3, 3), 3, 8), QuadrantPoint(date(2026, 9, 1), None, 9))
    said = text(points=points)
    assert "1 3 mars 2026 3 8" in said
    assert "2 1 september 2026 – 9" in said


def test_no_letter_of_a_group_and_no_judgement_stands_on_paper() -> None:
    said = text(points=(QuadrantPoint(date(2026, 3, 3), 3, 8),))
    section = said.split("Skolan just nu")[1].split("Skalor")[0]
    assert not any(letter in section.split() for letter in "ABCD")
    assert "vill inte" not in section.lower()
    assert "hur viktig skolan är" in section
    assert "tilltro till min förmåga" in section


class Drawn:
    """A sheet that remembers which shapes it was asked for."""

    def __init__(self) -> None:
        self.shapes: list[tuple[str, int]] = []

    def disc(self, *_) -> None:
        self.shapes.append(("disc", 0))

    def box(self, *_) -> None:
        self.shapes.append(("box", 4))

    def polygon(self, corners, *_) -> None:
        self.shapes.append(("polygon", len(corners)))


def test_each_colour_has_a_shape_of_its_own() -> None:
    sheet = Drawn()
    for colour in ("green", "yellow", "orange", "red"):
        draw_symbol(sheet, colour, 0, 0)
    assert sheet.shapes == [("disc", 0), ("polygon", 3), ("polygon", 4), ("box", 4)]


def test_a_guardian_part_keeps_the_talk_it_came_from() -> None:
    part = guardian_part(TALK)
    assert TALK.notes
    assert part.agreement[0].decision == TALK.agreement[0].decision
    assert [row.name for row in part.agreement[1].rows] == ["Meningen med skolan"]
