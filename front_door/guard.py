"""Nobody gets past the door without a session: no page, no socket, no file, no media.

What is open is listed here; everything else, also what Streamlit may add tomorrow, is closed.
"""

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from conversation_models.domain.staff import StaffSession
from conversation_models.services import badge
from conversation_models.services.house import current_store
from front_door.sessions import session_of, token_of
from front_door.settings import settings
from front_door.sockets import serve_socket

OPEN_PATHS = frozenset(
    {"/sign-in", "/sign-in/again", "/sign-out", "/setup", "/s", "/healthz", "/favicon.svg", "/form.css", "/form.js"}
)
OPEN_PREFIXES = ("/s/", "/answers/", "/look/", "/static/")
SHUT = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
SOCKET = "/_stcore/stream"
ANY_HOST = "/healthz"
BADGE = badge.HEADER.lower().encode()
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CHANGE_PAGE = "/password"
REFUSED_SOCKET = 1008
# On a 401: "ended" by time, and the page may ask for the password in place; "none" when this browser has signed out or
# was handed over, and nothing of the page may stay.
SESSION = "x-session"


class Guard:
    """ASGI middleware for HTTP and WebSocket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        _strip_badge(scope)
        connection = HTTPConnection(scope)
        refusal = _refuse_stranger(connection)
        if refusal is None and not is_open(scope["path"]):
            refusal = await _refuse_without_session(connection)
        if refusal is None and scope["type"] == "websocket":
            await serve_socket(self.app, scope["state"]["session"].id, scope, receive, send)
        elif refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": REFUSED_SOCKET, "reason": ""})
        else:
            await refusal(scope, receive, send)


def is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)


def is_own_origin(headers: Headers, *, required: bool) -> bool:
    """Did one of our own pages ask? A browser says so in Origin, or at least in Sec-Fetch-Site; a program that says
    neither carries nobody's cookies, and passes unless `required`."""
    origin = headers.get("origin")
    if origin is not None:
        return origin == f"{settings().scheme}://{headers.get('host', '')}".lower()
    return not required and headers.get("sec-fetch-site") in {None, "same-origin", "none"}


def _refuse_stranger(connection: HTTPConnection) -> Response | None:
    scope, headers = connection.scope, connection.headers
    if scope["path"] != ANY_HOST and headers.get("host", "").lower() not in settings().hosts:
        return PlainTextResponse("This server is not called that.", 421)
    if scope["path"].startswith(SHUT):
        return PlainTextResponse("Not found", 404)
    socket = scope["type"] == "websocket"
    if socket and scope["path"] != SOCKET:
        return PlainTextResponse("Not found", 404)
    if (socket or scope["method"] not in SAFE_METHODS) and not is_own_origin(headers, required=socket):
        return JSONResponse({"code": "foreign_origin"}, 403)
    return None


async def _refuse_without_session(connection: HTTPConnection) -> Response | None:
    session = await session_of(connection)
    if session is None:
        return _ask_to_sign_in(connection)
    if session.staff.must_change_password and connection.scope["path"] != CHANGE_PAGE:
        return RedirectResponse(CHANGE_PAGE, 303)
    _pin_badge(connection.scope, session)
    return None


def _ask_to_sign_in(connection: HTTPConnection) -> Response:
    """A person is led to the door and back again afterwards; a program is told."""
    scope = connection.scope
    wants_page = "text/html" in connection.headers.get("accept", "")
    if scope["type"] == "websocket" or scope["method"] != "GET" or not wants_page:
        return JSONResponse({"code": "sign_in"}, 401, {SESSION: "ended" if token_of(connection) else "none"})
    query = scope["query_string"].decode("latin-1")
    wanted = quote(f"{scope['path']}?{query}" if query else scope["path"], safe="")
    return RedirectResponse("/sign-in" if wanted == quote("/", safe="") else f"/sign-in?next={wanted}", 303)


def _strip_badge(scope: Scope) -> None:
    scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() != BADGE]


def _pin_badge(scope: Scope, session: StaffSession) -> None:
    value = badge.make_badge(current_store().keys, session.id, session.ends_at)
    scope["headers"].append((BADGE, value.encode()))
    scope.setdefault("state", {})["session"] = session
