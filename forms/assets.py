"""form.css and form.js as a browser gets them, each at an address that changes with its content and may be kept a year.

`script/` is read as modules by people and tools; a browser gets them joined into one, so that a page asks once.
Comments and indentation are left out on the way.
"""

import gzip
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FORM_CSS = HERE / "form.css"
# What is used while a module is read comes before the one that uses it.
SCRIPTS = ("making", "queue", "conflict", "sign_in", "status", "row", "steps", "start")
PUBLIC = "start"
MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
KEEP = "public, max-age=31536000, immutable"

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS_DOC = re.compile(r"^\s*/\*\*.*?\*/$", re.DOTALL | re.MULTILINE)
_JS_IMPORT = re.compile(r"^import .*;$", re.MULTILINE)
_JS_EXPORT = re.compile(rf"^export (?!function {PUBLIC}\()", re.MULTILINE)


@dataclass(frozen=True)
class Asset:
    """`address` is "/form/<hash>.css": serve `body` with `headers`, or `packed` to those who accept gzip."""

    address: str
    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def media_type(self) -> str:
        return dict(self.headers)["Content-Type"]


@cache
def form_css() -> Asset:
    return stylesheet((FORM_CSS,))


@cache
def form_js() -> Asset:
    return _asset("js", script())


def stylesheet(paths: Sequence[Path]) -> Asset:
    """Several style sheets as one: `stylesheet((FORM_CSS, front_css))`."""
    return _asset("css", "\n".join(_without_blanks(_CSS_COMMENT.sub("", read(path))) for path in paths))


def script() -> str:
    """The one module `form.js`; it exports `start` and nothing else."""
    return "\n".join(_joinable(read(HERE / "script" / f"{name}.js")) for name in SCRIPTS)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _joinable(module: str) -> str:
    lines = _JS_EXPORT.sub("", _JS_IMPORT.sub("", _JS_DOC.sub("", module))).splitlines()
    return _without_blanks("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def _without_blanks(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _asset(kind: str, text: str) -> Asset:
    body = text.encode("utf-8")
    name = hashlib.sha256(body).hexdigest()[:16]
    headers = (("Content-Type", MEDIA_TYPES[kind]), ("Cache-Control", KEEP), ("Vary", "Accept-Encoding"))
    return Asset(f"/form/{name}.{kind}", body, gzip.compress(body, 9, mtime=0), headers)
