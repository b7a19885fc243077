"""The headers on every answer, and a content security policy that fits the installed Streamlit."""

import base64
import hashlib
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from front_door.settings import settings

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Streamlit styles with inline styles and runs inline components from blob: addresses; nothing of ours needs either.
SCREENS_POLICY = (
    "default-src 'self'; script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
PLAIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"
# `same-origin` and not `no-referrer`: the latter makes a form's POST say "Origin: null" (recipes.md, 6).
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
HSTS = "max-age=31536000"


def streamlit_static() -> Path:
    """Where the installed Streamlit keeps its page; found without importing Streamlit."""
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        raise FileNotFoundError("streamlit is not installed")
    return Path(found.origin).parent / "static"


@cache
def screens_policy() -> str:
    """Allows exactly the inline scripts that lie in the installed index.html."""
    page = (streamlit_static() / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(page))
    return SCREENS_POLICY.format(hashes=" ".join(f"'sha256-{base64.b64encode(it).decode()}'" for it in digests))


def policy_with(style: str) -> str:
    """The plain pages' policy for a page that carries this style sheet within it, and no other."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return PLAIN_POLICY.replace("style-src 'self'", f"style-src 'self' 'sha256-{digest}'")


class Headers:
    """ASGI middleware. A route may say its own policy or Cache-Control; else it gets the strict ones."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _complete(headers: MutableHeaders) -> None:
    for name, value in ALWAYS.items():
        headers[name] = value
    headers.setdefault("content-security-policy", PLAIN_POLICY)
    headers.setdefault("cache-control", "no-store")
    if settings().secure:
        headers["strict-transport-security"] = HSTS
