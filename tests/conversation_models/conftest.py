"""The store on both databases, with the fixed cast in it (cast.py). The cast is made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from conversation_models.domain.staff import Staff
from conversation_models.models import TalkModel, load_models
from conversation_models.services import asked, passwords
from conversation_models.services.access import Desk
from conversation_models.storage.keys import key_file_for
from conversation_models.storage.store import Store, open_store
from tests.conversation_models.cast import NOW, Cast, make_cast
from tests.postgres import PostgresServer

Made = tuple[str, Path, Cast]


@pytest.fixture(scope="session", autouse=True)
def weak_passwords() -> Iterator[None]:
    """A hash in a millisecond instead of in a sixth of a second; the real parameters have a test of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def sqlite_cast(weak_passwords: None, tmp_path_factory: pytest.TempPathFactory) -> Made:
    data = tmp_path_factory.mktemp("cast") / "data"
    store = open_store(data)
    cast = make_cast(store)
    store.close()
    return "", data, cast


@pytest.fixture(scope="session")
def postgres_cast(
    weak_passwords: None,
    postgres_server: PostgresServer,
    postgres_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Made:
    data = tmp_path_factory.mktemp("cast") / "data"
    name = postgres_server.create_database(postgres_template)
    store = open_store(data, postgres_server.url(name))
    cast = make_cast(store)
    store.close()
    return name, data, cast


@pytest.fixture(params=["sqlite", "postgres"])
def made(request: pytest.FixtureRequest) -> Made:
    return request.getfixturevalue(f"{request.param}_cast")


@pytest.fixture
def cast(made: Made) -> Cast:
    return made[2]


@pytest.fixture
def store(made: Made, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of this test's own, with the cast in it, on each of the two databases."""
    name, template, _ = made
    data = tmp_path / "data"
    shutil.copytree(template, data)
    shutil.copy(key_file_for(template), key_file_for(data))
    if not name:
        store = open_store(data)
        yield store
        store.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    copy = server.create_database(name)
    store = open_store(data, server.url(copy))
    yield store
    store.close()
    server.drop_database(copy)


@pytest.fixture
def desk(store: Store) -> Callable[..., Desk]:
    """`desk(cast.mentor)` or `desk(cast.mentor, later)`: that person at work."""

    def at_work(actor: Staff, now: datetime = NOW) -> Desk:
        return Desk(store, actor, now)

    return at_work


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> Callable[[TalkModel], TalkModel]:
    """Puts a talk model into the library while the test runs."""

    def put(model: TalkModel) -> TalkModel:
        monkeypatch.setitem(load_models(), model.id, model)
        asked.forget_wording()
        return model

    yield put
    asked.forget_wording()
