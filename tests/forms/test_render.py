"""The form as HTML: everything is there without script, and nothing a person wrote becomes HTML."""

import gzip
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from forms.assets import first_script, first_style, form_script
from forms.render import Earlier, Fill, Setting, render_form
from forms.said import saving_words
from instruments.catalogue import load
from instruments.model import Instrument
from instruments.readings import items_for
from tests.forms.definitions import every_kind, instruments
from tests.forms.reading import Page

STUDENT = Setting("sv", save_url="/answers/abc")
TALK = Setting("sv", "talk", "/answers/" + 32 * "a", manner="together", one_at_a_time=True)
NASTY = "</textarea><script>alert(1)</script> \" onfocus='x' {{ 7*7 }} &lt; 🙂 \u202ertl"


def page(instrument: Instrument, fill: Fill | None = None, setting: Setting = STUDENT) -> Page:
    return Page.of(render_form(instrument, fill or Fill(), setting))


@pytest.mark.parametrize("instrument", instruments(), ids=lambda found: found.id)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("mode", ["student", "talk", "preparation"])
@pytest.mark.parametrize("read_only", [False, True])
def test_every_instrument_is_drawn_in_every_setting(instrument, language, mode, read_only) -> None:
    sections = tuple(section.id for section in instrument.sections)
    html = render_form(
        instrument, Fill(), Setting(language, mode, "/answers/x", sections=sections, read_only=read_only)
    )
    said = Page.of(html).text
    open_to_them = items_for(instrument, "student" if mode == "student" else "mentor")
    for item in instrument.items():
        assert (item.label.say(language) in said) is (item in open_to_them), item.id


def test_a_field_is_named_after_its_instrument_and_item() -> None:
    names = {field["name"] for field in page(every_kind(), setting=TALK).fields}
    wanted = {f"everything.{item.id}" for item in every_kind().items()}
    assert wanted <= names
    assert {"everything.row.fits", "everything.words.declined", "asked"} <= names


def test_what_was_answered_is_in_the_fields() -> None:
    values = {
        "row": {"colour": "orange", "fits": ["orange.2"]}, "number": 0, "words": "Hej\nhopp", "who": "Jag",
        "day": "2026-03-12", "joint": {"colour": "red"}, "yes": True, "note": "Sett",
    }  # fmt: skip
    found = page(every_kind(), Fill(values), TALK)
    assert found.posted()["everything.row"] == ["orange"]
    assert found.posted()["everything.row.fits"] == ["orange.2"]
    assert found.posted()["everything.number"] == ["0"]
    assert found.posted()["everything.words"] == ["Hej\nhopp"]
    assert found.posted()["everything.day"] == ["2026-03-12"]
    assert found.posted()["everything.joint"] == ["red"]
    assert found.posted()["everything.yes"] == ["yes"]


def test_declined_is_a_choice_of_its_own_and_not_empty() -> None:
    declined = {item.id: {"declined": True} for item in every_kind().items() if item.may_decline}
    posted = page(every_kind(), Fill(declined), TALK).posted()
    assert posted["everything.row"] == posted["everything.number"] == posted["everything.joint"] == ["declined"]
    assert posted["everything.words.declined"] == ["yes"]
    assert "everything.row" not in page(every_kind()).posted()


def test_a_text_that_begins_with_a_line_break_keeps_it() -> None:
    assert page(every_kind(), Fill({"words": "\nrad två"})).posted()["everything.words"] == ["\nrad två"]


@pytest.mark.parametrize("read_only", [False, True])
def test_nothing_a_person_wrote_becomes_html(read_only: bool) -> None:
    fill = Fill(
        values={"words": NASTY, "who": NASTY},
        own={"words": NASTY},
        earlier={"who": Earlier(NASTY, date(2026, 1, 7))},
        errors={"words": NASTY},
    )
    setting = Setting("sv", "talk", "/answers/x", read_only=read_only)
    found = page(every_kind(), fill, setting)
    assert "script" not in found.tags
    assert not any(name.startswith("on") or name == "style" for attributes in found.attributes for name in attributes)
    assert NASTY in found.text or found.posted()["everything.words"] == [NASTY]


def test_what_belongs_to_staff_is_not_on_a_page_for_the_student() -> None:
    fill = Fill({"note": "Mentorns egna ord"})
    for setting in (STUDENT, Setting("sv", "talk", "/answers/x", turned=True)):
        html = render_form(every_kind(), fill, setting)
        assert "Mentorns egna ord" not in html
        assert "everything.note" not in html
    assert "Mentorns egna ord" in render_form(every_kind(), fill, TALK)


