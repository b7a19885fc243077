"""When something breaks: the person gets a number to mention, the log gets the number and the place, nobody the words.

A traceback may hold names or answers in its messages; the log says the type of the error and where it arose.
"""

import logging
import secrets
import traceback
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from front_door.pages import show

log = logging.getLogger("samtal")
HOUSE = Path(__file__).parent.parent
PLACES = 4


class LastResort:
    """ASGI middleware: no exception leaves it towards a server that would print it whole."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_and_notice(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_and_notice)
        except Exception as error:  # noqa: BLE001 - the last resort is for every error there is
            number = note_error(error)
            if not begun:
                await _apology(Request(scope), number)(scope, receive, send)


def _apology(request: Request, number: str) -> Response:
    """A script that saves tries again on 503; a person reads a page."""
    if request.url.path.startswith("/answers/"):
        return JSONResponse({"code": "unavailable", "number": number}, 503, headers={"retry-after": "2"})
    return show(request, "broken.html", 500, number=number)


def note_error(error: BaseException) -> str:
    """Logs the type and the innermost places of our own code; returns the number that the person sees."""
    number = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(str(HOUSE)) and ".venv" not in frame.filename]
    where = " < ".join(f"{Path(it.filename).name}:{it.lineno}" for it in reversed((ours or frames)[-PLACES:]))
    log.error("error %s: %s at %s", number, type(error).__name__, where)
    return number
