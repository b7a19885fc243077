"""A running school and browsers that are signed in to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from conversation_models.services import access, conduct
from conversation_models.services.access import Desk
from tests.conversation_models.cast import PASSWORD
from tests.conversation_models.conftest import sqlite_cast, weak_passwords  # noqa: F401 - fixtures
from tests.conversation_models.services.talks_made import Talks
from tests.front_door.running import School, running_school

TABLET = {"width": 1024, "height": 768}
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="session")
def school(sqlite_cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:  # noqa: F811
    _, template, cast = sqlite_cast
    with running_school(template, cast, tmp_path_factory.mktemp("screens")) as running:
        yield running


@pytest.fixture(scope="session")
def talks(school: School) -> Talks:
    return Talks(Desk(school.store, school.cast.mentor, access.now()), school.cast.student)


@pytest.fixture
def open_talk(talks: Talks) -> str:
    """A talk of Åsa's that goes on."""
    return conduct.open_talk(talks.desk, talks.prepared().id).id


@pytest.fixture
def tablet(browser: Any, school: School) -> Iterator[Callable[..., Any]]:
    """`tablet("alva")`: a new browser of that person's, signed in, at the first page."""
    contexts = []

    def sign_in(username: str) -> Any:
        context = browser.new_context(viewport=TABLET, locale="sv-SE", base_url=school.server.url)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_selector("[data-testid=stMain] h1")
        return page

    yield sign_in
    for context in contexts:
        context.close()


def visit(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("[data-testid=stMain] h1")
    settle(page)


def settle(page: Any) -> None:
    """Until no run is under way and the skeletons are gone."""
    page.wait_for_timeout(200)
    page.wait_for_selector(STILL)
    page.wait_for_selector("[data-testid=stSkeleton]", state="detached")
    page.wait_for_timeout(200)
