"""What every test may ask for: a real PostgreSQL, a Chromium, and marks that say what a test runs on."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.chromium import FLAGS, require_chromium
from tests.postgres import PostgresServer, running_postgres

DATABASES = {"sqlite": "sqlite", "postgres": "postgres", "postgresql": "postgres"}
COUNTED = {"sqlite": "on SQLite", "postgres": "on PostgreSQL", "browser": "in the browser"}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of a database with the newest schema and no rows; nobody stays connected to it."""
    from conversation_models.storage import migrate
    from conversation_models.storage.engine import postgres_engine

    name = postgres_server.create_database()
    engine = postgres_engine(postgres_server.url(name))
    migrate.to_newest(engine)
    engine.dispose()
    return name


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A database of this test's own, already with the newest schema."""
    name = postgres_server.create_database(postgres_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A database of this test's own without any table, for the tests of migrations."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; a test opens a context of its own: `browser.new_context(...)`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=require_chromium(), args=list(FLAGS))
        yield chromium
        chromium.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test with what it runs on. Browser tests go last: Playwright occupies its thread's event loop.
    Of those the whole talks go first: they are the longest, and one worker would be left alone with them. On
    the build server, whose processors are shared, a browser test that fails is tried once more.
    """
    for item in items:
        for mark in _runs_on(item):
            item.add_marker(mark)
        if "CI" in os.environ and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    if item.get_closest_marker("browser") is None:
        return 0
    return 1 if "whole_way" in item.path.parts else 2


def _runs_on(item: pytest.Item) -> set[str]:
    fixtures = getattr(item, "fixturenames", ())
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    marks = {DATABASES[value] for value in parameters if isinstance(value, str) and value in DATABASES}
    if "postgres_server" in fixtures:
        marks.add("postgres")
    if "browser" in fixtures:
        marks.add("browser")
    return marks


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line before the closing one: how many of the passed tests ran on what."""
    passed = terminalreporter.stats.get("passed", [])
    counts = Counter(mark for report in passed for mark in COUNTED if mark in report.keywords)
    counted = ", ".join(f"{counts[mark]} {words}" for mark, words in COUNTED.items())
    terminalreporter.write_line(f"{len(passed)} passed, of these {counted}")
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_line(
            f"Failed once, tried again (a defect of the test or of the product): {report.nodeid}"
        )
