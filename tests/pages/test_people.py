"""The administrator's pages, and everybody's own account."""

import pytest

from conversation_models.domain.staff import Role
from conversation_models.services import access, people, students
from conversation_models.services.access import Desk
from tests.pages.conftest import Open, said
from tests.tables import tables_on

pytestmark = pytest.mark.sqlite


@pytest.fixture
def office(store, cast) -> Desk:
    return Desk(store, cast.administrator, access.now())


def press(screen, label: str) -> None:
    next(button for button in screen.button if button.label == label).click().run()
    assert not screen.exception


def test_somebody_is_added_with_a_password_that_is_shown_once(open_page: Open, office, cast) -> None:
    screen = open_page(cast.administrator, "staff")
    screen.text_input(key="name-new").set_value("Hanna Ek")
    screen.text_input(key="user-new").set_value("hanna")
    press(screen, "Spara")
    assert [each.username for each in people.list_staff(office) if each.name == "Hanna Ek"] == ["hanna"]
    (password,) = [element.value for element in screen.code]
    assert len(password) >= 15
    screen.run()
    assert not screen.code


def test_a_user_name_that_is_taken_is_named(open_page: Open, office, cast) -> None:
    before = people.list_staff(office)
    screen = open_page(cast.administrator, "staff")
    screen.text_input(key="name-new").set_value("En annan Alva")
    screen.text_input(key="user-new").set_value("alva")
    press(screen, "Spara")
    assert "Användarnamn" in screen.error[0].value
    assert people.list_staff(office) == before


def test_an_account_is_closed_only_after_a_tick(open_page: Open, office, cast) -> None:
    screen = open_page(cast.administrator, "staff")
    screen.selectbox[0].set_value(cast.colleague).run()
    assert next(button for button in screen.button if button.label == "Stäng kontot").disabled
    screen.checkbox(key=f"sure-leave-{cast.colleague.id}").check().run()
    press(screen, "Stäng kontot")
    assert not next(each for each in people.list_staff(office) if each.id == cast.colleague.id).active


def test_a_group_is_added_and_gets_another_name(open_page: Open, office, cast) -> None:
    screen = open_page(cast.administrator, "groups")
    screen.text_input[0].set_value("IMA 1c")
    press(screen, "Lägg till")
    added = next(group for group in people.list_groups(office) if group.name == "IMA 1c")
    screen.selectbox[0].set_value(added).run()
    screen.text_input[-1].set_value("IMA 2c")
    press(screen, "Spara")
    assert "IMA 2c" in [group.name for group in people.list_groups(office)]


def test_a_class_is_handed_over_at_a_new_school_year(open_page: Open, office, cast) -> None:
    screen = open_page(cast.administrator, "mentors")
    screen.selectbox(key="hand-from").set_value(cast.mentor).run()
    screen.selectbox(key="hand-to").set_value(cast.colleague)
    press(screen, "Lämna över")
    assert "2 elever är överlämnade." in screen.success[0].value
    bo = Desk(office.store, cast.colleague, office.now)
    assert {each.id for each in students.list_students(bo)} == {cast.student.id, cast.shared.id}
    assert students.list_students(Desk(office.store, cast.mentor, office.now)) == []


def test_a_counsellors_reach_is_given_and_taken(open_page: Open, office, cast) -> None:
    screen = open_page(cast.administrator, "reach")
    screen.selectbox[0].set_value(cast.other_group.id)
    press(screen, "Ge")
    assert {each.group_id for each in people.reaches_of(office, cast.counsellor.id)} == {
        cast.group.id,
        cast.other_group.id,
    }
    next(button for button in screen.button if button.label.startswith("Ta bort")).click().run()
    assert len(people.reaches_of(office, cast.counsellor.id)) == 1


def test_the_log_says_who_and_when_and_never_what(open_page: Open, talks, cast) -> None:
    talks.closed()
    screen = open_page(cast.administrator, "log")
    table = tables_on(screen)[0].to_string()
    assert "Alva" in table
    assert "avslutade ett samtal" in table
    assert "Läxhjälp" not in table


def test_what_a_group_is_called_is_in_the_table_as_it_was_written(open_page: Open, office, cast) -> None:
    hostile = "<b>x</b> | [a](http://x) $x$ :red[x] **y** `z` :+1:"
    people.add_group(office, hostile)
    (table,) = tables_on(open_page(cast.administrator, "groups"))
    assert hostile in table["Grupp"].tolist()


def test_the_language_is_changed_for_oneself(open_page: Open, office, cast) -> None:
    screen = open_page(cast.administrator, "account")
    screen.radio[0].set_value("en")
    press(screen, "Spara")
    assert screen.title[0].value == "My account"
    assert "Sign out" not in said(screen)
    assert next(each for each in people.list_staff(office) if each.role is Role.ADMINISTRATOR).language == "en"
