"""What the door must know about the address people use. Documented in docs/running-behind-tls.md."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

DEFAULT_PORT = 8501
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class UnusableAddress(Exception):
    """PUBLIC_URL is not `http(s)://host[:port]`."""

    code = "unusable_address"

    def __init__(self, public_url: str) -> None:
        super().__init__(f"PUBLIC_URL is {public_url!r}: please write http://host or https://host, without a path")
        self.values = {"public_url": public_url}


@dataclass(frozen=True)
class Settings:
    """`public_url` is how people reach this server: links, the hosts that are answered, and whether cookies are
    kept to https all come from it, never from what a request says about itself."""

    public_url: str

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def scheme(self) -> str:
        return "https" if self.secure else "http"

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers that are answered. A server on its own machine may be called by any of its names."""
        parts = urlsplit(self.public_url)
        if parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
            return frozenset({parts.netloc})
        port = f":{parts.port}" if parts.port else ""
        return frozenset(name + port for name in LOOPBACK)

    @property
    def staff_cookie(self) -> str:
        return "__Host-samtal" if self.secure else "samtal"

    @property
    def student_cookie(self) -> str:
        return "__Host-samtal-student" if self.secure else "samtal-student"


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Raises UnusableAddress."""
    url = environ.get("PUBLIC_URL", f"http://localhost:{DEFAULT_PORT}").rstrip("/").lower()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.username:
        raise UnusableAddress(url)
    return Settings(url)


@cache
def settings() -> Settings:
    return read_settings(os.environ)
