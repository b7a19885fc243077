"""The form without script: all of it in sight, and one POST carries all of it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.forms.conftest import Server

SIZE = (390, 844)


@pytest.fixture
def page(visit: Callable) -> Any:
    return visit("/s/a", SIZE, java_script_enabled=False)


def choose(page: Any, name: str, value: str) -> None:
    page.locator(f"[name='{name}'][value='{value}']").check()


def test_one_post_carries_the_whole_form_and_shows_it_again(server: Server, page: Any) -> None:
    choose(page, "development_survey.workload", "red")
    choose(page, "development_survey.workload.fits", "red.2")
    choose(page, "development_survey.content", "declined")
    choose(page, "priority_ability.priority", "7")
    page.get_by_label("Något mer jag vill prata om").fill("Rasterna\noch matten")
    page.get_by_role("button", name="Skicka till min mentor").click()
    assert server.value("a", "workload") == {"colour": "red", "fits": ["red.2"]}
    assert server.value("a", "content") == {"declined": True}
    assert server.value("a", "priority") == 7
    assert server.value("a", "ability") is None
    assert server.value("a", "bring_up") == "Rasterna\noch matten"
    assert len(server.rows("select * from draft")) == 13
    expect(page.locator("[name='development_survey.workload'][value=red]")).to_be_checked()
    expect(page.locator("[value='red.2']").first).to_be_checked()
    assert page.get_by_label("Något mer jag vill prata om").input_value() == "Rasterna\noch matten"


def test_all_is_in_sight_and_no_button_that_does_nothing(page: Any) -> None:
    assert len([one for one in page.locator(":is(legend, .asks)").all() if one.is_visible()]) == 13
    assert [one.inner_text() for one in page.get_by_role("button").all() if one.is_visible()] == [
        "Skicka till min mentor"
    ]


def test_the_sentences_to_tick_appear_under_the_chosen_colour_only(page: Any) -> None:
    assert page.locator("[name$='.fits']:visible").count() == 0
    choose(page, "development_survey.workload", "yellow")
    assert {one.get_attribute("value")[:6] for one in page.locator("[name$='.fits']:visible").all()} == {"yellow"}


def test_marks_of_a_colour_that_was_left_are_not_posted_as_answers(server: Server, page: Any) -> None:
    choose(page, "development_survey.workload", "red")
    choose(page, "development_survey.workload.fits", "red.1")
    choose(page, "development_survey.workload", "green")
    page.get_by_role("button", name="Skicka till min mentor").click()
    assert server.value("a", "workload") == {"colour": "green", "fits": []}
