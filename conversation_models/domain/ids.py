"""Identifiers that sort by time of birth, so that the database's indexes grow at one end."""

import re
import secrets
import time

SHAPE = re.compile(r"[0-9a-f]{32}")


def new_id() -> str:
    """A UUIDv7 as 32 hexadecimal digits (RFC 9562: 48 bits of milliseconds, the rest random)."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return f"{number:032x}"


def is_id(text: str) -> bool:
    """What comes out of an address may be anything; a database is only asked for what can be an id."""
    return SHAPE.fullmatch(text) is not None
