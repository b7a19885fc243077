"""A signed pass for the cookie of someone who typed the short code, whose device has just sent, or who was lent one.

It names the invitation and ends by itself; nothing of it is kept in the database.
"""

import base64
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal, get_args

from conversation_models.storage.store import Store

Way = Literal["link", "code", "device", "lent"]
PassKind = Literal["code", "device", "lent"]
# A school's tablet goes to the next student: a typed code opens it for a lesson, and sending for a second thought.
# A lent device goes back to staff: after sending it opens nothing more than the bare link does.
LASTS: dict[PassKind, timedelta] = {
    "code": timedelta(hours=2),
    "device": timedelta(minutes=30),
    "lent": timedelta(hours=2),
}
_SHAPE = re.compile(r"([0-9a-f]{32})\.(code|device|lent)\.([0-9]{1,12})\.([0-9a-f]{64})")


@dataclass(frozen=True)
class Pass:
    invitation_id: str
    way: PassKind
    ends_at: datetime


def make_pass(store: Store, invitation_id: str, kind: PassKind, now: datetime) -> str:
    """The cookie's value: only letters, digits and dots."""
    told = f"{invitation_id}.{kind}.{int((now + LASTS[kind]).timestamp())}"
    return f"{told}.{_sign(store, told)}"


def make_seal_key(token_hash: str) -> str:
    """What seals, in the tab's own storage, the answers of this invitation that are not saved yet.

    Made from the link's hash, which never leaves the database: it stays when the keys change, and so do the answers.
    """
    sealing = hmac.new(token_hash.encode("ascii"), b"unsaved", sha256).digest()
    return base64.b64encode(sealing).decode()


def read_pass(store: Store, cookie: str, now: datetime) -> Pass | None:
    """None when it is not ours, was changed, or has ended."""
    found = _SHAPE.fullmatch(cookie)
    if found is None:
        return None
    told, _, signature = cookie.rpartition(".")
    if not hmac.compare_digest(signature, _sign(store, told)):
        return None
    ends_at = datetime.fromtimestamp(int(found[3]), UTC)
    kind = next(kind for kind in get_args(PassKind) if kind == found[2])
    return Pass(found[1], kind, ends_at) if now < ends_at else None


def _sign(store: Store, told: str) -> str:
    return hmac.new(store.keys.derive("pass"), told.encode("ascii"), sha256).hexdigest()
