"""Everybody x every route x own and other students, HTTP and WebSocket, through the real doors and their guard."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from conversation_models.domain.ids import new_id
from conversation_models.services import access, house, passes
from conversation_models.services.access import Right
from conversation_models.storage import sessions, tables
from front_door import doors, settings
from tests.access import rights
from tests.access.canaries import text_of
from tests.access.rights import EVERYBODY, PEOPLE
from tests.access.routes import PLACES, ROUTES, SHUT, STREAMLITS, Key
from tests.access.school import NOT_THERE, Tried
from tests.access.tally import Tally, on_sqlite
from tests.conversation_models.cast import PASSWORD
from tests.front_door.conftest import BY_SCRIPT, HOME, SOCKET, say_badge

# Nobody's cookies, and cookies of sessions that are no longer worth anything.
OUTSIDE = ("nobody", "forged", "revoked", "idle", "past_eight_hours", "deactivated_mentor", "deactivated_administrator")
SIGNED_IN = tuple(who for who in PEOPLE if PEOPLE[who][0])
MUST_CHANGE = "newcomer"  # mentors `own`, and signed in with the one-time password
WITH_PASS = "student"  # typed the code: holds a pass for own's prepared talk
CALLERS = (*OUTSIDE, *SIGNED_IN, MUST_CHANGE, WITH_PASS)
ONE_OF_A_ROLE = ("mentor", "counsellor", "administrator", MUST_CHANGE)
EXPORTS = ("/exports/answers", "/exports/student/{student_id}", "/exports/fhir/{student_id}")
PAPERS = ("talk", "student", "report")
OF_SEVERAL = ("/papers/caseload.pdf",)
CHANGE = {"value": "Ett eget ord", "client": "probe", "sequence": 1, "version": 0, "manner": "together"}


def every_route() -> list[tuple[str, str]]:
    found = []
    for route in doors.routes():
        assert isinstance(route, Route), f"{route} is neither in the table nor an ordinary route"
        found += [(route.path, method) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


def test_every_route_of_the_front_door_is_in_the_table():
    assert sorted(set(every_route()) - set(ROUTES)) == [], "not in tests/access/routes.py"
    assert sorted(set(ROUTES) - set(every_route())) == [], "in the table and no longer there"


def test_every_route_that_needs_a_right_is_tried_on_students():
    """A new paper is tried by nobody until it is named here and in the test of papers."""
    assert {path for (path, _), key in ROUTES.items() if isinstance(key, Right)} == {
        *(f"/papers/{paper}/{{{paper}_id}}.pdf" for paper in PAPERS),
        *OF_SEVERAL,
        *EXPORTS,
    }


@dataclass(frozen=True)
class Door:
    """The doors with the school behind them. `ask` forgets every cookie between two questions."""

    client: TestClient
    tried: Tried
    cookies: dict[str, str]

    def ask(self, who: str, method: str, path: str, **more: Any) -> Any:
        self.client.cookies.clear()
        cookie = {"cookie": self.cookies[who]} if who in self.cookies else {}
        return self.client.request(method, path, headers={**BY_SCRIPT, **cookie}, **more)

    def count(self, table: Any, *conditions: Any) -> int:
        found = select(func.count()).select_from(table).where(*conditions)
        return self.tried.store.around.execute(found).scalar_one()


@pytest.fixture(scope="module")
def door(tried: Tried) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUBLIC_URL", HOME)
        settings.settings.cache_clear()
        before = list(house._open)
        house.use_store(tried.store)
        app = Starlette(
            routes=[WebSocketRoute("/_stcore/stream", say_badge), *doors.routes()], middleware=doors.middleware()
        )
        with TestClient(app, base_url=HOME, follow_redirects=False, raise_server_exceptions=False) as client:
            yield Door(client, tried, _cookies(tried))
        house._open[:] = before
    settings.settings.cache_clear()


def _cookies(tried: Tried) -> dict[str, str]:
    """A session of everybody's, as signing in would have made it, and those that are over."""
    now = access.now()
    hours, minutes = timedelta(hours=8), timedelta(minutes=1)
    began = {who: (who, now - minutes) for who in (*SIGNED_IN, MUST_CHANGE)}
    began |= {who: (who, now - minutes) for who in OUTSIDE if who in tried.people}
    began |= {"revoked": ("mentor", now - minutes)}
    began |= {"idle": ("mentor", now - timedelta(minutes=16)), "past_eight_hours": ("mentor", now - hours)}
    made = {"forged": "samtal=" + "x" * 43}
    with tried.store.writing() as unit:
        for name, (who, at) in began.items():
            token = f"token of {name}".replace(" ", "-")
            session_id = hashlib.sha256(token.encode()).hexdigest()
            sessions.add(unit, session_id, tried.people[who].id, at, at + hours)
            if name == "revoked":
                sessions.revoke(unit, session_id, now)
            if name == "past_eight_hours":
                sessions.set_seen(unit, session_id, now)
            made[name] = f"samtal={token}"
    shown = passes.make_pass(tried.store, tried.aims["own"].invitation, "code", now)
    return made | {WITH_PASS: f"samtal-student={shown}"}


