"""A small real server of its own process: the forms' pages, and the saving request on a SQLite file.

It keeps the contract of docs/saving-an-answer.md and nothing else, so that the tests show what form.js does. What may
go wrong is set from outside: POST /fault {"status": 503, "times": 2, "headers": {...}, "body": {...}, "after": bool}.
"""

import argparse
import json
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from forms.assets import form_script, form_style
from forms.read import read_form
from forms.render import Earlier, Fill, Setting, render_form
from forms.said import say_refusal
from instruments.answers import AnswerError, check
from tests.forms.definitions import instruments

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
SHELL = """
body { margin: 0; background: #faf7f2; font-family: system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem 1rem 0; }
main.wide { max-width: 52rem; } h1 { font-size: 1.25rem; margin: 0 0 1rem; color: #2c2824; }
.send { min-height: 3rem; margin: 1rem 0; }
@media (prefers-color-scheme: dark) { main.student { color: #f2ece4; } body:has(main.student) { background: #1d1b19; } main.student h1 { color: #f2ece4; } }
"""
START = """
import { start } from "/form.js";
window.saved = [];
const hooks = { onSaved: (what) => window.saved.push(what) };
const host = document.querySelector("#host");
window.mount = (html) => { (host.shadowRoot ?? host.attachShadow({ mode: "open" })).innerHTML = '<link rel="stylesheet" href="/form.css">' + html; start(host.shadowRoot, hooks); };
if (host) fetch("/fragment" + location.search).then((reply) => reply.text()).then(window.mount);
else start(document, hooks);
start(document, hooks);
"""
TABLE = """
create table if not exists draft (key text, instrument text, item text, respondent text, value text, version integer,
  client text, sequence integer, primary key (key, instrument, item, respondent));
create table if not exists write (key text, item text, client text, sequence integer, value text);
"""


class Book:
    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.executescript("pragma journal_mode=wal; pragma synchronous=full;" + TABLE)

    def draft(self, place: tuple) -> tuple:
        found = self.database.execute(
            "select value, version, client, sequence from draft where (key, instrument, item, respondent) = (?,?,?,?)",
            place,
        ).fetchone()
        return (json.loads(found[0]), *found[1:]) if found else (None, 0, "", 0)

    def save(self, place: tuple, value: object, body: dict) -> JSONResponse:
        self.database.execute("begin immediate")
        old, version, client, sequence = self.draft(place)
        answer = {"version": version, "saved_at": datetime.now(UTC).isoformat()}
        if client == body["client"] and body["sequence"] <= sequence:
            self.database.execute("rollback")
            return JSONResponse(answer)
        if body["version"] != version and client != body["client"]:
            self.database.execute("rollback")
            return JSONResponse({"version": version, "value": old}, 409)
        said = json.dumps(value)
        row = (*place, said, version + 1, body["client"], body["sequence"])
        self.database.execute("insert or replace into draft values (?,?,?,?,?,?,?,?)", row)
        self.database.execute(
            "insert into write values (?,?,?,?,?)", (place[0], place[2], body["client"], body["sequence"], said)
        )
        self.database.execute("commit")
        return JSONResponse(answer | {"version": version + 1})

    def fill(self, key: str, instrument: str) -> Fill:
        rows = self.database.execute(
            "select item, value, version from draft where key=? and instrument=?", (key, instrument)
        ).fetchall()
        return Fill({item: json.loads(said) for item, said, _ in rows}, {item: version for item, _, version in rows})


