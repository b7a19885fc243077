"""Taking out as a file, from the staff's screens: what is chosen, what it would be, and where it leads."""

from datetime import date

import pytest

from conversation_models.services import exports
from tests.pages.conftest import Open, said

pytestmark = pytest.mark.sqlite


def address(screen) -> str:
    (link,) = [each.proto.url for each in screen.get("link_button")]
    return link


def test_the_choice_stands_in_the_link(open_page: Open, talks, cast) -> None:
    talks.closed(talks.desk.today)
    screen = open_page(cast.mentor, "export")
    assert not screen.exception
    assert "1 elev · 1 avslutat samtal · " in said(screen)
    assert address(screen) == "/exports/answers?file=xlsx&language=sv"
    screen.radio(key="export-file").set_value("csv")
    screen.checkbox(key="export-named").set_value(True)
    screen.selectbox(key="export-term").select_index(0).run()
    term = screen.selectbox(key="export-term").value
    assert address(screen) == f"/exports/answers?term={term.id}&names=yes&file=csv&language=sv"
    screen.selectbox(key="group-scope").select_index(1).run()
    assert f"group={cast.group.id}" in address(screen)


def test_of_one_student_from_the_students_page(open_page: Open, talks, cast) -> None:
    talks.closed(date(2026, 3, 12))
    page = open_page(cast.mentor, "student", student=cast.student.id)
    assert [each.proto.url.partition("?")[0] for each in page.get("link_button")] == [
        f"/exports/student/{cast.student.id}",
        f"/exports/fhir/{cast.student.id}",
    ]
    screen = open_page(cast.mentor, "export", student=cast.student.id)
    assert screen.title[0].value == "Ta ut svar: Åsa Öberg"
    assert address(screen) == f"/exports/answers?student={cast.student.id}&file=xlsx&language=sv"


def test_where_there_is_nothing_that_is_said(open_page: Open, store, cast) -> None:
    screen = open_page(cast.mentor, "export")
    assert "Det finns inget att ta ut" in said(screen)
    assert list(screen.get("link_button")) == []
    far = open_page(cast.far_counsellor, "export", student=cast.student.id)
    assert far.title[0].value == "Det här är inte din sida"


def test_too_much_is_said_with_what_to_do(open_page: Open, talks, cast, monkeypatch) -> None:
    talks.closed(talks.desk.today)
    monkeypatch.setattr(exports, "MOST_ANSWERS", 3)
    screen = open_page(cast.mentor, "export")
    assert "Högst 3 svar får plats i en fil" in said(screen)
    assert list(screen.get("link_button")) == []