@pytest.fixture
def tally() -> Tally:
    return Tally()


def is_inside(who: str, key: Key | Right) -> bool:
    if key is Key.NONE:
        return True
    return who in SIGNED_IN or (who == MUST_CHANGE and key is Key.OWN_PASSWORD)


def fill(template: str) -> str:
    """An address of that route."""
    given = PLACES | {"page": "students", "path": "no/such/thing"}
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: given[found[1]], template)


def got_in(answer: Any, path: str) -> bool:
    """Past the guard. Being led to the door, or to choosing a password, is not."""
    if answer.status_code == 303:
        return answer.headers["location"] not in {f"/sign-in?next={quote(path, safe='')}", "/password"} and path != "/"
    if answer.status_code == 401:
        return bool(answer.content) and answer.json() != {"code": "sign_in"} if is_json(answer) else path == "/sign-in"
    return answer.status_code != 403


def is_json(answer: Any) -> bool:
    return answer.headers.get("content-type", "").startswith("application/json")


def names_in(door: Door, text: str, but: str = "") -> set[str]:
    """Whose names stand there. Two letters may stand in any random token, so they are no proof."""
    return {
        name
        for name, student in door.tried.students.items()
        if name != but and any(len(word) > 2 and word in text for word in (student.given_name, student.family_name))
    }


@on_sqlite
@pytest.mark.parametrize("accept", ["text/html", "*/*"], ids=["page", "program"])
def test_what_concerns_no_student(door: Door, tally: Tally, database: str, capsys, accept: str):
    """A person who is refused is led to the door, a program is told: so those are asked both ways."""
    door.client.headers["accept"] = accept
    for (template, method), key in ROUTES.items():
        if not isinstance(key, Key) or key in {Key.LINK, Key.ANSWER}:
            continue
        path = fill(template)
        for who in CALLERS:
            may = is_inside(who, key)
            if may and key is not Key.NONE and (accept == "text/html" or who not in ONE_OF_A_ROLE):
                continue
            with door.tried.store.undone():
                answer = door.ask(who, method, path)
            tally.note(f"{who} {method} {template}", may, got_in(answer, path), answer.status_code)
            if names_in(door, answer.text):
                tally.wrong.append(f"{who} {method} {template} names somebody")
    tally.say(capsys, f"routes without a student, asked as {accept}, on {database}")
    assert tally.wrong == []
    assert tally.counted["denied"] > 100


@pytest.mark.parametrize("paper", PAPERS)
def test_a_talks_and_a_students_paper(door: Door, tally: Tally, database: str, capsys, paper: str):
    """200 and one row in the log, or the very answer that one gets which is not there, and one row of denial."""
    denied, printed = tables.log_entry.c.denied, tables.log_entry.c.action == "print"
    for who in CALLERS:
        with door.tried.store.undone():
            nothing = door.ask(who, "GET", f"/papers/{paper}/{NOT_THERE}.pdf")
        for name in EVERYBODY:
            aims = door.tried.aims[name]
            aim = {"talk": aims.closed, "student": aims.student, "report": aims.report}[paper]
            may = who in SIGNED_IN and rights.may(who, Right.SEE_TALKS, name)
            for method in ("GET", "HEAD") if who in OUTSIDE else ("GET",):
                what = f"{who} {method} {name}'s {paper} paper"
                with door.tried.store.undone():
                    answer = door.ask(who, method, f"/papers/{paper}/{aim}.pdf")
                    logged = (door.count(tables.log_entry, printed), door.count(tables.log_entry, denied))
                tally.note(what, may, answer.status_code == 200, answer.status_code)
                if may:
                    good = logged == (1, 0) and answer.headers["cache-control"] == "no-store"
                    good = good and answer.content.startswith(b"%PDF-")
                else:
                    same = method == "HEAD" or (answer.status_code, answer.text) == (nothing.status_code, nothing.text)
                    good = same and logged == (0, 1 if who in SIGNED_IN else 0)
                    good = good and answer.status_code in ({404} if who in SIGNED_IN else {401, 303})
                if not good:
                    tally.wrong.append(f"{what}: {answer.status_code}, rows in the log {logged}")
    tally.say(capsys, f"{paper} papers on {database}")
    assert tally.wrong == []


