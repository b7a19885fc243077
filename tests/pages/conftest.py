"""The staff's screens in AppTest, with the fixed cast on a real database. Nothing of the page is replaced."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from conversation_models.domain.ids import new_id
from conversation_models.domain.staff import Staff
from conversation_models.services import access, badge, house, people
from conversation_models.services.access import Desk
from conversation_models.storage import sessions
from conversation_models.storage.keys import key_file_for
from conversation_models.storage.store import Store, open_store
from tests.conversation_models.cast import Cast
from tests.conversation_models.conftest import sqlite_cast, weak_passwords  # noqa: F401 - fixtures
from tests.conversation_models.services.talks_made import Talks

ROOT = Path(__file__).parents[2]
HOURS = timedelta(hours=8)


@pytest.fixture(scope="session", autouse=True)
def installed_packages_are_read_once() -> Iterator[None]:
    """AppTest looks through every installed package at each run (0.6 s); what it finds does not change."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def cast(sqlite_cast) -> Cast:  # noqa: F811
    return sqlite_cast[2]


@contextmanager
def a_house(template: Path, data: Path) -> Iterator[Store]:
    """A copy of the cast's database, open as the one store of this process."""
    shutil.copytree(template, data)
    shutil.copy(key_file_for(template), key_file_for(data))
    opened = open_store(data)
    before = list(house._open)
    house.use_store(opened)
    yield opened
    house._open[:] = before
    opened.close()


@pytest.fixture
def store(sqlite_cast, tmp_path: Path) -> Iterator[Store]:  # noqa: F811
    with a_house(sqlite_cast[1], tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def desk(store: Store, cast: Cast) -> Desk:
    """Alva's."""
    return Desk(store, cast.mentor, access.now())


@pytest.fixture
def talks(desk: Desk, cast: Cast) -> Talks:
    """Alva's with Åsa."""
    return Talks(desk, cast.student)


Open = Callable[..., AppTest]


@pytest.fixture
def open_page(store: Store) -> Open:
    """`open_page(staff, "student", student=...)`: that person's screen at that address, run once."""
    return partial(show_page, store)


def show_page(store: Store, staff: Staff, path: str = "", language: str = "sv", **ids: str) -> AppTest:
    people.set_language(Desk(store, staff, access.now()), language)
    screen = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    screen.user = {badge.FIELD: badge.make_badge(store.keys, sign_in(store, staff), access.now() + HOURS)}
    for name, value in ids.items():
        screen.query_params[name] = value
    if path:
        screen._page_hash = calc_hash(path)  # the address itself: a guard has no file to switch to
    return screen.run()


def sign_in(store: Store, staff: Staff) -> str:
    """A session's id, as the front door would have made it."""
    session_id = new_id()
    with store.writing() as unit:
        sessions.add(unit, session_id, staff.id, access.now(), access.now() + HOURS)
    return session_id


def said(screen: AppTest) -> str:
    """All the words on the page, one element a line."""
    kinds = ("title", "header", "subheader", "text", "markdown", "info", "success", "error", "caption", "code")
    lines = [str(element.value) for kind in kinds for element in screen.get(kind)]
    labelled = ("button", "checkbox", "radio", "selectbox", "text_input", "text_area", "toggle", "date_input")
    lines += [element.label for kind in labelled for element in screen.get(kind)]
    lines += [element.proto.label for element in screen.get("page_link")]
    lines += [element.proto.label for element in screen.get("link_button")]
    return "\n".join(lines)
