"""Every instrument of the library, with random and with hostile answers: on its paper, over time, on its blank form."""

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from conversation_models.services.access import Desk
from instruments.answers import check
from instruments.catalogue import load
from instruments.model import Instrument
from reports.over_time import OWN_VIEWS, answered_instruments, over_time
from reports.paper.blank_form import blank_form
from reports.paper.document import render
from reports.paper.talk_document import talk_document
from reports.paper.wording import clean
from reports.small_lines import small_lines_chart
from reports.student_paper import document_of
from reports.talk_paper import paper_of
from tests.reports.every_kind import NOON, history_of
from tests.reports.paper.papers import opened, text_of
from tests.reports.random_answers import HOSTILE, TWENTY_THOUSAND, answers_to, hostile_to, words_in
from tests.reports.test_every_kind import everything_said

CATALOGUE = load()
PRINTED = [name for name in CATALOGUE.ids() if name not in OWN_VIEWS and CATALOGUE.instrument(name).level != "p"]
# Printing is slow: a failing example is shown as it was found, not made smaller.
FEW = settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate]
)
DESK = Desk(None, None, NOON)  # only asked what time it is


def printed(instrument: Instrument, answers: dict[str, Any], copy: str = "school") -> bytes:
    history = history_of(instrument, answers)
    return talk_document(paper_of(DESK, history, history, copy, "sv"), "sv")


