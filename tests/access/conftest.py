"""One school on each database, in which everything is tried and nothing stays (rehearsal.py)."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conversation_models.storage.keys import key_file_for
from conversation_models.storage.store import Store, open_store
from tests.access.school import Tried, make_tried
from tests.conversation_models.conftest import (  # noqa: F401 - fixtures
    Made,
    postgres_cast,
    sqlite_cast,
    weak_passwords,
)


@contextmanager
def own_copy(request: pytest.FixtureRequest, made: Made, data: Path) -> Iterator[tuple[Store, str]]:
    """A copy of the cast's database and keys in `data`; and its address where it is PostgreSQL."""
    name, template, _ = made
    shutil.copytree(template, data)
    shutil.copy(key_file_for(template), key_file_for(data))
    server = request.getfixturevalue("postgres_server") if name else None
    copy = server.create_database(name) if server else ""
    url = server.url(copy) if server else ""
    store = open_store(data, url or None)
    yield store, url
    store.close()
    if server:
        server.drop_database(copy)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def tried(database: str, request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Tried]:
    made = request.getfixturevalue(f"{database}_cast")
    with own_copy(request, made, tmp_path_factory.mktemp("access") / "data") as (store, _):
        yield make_tried(store, made[2])
