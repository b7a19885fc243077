"""Loading: what is found, what a school may lay over it, and what a broken definition is told."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
import yaml

from instruments import catalogue
from instruments.catalogue import LIBRARY, checksum_of, errors_in, load
from instruments.definitions import read_yaml, understand
from instruments.errors import SENTENCES, DefinitionError
from instruments.model import Instrument

WHOLE = """\
id: sleep
edition: 101
level: m
source: {name: "Our own"}
title: {sv: "Sömn", en: "Sleep"}
short: {sv: "Hur eleven sover", en: "How the student sleeps"}
intro: {sv: "Hej", en: "Hello"}
respondents: [student]
minutes: 2
sections:
  - id: night
    title: {sv: "Natten", en: "The night"}
    items:
      - kind: scale
        id: rested
        label: {sv: "Hur utvilad är du?", en: "How rested are you?"}
        low: 0
        high: 10
        low_words: {sv: "inte alls", en: "not at all"}
        high_words: {sv: "helt", en: "completely"}
"""

# What is replaced in WHOLE, by what, and the sentence that a person then reads after the name of the file.
BROKEN = [
    (
        'label: {sv: "Hur utvilad är du?", en: "How rested are you?"}',
        'label: {sv: "Hur utvilad är du?"}',
        "rested: the text 'label' has no 'en': please write it in both languages, {sv: ..., en: ...}",
    ),
    (
        "kind: scale",
        "kind: slider",
        "rested: there is no kind of item called 'slider': please choose one of "
        "colour, joint_colour, scale, text, line, date, tick",
    ),
    (
        "high: 10",
        "high: 0",
        "rested: the scale does not go upward inside 0-10: please set low below high, both between 0 and 10",
    ),
    ("minutes: 2", "minuts: 2", "sleep: the field 'minutes' is missing: please add 'minutes'"),
    ("low: 0", "low: '0'", "rested: 'low' cannot be used (Input should be a valid integer): please give 'low' a value"),
    (
        "        low: 0",
        "        low: 0\n        colour: green",
        "rested: there is no field 'colour' here: please correct its spelling or remove it",
    ),
    ("        low: 0\n", "", "rested: the field 'low' is missing: please add 'low'"),
    ("kind: scale", "type: scale", "rested: the field 'kind' is missing: please add 'kind'"),
    (
        'sv: "helt"',
        'sv: " "',
        "rested: the text 'high_words.sv' is blank or has spaces around it: please write the text",
    ),
    (
        "edition: 101",
        "edition: 3",
        "it says 'sleep' edition 3, which is not where it lies: please move it to sleep/3.yaml",
    ),
    (
        "level: m",
        "level: m\nlevel: e",
        "line 4: the key 'level' stands twice, and only one of them would count: please remove one of the two",
    ),
    ('sv: "Hej"', "sv: Hej: du", "this is not readable YAML (while parsing a flow mapping"),
    (
        "  - id: night",
        "  - {id: day, title: {sv: a, en: b}, items: [{kind: date, id: rested, label: {sv: a, en: b}}]}\n  - id: night",
        "sleep: the id 'rested' is used twice: please give one of them another id",
    ),
]
ROW = """
      - kind: joint_colour
        id: tired
        label: {sv: "Trött", en: "Tired"}
        choices:
          - {colour: green, word: {sv: "ett", en: "one"}}
          - {colour: yellow, word: {sv: "två", en: "two"}}
          - {colour: orange, word: {sv: "tre", en: "three"}}
          - {colour: red, word: {sv: "fyra", en: "four"}}
