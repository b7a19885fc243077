"""The talk models: their phases, their support, and what is written along the talk."""

import subprocess
import sys
from pathlib import Path

import pytest

from conversation_models.models import LIBRARY, TalkModel, load_models, own_instrument
from instruments.answers import check
from instruments.catalogue import load
from instruments.errors import DefinitionError

MODEL = load_models()["development"]


def said(model: TalkModel, kind: str, language: str) -> str:
    phases = [phase for phase in model.phases if phase.kind == kind]
    return " ".join(getattr(text, language) for phase in phases for text in phase.support).lower()


def test_the_development_talk_goes_from_opening_to_reading_back() -> None:
    assert [(phase.id, phase.kind) for phase in MODEL.phases] == [
        ("opening", "opening"),
        ("looking", "listening"),
        ("now", "exploring"),
        ("agreement", "agreeing"),
        ("reading_back", "reading_back"),
    ]
    assert MODEL.minutes == 45
    assert MODEL.before == ("development_survey", "priority_ability")


def test_every_section_of_the_talks_instruments_has_its_place_in_it() -> None:
    placed = [
        (use.id, section)
        for phase in MODEL.phases
        for use in phase.instruments
        for section in use.sections or [section.id for section in load().instrument(use.id).sections]
    ]
    assert sorted(placed) == sorted(
        (name, section.id) for name in {use for use, _ in placed} for section in load().instrument(name).sections
    )


def test_a_section_that_waits_for_a_phase_stands_in_it() -> None:
    for phase in (phase for model in load_models().values() for phase in model.phases):
        for use in phase.instruments:
            for section in load().instrument(use.id).sections:
                if section.id in (use.sections or ()):
                    assert section.phase in (None, phase.id)


def test_the_listening_phase_mirrors_is_silent_and_gives_no_advice() -> None:
    support = said(MODEL, "listening", "sv")
    for word in ("spegla", "tyst", "inga råd", "tolka inte"):
        assert word in support
    assert not [question for question in ("hur vill", "vad gör", "vad kan") if question in support]


def test_the_exploring_phase_asks_openly_and_looks_for_exceptions() -> None:
    support = said(MODEL, "exploring", "sv")
    for word in ("öppna", "undantag", "och inte lägre", "ett steg upp", "framåt"):
        assert word in support
    assert "what makes it that and not lower" in said(MODEL, "exploring", "en")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_nobody_is_told_to_ask_why_a_number_is_not_higher(language: str) -> None:
    everything = (LIBRARY / "development.yaml").read_text(encoding="utf-8").lower()
    assert "inte högre" not in everything
    assert "not higher" not in everything
    assert "varför" not in said(MODEL, "exploring", language)
    assert "why" not in said(MODEL, "exploring", language)


def test_a_worry_is_met_with_listening_then_the_schools_routine() -> None:
    worry = [text.sv for text in MODEL.worry]
    assert worry[0].startswith("Stanna kvar")
    assert any("112" in line for line in worry)
    assert any("skolans egen rutin" in line for line in worry)
    assert any("socialtjänsten" in line for line in worry)


def test_what_is_written_along_the_talk_is_an_instrument() -> None:
    own = own_instrument(MODEL)
    assert (own.id, own.edition, own.level) == ("development_notes", 1, "m")
    assert own.id not in load().ids()
    assert [section.id for section in own.sections] == ["preparation", *(phase.id for phase in MODEL.phases)]
    assert own.respondent_of("notes_looking") == "mentor"
    assert own.respondent_of("words_looking") == "student"
    assert own.item("observations").secret
    assert check(own.item("time_suits"), True) is True


def test_no_talk_writes_its_notes_under_the_name_of_an_instrument() -> None:
    assert not {model.own_id for model in load_models().values()} & set(load().ids())


def test_only_phases_with_a_field_get_a_section() -> None:
    quiet = MODEL.model_copy(update={"phases": (MODEL.phases[0].model_copy(update={"notes": False}), MODEL.phases[1])})
    assert [section.id for section in own_instrument(quiet).sections] == ["preparation", "looking"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{id: scale_question}", "{id: scale}", "now: there is no instrument 'scale': please correct the name"),
        (
            "sections: [work, ",
            "sections: [job, ",
            "agreement: 'development_agreement' has no section 'job': please name",
        ),
        (
            "before: [development_survey",
            "before: [survey",
            "development: there is no instrument 'survey': please correct",
        ),
        ("kind: listening", "kind: hearing", "looking: 'kind' cannot be used (Input should be 'opening', 'listening'"),
        ("id: quiet_room", "id: time_frame", "development: the id 'time_frame' is used twice: please give one of them"),
    ],
)
def test_a_broken_talk_model_says_what_to_mend(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    text = (LIBRARY / "development.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "development.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_models(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'development.yaml'}: {sentence}")


def test_an_unknown_phase_is_a_key_error() -> None:
    assert MODEL.phase("now").title.sv == "Nu och framåt"
    with pytest.raises(KeyError):
        MODEL.phase("goodbye")


def test_the_library_is_read_once(tmp_path: Path) -> None:
    """A second reading would cost every start a third of a second: it is asked for with a wording and without."""
    program = f"""
from pathlib import Path
from conversation_models.services import asked
from instruments import catalogue

files, read_yaml = [], catalogue.read_yaml
catalogue.read_yaml = lambda file: files.append(file) or read_yaml(file)
asked.use_wording(Path({str(tmp_path)!r}))
asked.find_instrument("scale_question")
print(len(files) > 30, len(files) - len(set(files)))
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said == "True 0\n"
