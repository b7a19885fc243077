"""What the library says, to whom, and what it never says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from conversation_models.models import LIBRARY as TALKS
from instruments.catalogue import LIBRARY, Edition, load
from instruments.definitions import read_yaml
from instruments.items import (
    CardsItem,
    ChoiceItem,
    ChoicesItem,
    ColourItem,
    JointColourItem,
    LineItem,
    ScaleItem,
    SchoolForm,
    TableItem,
    TextItem,
)
from instruments.model import Instrument

CATALOGUE = load()
SURVEY = CATALOGUE.instrument("development_survey")
AGREEMENT = CATALOGUE.instrument("development_agreement")
EDITIONS = CATALOGUE.all_editions()
FILES = [*(edition.file for edition in EDITIONS), *sorted(TALKS.glob("*.yaml"))]
NEVER = {
    "sv": ("hemmasittare", "skolkar", "vägrar", "varning", "har inte förmåga", "varför inte högre", "vill inte men"),
    "en": ("truant", "refus", "warning", "why not higher", "unable to", "lazy", "does not want to"),
}
DIRECTIONS = {
    "workload": ["lagom", "på gränsen", "för lite", "för mycket"],
    "content": ["lagom svårt", "går precis", "för lätt", "för svårt"],
    "peers": ["trivs", "mest bra", "ensam", "konflikt eller otrygghet"],
    "cooperation": ["går bra med alla", "går med de flesta", "vill helst inte", "går inte nu"],
    "leisure": ["balans", "tufft men går", "livet utanför tynger", "går inte ihop"],
    "study_plan": ["nöjd", "nästan rätt", "vet inte", "vill ändra"],
    "guidance": ["får det jag behöver", "får en del", "behöver mer", "ingen, eller mest kritik"],
    "staff": ["bra kontakt", "varken bra eller dåligt", "svårt med någon", "dålig kontakt"],
    "purpose": ["meningsfullt", "delvis meningsfullt", "meningsfullt, men vill annat", "ser ingen mening nu"],
    "health": ["mår bra", "hindrar mig ibland", "för det mesta okej", "behöver hjälp"],
}


def rows(instrument: Instrument) -> list[ColourItem | JointColourItem]:
    return [item for item in instrument.items() if isinstance(item, ColourItem | JointColourItem)]


def texts(part: object, language: str) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get(language), str):
            yield part[language]
        for value in part.values():
            yield from texts(value, language)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value, language)


def test_the_survey_has_the_sources_areas_and_rows() -> None:
    assert {section.id: [item.id for item in section.items] for section in SURVEY.sections} == {
        "work": ["workload", "content"],
        "environment": ["peers", "cooperation", "leisure"],
        "support": ["study_plan", "guidance", "staff"],
        "wellbeing": ["purpose", "health"],
        "own": ["bring_up"],
    }


def test_every_colour_says_the_direction_of_its_own_row() -> None:
    assert {row.id: [choice.word.sv for choice in row.choices] for row in rows(SURVEY)} == DIRECTIONS


def test_red_for_free_time_has_a_word_for_each_of_its_two_causes() -> None:
    with_words = {
        (row.id, statement.id)
        for row in rows(SURVEY)
        if isinstance(row, ColourItem)
        for choice in row.choices
        for statement in choice.statements
        if statement.word
    }
    assert with_words == {("leisure", "red.1"), ("leisure", "red.2")}


def test_every_statement_is_short_first_person_and_two_or_three_a_colour() -> None:
    for row in rows(SURVEY):
        assert isinstance(row, ColourItem)
        for choice in row.choices:
            assert len(choice.statements) in (2, 3), (row.id, choice.colour)
            for text in (statement.text for statement in choice.statements):
                assert text.sv.startswith("Jag ")
                assert text.en.startswith("I ")
                assert max(len(text.sv), len(text.en)) <= 90, text


def test_no_two_statements_of_the_survey_are_the_same() -> None:
    said = [s.text.sv for row in rows(SURVEY) if isinstance(row, ColourItem) for c in row.choices for s in c.statements]
    assert len(said) == len(set(said)) == 88


def test_red_in_how_one_feels_offers_a_way_on() -> None:
    health = SURVEY.item("health")
    assert isinstance(health, ColourItem)
    assert any("hjälp" in statement.text.sv for statement in health.choice("red").statements)


def test_a_joint_row_uses_the_words_of_the_row_it_follows() -> None:
    followed = {row.id: row.follows for row in rows(AGREEMENT) if isinstance(row, JointColourItem)}
    assert {name for name, follows in followed.items() if follows is None} == {"absence", "goals", "mentor_relation"}
    assert followed["feedback"] == "development_survey.guidance"
    assert "development_survey.staff" not in followed.values()
    assert "development_survey.study_plan" not in followed.values()
    for row in rows(AGREEMENT):
        if isinstance(row, JointColourItem) and row.follows:
            survey_row = SURVEY.item(row.follows.partition(".")[2])
            assert isinstance(survey_row, ColourItem)
            assert [choice.word for choice in row.choices] == [choice.word for choice in survey_row.choices]


def test_free_time_and_feelings_wait_for_the_students_tick() -> None:
    waiting = {row.id: row.guardian_copy_if for row in rows(AGREEMENT) if isinstance(row, JointColourItem)}
    assert {name: tick for name, tick in waiting.items() if tick} == {
        "leisure": "include_leisure",
        "health": "include_health",
    }
    assert {AGREEMENT.respondent_of(name) for name in ("include_leisure", "include_health", "read_back_right")} == {
        "student"
    }


def test_each_group_has_offers_that_can_stand_before_the_student() -> None:
    offers = CATALOGUE.instrument("priority_ability").offers
    assert set(offers) == {"A", "B", "C", "D"}
    for offered in offers.values():
        assert len(offered) >= 5
        for offer in offered:
            assert re.match(r"(Vi|Du|En vuxen|Varje) ", offer.text.sv), offer.text.sv
            assert not re.search(r"\b[ABCD]\b|[Gg]rupp|vill inte|don't want", offer.text.sv + offer.text.en)


def test_every_instrument_credits_its_source_and_says_whose_the_words_are() -> None:
    for instrument in (edition.instrument for edition in EDITIONS):
        assert re.search("#jagmed|Återskolningsprogrammet", instrument.source.name), instrument.id
        assert instrument.source.note
        assert "våra egna" in instrument.source.note.sv


def test_only_what_is_written_in_own_words_is_secret() -> None:
    for instrument in (edition.instrument for edition in EDITIONS):
        assert {item.id for item in instrument.items() if item.secret} == {
            item.id for item in instrument.items() if isinstance(item, TextItem | LineItem | CardsItem | TableItem)
        }


def test_every_scale_runs_upward_and_only_priority_and_ability_begin_at_one() -> None:
    asked = [item for edition in EDITIONS for item in edition.instrument.items()]
    columns = [column for item in asked if isinstance(item, TableItem) for column in item.columns]
    scales = [item for item in (*asked, *columns) if isinstance(item, ScaleItem)]
    assert {(item.low, item.high) for item in scales} == {(0, 10), (1, 10)}
    assert {item.id for item in scales if item.low == 1} == {"priority", "ability"}


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.instrument.id)
def test_the_student_reads_short_sentences(edition: Edition) -> None:
    """Said aloud in one breath: at most 15 words a sentence in what stands on the student's page."""
    shown = {key: value for key, value in read_yaml(edition.file).items() if key in ("title", "intro", "sections")}
    for text in texts(shown, "sv"):
        for sentence in re.split(r"[.?!:]\s", text):
            assert len(sentence.split()) <= 15, sentence


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_words_never_used_are_not_used(file: Path, language: str) -> None:
    found = list(texts(read_yaml(file), language))
    assert len(found) > 10
    for text in found:
        assert not [word for word in NEVER[language] if word in text.lower()], text
        assert not re.search(r"  |\.\.\.| - |\bhan\b|\bhon\b|\bhis\b|\bher\b", text), text


def test_the_library_folder_holds_nothing_else() -> None:
    assert {file.name for file in LIBRARY.iterdir() if file.is_file()} == {"checksums.yaml"}


def test_what_goes_by_school_form_is_asked_in_a_talk_and_leaves_something_to_choose() -> None:
    varying = [
        (edition.instrument, edition.instrument.within(form))
        for edition in EDITIONS
        for form in get_args(SchoolForm)
        if edition.instrument.within(form) is not edition.instrument
    ]
    assert "absence_meeting" in {instrument.id for instrument, _ in varying}
    for instrument, here in varying:
        assert not instrument.alone
        choices = [item for item in here.items() if isinstance(item, ChoiceItem | ChoicesItem)]
        assert min(len(item.options) for item in choices) >= 2