"""
BROKEN_ROWS = [
    ("colour: yellow", "colour: red", "tired: the row has not all four colours in order: please give it green, yellow"),
    ('sv: "två"', 'sv: "ett"', "tired: two colours of the row have the same word: please give every colour"),
    (
        "        choices",
        "        prefill: true\n        choices",
        "tired: the row is prefilled but follows no survey row: please either name the row in 'follows' or set prefill",
    ),
    (
        "        choices",
        "        follows: development_survey.absence\n        choices",
        "tired: it follows 'development_survey.absence', and there is no such colour row: please name a colour row",
    ),
    (
        "        choices",
        "        guardian_copy_if: include_it\n        choices",
        "sleep: 'tired' waits for a tick that is not there: please add that tick, or remove guardian_copy_if",
    ),
]


def lay_over(folder: Path, text: str, name: str = "sleep/101.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN)
def test_a_broken_definition_says_where_what_and_what_to_do(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(lay_over(tmp_path, changed(WHOLE, old, new)))
    assert str(caught.value).startswith(f"{tmp_path / 'sleep' / '101.yaml'}: {sentence}")


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN_ROWS)
def test_a_broken_row_says_so_too(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(lay_over(tmp_path, WHOLE + changed(ROW, old, new).lstrip("\n")))
    assert str(caught.value).startswith(f"{tmp_path / 'sleep' / '101.yaml'}: {sentence}")


def test_a_sentence_of_the_library_cannot_be_numbered_after_another_colour() -> None:
    content = read_yaml(LIBRARY / "development_survey" / "1.yaml")
    content["sections"][0]["items"][0]["choices"][0]["statements"][0]["id"] = "red.1"
    with pytest.raises(DefinitionError) as caught:
        understand(Instrument, content, Path("1.yaml"))
    assert str(caught.value) == (
        "1.yaml: workload: the statements of a colour are not numbered after it: "
        "please call them green.1, green.2 and so on, in order"
    )


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    for what, remedy in SENTENCES.values():
        assert what
        assert remedy[0].islower()
        assert not remedy.endswith(".")


def test_yaml_has_no_surprises(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    file.write_text("{sv: No, en: on, day: 2025-03-04, yes: true}", encoding="utf-8")
    assert read_yaml(file) == {"sv": "No", "en": "on", "day": "2025-03-04", "yes": True}


def test_a_school_adds_an_instrument_of_its_own(tmp_path: Path) -> None:
    found = load(lay_over(tmp_path, WHOLE))
    assert "sleep" in found.ids()
    assert "sleep" not in load().ids()
    assert found.instrument("sleep").item("rested").label.say("sv") == "Hur utvilad är du?"


def test_a_schools_own_wording_is_an_edition_of_its_own(tmp_path: Path) -> None:
    own = _own_wording(lambda text: text.replace("Var är du nu?", "Var på skalan är du i dag?"))
    found = load(lay_over(tmp_path, own, "scale_question/101.yaml"))
    assert found.editions("scale_question") == (1, 101)
    assert found.instrument("scale_question").item("now").label.sv == "Var på skalan är du i dag?"
    assert found.instrument("scale_question", 1).item("now").label.sv == "Var är du nu?"
    assert found.checksum("scale_question") != found.checksum("scale_question", 1)


def test_a_schools_own_wording_cannot_ask_something_else(tmp_path: Path) -> None:
    own = _own_wording(lambda text: text.replace("id: wanted", "id: wished"))
    with pytest.raises(DefinitionError) as caught:
        load(lay_over(tmp_path, own, "scale_question/101.yaml"))
    assert caught.value.code == "changes_structure"
    assert "wanted, wished" in str(caught.value)


def test_a_school_cannot_take_the_librarys_numbers(tmp_path: Path) -> None:
    own = (LIBRARY / "scale_question" / "1.yaml").read_text(encoding="utf-8").replace("edition: 1", "edition: 2")
    with pytest.raises(DefinitionError, match="number the library's own editions 1-100 and a school's own 101 and up"):
        load(lay_over(tmp_path, own, "scale_question/2.yaml"))


def test_what_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load().instrument("barometer")
    with pytest.raises(KeyError):
        load().instrument("scale_question", 9)
    with pytest.raises(KeyError):
        load().instrument("scale_question").item("absence")


def test_a_checksum_is_of_what_is_said_not_of_the_layout() -> None:
    one = yaml.safe_load(dedent(WHOLE))
    other = yaml.safe_load(
        "# another comment\n" + WHOLE.replace("minutes: 2\n", "").replace("level: m", "minutes: 2\nlevel: m")
    )
    assert checksum_of(one) == checksum_of(other)
    assert checksum_of(one) != checksum_of({**other, "minutes": 3})


def _own_wording(reword: object) -> str:
    text = (LIBRARY / "scale_question" / "1.yaml").read_text(encoding="utf-8").replace("edition: 1", "edition: 101")
    assert callable(reword)
    changed_text = reword(text)
    assert changed_text != text
    return str(changed_text)


def _laid_over(tmp_path: Path, name: str, reword: Callable[[str], str]) -> Path:
    """A school's edition 101 of an instrument of the library, changed."""
    text = (LIBRARY / name / "1.yaml").read_text(encoding="utf-8").replace("edition: 1\n", "edition: 101\n")
    changed_text = reword(text)
    assert changed_text != text
    return lay_over(tmp_path, changed_text, f"{name}/101.yaml")


# What is more than words, in every kind of item: the name that the error says, the instrument, and the change.
MORE_THAN_WORDS = [
    ("level", "trigger_circle", lambda text: text.replace("\nlevel: e\n", "\nlevel: m\n")),
    ("respondents", "short_evaluation", lambda text: text.replace("respondents: [student]", "respondents: [guardian]")),
    ("alone", "trigger_circle", lambda text: text.replace("alone: false", "alone: true")),
    ("helped_with", "short_evaluation", lambda text: text.replace("{id: goals,", "{id: aims,", 1)),
    (
        "helped",
        "short_evaluation",
        lambda text: text.replace("id: helped\n        l", "id: helped\n        rows: 9\n        l"),
    ),
]


