"""Identifiers that sort by time of birth, so that the database's indexes grow at one end."""

import secrets
import time


def new_id() -> str:
    """A UUIDv7 as 32 hexadecimal digits (RFC 9562: 48 bits of milliseconds, the rest random)."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return f"{number:032x}"
