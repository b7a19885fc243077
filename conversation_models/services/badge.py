"""The badge that the front door pins on each request, so that the screens know whose session it is.

The middleware makes it from the session it has checked, as the header HEADER; `server.trustedUserHeaders` turns it
into `st.user[FIELD]`; the screens read it back and ask the database again. A header that somebody else wrote has no
valid signature: then nobody is signed in.
"""

import hmac
from datetime import UTC, datetime
from hashlib import sha256

from conversation_models.storage.keys import Keys

HEADER = "X-Jagmed-User"
FIELD = "badge"
PURPOSE = "header"


def make_badge(keys: Keys, session_id: str, ends_at: datetime) -> str:
    """`<session id>.<end in seconds>.<signature>`: names no person, worth nothing after the end."""
    said = f"{session_id}.{int(ends_at.timestamp())}"
    return f"{said}.{_sign(keys, said)}"


def read_badge(keys: Keys, badge: str | None, now: datetime) -> str | None:
    """The session id, or None when the badge is missing, forged or out of date."""
    said, _, signature = (badge or "").rpartition(".")
    if not said or not hmac.compare_digest(signature.encode(), _sign(keys, said).encode()):
        return None
    session_id, _, end = said.partition(".")
    return session_id if now < datetime.fromtimestamp(int(end), UTC) else None


def _sign(keys: Keys, said: str) -> str:
    return hmac.new(keys.derive(PURPOSE), said.encode(), sha256).hexdigest()
