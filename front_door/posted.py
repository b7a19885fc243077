"""What was posted, read with a limit on its size before anything is made of it."""

import json
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

LARGEST_FORM = 2_000_000  # bytes: every text of a whole form at its longest
LARGEST_ANSWER = 130_000  # 20,000 letters of any script, escaped as JSON


class TooLarge(Exception):
    """More was sent than any of our forms holds."""

    code = "too_large"


async def body_of(request: Request, largest: int) -> bytes:
    """Raises TooLarge as soon as there is too much, whatever the headers said."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > largest:
            raise TooLarge
        pieces.append(piece)
    return b"".join(pieces)


async def lists_of(request: Request, largest: int = LARGEST_FORM) -> dict[str, list[str]]:
    """A posted form, each field with all its values. Raises TooLarge."""
    text = (await body_of(request, largest)).decode("utf-8", "replace")
    return parse_qs(text, keep_blank_values=True, max_num_fields=4_000)


async def fields_of(request: Request) -> dict[str, str]:
    """A posted form, the last value of each field. Raises TooLarge."""
    return {name: values[-1] for name, values in (await lists_of(request, LARGEST_ANSWER)).items()}


async def json_of(request: Request, largest: int = LARGEST_ANSWER) -> dict[str, Any]:
    """Empty when it is not a JSON object. Raises TooLarge."""
    try:
        read = json.loads(await body_of(request, largest))
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