@pytest.mark.parametrize(("name", "instrument", "reword"), MORE_THAN_WORDS, ids=[each[0] for each in MORE_THAN_WORDS])
def test_more_than_words_is_refused_by_name(tmp_path: Path, name: str, instrument: str, reword) -> None:
    with pytest.raises(DefinitionError) as caught:
        load(_laid_over(tmp_path, instrument, reword))
    assert caught.value.code == "changes_structure"
    assert caught.value.values["difference"] == name


def _parts(content: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Every option, column, row, card and item of a definition, with the way to it."""
    for number, section in enumerate(content["sections"]):
        for place, item in enumerate(section["items"]):
            here = ("sections", number, "items", place)
            yield here, item
            for name in ("options", "columns", "rows", "cards"):
                parts = item.get(name)
                for at, part in enumerate(parts if isinstance(parts, list) else ()):
                    yield (*here, name, at), part


@pytest.mark.parametrize("name", load().ids())
def test_no_id_of_any_part_can_be_another(tmp_path: Path, name: str) -> None:
    """Items, options, columns, given rows and cards, one by one, in every instrument."""
    base = load().instrument(name, 1)
    content = read_yaml(LIBRARY / name / "1.yaml") | {"edition": 101}
    file = tmp_path / name / "101.yaml"
    structure = catalogue._structure(base)
    for path, part in list(_parts(content)):
        if "id" not in part:
            continue
        kept, part["id"] = part["id"], "renamed"
        try:
            other = understand(Instrument, content, file)
        except DefinitionError:
            continue  # something else in the definition names it: refused too
        finally:
            part["id"] = kept
        assert catalogue._structure(other) != structure, path
    same = understand(Instrument, content, file)
    assert catalogue._structure(same) == structure


def _reword(part: Any) -> Any:
    if isinstance(part, dict) and set(part) == {"sv", "en"}:
        return {"sv": f"{part['sv']} ny", "en": f"{part['en']} new"}
    if isinstance(part, dict):
        return {name: _reword(each) for name, each in part.items()}
    return [_reword(each) for each in part] if isinstance(part, list) else part


@pytest.mark.parametrize("name", load().ids())
def test_every_word_of_every_instrument_can_be_the_schools_own(tmp_path: Path, name: str) -> None:
    content = _reword(read_yaml(LIBRARY / name / "1.yaml") | {"edition": 101})
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    found = load(lay_over(tmp_path, text, f"{name}/101.yaml"))
    assert found.instrument(name).edition == 101
    assert found.instrument(name).title.sv.endswith(" ny")


def test_a_school_is_told_of_every_file_at_once(tmp_path: Path) -> None:
    lay_over(tmp_path, WHOLE.replace("low: 0", "low: 20"))
    lay_over(tmp_path, WHOLE.replace("level: m", "level: x"), "rest/101.yaml")
    lay_over(tmp_path, WHOLE, "sleep/mine.yaml")
    lay_over(tmp_path, WHOLE, "101.yaml")
    lay_over(tmp_path, WHOLE, "sleep/102.yml")
    lay_over(tmp_path, "anything: at all", "sleep/cases.yaml")
    errors = errors_in(tmp_path)
    assert sorted(Path(error.file).relative_to(tmp_path).as_posix() for error in errors) == [
        "101.yaml", "rest/101.yaml", "sleep/101.yaml", "sleep/102.yml", "sleep/mine.yaml",
    ]  # fmt: skip
    assert "is not where it lies" in str(errors[0])
    assert "please put it in a folder called like the instrument" in str(errors[-1])


def test_a_wording_of_an_earlier_edition_stays_usable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the product comes with a second edition that asks something else, the school's first one still stands."""
    copy = tmp_path / "library"
    shutil.copytree(LIBRARY / "scale_question", copy / "scale_question")
    own = (copy / "scale_question" / "1.yaml").read_text(encoding="utf-8")
    second = own.replace("edition: 1\n", "edition: 2\n").replace("id: wanted", "id: wished")
    (copy / "scale_question" / "2.yaml").write_text(second, encoding="utf-8")
    monkeypatch.setattr(catalogue, "LIBRARY", copy)
    wording = lay_over(tmp_path / "wording", own.replace("edition: 1\n", "edition: 101\n"), "scale_question/101.yaml")
    assert catalogue.errors_in(wording) == []