def squeezed(text: str) -> str:
    """How words compare across line breaks and columns."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).split())


def lost(instrument: Instrument, answers: dict[str, Any], text: str) -> list[str]:
    found = squeezed(text)
    return [
        words
        for name, value in answers.items()
        if instrument.section_of(name).printed
        for words in words_in(instrument.item(name), check(instrument.item(name), value))
        if squeezed(words) not in found
    ]


@pytest.mark.parametrize("name", PRINTED)
@given(data=st.data())
@FEW
def test_random_answers_are_printed_without_loss(name, data) -> None:
    instrument = CATALOGUE.instrument(name)
    answers = {item.id: data.draw(answers_to(item)) for item in instrument.items()}
    assert lost(instrument, answers, text_of(printed(instrument, answers))) == []


def test_where_the_guardians_live_stands_on_no_paper() -> None:
    mapping = CATALOGUE.instrument("mapping")
    answers = {item.id: hostile_to(item, 0) for item in mapping.items()}
    answers |= {
        "guardian_one_address": "Storgatan 1",
        "guardian_two_address": "Lillgatan 2",
        "former_school": "Ekskolan",
    }
    history = history_of(mapping, answers)
    papers = [printed(mapping, answers, copy) for copy in ("school", "student", "guardian")]
    papers += [render(document_of(history, DESK, "sv"), "sv"), blank_form(mapping, "sv")]
    said = [text_of(paper) for paper in papers]
    assert "Ekskolan" in said[0]
    assert [text for text in said if re.search("Storgatan|Lillgatan", text)] == []
    assert "En vårdnadshavare" not in said[-1]


@pytest.mark.parametrize("name", [name for name in CATALOGUE.ids() if name not in OWN_VIEWS])
@given(data=st.data())
@FEW
def test_random_answers_of_two_talks_are_told_over_time(name, data) -> None:
    instrument = CATALOGUE.instrument(name)
    before, after = ({item.id: data.draw(answers_to(item)) for item in instrument.items()} for _talk in range(2))
    history = history_of(instrument, before, after)
    assume(all(any(a.state == "answered" for a in history.answers if a.talk_id == talk.id) for talk in history.talks))
    told = over_time(history, name, "sv")
    said = "\n".join(everything_said(reading) for section in told.sections for reading in section.readings)
    said += "".join(small_lines_chart(lines, "sv").sentence for lines in told.together)
    assert lost(instrument, after, said) == []
    assert [each.instrument_id for each in answered_instruments(history, "sv")] == [name]


@pytest.mark.slow
@pytest.mark.parametrize("name", PRINTED)
def test_hostile_answers_are_printed_without_loss(name) -> None:
    """What reads from right to left, and what is drawn with several glyphs, is read back by another test."""
    instrument = CATALOGUE.instrument(name)
    for turn in range(
        0, len(HOSTILE), 3
    ):  # neighbouring questions get neighbouring words: three turns show all of them
        answers = {item.id: hostile_to(item, turn + place) for place, item in enumerate(instrument.items())}
        pdf = printed(instrument, answers)
        missing = lost(instrument, answers, text_of(pdf))
        assert [words for words in missing if words.isascii()] == []
        assert len(opened(pdf).pages) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", PRINTED)
def test_twenty_thousand_letters_are_all_there(name) -> None:
    instrument = CATALOGUE.instrument(name)
    text = next((item for item in instrument.items() if item.kind == "text"), None)
    if text is None:
        assert {item.kind for item in instrument.items()} <= {
            "table",
            "choice",
            "choices",
            "tick",
            "date",
            "line",
            "scale",
        }
        return
    words = TWENTY_THOUSAND[: text.longest].rsplit(" ", 1)[0]
    found = re.findall(r"ord(\d+)", text_of(printed(instrument, {text.id: words})))
    assert sorted(set(map(int, found))) == list(range(len(words.split())))


def test_a_cell_longer_than_a_page_goes_on_under_the_same_head() -> None:
    instrument = CATALOGUE.instrument("functional_analysis")
    tables = [item for name in PRINTED for item in CATALOGUE.instrument(name).items() if item.kind == "table"]
    assert tables
    ladder = CATALOGUE.instrument("practice_ladder")
    table = next(item for item in ladder.items() if item.kind == "table" and item.columns[0].kind == "line")
    rows = [{"row": f"own.{number}", table.columns[0].id: f"steg{number} " + "ord " * 25} for number in range(1, 16)]
    pdf = printed(ladder, {table.id: rows})
    said = text_of(pdf)
    assert [number for number in range(1, 16) if f"steg{number} " not in said] == []
    assert said.count(table.columns[0].label.sv) >= len(opened(pdf).pages) - 1
    assert instrument.level == "e"


@pytest.mark.parametrize("name", CATALOGUE.ids())
def test_a_private_or_unread_answer_leaves_no_trace_of_its_question(name) -> None:
    """What is not among the answers that reach a reader is not on the paper either, not even its title."""
    instrument = CATALOGUE.instrument(name)
    if name in OWN_VIEWS:
        return
    first = instrument.items()[0]
    history = history_of(instrument, {first.id: hostile_to(first, 0)})
    unread = replace(history, answers=())
    paper = paper_of(DESK, unread, unread, "school", "sv")
    assert paper.parts == ()
    assert paper.level == "m"
    assert answered_instruments(unread, "sv") == ()


@pytest.mark.parametrize("name", [name for name in PRINTED if CATALOGUE.instrument(name).level == "e"])
def test_a_guardian_s_copy_has_nothing_of_an_instrument_of_student_health_s(name) -> None:
    instrument = CATALOGUE.instrument(name)
    answers = {item.id: hostile_to(item, 0) for item in instrument.items() if instrument.level_of(item.id) == "e"}
    history = history_of(instrument, answers)
    paper = paper_of(DESK, history, history, "guardian", "sv")
    assert paper.parts == ()
    assert paper.level == "m"
    assert instrument.title.sv not in text_of(talk_document(paper, "sv")).replace(paper.title, "")


@pytest.mark.parametrize("name", PRINTED)
def test_the_paper_carries_the_highest_level_of_what_stands_on_it(name) -> None:
    instrument = CATALOGUE.instrument(name)
    answers = {item.id: hostile_to(item, 0) for item in instrument.items()}
    history = history_of(instrument, answers)
    levels = {instrument.level_of(item_id) for item_id in answers}
    assert paper_of(DESK, history, history, "school", "sv").level == ("e" if "e" in levels else "m")


@pytest.mark.parametrize("name", CATALOGUE.ids())
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_option_card_row_and_column_stands_on_the_blank_form(name, language) -> None:
    instrument = CATALOGUE.instrument(name)
    said = squeezed(text_of(blank_form(instrument, language)))
    asked = [
        part
        for item in instrument.items()
        for part in (
            *(option.text for option in getattr(item, "options", ())),
            *(card.text for card in getattr(item, "cards", ())),
            *(row.text for row in (item.rows if item.kind == "table" else ())),
            *(column.label for column in getattr(item, "columns", ())),
        )
    ]
    assert [part.say(language) for part in asked if squeezed(part.say(language)) not in said] == []


@pytest.mark.parametrize("name", [name for name in PRINTED if CATALOGUE.instrument(name).level == "e"])
def test_looking_back_is_printed_with_every_instrument_and_its_level(name) -> None:
    instrument = CATALOGUE.instrument(name)
    answers = {item.id: hostile_to(item, 0) for item in instrument.items()}
    document = document_of(history_of(instrument, answers, answers), DESK, "sv")
    said = text_of(render(document, "sv"))
    assert document.level == "e"
    assert [item.label.sv for item in instrument.items() if squeezed(item.label.sv) not in squeezed(said)] == []


def test_seven_skills_are_seven_small_lines_on_one_time_axis() -> None:
    skills = CATALOGUE.instrument("social_school_skills")
    scales = [item for item in skills.items() if item.kind == "scale"]
    history = history_of(skills, {item.id: 3 for item in scales}, {item.id: 5 for item in scales[:4]})
    told = over_time(history, skills.id, "sv")
    (lines,) = told.together
    assert [line.topic for line in lines.lines] == [item.label.sv for item in scales]
    assert [len(line.stops) for line in lines.lines] == [2] * 7
    assert [reading.scales for section in told.sections for reading in section.readings] == [()] * 7
    figure = small_lines_chart(lines, "sv").figure
    assert len(figure.data) == 1
    assert list(figure.layout.xaxis.ticktext) == list(told.talks)
