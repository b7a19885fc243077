"""What is checked before the first request: the program refuses to serve rather than serve unguarded."""

import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message

from conversation_models.services import asked, badge
from conversation_models.services.house import current_store, wording_folder
from front_door.headers import screens_policy
from front_door.screens import screens_page
from front_door.settings import settings
from translations import LANGUAGES

SCREENS_CONFIG = {
    "server.trustedUserHeaders": {badge.HEADER: badge.FIELD},
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
    "logger.enableRich": False,
}
OBJECTS_BETWEEN = 10_000
PROBED = ("/", "/students", "/media/anything", "/_stcore/health", "/_stcore/metrics", "/papers/talk/0.pdf")


# Addresses hold invitations, and an error's own words may be a student's (see last_resort.py for what is said instead).
# Streamlit sets up uvicorn's access log again when it is imported, whatever uvicorn was told.
NEVER_LOGGED = ("uvicorn.access", "streamlit.error_util")


class Unguarded(Exception):
    """The middleware is not around the application, or Streamlit does not have the settings that it relies on."""

    code = "unguarded"


def require_screens_config(option: Callable[[str], Any]) -> None:
    """`option` is st.get_option. Raises Unguarded: without config.toml an incoming header could name a user."""
    for name, wanted in SCREENS_CONFIG.items():
        if option(name) != wanted:
            raise Unguarded(f"{name} in .streamlit/config.toml must be {wanted!r}, and is {option(name)!r}")


@asynccontextmanager
async def open_up(app: ASGIApp) -> AsyncIterator[None]:
    """Opens the database, makes what every page needs, and asks its own doors whether they are shut."""
    keep_logs_clean()
    await run_in_threadpool(open_wording)
    for language in LANGUAGES:
        screens_page(language)
    screens_policy()
    for path in PROBED:
        await _require_shut(app, path)
    set_aside()
    yield


def set_aside() -> None:
    """What stays for good is not gone through again and again by the garbage collector, and it comes less often: a
    group page makes tens of thousands of small objects, none of them in a circle. While the program starts it does not
    come at all (serving.py): there is next to nothing for it to find, and it took a quarter of the start."""
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN, 10, 10)
    gc.enable()


def open_wording() -> None:
    """Before the first request, and after nothing of it: a definition that cannot be used stops the start.

    Raises DefinitionError, EditionGone, and what `current_store` raises.
    """
    asked.use_wording(wording_folder())
    asked.require_editions(current_store())


def keep_logs_clean() -> None:
    for name in NEVER_LOGGED:
        logging.getLogger(name).disabled = True
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)


async def _require_shut(app: ASGIApp, path: str) -> None:
    try:
        status, headers = await _ask(app, path)
    except Exception as error:
        raise Unguarded(f"GET {path} without a session gets as far as an error") from error
    if status not in {401, 404} or b"content-security-policy" not in headers:
        raise Unguarded(f"GET {path} without a session answers {status}")


async def _ask(app: ASGIApp, path: str) -> tuple[int, set[bytes]]:
    answers: list[Message] = []
    host = sorted(settings().hosts)[0]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": settings().scheme,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", host.encode())],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
        "state": {},
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        answers.append(message)

    await app(scope, receive, send)
    first = answers[0]
    return first["status"], {name.lower() for name, _ in first["headers"]}
