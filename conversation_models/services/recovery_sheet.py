"""The keys on paper: groups of letters to print and lock away, and the way back from them.

A key is 32 bytes. With its number and a checksum it becomes seven groups of ten letters, two of them a checksum of
the group, so that a slip of the pen is found in the group where it was made.
"""

import hashlib
from dataclasses import dataclass

from conversation_models.storage.keys import KEY_BYTES, Keys

# Crockford's letters: no I, L, O or U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
BITS = 5
BODY, CHECK = 8, 2
GROUPS_A_KEY = 7
GROUP_BYTES = 5


class Mistyped(Exception):
    """`group` is the number of the first wrong group, from 1; 0 when they do not make keys together."""

    def __init__(self, group: int) -> None:
        super().__init__(str(group))
        self.group = group


@dataclass(frozen=True)
class RecoverySheet:
    """Groups in order, such as "7XK2M-9QT4B". `fingerprint` tells two sheets apart and reveals nothing."""

    groups: tuple[str, ...]
    fingerprint: str


def recovery_sheet(keys: Keys) -> RecoverySheet:
    groups = [group for key_id, root in sorted(keys.roots.items()) for group in _key_groups(key_id, root)]
    return RecoverySheet(tuple(groups), fingerprint(keys))


def fingerprint(keys: Keys) -> str:
    return hashlib.sha256(b"recovery-sheet" + keys.dump().encode()).hexdigest()[:8].upper()


def is_on_sheet(keys: Keys, number: int, group: str) -> bool:
    """Whether somebody really holds the paper: the group with that number, from 1."""
    groups = recovery_sheet(keys).groups
    return 1 <= number <= len(groups) and _tidied(group) == _tidied(groups[number - 1])


def restore_keys(groups: list[str]) -> Keys:
    """As typed from the paper: small letters, spaces and missing hyphens do not matter. Raises Mistyped."""
    if not groups or len(groups) % GROUPS_A_KEY:
        raise Mistyped(0)
    content = b"".join(_group_bytes(number, group) for number, group in enumerate(groups, start=1))
    size = GROUPS_A_KEY * GROUP_BYTES
    parts = [content[start : start + size] for start in range(0, len(content), size)]
    roots = {}
    for part in parts:
        key_id, root, check = part[0], part[1 : 1 + KEY_BYTES], part[1 + KEY_BYTES :]
        if _checksum(part[: 1 + KEY_BYTES]) != check or key_id in roots or not key_id:
            raise Mistyped(0)
        roots[key_id] = root
    return Keys(roots)


def _key_groups(key_id: int, root: bytes) -> list[str]:
    content = bytes([key_id]) + root
    content += _checksum(content)
    bodies = [_letters(content[start : start + GROUP_BYTES]) for start in range(0, len(content), GROUP_BYTES)]
    checked = [body + _group_check(place % GROUPS_A_KEY, body) for place, body in enumerate(bodies)]
    return [f"{each[:5]}-{each[5:]}" for each in checked]


def _group_bytes(number: int, group: str) -> bytes:
    plain = _tidied(group)
    body, check = plain[:BODY], plain[BODY:]
    right = len(plain) == BODY + CHECK and all(letter in LETTERS for letter in plain)
    if not right or _group_check((number - 1) % GROUPS_A_KEY, body) != check:
        raise Mistyped(number)
    value = 0
    for letter in body:
        value = value << BITS | LETTERS.index(letter)
    return value.to_bytes(GROUP_BYTES)


def _letters(content: bytes) -> str:
    value = int.from_bytes(content)
    return "".join(LETTERS[value >> BITS * place & 31] for place in reversed(range(BODY)))


def _group_check(place: int, body: str) -> str:
    """Knows its place in the key, so that two groups changed about are noticed."""
    value = int.from_bytes(hashlib.sha256(f"{place}:{body}".encode()).digest()[:2])
    return LETTERS[value >> BITS & 31] + LETTERS[value & 31]


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(b"key" + content).digest()[:2]


def _tidied(group: str) -> str:
    return "".join(letter for letter in group.upper().translate(MISREAD) if letter.isalnum())
