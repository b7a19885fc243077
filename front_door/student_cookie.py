"""How a student is recognised: by the link, or by the pass in a cookie after typing the code or after sending."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from conversation_models.services import rate
from conversation_models.services.house import current_store
from conversation_models.services.passes import PassKind
from front_door.sessions import give_cookie
from front_door.settings import settings

MINE = "mine"


class NoPass(Exception):
    """The address is for someone who typed the code, and this device has no pass, or one that has ended."""


def held_by(request: Request, key: str, at: datetime) -> rate.Held:
    """`key` is the link's token, or "mine". Raises NoPass."""
    shown = rate.read_pass(current_store(), request.cookies.get(settings().student_cookie, ""), at)
    if key == MINE and shown is None:
        raise NoPass
    return rate.Held(None if key == MINE else key, shown)


def find_entry(request: Request, key: str, at: datetime) -> rate.Entry | None:
    """None for a link that leads nowhere. Raises NoPass."""
    return rate.find(current_store(), held_by(request, key, at), at)


def lend_pass(response: Response, invitation_id: str, at: datetime) -> None:
    """For a device that staff hand over."""
    give_cookie(response, settings().student_cookie, rate.make_pass(current_store(), invitation_id, "lent", at))


def give_pass(response: Response, entry: rate.Entry, kind: PassKind, at: datetime) -> None:
    value = rate.make_pass(current_store(), entry.invitation.id, kind, at)
    give_cookie(response, settings().student_cookie, value)
