"""The four pictures on paper: filled in, empty and with anything a person may have written."""

from datetime import UTC, datetime

import pytest

from instruments.catalogue import load
from reports.paper.blank_form import blank_form
from reports.paper.blocks import Picture
from reports.paper.document import Document, render
from reports.paper.pictures import PICTURES
from tests.forms.test_pictures import HOSTILE, NAMES, written
from tests.reports.paper.papers import opened, text_of

CATALOGUE = load()
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def printed(name: str, values: dict | None, language: str = "sv") -> bytes:
    instrument = CATALOGUE.instrument(name)
    blocks = tuple(Picture(instrument, section, values) for section in instrument.sections if section.picture)
    assert blocks
    return render(Document(title="Bild", blocks=blocks, created=CREATED, level="e"), language)


def test_every_kind_of_picture_has_a_drawing() -> None:
    kinds = {s.picture.kind for name in CATALOGUE.ids() for s in CATALOGUE.instrument(name).sections if s.picture}
    assert kinds == set(PICTURES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_empty_picture_to_write_in_has_its_words(name: str, language: str) -> None:
    words = {
        "trigger_circle": {
            "sv": ("Tanke", "Det jag gjorde", "nästa gång"),
            "en": ("Thought", "What I did", "next time"),
        },
        "functional_analysis": {"sv": ("På en gång", "På längre sikt"), "en": ("At once", "In the long run")},
        "thermometer": {"sv": ("Lägre är lättare", "10"), "en": ("Lower is easier", "10")},
        "practice_ladder": {"sv": ("Börja med det lättaste",), "en": ("Begin with the easiest",)},
    }
    text = text_of(printed(name, None, language))
    for said in words[name][language]:
        assert said in text
    assert "not yet written" not in text
    assert "inte skrivet än" not in text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("written_words", ["Kort", *HOSTILE])
def test_whatever_was_written_is_drawn_and_never_spills_onto_more_pages(name: str, written_words: str) -> None:
    instrument = CATALOGUE.instrument(name)
    pdf = printed(name, written(name, written_words))
    with opened(pdf) as file:
        assert len(file.pages) <= sum(1 for section in instrument.sections if section.picture)
    if written_words == "Kort":
        assert "Kort" in text_of(pdf)


def test_the_circle_says_the_feelings_with_their_strength_and_what_was_declined() -> None:
    feelings = [{"row": "own.1", "feeling": "orolig", "strength": 8}, {"row": "own.2", "feeling": "arg"}]
    text = text_of(printed("trigger_circle", {"feeling": feelings, "body": {"declined": True}, "turn": "action"}))
    assert "orolig 8, arg" in text
    assert "vill inte svara" in text
    assert "Det jag gjorde – kunde vända här" in text


def test_the_thermometer_has_now_and_imagined_and_says_when_there_are_more() -> None:
    rows = [{"row": f"own.{n}", "situation": f"Sak {n}", "now": n % 11, "imagined": 5} for n in range(1, 18)]
    text = text_of(printed("thermometer", {"situations": rows}))
    assert "● nu 3" in text
    assert "○ i tanken 5" in text
    assert "15 Sak 15" in text
    assert "Sak 16" not in text
    assert "Resten står i listan." in text


def test_the_ladder_stands_with_the_first_step_at_the_bottom_and_says_that_a_step_was_too_big() -> None:
    steps = [{"row": "own.1", "step": "Packa", "expected": 2}, {"row": "own.2", "step": "Grinden", "expected": 5}]
    tries = [
        {"row": "own.1", "step": "Grinden", "on": "2026-01-12", "before": 5, "highest": 9, "turned_back": True},
        {"row": "own.2", "step": "Cykla", "before": 1},
    ]
    text = text_of(printed("practice_ladder", {"steps": steps, "tries": tries}))
    assert text.index("Grinden") < text.index("Packa")
    assert "12 januari 2026 · före 5 → högst 9 · ↩ vände om: steget var för stort" in text
    assert "Cykla: utan datum · före 1" in text
    for never in ("försenad", "sen ", "misslyck"):
        assert never not in text


def test_a_long_ladder_goes_on_on_the_next_page() -> None:
    steps = [{"row": f"own.{n}", "step": f"Steg nummer {n} härifrån", "expected": 5} for n in range(1, 16)]
    tries = [{"row": f"own.{n}", "step": str(n % 15 + 1), "on": "2026-01-12", "before": 4} for n in range(1, 41)]
    pdf = printed("practice_ladder", {"steps": steps, "tries": tries})
    text = text_of(pdf)
    assert all(f"Steg nummer {n} härifrån" in text for n in range(1, 16))
    assert text.count("före 4") == 40
    with opened(pdf) as file:
        assert len(file.pages) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_form_has_the_picture_before_its_questions_under_the_same_heading(name: str) -> None:
    instrument = CATALOGUE.instrument(name)
    section = next(section for section in instrument.sections if section.picture)
    text = text_of(blank_form(instrument, "sv"))
    said = {
        "circle": "nästa gång",
        "chain": "På längre sikt",
        "thermometer": "Lägre är lättare",
        "ladder": "Börja med det",
    }
    at = text.index(section.title.sv)
    drawn = text.index(said[section.picture.kind], at)
    assert at < drawn < text.rindex(section.items[-1].label.sv)


def test_the_same_picture_is_the_same_file() -> None:
    values = written("trigger_circle", "Kort")
    assert printed("trigger_circle", values) == printed("trigger_circle", values)
