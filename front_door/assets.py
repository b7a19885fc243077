"""Style and script of the plain pages: few files, compressed once, kept by the browser for a year.

The student's page loads one style sheet and one script: the form's own and the page's, joined.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from forms.assets import first_script, first_style, form_script, form_style, smaller_css
from forms.pictures import PICTURE_FILES
from front_door.headers import FILE_POLICY

HERE = Path(__file__).parent / "static"
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"


def _own(name: str) -> Callable[[], str]:
    def read() -> str:
        text = (HERE / name).read_text(encoding="utf-8")
        return smaller_css(text) if name.endswith(".css") else text

    return read


PARTS: dict[str, tuple[Callable[[], str], ...]] = {
    "front.css": (_own("front.css"),),
    "student.css": (first_style, _own("front.css"), _own("student.css")),
    "student.js": (first_script, _own("student.js")),
    "student-more.css": (form_style, _own("front.css"), _own("student.css")),
    "student-more.js": (form_script, _own("student.js")),
    "student-suits.js": (_own("student_suits.js"), _own("student_aloud.js")),
    "form.css": (form_style,),
    "form.js": (form_script,),
    "favicon.svg": (_own("favicon.svg"),),
    **{name: (made,) for name, made in PICTURE_FILES.items()},
}


@dataclass(frozen=True)
class Asset:
    kind: str
    plain: bytes
    packed: bytes
    digest: str


@cache
def read_asset(name: str) -> Asset:
    """Raises KeyError when there is no such file."""
    plain = "\n".join(part() for part in PARTS[name]).encode()
    return Asset(KINDS[Path(name).suffix], plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest())


def asset_path(name: str) -> str:
    """An address that changes with the content, so that it may be kept for a year."""
    return f"/look/{read_asset(name).digest[:12]}/{name}"


def serve_asset(request: Request) -> Response:
    name = request.path_params.get("name") or request.url.path.lstrip("/")
    if name not in PARTS:
        return Response(status_code=404)
    asset = read_asset(name)
    headers = {
        "cache-control": FOR_A_YEAR if "digest" in request.path_params else "no-cache",
        "etag": f'"{asset.digest[:16]}"',
        "vary": "accept-encoding",
        "content-security-policy": FILE_POLICY,
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, headers=headers | {"content-encoding": "gzip"}, media_type=asset.kind)
    return Response(asset.plain, headers=headers, media_type=asset.kind)
