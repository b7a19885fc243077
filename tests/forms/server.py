"""A small real server of its own process: the forms' pages, and the saving request on a SQLite file.

It keeps the contract of docs/saving-an-answer.md and nothing else, so that the tests show what form.js does. What may
go wrong is set from outside: POST /fault {"status": 503, "times": 2, "headers": {...}, "body": {...}, "after": bool}.
"""

import argparse
import json
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from forms.assets import form_script, form_style
from forms.pictures import PICTURE_FILES
from forms.read import read_form
from forms.render import Earlier, Fill, Setting, render_form
from forms.said import say_refusal
from instruments.answers import AnswerError, check
from tests.forms.definitions import instruments

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HERE = Path(__file__).parent
TABLES = """
create table if not exists draft (key text, instrument text, item text, respondent text, value text, version integer,
  client text, sequence integer, primary key (key, instrument, item, respondent));
create table if not exists written (key text, item text, client text, sequence integer, value text);
"""
KNOWN = {instrument.id: instrument for instrument in instruments()}


class Book:
    """Drafts in a SQLite file, each save in one transaction."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.executescript("pragma journal_mode=wal; pragma synchronous=full;" + TABLES)

    def save(self, place: tuple[str, ...], value: object, body: dict[str, Any]) -> JSONResponse:
        self.database.execute("begin immediate")
        try:
            return self._save(place, value, body)
        finally:
            self.database.execute("commit")

    def _save(self, place: tuple[str, ...], value: object, body: dict[str, Any]) -> JSONResponse:
        old, version, client, sequence = self._draft(place)
        told = {"version": version, "saved_at": datetime.now(UTC).isoformat()}
        if client == body["client"] and body["sequence"] <= sequence:
            return JSONResponse(told)
        if body["version"] != version and client != body["client"]:
            return JSONResponse({"version": version, "value": old}, 409)
        said = json.dumps(value, ensure_ascii=False)
        row = (*place, said, version + 1, body["client"], body["sequence"])
        self.database.execute("insert or replace into draft values (?,?,?,?,?,?,?,?)", row)
        line = (place[0], place[2], body["client"], body["sequence"], said)
        self.database.execute("insert into written values (?,?,?,?,?)", line)
        return JSONResponse(told | {"version": version + 1})

    def _draft(self, place: tuple[str, ...]) -> tuple[Any, int, str, int]:
        found = self.database.execute(
            "select value, version, client, sequence from draft where (key, instrument, item, respondent) = (?,?,?,?)",
            place,
        ).fetchone()
        return (json.loads(found[0]), *found[1:]) if found else (None, 0, "", 0)

    def fill(self, key: str, instrument: str) -> Fill:
        rows = self.database.execute(
            "select item, value, version from draft where key=? and instrument=?", (key, instrument)
        ).fetchall()
        return Fill({item: json.loads(said) for item, said, _ in rows}, {item: version for item, _, version in rows})


@dataclass
class Door:
    book: Book
    fault: dict[str, Any] = field(default_factory=dict)

    async def put(self, request: Request) -> Response:
        broken = self.fault.get("times", 0) > 0
        self.fault["times"] = self.fault.get("times", 0) - 1
        refusal = JSONResponse(self.fault.get("body", {}), self.fault.get("status", 500), self.fault.get("headers"))
        if broken and not self.fault.get("after"):
            return refusal
        body = await request.json()
        key, instrument, item = (request.path_params[name] for name in ("key", "instrument", "item"))
        try:
            value = check(KNOWN[instrument].item(item), body["value"])
        except AnswerError as error:
            said = say_refusal(error.code, error.values, "sv")
            return JSONResponse({"code": error.code, "message": said}, 422)
        reply = self.book.save((key, instrument, item, body.get("respondent", "student")), value, body)
        return refusal if broken else reply

    async def set_fault(self, request: Request) -> Response:
        self.fault = await request.json()
        return Response()

    async def sign_in_again(self, request: Request) -> Response:
        if await request.json() != {"username": "alice", "password": "right horse"}:
            return JSONResponse({"code": "wrong"}, 401)
        self.fault = {}
        return JSONResponse({})

    async def student(self, request: Request) -> Response:
        key = request.path_params["key"]
        if request.method == "POST":
            await self._post(request, key)
        return page(
            request,
            f'<main class="student"><h1>Hej Sam</h1><p data-before-steps>Det här läser din mentor.</p>'
            f'<form method="post" action="/s/{key}?{request.url.query}">{self._fragments(request, key)}'
            f'<p data-after-steps><button class="send">Skicka till min mentor</button></p></form></main>',
        )

    async def _post(self, request: Request, key: str) -> None:
        form = await request.form()
        posted = {name: [str(one) for one in form.getlist(name)] for name in form}
        for (instrument, item), value in read_form(KNOWN.values(), posted).items():
            fitting = check(KNOWN[instrument].item(item), value)
            body = {"client": f"post {datetime.now(UTC)}", "sequence": 1}
            version = self.book.fill(key, instrument).versions.get(item, 0)
            self.book.save((key, instrument, item, "student"), fitting, body | {"version": version})

    async def talk(self, request: Request) -> Response:
        return page(request, '<main class="wide"><h1>Utvecklingssamtal</h1><div id="host"></div></main>')

    async def fragment(self, request: Request) -> Response:
        return HTMLResponse(self._fragments(request, request.query_params.get("key", "talk")))

    def _fragments(self, request: Request, key: str) -> str:
        names = request.query_params.get("forms", "development_survey,priority_ability").split(",")
        return "".join(
            render_form(KNOWN[name], self._fill(request, key, name), setting_of(request, key)) for name in names
        )

    def _fill(self, request: Request, key: str, name: str) -> Fill:
        fill = self.book.fill(key, name)
        if "own" not in request.query_params:
            return fill
        own = self.book.fill("before", name).values
        earlier = {item: Earlier(value, date(2026, 3, 12)) for item, value in own.items()}
        return Fill(fill.values, fill.versions, own, earlier)


def setting_of(request: Request, key: str) -> Setting:
    ask = request.query_params
    mode: Any = ask.get("mode", "student")
    language: Any = ask.get("language", "sv")
    return Setting(
        language=language,
        mode=mode,
        save_url=f"/answers/{key}",
        manner="alone" if mode == "student" else "together",
        one_at_a_time=ask.get("one", "1") == "1",
        read_only="answers" in ask,
        sections=tuple(ask["sections"].split(",")) if "sections" in ask else None,
        turned="turned" in ask,
    )


def page(request: Request, body: str) -> Response:
    language = request.query_params.get("language", "sv")
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Hej</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/form.css">'
        f'<script type="module" src="/page.js"></script></head><body>{body}</body></html>',
        headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"},
    )


async def asset(request: Request) -> Response:
    name = request.path_params.get("name") or request.url.path.removeprefix("/")
    made = {"form.js": form_script, "form.css": form_style} | PICTURE_FILES
    text = made[name]() if name in made else (HERE / name).read_text(encoding="utf-8")
    return Response(text, media_type="text/css" if name.endswith("css") else "text/javascript")


def application(door: Door) -> Starlette:
    return Starlette(
        routes=[
            Route("/answers/{key}/{instrument}/{item}", door.put, methods=["PUT"]),
            Route("/fault", door.set_fault, methods=["POST"]),
            Route("/s/{key}", door.student, methods=["GET", "POST"]),
            Route("/talk", door.talk),
            Route("/fragment", door.fragment),
            Route("/sign-in/again", door.sign_in_again, methods=["POST"]),
            Route("/look/{digest}/{name}", asset),
            *(Route(path, asset) for path in ("/form.js", "/form.css", "/page.js", "/page.css")),
        ]
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int)
    arguments.add_argument("--data", type=Path)
    given = arguments.parse_args()
    uvicorn.run(application(Door(Book(given.data))), port=given.port, log_level="warning")
