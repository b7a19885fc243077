"""Serves the application under uvicorn: one process on the embedded database, no request ever in a log."""

import asyncio
import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from filelock import FileLock, Timeout

from conversation_models.models import load_models
from conversation_models.services import house
from conversation_models.services.asked import find_instrument
from forms.render import Fill, Setting, render_form
from front_door import settings

ROOT = Path(__file__).parent.parent
LOCK_FILE = "samtal.lock"
WAITING = 2048


class AlreadyServed(Exception):
    """Another process serves this data folder: the embedded database has one writer (recipes.md, 2)."""

    code = "already_served"

    def __init__(self, data: Path) -> None:
        super().__init__(f"{data} is served by another process: stop that one, or use PostgreSQL (DATABASE_URL)")
        self.values = {"data": str(data)}


def serve(
    port: int,
    data: Path,
    database_url: str | None = None,
    host: str = "127.0.0.1",
    public_url: str | None = None,
    ready: Callable[[], None] | None = None,
) -> None:
    """Serves until it is stopped; `ready` is called when the first request would be answered.

    Raises AlreadyServed, UnusableAddress, Unguarded, and what opening the store raises. Says nothing secret.
    """
    gc.disable()  # until start.set_aside: nearly all that is made before the first request stays
    data = data.resolve()
    _tell_environment(data, database_url, public_url or f"http://{_name_for(host)}:{port}", bool(public_url))
    with held(data, os.environ.get("DATABASE_URL")):
        try:
            house.current_store()
            with listen(host, port) as listening:
                asyncio.run(_Serving(_config(), ready).serve(sockets=[listening]))
        finally:
            house.close_house()


def _tell_environment(data: Path, database_url: str | None, public_url: str, surely: bool) -> None:
    """The screens run in this process too and read the same variables. What was asked for goes before what was set."""
    os.environ["JAGMED_DATA"] = str(data)
    if database_url:
        os.environ["DATABASE_URL"] = database_url
    if surely or not os.environ.get("PUBLIC_URL"):
        os.environ["PUBLIC_URL"] = public_url
    settings.settings.cache_clear()
    settings.settings()
    if os.environ.get("JAGMED_KEY_FILE"):
        os.environ["JAGMED_KEY_FILE"] = str(Path(os.environ["JAGMED_KEY_FILE"]).resolve())
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from where it is started
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))


class _Serving(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            Thread(target=_warm_up, daemon=True).start()
            if self._ready is not None:
                self._ready()


def _warm_up() -> None:
    """What the first student would otherwise wait for. Charts and fonts are left: reading them takes seconds, and
    whoever saves meanwhile would wait instead."""
    for model in load_models().values():
        for instrument in map(find_instrument, model.before):
            render_form(instrument, Fill(), Setting("sv", save_url="/answers/-"))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket of the TCP protocol by name, so that asyncio sets TCP_NODELAY on what it accepts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(WAITING)
    listening.setblocking(False)
    return listening


def _config() -> uvicorn.Config:
    """Behind a proxy FORWARDED_ALLOW_IPS names it, else a whole school looks like one address."""
    return uvicorn.Config(
        "app:app",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=True,
        ws_max_size=4 * 1024 * 1024,
        timeout_graceful_shutdown=5,
    )


@contextmanager
def held(data: Path, database_url: str | None) -> Iterator[None]:
    """The embedded database is this process's alone. PostgreSQL has locks of its own. Raises AlreadyServed."""
    if database_url:
        yield
        return
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(data / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyServed(data) from error
    try:
        yield
    finally:
        lock.release()


def _name_for(host: str) -> str:
    """What a person types for it: nobody can open 0.0.0.0."""
    return "localhost" if host in {"0.0.0.0", "127.0.0.1", "::", "::1"} else host  # noqa: S104
