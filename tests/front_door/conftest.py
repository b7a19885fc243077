"""The door with the fixed cast behind it, on both databases; the screens are a socket that says who is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from conversation_models.domain.invitation import NewInvitation
from conversation_models.domain.talk import Talk
from conversation_models.services import badge, house, invite, prepare
from conversation_models.services.access import Desk, now
from conversation_models.storage.store import Store
from front_door import doors, settings
from tests.conversation_models.cast import PASSWORD, Cast
from tests.conversation_models.conftest import (  # noqa: F401 - fixtures
    cast,
    made,
    postgres_cast,
    sqlite_cast,
    store,
    weak_passwords,
)
from tests.front_door.running import School, running_school

HOME = "http://localhost:8501"
FROM_HOME = {"origin": HOME}
BY_SCRIPT = {"origin": HOME, "x-requested-with": "samtal"}
SOCKET = "ws://localhost:8501/_stcore/stream"  # in full: else the test client calls another host, without cookies
PAGE = {"accept": "text/html"}


async def say_badge(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json(
        {"badge": socket.headers.get(badge.HEADER), "count": len(socket.headers.getlist(badge.HEADER))}
    )
    await socket.close()


@pytest.fixture(autouse=True)
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PUBLIC_URL", HOME)
    settings.settings.cache_clear()
    yield
    settings.settings.cache_clear()


@pytest.fixture
def app(store: Store) -> Iterator[Starlette]:  # noqa: F811
    before = list(house._open)
    house.use_store(store)
    routes = [WebSocketRoute("/_stcore/stream", say_badge), *doors.routes()]
    yield Starlette(routes=routes, middleware=doors.middleware())
    house._open[:] = before


@pytest.fixture
def new_client(app: Starlette) -> Callable[[], TestClient]:
    """A browser of its own: cookies, and no redirect followed unasked."""
    return lambda: TestClient(app, base_url=HOME, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def client(new_client: Callable[[], TestClient]) -> TestClient:
    return new_client()


@pytest.fixture
def signed_in(new_client: Callable[[], TestClient]) -> Callable[[str], TestClient]:
    def sign_in_as(username: str) -> TestClient:
        browser = new_client()
        answer = browser.post("/sign-in", data={"username": username, "password": PASSWORD}, headers=FROM_HOME)
        assert answer.status_code == 303, answer.text
        return browser

    return sign_in_as


@pytest.fixture(scope="session")
def school(sqlite_cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:  # noqa: F811
    """The whole program as a process of its own."""
    _, template, cast = sqlite_cast  # noqa: F811
    with running_school(template, cast, tmp_path_factory.mktemp("school")) as running:
        yield running


@dataclass(frozen=True)
class Invited:
    talk: Talk
    new: NewInvitation

    @property
    def page(self) -> str:
        return f"/s/{self.new.token}"

    def answer(self, item: str, instrument: str = "development_survey") -> str:
        return f"/answers/{self.new.token}/{instrument}/{item}"


@pytest.fixture
def mentor_desk(store: Store, cast: Cast) -> Desk:  # noqa: F811
    return Desk(store, cast.mentor, now())


@pytest.fixture
def invited(mentor_desk: Desk, cast: Cast) -> Invited:  # noqa: F811
    """Åsa, invited by Alva to a talk in nine days."""
    plan = prepare.TalkPlan(cast.student.id, mentor_desk.today + timedelta(days=9))
    talk = prepare.prepare_talk(mentor_desk, plan)
    return Invited(talk, invite.invite(mentor_desk, talk.id))


def change(value: Any, sequence: int = 1, version: int = 0, client: str = "phone", **more: Any) -> dict[str, Any]:
    return {"value": value, "client": client, "sequence": sequence, "version": version, **more}
