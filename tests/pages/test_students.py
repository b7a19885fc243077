"""Adding, editing, archiving, finding, importing: what the pages do ends up in the database."""

import pytest

from conversation_models.services import students
from tests.pages.conftest import Open, said
from tests.tables import tables_on

pytestmark = pytest.mark.sqlite
LIST = "Förnamn;Efternamn;Klass\nIngrid;Åhl;IMA 1a\n;Utan;IMA 1a\n"


def test_a_student_is_added_and_is_the_mentors_own(open_page: Open, desk, cast) -> None:
    screen = open_page(cast.mentor, "add-student")
    screen.text_input[0].set_value("Ingrid")
    screen.text_input[1].set_value("Åhl")
    screen.selectbox[0].set_value(cast.group.id)
    screen.button[0].click().run()
    assert not screen.exception
    assert "Ingrid Åhl" in [each.name for each in students.list_students(desk)]


def test_every_wrong_field_is_named_and_nothing_is_written(open_page: Open, desk, cast) -> None:
    before = students.list_students(desk)
    screen = open_page(cast.mentor, "add-student")
    screen.button[0].click().run()
    assert "Förnamn" in screen.error[0].value
    assert "Grupp" in screen.error[0].value
    assert students.list_students(desk) == before


def test_what_was_typed_is_never_read_as_markdown(open_page: Open, desk, cast) -> None:
    new = students.NewStudent(cast.group.id, "![x](http://evil.example/a.png)", ":red[Lo]")
    added = students.add_student(desk, new)
    screen = open_page(cast.mentor, "student", student=added.id)
    assert "![x](" not in screen.title[0].value
    assert ":red[" not in screen.title[0].value


def test_a_search_finds_by_name_only(open_page: Open, cast) -> None:
    screen = open_page(cast.mentor, "students")
    screen.text_input(key="students-search").set_value("wåhl").run()
    shown = said(screen)
    assert "Élodie" in shown
    assert "Åsa" not in shown


def test_an_archived_student_leaves_the_list_and_comes_back(open_page: Open, desk, cast) -> None:
    screen = open_page(cast.mentor, "edit-student", student=cast.student.id)
    archive = next(button for button in screen.button if button.label == "Arkivera")
    assert archive.disabled
    screen.checkbox(key=f"archive-{cast.student.id}").check().run()
    next(button for button in screen.button if button.label == "Arkivera").click().run()
    assert cast.student.id not in [each.id for each in students.list_students(desk)]

    screen = open_page(cast.mentor, "edit-student", student=cast.student.id)
    next(button for button in screen.button if "arkivet" in button.label).click().run()
    assert cast.student.id in [each.id for each in students.list_students(desk)]


def test_a_bad_row_of_a_class_list_is_named_and_nothing_is_saved(open_page: Open, desk, cast) -> None:
    before = len(students.list_students(desk))
    screen = open_page(cast.mentor, "class-list")
    screen.file_uploader[0].upload("lista.csv", LIST.encode())
    screen.run()
    assert not screen.exception
    assert "Inget är sparat" in screen.error[0].value
    row = tables_on(screen)[-1].iloc[0].tolist()
    assert row[:2] == ["3", "Förnamn"]
    assert "Spara listan" not in [button.label for button in screen.button]
    assert len(students.list_students(desk)) == before


def test_a_good_class_list_is_shown_then_saved_and_again_changes_nothing(open_page: Open, desk, cast) -> None:
    good = LIST.replace(";Utan;IMA 1a\n", "")
    screen = open_page(cast.mentor, "class-list")
    screen.file_uploader[0].upload("lista.csv", good.encode())
    screen.run()
    next(button for button in screen.button if button.label == "Spara listan").click().run()
    assert "Ingrid Åhl" in [each.name for each in students.list_students(desk)]

    screen = open_page(cast.mentor, "class-list")
    screen.file_uploader[0].upload("lista.csv", good.encode())
    screen.run()
    assert "Alla i listan finns redan här" in screen.info[0].value


def test_an_administrator_sees_the_facts_and_no_talks(open_page: Open, talks, cast) -> None:
    talks.closed()
    shown = said(open_page(cast.administrator, "student", student=cast.student.id))
    assert "Vuxen Öberg" in shown
    assert "Samtal" not in shown
    assert "Läxhjälp" not in shown
