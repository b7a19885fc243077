"""A picture as the server draws it: empty, full and hostile answers, and who sees what."""

import re
from itertools import pairwise

import pytest

from forms import pictures
from forms.render import Fill, Setting, render_form
from instruments.catalogue import load
from instruments.model import Instrument, Section
from instruments.pictures import ladder_of, shorten, table_of
from tests.forms.reading import Page, tidy

CATALOGUE = load()
NAMES = ("trigger_circle", "functional_analysis", "thermometer", "practice_ladder")
HOSTILE = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "أنا متعب جدا اليوم",
    "👩‍👩‍👧‍👦" * 60,
    "W" * 900,
    "ord " * 900,
    "\u202eomvänd",
]


def setting(instrument: Instrument, **more) -> Setting:
    return Setting(**({"language": "sv", "mode": "talk", "sections": tuple(s.id for s in instrument.sections)} | more))


def drawn(name: str, values: dict | None = None, **more) -> str:
    """The pictures of a form, without its fields."""
    instrument = CATALOGUE.instrument(name)
    html = render_form(instrument, Fill(values or {}), setting(instrument, **more))
    return "".join(re.findall(r'<details class="picture.*?</details>', html, re.DOTALL))


def written(name: str, text: str) -> dict:
    """Every answer of an instrument's pictures says `text`."""
    instrument = CATALOGUE.instrument(name)
    values: dict = {}
    for item in instrument.items():
        if item.kind == "table":
            cells = {c.id: text if c.kind == "line" else 7 for c in item.columns if c.kind in ("line", "scale")}
            cells |= {c.id: "2026-01-12" for c in item.columns if c.kind == "date"}
            values[item.id] = [{"row": "own.1", **cells}, {"row": "own.2", **cells}]
        elif item.kind in ("text", "line"):
            values[item.id] = text
    return values


