"""Streamlit's own page and files: in the right language, without what we do not use, compressed once."""

import gzip
import re
from functools import cache, lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from front_door.headers import screens_policy, streamlit_static
from front_door.sessions import note_activity
from translations import Language, is_language, words

PREFIX = "/static/"
PACKED = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
WITHOUT_SCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
FOR_A_YEAR = "public, max-age=31536000, immutable"


class ChangedPage(Exception):
    """The installed Streamlit's index.html is not the one this program knows how to complete."""

    code = "changed_page"


@cache
def screens_page(language: Language) -> str:
    """Streamlit's index.html with our language, title and icon. Raises ChangedPage."""
    page = (streamlit_static() / "index.html").read_text(encoding="utf-8")
    _ = words(language)
    needs_script = _("The staff pages need JavaScript. Please allow it for this address.")
    changes = {
        '<html lang="en">': f'<html lang="{language}">',
        "<title>Streamlit</title>": "<title>Jagmed Samtal</title>",
        'href="./favicon.png"': 'href="/favicon.svg" type="image/svg+xml"',
        '<link rel="service-desc" href="./_stcore/agent/openapi.json" />': "",
    }
    for known, wanted in changes.items():
        if known not in page:
            raise ChangedPage(known)
        page = page.replace(known, wanted)
    return WITHOUT_SCRIPT.sub(f"<noscript><p>{needs_script}</p></noscript>", page)


async def show_screens(request: Request) -> Response:
    """Every page of the staff is the same document; what it shows is asked for through the guarded socket."""
    session = request.state.session
    await note_activity(request)
    language: Language = session.staff.language if is_language(session.staff.language) else "sv"
    return HTMLResponse(screens_page(language), headers={"content-security-policy": screens_policy()})


class Shelf:
    """ASGI middleware: hands out Streamlit's scripts compressed (1.0 instead of 2.6 MB at the first visit)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        packed = None
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            if find_file(scope["path"]) is None:  # else Streamlit answers with its page, which is for those inside
                await PlainTextResponse("Not found", 404)(scope, receive, send)
                return
            kind = PACKED.get(Path(scope["path"]).suffix)
            if kind and scope["method"] == "GET" and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
                packed = await run_in_threadpool(pack, scope["path"])
        if packed is None:
            await self.app(scope, receive, send)
            return
        headers = {"content-encoding": "gzip", "cache-control": FOR_A_YEAR, "vary": "accept-encoding"}
        await Response(packed, headers=headers, media_type=kind)(scope, receive, send)


@lru_cache(maxsize=1024)
def pack(path: str) -> bytes | None:
    """None when Streamlit has no such file."""
    file = find_file(path)
    return gzip.compress(file.read_bytes(), 6, mtime=0) if file else None


def find_file(path: str) -> Path | None:
    """One of Streamlit's scripts, styles or fonts; nothing above or beside them."""
    name = path.removeprefix(PREFIX)
    return streamlit_static() / "static" / name if name in _static_files() else None


@cache
def _static_files() -> frozenset[str]:
    home = streamlit_static() / "static"
    return frozenset(file.relative_to(home).as_posix() for file in home.rglob("*") if file.is_file())
