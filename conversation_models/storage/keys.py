"""The school's keys: one file of root keys outside the data folder, one sub-key a purpose."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class KeysMissing(Exception):
    """There is a database but no key file: starting would mean losing what is in it."""


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

    def derive_first(self, purpose: str) -> bytes:
        """From the oldest root key: for what must stay comparable when keys change, such as the blind index."""
        return self.derive(purpose, min(self.roots))

    def dump(self) -> str:
        return "".join(f"{key_id}:{root.hex()}\n" for key_id, root in sorted(self.roots.items()))

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Raises ValueError when a line is not `id:64 hexadecimal digits`."""
        pairs = [line.split(":") for line in text.split()]
        roots = {int(key_id): bytes.fromhex(root) for key_id, root in pairs}
        if not roots or any(len(root) != KEY_BYTES for root in roots.values()):
            raise ValueError("a key file has one line a key: id:64 hexadecimal digits")
        return cls(roots)


def key_file_for(data: Path) -> Path:
    """Beside the data folder, never in it: a copy of the data folder says nothing without it."""
    named = os.environ.get("JAGMED_KEY_FILE")
    return Path(named) if named else data.with_name(data.name + ".key")


def read_keys(path: Path) -> Keys:
    """Raises KeysMissing when the file is not there."""
    if not path.exists():
        raise KeysMissing(str(path))
    return Keys.parse(path.read_text(encoding="ascii"))


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