def names_of(html: str) -> list[str]:
    page = Page.of(html)
    return [one["aria-label"] for one, tag in zip(page.attributes, page.tags, strict=True) if tag == "a"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_part_is_a_link_with_a_name_and_leads_to_something_on_the_page(name: str, language: str) -> None:
    instrument = CATALOGUE.instrument(name)
    html = render_form(instrument, Fill({}), setting(instrument, language=language))
    page = Page.of(html)
    ids = {one["id"] for one in page.attributes if "id" in one}
    links = [one for one, tag in zip(page.attributes, page.tags, strict=True) if tag == "a" and "aria-label" in one]
    assert len(links) >= 1
    assert {one["href"].removeprefix("#") for one in links} <= ids
    assert all(one["aria-label"].strip() for one in links)


def test_an_empty_circle_invites_and_a_station_says_what_was_written() -> None:
    values = {"thought": "Alla tittar", "feeling": [{"row": "own.1", "feeling": "orolig", "strength": 8}]}
    names = names_of(drawn("trigger_circle", values))[:6]
    assert names == [
        "Det som satte igång det: inte skrivet än",
        "Tanke: Alla tittar",
        "Känsla: orolig 8",
        "Kropp: inte skrivet än",
        "Det jag gjorde: inte skrivet än",
        "Precis efteråt: inte skrivet än",
    ]


def test_two_rings_share_the_trigger_and_the_turning_point_is_marked_in_the_first() -> None:
    html = drawn("trigger_circle", {"trigger": "Bussen var full", "turn": "action"})
    assert names_of(html).count("Det som satte igång det: Bussen var full") == 2
    assert [name for name in names_of(html) if "kunde vända här" in name] == [
        "Det jag gjorde: inte skrivet än, kunde vända här"
    ]


def test_a_declined_part_says_so_and_is_no_invitation() -> None:
    html = drawn("trigger_circle", {"thought": {"declined": True}})
    assert "Tanke: vill inte svara" in names_of(html)
    assert 'class="part thought"' in html


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_wrote_stays_text_and_is_cut_in_the_picture_only(name: str, text: str) -> None:
    html = drawn(name, written(name, text))
    assert "<script" not in html
    assert "<img" not in html
    texts = Page.of(html).inside("foreignobject")
    assert all(len(one) < 260 for one in texts)
    assert shorten(text, 10)[:1] in "".join(texts)
    whole = render_form(CATALOGUE.instrument(name), Fill(written(name, text)), setting(CATALOGUE.instrument(name)))
    assert tidy(text) in tidy(Page.of(whole).text + " ".join(one.get("value", "") for one in Page.of(whole).fields))


def test_shortening_never_cuts_inside_a_letter() -> None:
    family = "👩‍👩‍👧‍👦"
    assert shorten(family * 9, 12).removesuffix("…").replace(family, "") == ""
    assert shorten("e\u0301" * 50, 10) == "e\u0301" * 9 + "…"
    assert shorten("kort", 4) == "kort"
    assert shorten("två  ord\npå rad", 40) == "två ord på rad"


def test_the_thermometer_has_its_words_and_both_marks_of_a_situation() -> None:
    situations = [
        {"row": "own.1", "situation": "Bussen", "now": 7, "imagined": 9},
        {"row": "own.4", "situation": "Idrotten", "dont_know": True},
    ]
    html = drawn("thermometer", {"situations": situations})
    assert "1 Bussen: ● nu 7, ○ i tanken 9" in names_of(html)
    assert "2 Idrotten: vet inte" in names_of(html)
    assert len(re.findall(r'class="mark"', html)) == len(re.findall(r'class="mark open"', html)) == 1
    text = Page.of(html).text
    assert "Lägre är lättare" in text
    table = table_of(
        CATALOGUE.instrument("thermometer"), CATALOGUE.instrument("thermometer").sections[0].picture, "situations"
    )
    scale = table.column("now")
    for said in (scale.low_words, scale.high_words, *scale.words_at.values()):
        assert said.sv in tidy(text)


def test_many_situations_never_cover_each_other() -> None:
    rows = [{"row": f"own.{n}", "situation": f"Sak {n}", "now": 5} for n in range(1, 16)]
    html = drawn("thermometer", {"situations": rows})
    tops = sorted(float(y) for y in re.findall(r'<rect x="214" y="([\d.]+)" width="125"', html))
    assert len(tops) == 15
    assert all(after - before >= 72 for before, after in pairwise(tops))
    height = float(re.search(r'viewBox="0 0 340 ([\d.]+)"', html)[1])
    assert tops[-1] + 72 <= height
    assert tops[0] >= 0


def test_rungs_stay_as_they_were_laid_and_tries_find_their_step_by_words_or_number() -> None:
    instrument = CATALOGUE.instrument("practice_ladder")
    picture = next(section.picture for section in instrument.sections if section.picture)
    steps = [
        {"row": "own.2", "step": "Gå till grinden", "expected": 6},
        {"row": "own.1", "step": "Packa", "expected": 2},
    ]
    tries = [
        {"row": "own.1", "step": "packa.", "before": 2},
        {"row": "own.2", "step": "1", "before": 5, "turned_back": True},
        {"row": "own.3", "step": "Något annat", "on": "2026-01-02"},
    ]
    ladder = ladder_of(table_of(instrument, picture, "steps"), steps, tries, "sv")
    assert [(rung.number, rung.words, len(rung.tries)) for rung in ladder.rungs] == [
        (1, "Gå till grinden", 1),
        (2, "Packa", 1),
    ]
    assert [each.step for each in ladder.loose] == ["Något annat"]
    html = drawn("practice_ladder", {"steps": steps, "tries": tries})
    assert "Försök på steg 1: utan datum: före 5, ↩ vände om: steget var för stort" in names_of(html)
    assert "Andra försök: Något annat, 2 jan." in names_of(html)
    heights = [
        float(re.search(rf'aria-label="Steg {n}:.*?<rect x="24" y="([\d.]+)"', html, re.DOTALL)[1]) for n in (1, 2)
    ]
    assert heights[0] > heights[1]


@pytest.mark.parametrize("name", NAMES)
def test_answers_that_are_only_read_have_the_picture_too(name: str) -> None:
    html = drawn(name, written(name, "Ett svar"), read_only=True)
    assert "Ett svar" in html
    assert "inte skrivet än" not in Page.of(html).text


def test_a_part_whose_field_is_on_another_page_is_drawn_but_leads_nowhere() -> None:
    html = drawn("trigger_circle", {"trigger": "Bussen"}, sections=("another",))
    assert "Bussen" in html
    assert "#trigger_circle-trigger" not in html


def by_staff(section: Section, name: str) -> Section:
    items = (item.model_copy(update={"by": "counsellor"}) if item.id == name else item for item in section.items)
    return section.model_copy(update={"items": tuple(items)})


def test_what_staff_write_is_not_in_the_student_s_picture() -> None:
    instrument = CATALOGUE.instrument("functional_analysis")
    name = next(section for section in instrument.sections if section.picture).picture.parts["purpose"]
    changed = instrument.model_copy(update={"sections": tuple(by_staff(each, name) for each in instrument.sections)})
    fill = Fill({name: "Hemlig tanke"})
    assert "Hemlig tanke" in render_form(changed, fill, setting(changed))
    assert "Hemlig tanke" not in render_form(changed, fill, setting(changed, turned=True))
    assert "Vad det är bra för" not in "".join(names_of(render_form(changed, fill, setting(changed, turned=True))))


def test_an_instrument_without_a_picture_asks_for_neither_its_script_nor_its_style() -> None:
    instrument = CATALOGUE.instrument("scale_question")
    html = render_form(instrument, Fill({}), setting(instrument))
    assert "picture" not in html


def test_script_and_style_are_one_module_each_without_names_used_twice() -> None:
    script = pictures.picture_script()
    names = re.findall(
        r"^(?:async )?(?:function|const|let) (\w+)",
        "\n".join(
            (pictures.HERE / "script" / "pictures" / f"{name}.js").read_text("utf-8").replace("export ", "")
            for name in pictures.SCRIPTS
        ),
        re.MULTILINE,
    )
    assert len(names) == len(set(names))
    assert script.count("export") == 1
    assert not re.search(
        r"https?://(?!www\.w3\.org/2000/svg)|@import|innerHTML|eval\(", script + pictures.picture_style()
    )
    assert {f"{name}.js" for name in pictures.SCRIPTS} == {
        path.name for path in (pictures.HERE / "script" / "pictures").iterdir()
    }
