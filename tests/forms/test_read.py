"""A posted form read back: what was drawn and posted unchanged gives the same values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.read import read_form
from forms.render import Fill, Setting, render_form
from instruments.answers import DECLINED, check
from tests.forms.definitions import every_kind, instruments
from tests.forms.reading import Page

ASKED = {"asked": ["everything.row everything.number everything.words everything.yes everything.joint"]}


def read(**posted: list[str]) -> dict[str, object]:
    named = {f"everything.{name.replace('__', '.')}": value for name, value in posted.items()}
    return {item: value for (_, item), value in read_form([every_kind()], named).items()}


words = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), min_size=1, max_size=80
)


@settings(deadline=None, max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "row": st.sampled_from(
                [None, dict(DECLINED), {"colour": "red", "fits": ["red.1", "red.2"]}, {"colour": "green", "fits": []}]
            ),
            "number": st.sampled_from([None, dict(DECLINED), 0, 10]),
            "words": st.one_of(st.none(), words, st.just(dict(DECLINED))),
            "who": st.sampled_from([None, "Åsa & Bo <b>"]),
            "day": st.sampled_from([None, "2026-03-12"]),
            "joint": st.sampled_from([None, {"colour": "orange"}]),
            "yes": st.booleans(),
            "note": st.sampled_from([None, "Sett"]),
        }
    )
)
def test_a_form_posted_as_it_was_drawn_gives_the_same_values(values: dict) -> None:
    kept = {item: check(every_kind().item(item), value) for item, value in values.items()}
    posted = Page.of(render_form(every_kind(), Fill(kept), Setting("sv", "preparation"))).posted()
    found = {item: value for (_, item), value in read_form([every_kind()], posted).items()}
    assert {item: check(every_kind().item(item), value) for item, value in found.items()} == kept


@pytest.mark.parametrize("instrument", instruments(), ids=lambda found: found.id)
def test_an_untouched_form_gives_every_item_empty(instrument) -> None:
    sections = tuple(section.id for section in instrument.sections)
    html = render_form(instrument, Fill(), Setting("sv", "preparation", sections=sections))
    found = read_form(instruments(), Page.of(html).posted())
    assert set(found) == {(instrument.id, item.id) for item in instrument.items()}
    assert set(found.values()) <= {None, False}


def test_an_item_that_was_not_on_the_page_is_not_read() -> None:
    assert read_form(instruments(), {}) == {}
    assert read_form([every_kind()], {"asked": ["other.item"], "everything.words": ["x"]}) == {
        ("everything", "words"): "x"
    }


def test_an_item_that_was_on_the_page_and_left_empty_is_none() -> None:
    found = read_form([every_kind()], ASKED)
    assert found[("everything", "row")] is None
    assert found[("everything", "yes")] is False
    assert ("everything", "day") not in found


def test_marks_under_a_colour_that_is_no_longer_chosen_do_not_count() -> None:
    assert read(row=["red"], row__fits=["green.1", "red.2"])["row"] == {"colour": "red", "fits": ["red.2"]}


def test_an_unknown_mark_is_kept_for_the_check_to_refuse() -> None:
    assert read(row=["red"], row__fits=["red.9"])["row"] == {"colour": "red", "fits": ["red.9"]}


def test_declining_beside_a_text_counts_over_the_text() -> None:
    assert read(words=["skrivet"], words__declined=["yes"])["words"] == DECLINED


def test_the_word_declined_in_a_text_is_a_word() -> None:
    assert read(words=["declined"])["words"] == "declined"


@pytest.mark.parametrize("posted", ["٣", "7.5", "-1", "sju", "1e1", "²"])
def test_what_is_not_a_number_is_left_for_the_check_to_refuse(posted: str) -> None:
    assert read(number=[posted])["number"] == posted
