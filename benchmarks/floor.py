"""The floor: a bare Starlette page that stores the same rows. No sign-in, no encryption, no log.

python -m benchmarks.floor PORT DATABASE_FILE
"""

import json
import sqlite3
import sys
from pathlib import Path
from threading import Lock

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

ROWS = 12


class Rows:
    """One SQLite connection behind one lock: WAL, synchronous=FULL, a commit a request."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS answer (who TEXT, item TEXT, value TEXT)")
        self._lock = Lock()

    def add(self, rows: list[tuple[str, str, str]]) -> None:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT INTO answer VALUES (?, ?, ?)", rows)
            self._connection.execute("COMMIT")


def floor_app(path: Path) -> Starlette:
    rows = Rows(path)
    inputs = "".join(f'<label><input type="radio" name="i{n}" value="green">{n}</label>' for n in range(ROWS))
    page = f"<!doctype html><form method=post>{inputs}<button>Skicka</button></form>"

    def show(_: Request) -> HTMLResponse:
        return HTMLResponse(page)

    async def put(request: Request) -> JSONResponse:
        body = json.loads(await request.body())
        await run_in_threadpool(
            rows.add, [(request.path_params["who"], request.path_params["item"], str(body["value"]))]
        )
        return JSONResponse({"version": 1})

    async def post(request: Request) -> HTMLResponse:
        form = await request.form()
        who = request.path_params["who"]
        await run_in_threadpool(rows.add, [(who, name, str(value)) for name, value in form.items()])
        return HTMLResponse("tack")

    return Starlette(
        routes=[
            Route("/{who}", show),
            Route("/{who}", post, methods=["POST"]),
            Route("/{who}/{item}", put, methods=["PUT"]),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(floor_app(Path(sys.argv[2])), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
