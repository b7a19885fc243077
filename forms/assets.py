"""form.css and form.js, each at an address that changes with its content, so that a browser may keep it for a year."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """`address` is "/form/<hash>.css": serve it with `headers`, `packed` to those who accept gzip."""

    address: str
    body: bytes
    packed: bytes
    media_type: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Type": self.media_type, "Cache-Control": KEEP, "Vary": "Accept-Encoding"}


def bundle(*paths: Path) -> Asset:
    """Several files of one kind as one, so that a page asks once: `bundle(FORM_CSS, front_css)`."""
    body = b"\n".join(path.read_bytes() for path in paths)
    kind = paths[0].suffix
    name = hashlib.sha256(body).hexdigest()[:16]
    return Asset(f"/form/{name}{kind}", body, gzip.compress(body, 9, mtime=0), MEDIA_TYPES[kind])


FORM_CSS = HERE / "form.css"
FORM_JS = HERE / "form.js"


@cache
def form_css() -> Asset:
    return bundle(FORM_CSS)


@cache
def form_js() -> Asset:
    return bundle(FORM_JS)
