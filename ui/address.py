"""The address that people reach this school at. Links come from it, never from what a request says of itself."""

import os

DEFAULT_ADDRESS = "http://localhost:8501"


def public_url() -> str:
    return os.environ.get("PUBLIC_URL", DEFAULT_ADDRESS).rstrip("/")


def student_link(token: str) -> str:
    return f"{public_url()}/s/{token}"


def code_page() -> str:
    """Where a short code is typed, as one would read it aloud."""
    return f"{public_url()}/s"
