"""Each page for each role in each language: it opens for those it is for, and says nothing to the others."""

import sys
from collections.abc import Iterator

import pytest

from conversation_models.domain.staff import Role
from conversation_models.services import access, conduct, people, sign_in
from conversation_models.services.access import Desk
from conversation_models.storage.store import Store
from tests.conversation_models.services.talks_made import Talks
from tests.pages.conftest import Open, a_house, said, show_page
from translations import words
from ui import places

pytestmark = pytest.mark.sqlite
ROLES = {Role.MENTOR: "mentor", Role.COUNSELLOR: "counsellor", Role.ADMINISTRATOR: "administrator"}
TALK_STATUS = {
    places.PREPARE: "prepared",
    places.TALK: "open",
    places.CLOSE_TALK: "open",
    places.CLOSED_TALK: "closed",
    places.MOVE_TALK: "closed",
}
OF_A_STUDENT = {places.STUDENT, places.EDIT_STUDENT, places.LOOKING_BACK, places.PAPER_TALK, places.REPORT}


@pytest.fixture(scope="module")
def school(sqlite_cast, tmp_path_factory) -> Iterator[tuple[Store, dict[str, str]]]:
    """One house for the whole matrix, which only looks; and a talk of Åsa's in each status."""
    cast = sqlite_cast[2]
    with a_house(sqlite_cast[1], tmp_path_factory.mktemp("matrix") / "data") as store:
        talks = Talks(Desk(store, cast.mentor, access.now()), cast.student)
        closed = talks.closed(talks.desk.today)
        opened = conduct.open_talk(talks.desk, talks.prepared().id)
        yield store, {"prepared": talks.prepared().id, "open": opened.id, "closed": closed.id}


def ids_for(place: places.Place, made: dict[str, str], student_id: str) -> dict[str, str]:
    """What the address of that page names."""
    if place in TALK_STATUS:
        return {"talk": made[TALK_STATUS[place]]}
    return {"student": student_id} if place in OF_A_STUDENT else {}


@pytest.fixture(autouse=True)
def without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page reads it, or the reader of Arrow files, for tables or anything else: 90 MB that stay in the process."""
    for name in ("pandas", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("place", places.PLACES, ids=lambda place: place.path)
def test_it_opens_for_those_it_is_for_and_for_nobody_else(place, role, language, school, cast) -> None:
    store, made = school
    staff = getattr(cast, ROLES[role])

    screen = show_page(store, staff, place.path, language, **ids_for(place, made, cast.student.id))

    assert not screen.exception
    refused = words(language)("Not for you to see")
    may = place.right is None or place.right in access.RIGHTS[role]
    assert (screen.title[0].value == refused) is not may
    assert len(screen.title) == 1
    if not may:
        assert cast.student.given_name not in said(screen)


@pytest.mark.parametrize("stranger", ["colleague", "outsider", "far_counsellor", "far_administrator"])
@pytest.mark.parametrize("place", [place for place in places.PLACES if place.right], ids=lambda place: place.path)
def test_a_stranger_sees_nothing_of_somebody_elses_student(place, stranger, school, cast) -> None:
    store, made = school
    ids = ids_for(place, made, cast.student.id)

    screen = show_page(store, getattr(cast, stranger), place.path, "sv", **ids)

    assert not screen.exception
    assert "Åsa" not in said(screen)
    assert "Läxhjälp" not in said(screen)
    if ids:
        assert screen.title[0].value == "Det här är inte din sida"


def test_without_a_badge_nothing_is_shown(open_page: Open, cast) -> None:
    screen = open_page(cast.mentor, "students")
    screen.user = {}
    screen.run()
    assert screen.title[0].value == "Du är utloggad"
    assert "Åsa" not in said(screen)


def test_a_forged_badge_is_no_badge(open_page: Open, cast) -> None:
    screen = open_page(cast.mentor, "students")
    session_id, end, signature = screen.user["badge"].split(".")
    screen.user = {"badge": f"{session_id}.{int(end) + 60}.{signature}"}
    screen.run()
    assert screen.title[0].value == "Du är utloggad"


def test_a_session_that_is_ended_elsewhere_shows_nothing_at_the_next_click(open_page: Open, store, cast) -> None:
    screen = open_page(cast.mentor, "students")
    assert "Åsa" in said(screen)
    sign_in.sign_out_everywhere(store, cast.mentor.id, access.now())
    screen.run()
    assert screen.title[0].value == "Du är utloggad"
    assert "Åsa" not in said(screen)


def test_who_is_there_is_asked_once_a_run_and_in_every_run(
    open_page: Open, cast, store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, find = [], sign_in.find_session_by_id
    monkeypatch.setattr(sign_in, "find_session_by_id", lambda *about: asked.append(about) or find(*about))
    screen = open_page(cast.mentor, "library")
    asked.clear()
    screen.run()
    assert len(asked) == 1
    screen.run()
    assert len(asked) == 2


def test_the_pages_are_made_once_a_session_and_anew_in_another_language(
    open_page: Open, cast, store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs a look through folders, and there are thirty in every run. The beginning is made each time."""
    made, make = [], places._make_page
    monkeypatch.setattr(places, "_make_page", lambda place, visit: made.append(place) or make(place, visit))
    screen = open_page(cast.mentor, "library")
    assert set(made) >= set(places.PLACES)
    made.clear()
    screen.run()
    assert made == []
    people.set_language(Desk(store, cast.mentor, access.now()), "en")
    screen.run()
    assert set(made) >= set(places.PLACES)
    assert screen.title[0].value == "Library"
