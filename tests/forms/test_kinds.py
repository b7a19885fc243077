"""Every kind of item is whole on the form; the test's name says the kind that is forgotten, and where."""

from typing import get_args

import pytest
from pydantic import ValidationError

from forms import read
from forms.assets import MORE_KINDS, first_script, form_script, needs_more
from forms.render import TEMPLATES, Fill, Setting, render_form
from instruments import answers
from instruments.catalogue import load
from instruments.items import Item
from tests.forms.definitions import SAMPLES, both, every_kind, more_kinds, named, small
from tests.forms.reading import Page, tidy

KINDS = [found.model_fields["kind"].default for found in get_args(get_args(Item)[0])]
HOMES = {item.id: instrument for instrument in (every_kind(), more_kinds()) for item in instrument.items()}


def test_the_union_is_read_whole() -> None:
    assert len(KINDS) >= 11
    assert {"colour", "table"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_template_its_reader_its_check_and_a_sample(kind: str) -> None:
    assert (TEMPLATES / "items" / f"{kind}.html").is_file()
    assert kind in read._READERS
    assert kind in answers._CHECKS
    assert kind in SAMPLES


def test_nothing_is_kept_for_a_kind_that_is_gone() -> None:
    assert {path.stem for path in (TEMPLATES / "items").glob("*.html")} == set(KINDS)
    assert set(read._READERS) == set(answers._CHECKS) == set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_read_as_its_words_and_empty_as_not_answered(kind: str) -> None:
    item, value, words = SAMPLES[kind]
    instrument = HOMES[item]
    assert instrument.item(item).kind == kind
    assert answers.check(instrument.item(item), value) == value
    setting = Setting("sv", "preparation", read_only=True)
    said = Page.of(render_form(instrument, Fill({item: value}), setting)).by_id(f"{instrument.id}-{item}")
    for word in words:
        assert tidy(word) in tidy(said)
    empty = Page.of(render_form(instrument, Fill({item: None}), setting)).by_id(f"{instrument.id}-{item}")
    assert "inte svarat" in empty
    assert words[0] not in empty


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_is_drawn_and_posted_gives_the_same_value(kind: str) -> None:
    item, value, _ = SAMPLES[kind]
    instrument = HOMES[item]
    for given in (value, None):
        posted = Page.of(render_form(instrument, Fill({item: given}), Setting("sv", "preparation"))).posted()
        found = read.read_form([instrument], posted)[(instrument.id, item)]
        assert answers.check(instrument.item(item), found) == (False if kind == "tick" and given is None else given)


def test_a_kind_that_form_js_does_not_know_by_itself_is_in_the_second_script() -> None:
    for kind in KINDS:
        assert (f"kinds.{kind} = " in form_script()) is (kind in MORE_KINDS)
        assert f"kinds.{kind} = " not in first_script()


def test_the_second_script_goes_only_where_it_is_needed() -> None:
    catalogue = load()
    first = [catalogue.instrument(name) for name in ("development_survey", "priority_ability")]
    assert not needs_more(first)
    assert needs_more([*first, more_kinds()])


def test_an_option_cannot_be_called_what_declining_is_called() -> None:
    options = named(declined="Nej", other="Ja")
    with pytest.raises(ValidationError, match="declined"):
        small("x", "X", [{"kind": "choice", "id": "one", "label": both("Ett"), "options": options}])
