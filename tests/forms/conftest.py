import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class Server:
    data: Path
    port: int
    running: subprocess.Popen | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.forms.server", "--port", str(self.port), "--data", str(self.data)]
        self.running = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        until = time.monotonic() + 60  # it reads the whole library first, beside other tests
        while time.monotonic() < until:
            try:
                httpx.get(f"{self.url}/form.css", timeout=1)
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError("the test's server did not start")

    def kill(self) -> None:
        if self.running:
            self.running.kill()
            self.running.wait()

    def fault(self, **what: Any) -> None:
        httpx.post(f"{self.url}/fault", json=what).raise_for_status()

    def rows(self, sql: str, *values: Any) -> list[tuple]:
        with sqlite3.connect(self.data) as database:
            return database.execute(sql, values).fetchall()

    def value(self, key: str, item: str) -> Any:
        found = self.rows("select value from draft where key=? and item=?", key, item)
        return json.loads(found[0][0]) if found else None

    def put(self, key: str, instrument: str, item: str, **body: Any) -> tuple[int, dict]:
        reply = httpx.put(f"{self.url}/answers/{key}/{instrument}/{item}", json=body)
        return reply.status_code, reply.json()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(tmp_path_factory.mktemp("forms") / "answers.sqlite", port)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def server(running: Server) -> Server:
    """Empty, and with nothing going wrong."""
    running.fault()
    with sqlite3.connect(running.data) as database:
        database.execute("delete from draft")
        database.execute("delete from written")
    return running


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Callable[..., Any]]:
    """Opens a page in a context of its own; a script error or a broken content policy fails the test at its end."""
    contexts, wrong = [], []

    def open_page(path: str, size: tuple[int, int] = (390, 844), **context: Any) -> Any:
        contexts.append(browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="sv-SE", **context))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        page.goto(server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def until(true: Callable[[], Any], seconds: float = 5) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.03)
    raise AssertionError(f"did not come true within {seconds} s")
