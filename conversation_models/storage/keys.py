"""The school's keys: one file of root keys outside the data folder, one sub-key a purpose.

There is one root key, except while it is changed (services/key_rotation.py): then the old one and the new one.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from conversation_models.storage.durable import put_in_place

KEY_BYTES = 32
HIGHEST = 255  # a sealed value names its root key in one byte


class KeysMissing(Exception):
    """There is a database but no key file: starting would mean losing what is in it."""


class BrokenKeys(ValueError):
    """The key file is there and cannot be read."""


@dataclass(frozen=True)
class Keys:
    """Root keys by id (1-255). The highest id encrypts; the others still decrypt."""

    roots: dict[int, bytes]

    @property
    def current(self) -> int:
        return max(self.roots)

    def derive(self, purpose: str, key_id: int | None = None) -> bytes:
        """32 bytes for one purpose ("column:m", "blind-index", "file", "header"), from one root key."""
        root = self.roots[key_id or self.current]
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(root)

    @property
    def is_changing(self) -> bool:
        """Something may still lie under an older root key: a change of keys was begun and is not finished."""
        return len(self.roots) > 1

    def with_new_root(self) -> "Keys":
        if self.current == HIGHEST:
            raise BrokenKeys("there is no number left for another key")
        return Keys(self.roots | {self.current + 1: secrets.token_bytes(KEY_BYTES)})

    def newest_alone(self) -> "Keys":
        return Keys({self.current: self.roots[self.current]})

    def dump(self) -> str:
        return "".join(f"{key_id}:{root.hex()}\n" for key_id, root in sorted(self.roots.items()))

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Raises BrokenKeys when a line is not `id:64 hexadecimal digits`."""
        try:
            pairs = [line.split(":") for line in text.split()]
            roots = {int(key_id): bytes.fromhex(root) for key_id, root in pairs}
        except ValueError as error:
            raise BrokenKeys("a key file has one line a key: id:64 hexadecimal digits") from error
        if not roots or any(len(root) != KEY_BYTES or not 1 <= key_id <= HIGHEST for key_id, root in roots.items()):
            raise BrokenKeys("a key file has one line a key: id:64 hexadecimal digits")
        return cls(roots)


def key_file_for(data: Path) -> Path:
    """Beside the data folder, never in it: a copy of the data folder says nothing without it."""
    named = os.environ.get("JAGMED_KEY_FILE")
    return Path(named) if named else data.with_name(data.name + ".key")


def read_keys(path: Path) -> Keys:
    """Raises KeysMissing when the file is not there, BrokenKeys."""
    if not path.exists():
        raise KeysMissing(str(path))
    return Keys.parse(path.read_text(encoding="ascii", errors="replace"))


def create_keys(path: Path) -> Keys:
    """Makes a first root key."""
    keys = Keys({1: secrets.token_bytes(KEY_BYTES)})
    write_keys(path, keys)
    return keys


def write_keys(path: Path, keys: Keys) -> None:
    """Readable by the owner only, and on the disk when this returns. Raises FileExistsError: never overwrites."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(keys.dump())
        file.flush()
        os.fsync(file.fileno())


def replace_keys(path: Path, keys: Keys) -> None:
    """At every moment there is one whole key file, the old one or the new one; the new one is on the disk when this
    returns. Raises OSError."""
    real = path.resolve()  # a link stays a link
    part = real.with_name(f".{real.name}.new")
    part.unlink(missing_ok=True)
    write_keys(part, keys)
    put_in_place(part, real)