@pytest.mark.parametrize("address", OF_SEVERAL)
def test_a_paper_of_several(door: Door, tally: Tally, database: str, capsys, address: str):
    """Of all within reach: it names them and nobody else. Of a group where one reaches nobody: the same answer as for
    one that is not there."""
    near, far = door.tried.aims["own"].group, door.tried.aims["far"].group
    for who in CALLERS:
        for group in ("", near, far, NOT_THERE, "x' OR 1=1"):
            reached = rights.PEOPLE[who][1] if who in SIGNED_IN else frozenset()
            here = {near: reached & {"own", "shared", "archived"}, far: reached & {"far"}}.get(group, frozenset())
            here -= {"archived"}
            may = who in SIGNED_IN and rights.may(who, Right.SEE_TALKS) and (not group or bool(here))
            with door.tried.store.undone():
                answer = door.ask(who, "GET", f"{address}?group={quote(group)}")
                logged = door.count(tables.log_entry, tables.log_entry.c.action == "print")
            tally.note(f"{who} {address} {group}", may, answer.status_code == 200, answer.status_code)
            if logged != may or (may and answer.headers["cache-control"] != "no-store"):
                tally.wrong.append(f"{who} {address} {group}: {logged} rows in the log")
            if may:
                told = names_in(door, text_of(answer.content))
                named = (here if group else reached) - {"archived"}
                if told != named:
                    tally.wrong.append(f"{who} {address} {group} names {told} and not {named}")
    tally.say(capsys, f"{address} on {database}")
    assert tally.wrong == []


@pytest.mark.parametrize("address", EXPORTS)
def test_a_file_that_leaves_the_house(door: Door, tally: Tally, database: str, capsys, address: str):
    """The page that asks for the password, and the file: for those who reach the student, or the same answer as for a
    student that is not there. A file is one row in the student's log."""
    entry = tables.log_entry
    for who in CALLERS:
        for name in (*EVERYBODY, "missing", "malformed"):
            student = door.tried.aims[name].student
            path = address.format(student_id=quote(student, safe=""))
            asked = {"student": student, "file": "json"} if address == EXPORTS[0] else {}
            may = who in SIGNED_IN and name in EVERYBODY and rights.may(who, Right.SEE_TALKS, name)
            for method in ("GET", "POST"):
                with door.tried.store.undone():
                    how = {"params": asked} if method == "GET" else {"data": asked | {"password": PASSWORD}}
                    answer = door.ask(who, method, path, **how)
                    logged = (door.count(entry, entry.c.action == "export"), door.count(entry, entry.c.denied))
                tally.note(f"{who} {method} {address} of {name}", may, answer.status_code == 200, answer.status_code)
                wanted = (int(may and method == "POST"), int(who in SIGNED_IN and not may))
                no_store = answer.headers["cache-control"] == "no-store"
                if logged != wanted or not no_store or (not may and names_in(door, answer.text)):
                    tally.wrong.append(f"{who} {method} {address} of {name}: rows in the log {logged}, {wanted}")
    tally.say(capsys, f"{address} on {database}")
    assert tally.wrong == []


def test_saving_in_a_talk(door: Door, tally: Tally, database: str, capsys):
    for who in CALLERS:
        for name in EVERYBODY:
            aim = door.tried.aims[name]
            may = who in SIGNED_IN and rights.may(who, Right.HOLD_TALKS, name)
            with door.tried.store.undone():
                here = tables.draft.c.talk_id == aim.opened
                before = door.count(tables.draft, here)
                answer = door.ask(who, "PUT", f"/answers/{aim.opened}/development_survey/bring_up", json=CHANGE)
                written = door.count(tables.draft, here) - before
                refused = door.count(tables.log_entry, tables.log_entry.c.denied)
            what = f"{who} saves in {name}'s talk"
            tally.note(what, may, answer.status_code == 200, answer.status_code)
            if (written, refused) != (int(may), int(not may and who in SIGNED_IN)):
                tally.wrong.append(f"{what}: {written} written, {refused} refusals in the log")
            if not may and answer.status_code not in {401, 403}:
                tally.wrong.append(f"{what}: {answer.status_code} {answer.text}")
    tally.say(capsys, f"saving in talks on {database}")
    assert tally.wrong == []


