"""Whose request is this? The session cookie, asked of the database each time."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from conversation_models.domain.staff import StaffSession
from conversation_models.services import sign_in
from conversation_models.services.access import Desk, now
from conversation_models.services.house import current_store
from front_door.settings import settings

OUR_SCRIPT = "samtal"


def token_of(connection: HTTPConnection) -> str | None:
    return connection.cookies.get(settings().staff_cookie)


def address_of(connection: HTTPConnection) -> str:
    """Where the request comes from, as uvicorn sees it (behind a proxy: FORWARDED_ALLOW_IPS)."""
    return connection.client.host if connection.client else ""


async def session_of(connection: HTTPConnection) -> StaffSession | None:
    """The guard's finding when it has looked already; None when nobody is signed in."""
    known: StaffSession | None = connection.scope.get("state", {}).get("session")
    token = token_of(connection)
    if known is not None or token is None:
        return known
    return await run_in_threadpool(sign_in.find_session, current_store(), token, now())


async def note_activity(connection: HTTPConnection) -> None:
    """Moves the idle limit: only for what a person did, never for what a page does by itself."""
    token = token_of(connection)
    if token is not None:
        await run_in_threadpool(sign_in.touch, current_store(), token, now())


def is_our_script(request: Request) -> bool:
    """A header that another site's form cannot send and its script may not."""
    return request.headers.get("x-requested-with") == OUR_SCRIPT


def desk_of(session: StaffSession) -> Desk:
    return Desk(current_store(), session.staff, now())


def give_cookie(response: Response, name: str, value: str) -> None:
    """For this browser session only; the server decides how long it is worth anything."""
    response.set_cookie(name, value, httponly=True, secure=settings().secure, samesite="lax", path="/")


def take_cookie(response: Response, name: str) -> None:
    response.delete_cookie(name, httponly=True, secure=settings().secure, samesite="lax", path="/")