def test_what_is_private_is_not_on_a_screen_turned_to_the_student() -> None:
    instrument, words = load().instrument("equality_reflection"), "Bara för mina ögon"
    fill = Fill({"next_time": words})
    for setting in (STUDENT, Setting("sv", "talk", "/answers/x", turned=True)):
        html = render_form(instrument, fill, setting)
        assert words not in html
        assert "equality_reflection.next_time" not in html
    assert words in render_form(instrument, fill, TALK)


def test_the_letter_of_a_group_stands_nowhere_a_student_looks() -> None:
    instrument = load().instrument("priority_ability")
    said = page(instrument, Fill({"priority": 2, "ability": 2})).text + page(instrument, setting=TALK).text
    assert instrument.offers
    for offers in instrument.offers.values():
        assert not any(offer.text.sv in said for offer in offers)
    assert not re.search(r"\b[Gg]rupp [A-D]\b", said)


def test_a_section_that_waits_for_a_phase_is_shown_only_when_it_is_named() -> None:
    instrument = load().instrument("development_agreement")
    assert "include_health" not in render_form(instrument, Fill(), TALK)
    named = Setting("sv", "talk", "/answers/x", sections=("guardian_copy",))
    html = render_form(instrument, Fill(), named)
    assert "include_health" in html
    assert "work_decision" not in html


def test_the_own_answer_and_the_earlier_one_are_a_touch_away_with_their_words() -> None:
    fill = Fill(
        own={"row": {"colour": "red", "fits": ["red.2"]}},
        earlier={"row": Earlier({"colour": "green"}, date(2026, 3, 12))},
    )
    found = page(every_kind(), fill, TALK)
    assert found.inside("details") == [
        "Mitt eget svar före samtalet för mycket rött red mening 2",
        "Förra gången, 12 mars 2026 lagom grönt",
    ]
    assert not any("open" in attributes for attributes in found.attributes)


def test_each_row_names_its_version_and_whose_answer_it_is() -> None:
    found = page(every_kind(), Fill(versions={"words": 4}), TALK)
    rows = {row["data-item"]: row for row in found.attributes if "data-item" in row}
    assert rows["words"]["data-version"] == "4"
    assert rows["row"]["data-version"] == "0"
    assert rows["words"]["data-respondent"] == "student"
    assert rows["note"]["data-respondent"] == "mentor"


def test_an_error_is_tied_to_its_field() -> None:
    found = page(every_kind(), Fill(errors={"words": "För långt."}))
    field = next(one for one in found.fields if one["name"] == "everything.words")
    assert field["aria-invalid"] == "true"
    assert "För långt." in found.by_id(field["aria-describedby"].split()[-1])


def test_ids_are_unique_over_all_forms_of_a_page() -> None:
    html = "".join(render_form(instrument, Fill(), TALK) for instrument in instruments())
    ids = [attributes["id"] for attributes in Page.of(html).attributes if "id" in attributes]
    assert len(ids) == len(set(ids)) > 100


@pytest.mark.slow
def test_every_field_has_a_label_with_words() -> None:
    for instrument in instruments():
        found = page(instrument, setting=TALK)
        for field in found.fields:
            if field.get("type") != "hidden" and field.get("name") not in ("username", "password"):
                assert found.label_of(field) or field.get("aria-label"), field


def test_the_students_forms_and_their_style_and_script_fit_the_budget() -> None:
    """40 kB for page, style, script and icon (performance.md); the front door's part has what is left."""
    catalogue = load()
    html = "".join(
        render_form(catalogue.instrument(name), Fill(), STUDENT) for name in ("development_survey", "priority_ability")
    )
    assert len(gzip.compress(html.encode(), 6)) <= 9_000
    look = sum(len(gzip.compress(part.encode(), 6)) for part in (first_style(), first_script()))
    assert look <= 12_000


def test_every_word_form_js_asks_for_is_there() -> None:
    asked = set(re.findall(r"words\.(\w+)", form_script())) | set(re.findall(r'words\[[^\]]*"(\w+)"', form_script()))
    assert asked <= set(saving_words("sv"))
    assert asked


def test_the_parser_of_these_tests_sees_what_is_wrong() -> None:
    assert isinstance(Page.of("<p>x"), HTMLParser)
    assert "script" in Page.of("<script>1</script>").tags