def test_the_students_own_page(door: Door, tally: Tally, database: str, capsys):
    """Whoever holds a link sees that student's page and writes there; nobody sees or writes anywhere else."""
    drafts = tables.draft
    for who in ("nobody", *ONE_OF_A_ROLE, WITH_PASS):
        for name in (*EVERYBODY, "unknown", "mine"):
            key = {"unknown": "y" * 43, "mine": "mine"}.get(name) or door.tried.aims[name].token
            holder = "own" if name == "mine" else name
            may = (name in EVERYBODY and name != "archived") or (name == "mine" and who == WITH_PASS)
            talk = door.tried.aims[holder if holder in EVERYBODY else "missing"].prepared
            with door.tried.store.undone():
                page = door.ask(who, "GET", f"/s/{key}")
                receipt = door.ask(who, "GET", f"/s/{key}/sent")
                saved = door.ask(who, "PUT", f"/answers/{key}/development_survey/bring_up", json=CHANGE)
                posted = {"development_survey.bring_up": "Ett helt annat ord", "action": "save", "asked": ""}
                whole = door.ask(who, "POST", f"/s/{key}", data=posted)
                elsewhere = door.count(drafts, drafts.c.client == "probe", drafts.c.talk_id != talk)
                here = door.count(drafts, drafts.c.talk_id == talk)
            said = {"page": page, "saved": saved, "whole": whole}
            opened = "development_survey" in page.text and page.status_code == 200
            for what, happened in (
                ("sees", opened),
                ("saves on", saved.status_code == 200),
                ("posts", whole.headers.get("location", "").endswith("?saved=yes")),
            ):
                tally.note(
                    f"{who} {what} the page of {name}", may, happened, [each.status_code for each in said.values()]
                )
            text = page.text + receipt.text + whole.text
            if elsewhere or here != int(may):
                tally.wrong.append(f"{who} writes with the link of {name}: here {here}, elsewhere {elsewhere}")
            family = {each.family_name for each in door.tried.students.values() if len(each.family_name) > 2}
            family = {each for each in family if each in text}
            if names_in(door, text, but=holder) or family:
                tally.wrong.append(f"{who} reads a name on the page of {name}")
    tally.say(capsys, f"students' pages on {database}")
    assert tally.wrong == []


@on_sqlite
@pytest.mark.parametrize("path", STREAMLITS)
def test_streamlits_addresses(door: Door, tally: Tally, path: str):
    for who in CALLERS:
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
            answer = door.ask(who, method, path)
            past_guard = got_in(answer, path) and path not in SHUT
            tally.note(f"{who} {method} {path}", who in SIGNED_IN and path not in SHUT, past_guard, answer.status_code)
            if path in SHUT and answer.status_code != 404:
                tally.wrong.append(f"{who} {method} {path}: {answer.status_code}")
    assert tally.wrong == []


@on_sqlite
def test_the_socket(door: Door, tally: Tally, capsys):
    for who in CALLERS:
        for origin in (HOME, "http://evil.example", None):
            for path in ("/_stcore/stream", "/_stcore/other", "/s/x", "/answers/x/y/z"):
                door.client.cookies.clear()
                headers = {"origin": origin} if origin else {}
                headers |= {"cookie": door.cookies[who]} if who in door.cookies else {}
                try:
                    with door.client.websocket_connect(
                        SOCKET.replace("/_stcore/stream", path), headers=headers
                    ) as opened:
                        opened.receive_json()
                    happened = True
                except WebSocketDisconnect:
                    happened = False
                may = who in SIGNED_IN and origin == HOME and path == "/_stcore/stream"
                tally.note(f"{who} opens a socket at {path} from {origin}", may, happened)
    tally.say(capsys, "sockets")
    assert tally.wrong == []


@on_sqlite
def test_a_stolen_id_of_a_session_is_no_key(door: Door):
    """What the database and the badge hold is a hash: it opens nothing as a cookie."""
    session_id = hashlib.sha256(b"token-of-mentor").hexdigest()
    for value in (session_id, new_id(), "", "x" * 5_000):
        answer = door.client.get("/session", headers={"cookie": f"samtal={value}"})
        assert answer.status_code == 401
