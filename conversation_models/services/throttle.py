"""How long to wait after failed attempts: longer and longer, never for good.

An account slows down after a few failures. An address is let off far more lightly, because a whole school often
shares one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from conversation_models.storage import failures
from conversation_models.storage.store import Unit


@dataclass(frozen=True)
class Limit:
    """`free` failures within `window` cost nothing; each one more doubles the wait, up to `longest`."""

    kind: str
    free: int
    window: timedelta
    longest: timedelta

    def wait(self, found: failures.Failures, now: datetime) -> timedelta:
        over = found.count - self.free
        if over < 0 or found.last is None:
            return timedelta(0)
        delay = min(self.longest, timedelta(seconds=2 ** min(over, 20)))
        return max(timedelta(0), found.last + delay - now)


ACCOUNT = Limit("account", free=5, window=timedelta(hours=24), longest=timedelta(seconds=60))
ADDRESS = Limit("address", free=50, window=timedelta(minutes=15), longest=timedelta(seconds=10))


def wait_for(unit: Unit, limit: Limit, key: str, now: datetime) -> timedelta:
    return limit.wait(failures.since(unit, limit.kind, key, now - limit.window), now)


def note_failure(unit: Unit, limit: Limit, key: str, now: datetime) -> None:
    failures.forget_before(unit, limit.kind, now - limit.window)
    failures.add(unit, limit.kind, key, now)


def address_key(address: str) -> str:
    """An IPv4 address, or the /64 network that one IPv6 customer has; any other text as it is."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return parsed.exploded[:19]
    return str(parsed)


def forget(unit: Unit, limit: Limit, key: str) -> None:
    failures.forget(unit, limit.kind, key)