def application(book: Book) -> Starlette:
    known = {instrument.id: instrument for instrument in instruments()}
    fault: dict = {}

    async def put(request: Request) -> Response:
        broken = fault.get("times", 0) > 0
        fault["times"] = fault.get("times", 0) - 1
        if broken and not fault.get("after"):
            return JSONResponse(fault.get("body", {}), fault["status"], fault.get("headers"))
        body = await request.json()
        instrument, item = (request.path_params[name] for name in ("instrument", "item"))
        try:
            value = check(known[instrument].item(item), body["value"])
        except AnswerError as error:
            return JSONResponse({"code": error.code, "message": say_refusal(error.code, error.values, "sv")}, 422)
        place = (request.path_params["key"], instrument, item, body.get("respondent", "student"))
        reply = book.save(place, value, body)
        return JSONResponse({}, fault["status"]) if broken else reply

    async def set_fault(request: Request) -> Response:
        fault.clear()
        fault.update(await request.json())
        return PlainTextResponse("")

    def setting(request: Request, key: str) -> Setting:
        ask = request.query_params
        mode = ask.get("mode", "student")
        return Setting(
            language=ask.get("language", "sv"),
            mode=mode,
            save_url=f"/answers/{key}",
            manner="alone" if mode == "student" else "together",
            one_at_a_time=ask.get("one", "1") == "1",
            read_only="answers" in ask,
            sections=tuple(ask["sections"].split(",")) if "sections" in ask else None,
            turned="turned" in ask,
        )

    def fragments(request: Request, key: str) -> str:
        names = request.query_params.get("forms", "development_survey,priority_ability").split(",")
        html = ""
        for name in names:
            fill = book.fill(key, name)
            if "own" in request.query_params:
                own = book.fill("before", name).values
                earlier = {item: Earlier(value, date(2026, 3, 12)) for item, value in own.items()}
                fill = Fill(fill.values, fill.versions, own, earlier)
            html += render_form(known[name], fill, setting(request, key))
        return html

    async def student(request: Request) -> Response:
        key = request.path_params["key"]
        if request.method == "POST":
            form = await request.form()
            posted = {name: [str(one) for one in form.getlist(name)] for name in form}
            for (instrument, item), value in read_form(known.values(), posted).items():
                fitting = check(known[instrument].item(item), value)
                book.save((key, instrument, item, "student"), fitting, {"client": "post", "sequence": 10**9, "version": 0})
        return page(
            f'<main class="student"><h1>Hej Sam</h1><p data-before-steps>Det här läser din mentor.</p>'
            f'<form method="post" action="/s/{key}?{request.url.query}">{fragments(request, key)}'
            f'<p data-after-steps><button class="send" name="action" value="send">Skicka till min mentor</button></p>'
            f"</form></main>",
            request,
        )

    async def talk(request: Request) -> Response:
        return page('<main class="wide"><h1>Utvecklingssamtal</h1><div id="host"></div></main>', request)

    def page(body: str, request: Request) -> Response:
        language = request.query_params.get("language", "sv")
        return HTMLResponse(
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Hej</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
            '<link rel="stylesheet" href="/shell.css"><link rel="stylesheet" href="/form.css">'
            f'<script type="module" src="/start.js"></script></head><body>{body}</body></html>',
            headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"},
        )

    async def fragment(request: Request) -> Response:
        return HTMLResponse(fragments(request, request.query_params.get("key", "talk")))

    async def sign_in(request: Request) -> Response:
        body = await request.json()
        if body != {"username": "alice", "password": "right horse"}:
            return JSONResponse({"code": "wrong"}, 401)
        fault.clear()
        return JSONResponse({})

    def text(content: str, kind: str):
        return lambda request: Response(content, media_type=kind)

    return Starlette(
        routes=[
            Route("/answers/{key}/{instrument}/{item}", put, methods=["PUT"]),
            Route("/fault", set_fault, methods=["POST"]),
            Route("/s/{key}", student, methods=["GET", "POST"]),
            Route("/talk", talk),
            Route("/fragment", fragment),
            Route("/sign-in/again", sign_in, methods=["POST"]),
            Route("/form.js", text(form_script(), "text/javascript")),
            Route("/start.js", text(START, "text/javascript")),
            Route("/form.css", text(form_style(), "text/css")),
            Route("/shell.css", text(SHELL, "text/css")),
        ]
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int)
    arguments.add_argument("--data", type=Path)
    given = arguments.parse_args()
    uvicorn.run(application(Book(given.data)), port=given.port, log_level="warning")
