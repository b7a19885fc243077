"""The guides in docs/, followed word for word."""

import re
import shutil
from pathlib import Path

import pytest

from forms.render import Fill, Setting, render_form
from instruments import catalogue
from instruments.answers import check, state_of
from instruments.definitions import read_yaml
from instruments.errors import AnswerError, DefinitionError
from reports.paper.blank_form import blank_form

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "adding-an-instrument.md").read_text(encoding="utf-8")
OWN_WORDING = (ROOT / "docs" / "own-wording.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^File `([^`]+)`:\n\n```yaml\n(.*?)^```$", GUIDE, re.M | re.S))
EDITION, CASES = (f"instruments/library/evening_before/{name}.yaml" for name in ("1", "cases"))
MISTAKES = re.findall(r"^\| `(.+?)` \| `(.*?)` \| `(.+)` \|$", GUIDE, re.M)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the whole library with the files of the guide in it, in place of the library."""
    copy = tmp_path / "instruments" / "library"
    shutil.copytree(catalogue.LIBRARY, copy)
    (copy / "evening_before").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "LIBRARY", copy)
    catalogue.load.cache_clear()
    yield copy
    catalogue.load.cache_clear()


def test_the_guide_has_the_files_it_speaks_of() -> None:
    assert set(FILES) == {EDITION, CASES}
    assert len(MISTAKES) == 5


def test_the_instrument_of_the_guide_is_found_shown_and_printed(library: Path) -> None:
    instrument = catalogue.load().instrument("evening_before")
    html = render_form(instrument, Fill(), Setting("sv"))
    assert "När packar du väskan?" in html
    assert blank_form(instrument, "en").startswith(b"%PDF")


def test_its_cases_come_to_what_they_say(library: Path) -> None:
    instrument, content = (
        catalogue.load().instrument("evening_before"),
        read_yaml(library / "evening_before/cases.yaml"),
    )
    assert {case["covers"] for case in content["cases"]} == {
        "lowest", "highest", "border", "missing", "declined", "contradictory",
    }  # fmt: skip
    for case in content["cases"]:
        kept, refused = {}, {}
        for name, value in case["answers"].items():
            try:
                kept[name] = check(instrument.item(name), value)
            except AnswerError as error:
                refused[name] = error.code
        expect = case["expect"]
        assert refused == expect.get("refused", {}), case["name"]
        assert {name: state_of(kept.get(name)) for name in expect.get("states", {})} == expect.get("states", {})
        assert {name: kept[name] for name in expect.get("kept", {})} == expect.get("kept", {})


@pytest.mark.parametrize(("instead_of", "written", "said"), MISTAKES)
def test_a_mistake_is_answered_as_the_guide_says(library: Path, instead_of: str, written: str, said: str) -> None:
    file = library / "evening_before" / "1.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(instead_of) == 1
    file.write_text(text.replace(f", {instead_of}" if written == "}" else instead_of, written), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        catalogue.load()
    assert str(caught.value) == f"{file}: {said}"


def test_every_place_that_a_new_kind_touches_is_there() -> None:
    places = re.findall(r"`([\w/]+\.py)`(?:, `(\w+)`)?", GUIDE.partition("## A kind of item")[2])
    assert len(places) > 8
    for path, name in places:
        text = (ROOT / path).read_text(encoding="utf-8")
        assert not name or re.search(rf"^{name}\b", text, re.M), f"{name} is not in {path}"
    for name in re.findall(r"`SHORT` or `(\w+)`", GUIDE):
        assert re.search(rf"^{name}\b", (ROOT / "reports/answer_blocks.py").read_text(encoding="utf-8"), re.M)


def test_the_swedish_guide_followed(tmp_path: Path) -> None:
    """Steps 2-5, with the mistake that it shows and its message."""
    folder = tmp_path / "wording" / "short_evaluation"
    folder.mkdir(parents=True)
    text = (catalogue.LIBRARY / "short_evaluation" / "1.yaml").read_text(encoding="utf-8")
    text = text.replace("edition: 1\n", "edition: 101\n").replace("Vad har hjälpt dig?", "Vad blev bättre för dig?")
    (folder / "101.yaml").write_text(text, encoding="utf-8")
    found = catalogue.load(tmp_path / "wording")
    assert found.instrument("short_evaluation").item("helped").label.sv == "Vad blev bättre för dig?"
    assert found.instrument("short_evaluation", 1).item("helped").label.sv == "Vad har hjälpt dig?"
    (folder / "101.yaml").write_text(text.replace("kind: text\n        id: helped", "kind: line\n        id: helped"))
    (error,) = catalogue.errors_in(tmp_path / "wording")
    shown = next(line for line in OWN_WORDING.splitlines() if line.startswith("wording/short_evaluation/101.yaml:"))
    assert str(error).replace(f"{tmp_path}/", "") == shown
