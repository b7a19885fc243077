"""A kind that is forgotten on the blank form, the paper, the closed talk or over time is named here."""

import re
from dataclasses import replace
from html import unescape
from itertools import chain

import pytest

from forms.render import Fill, Setting, render_form
from reports.answer_blocks import LONG, SHORT, Asked, answer_blocks
from reports.by_kind import READINGS
from reports.charts import scale_chart
from reports.looked_at import Reading
from reports.paper.blank_form import ANSWER_SPACES, blank_form
from reports.paper.document import Document, render
from reports.sayings import SAID
from reports.small_lines import small_lines_chart
from reports.tables import say_scale
from tests.reports.every_kind import KINDS, SAMPLES, instrument_of, turns_of
from tests.reports.paper.papers import CREATED, text_of
from tests.tables import frame
from translations import words

_ = words("sv")
# A colour is its shape and its word on the screen; the paper, which may be copied in black and white, names it too.
ON_SCREEN = {
    ("colour", "Röd"): "för mycket",
    ("joint_colour", "Orange"): "för lite",
    ("scale", "så mycket det går"): "4 på en skala från 0 till 10",
    ("tick", "Ikryssat"): "Det stämmer ja",
    ("table", "Ja"): "Klart ja",
}


def everything_said(reading: Reading) -> str:
    """All words of a reading, its charts' alternative texts and their tables."""
    charts = [scale_chart(scale, "sv") for scale in reading.scales]
    charts += [small_lines_chart(lines, "sv") for lines in reading.line_sets]
    parts = [
        reading.title,
        *reading.sentences,
        *(said.words for said in reading.words),
        *(cell for grid in reading.grids for row in (grid.columns, *grid.rows) for cell in row),
        *(text for chart in charts for text in (chart.alt, chart.sentence, *chain(*chart.table.rows))),
        *(say_scale(scale, "sv") for scale in reading.scales),
    ]
    return "\n".join(map(str, parts))


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize(
    ("place", "known"),
    [
        ("the blank form", set(ANSWER_SPACES)),
        ("the paper of a talk", set(SHORT) | set(LONG)),
        ("an answer as one text", set(SAID)),
        ("the reading over time", set(READINGS)),
    ],
)
def test_no_kind_is_forgotten(place, known) -> None:
    assert set(KINDS) - known == set(), f"forgotten in {place}"
    assert known - set(KINDS) == set(), f"unknown in {place}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_has_the_question_and_room_for_its_answer(kind) -> None:
    sample = SAMPLES[kind]
    printed = text_of(blank_form(instrument_of(sample.definition), "sv"))
    assert [said for said in (sample.label, *sample.blank) if said not in printed] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_has_the_question_and_all_of_the_answer(kind) -> None:
    sample = SAMPLES[kind]
    item = instrument_of(sample.definition).item("a")
    blocks = tuple(answer_blocks([Asked(item, sample.after)], _))
    printed = text_of(render(Document(title="Prov", blocks=blocks, created=CREATED), "sv"))
    assert [said for said in (sample.label, *sample.shown) if said not in printed] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_says_who_answered_what_was_declined_and_what_was_left_empty(kind) -> None:
    item = instrument_of(SAMPLES[kind].definition).item("a")

    def printed(*asked: Asked) -> str:
        return text_of(render(Document(title="Prov", blocks=tuple(answer_blocks(asked, _)), created=CREATED), "sv"))

    assert "mentorns svar" in printed(Asked(item, SAMPLES[kind].after, "mentorns svar"))
    assert "Vill inte svara" in printed(Asked(item, {"declined": True}))
    assert f"Lämnat tomt: {item.label.sv}" in printed(Asked(item, None))


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_talk_shows_the_question_and_all_of_the_answer(kind) -> None:
    sample = SAMPLES[kind]
    setting = Setting(
        language="sv", mode="talk", respondent="student", manner="together", sections=("all",), read_only=True
    )
    html = render_form(instrument_of(sample.definition), Fill(values={"a": sample.after}), setting)
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    wanted = [ON_SCREEN.get((kind, said), said) for said in sample.shown]
    missing = [said for said in (sample.label, *wanted) if said not in shown]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS)
def test_over_time_both_answers_are_told(kind) -> None:
    sample = SAMPLES[kind]
    said = everything_said(READINGS[kind](turns_of(sample, sample.before, sample.after), _)).replace("\u00a0", " ")
    assert [words_of for words_of in (sample.label, *sample.over_time) if words_of not in said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_over_time_one_answer_has_nothing_to_be_compared_with(kind) -> None:
    sample = SAMPLES[kind]
    said = everything_said(READINGS[kind](turns_of(sample, sample.after), _))
    assert [word for word in ("Inte längre", "Nytt", "ändrat", "Samma som") if word in said] == []


@pytest.mark.parametrize("kind", KINDS)
def test_over_time_a_talk_that_declined_is_told_and_does_not_hide_the_others(kind) -> None:
    sample = SAMPLES[kind]
    turns = turns_of(sample, sample.before, {"declined": True}, sample.after)
    said = everything_said(READINGS[kind](turns, _)).replace("\u00a0", " ")
    assert [words_of for words_of in sample.over_time if words_of not in said] == []
    if kind != "table":
        assert "Vill inte svara" in said


def test_lower_is_easier_is_said_at_its_axis_and_never_at_another() -> None:
    sample = SAMPLES["scale"]
    turns = turns_of(sample, 8, 4)
    (easier,) = READINGS["scale"](turns, _).scales
    assert scale_chart(easier, "sv").figure.layout.yaxis.title.text == "Lägre är lättare."
    more = scale_chart(replace(easier, lower_is_easier=False), "sv")
    assert not more.figure.layout.yaxis.title.text
    assert "Lägre är lättare" not in more.alt
    assert "större tillit" not in scale_chart(easier, "sv").alt


def test_what_somebody_wrote_is_in_no_figure() -> None:
    nasty = "<b>Matsalen</b>"
    sample = SAMPLES["table"]
    value = [{"row": "gate", "now": 7}, {"row": "own.1", "what": nasty, "now": 9}]
    (lines,) = READINGS["table"](turns_of(sample, value, value), _).line_sets
    chart = small_lines_chart(lines, "sv")
    assert nasty not in chart.figure.to_json()
    assert "Grinden" in chart.figure.to_json()
    assert nasty in "".join(frame(chart.table)["Rad"])
