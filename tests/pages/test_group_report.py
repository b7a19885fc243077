"""Composing a group's report on its page: nothing is counted before it is ticked, and what is made is listed."""

import pytest
from sqlalchemy import select

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.storage import mentorships, tables
from tests.pages.conftest import Open, said
from tests.reports.random_school import fill_school

pytestmark = pytest.mark.sqlite


def test_a_group_report_is_chosen_counted_and_made(open_page: Open, store, cast) -> None:
    fill_school(store, cast, seed=8, count=16)
    with store.writing() as unit:
        mentorships.give(unit, Reach(new_id(), cast.counsellor.id, school_id=cast.school.id))
    screen = open_page(cast.counsellor, "group-report")
    screen.checkbox(key="part-group-square").check().run()
    screen.checkbox(key="part-group-moves").check().run()
    screen.text_input(key="receiver-name-group").input("Kim Rektor").run()
    assert make(screen).disabled
    assert "Välj det samtycke eller den lag" in said(screen)
    screen.selectbox(key="ground-group-principal").select_index(0).run()
    assert make(screen).disabled, "not before the count is ticked"
    assert counted(store) == []
    tick = next(box for box in screen.checkbox if box.label.startswith("Räkna terminen nu"))
    tick.check().run()
    make(screen).click().run()
    assert not screen.exception
    text = said(screen)
    assert "Rapporten är gjord" in text
    assert "Kim Rektor" in text
    assert "/papers/report/" in screen.get("link_button")[0].proto.url
    assert len(counted(store)) >= 1
    assert not [box for box in screen.checkbox if box.label.startswith("Räkna terminen nu")], "it is counted now"


def test_for_who_has_no_whole_group_there_is_nothing_to_make(open_page: Open, store, cast) -> None:
    screen = open_page(cast.mentor, "group-report")
    assert "Här finns ingen grupp som får berättas om" in said(screen)
    assert make(screen) is None


def make(screen):
    return next((button for button in screen.button if button.label == "Gör rapporten"), None)


def counted(store) -> list:
    with store.reading() as unit:
        return unit.connection.execute(select(tables.group_count)).all()
