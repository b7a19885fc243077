"""Encrypted columns: AES-256-GCM, each value bound to its table, column and row."""

import hashlib
import hmac
import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from conversation_models.storage.keys import Keys

FORMAT = 1
NONCE_BYTES = 12
HEADER = struct.Struct("BB")
KEY_AT = 1  # where the id of the root key stands in a sealed value


class Unreadable(Exception):
    """A stored value does not belong to its row, was changed, or was written with another key."""

    def __init__(self, place: tuple[str, ...]) -> None:
        super().__init__(place)
        self.place = place


class Cipher:
    """Seals text for one place in the database and opens it there again, and nowhere else."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._ciphers: dict[tuple[str, int], AESGCM] = {}
        self._blind = keys.derive("blind-index")

    def seal(self, text: str, *place: str, level: str = "m") -> bytes:
        """`place` is table, column and row id. An empty text is sealed like any other."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        key_id = self._keys.current
        sealed = self._cipher(level, key_id).encrypt(nonce, text.encode("utf-8"), _bind(place, level))
        return HEADER.pack(FORMAT, key_id) + nonce + sealed

    def open(self, sealed: bytes, *place: str, level: str = "m") -> str:
        """Raises Unreadable when the value is not this row's own."""
        _, key_id = HEADER.unpack_from(sealed)
        nonce, body = (
            sealed[HEADER.size : HEADER.size + NONCE_BYTES],
            sealed[HEADER.size + NONCE_BYTES :],
        )
        if key_id not in self._keys.roots:
            raise Unreadable(place)
        try:
            return self._cipher(level, key_id).decrypt(nonce, body, _bind(place, level)).decode("utf-8")
        except InvalidTag as error:
            raise Unreadable(place) from error

    def open_or_empty(self, sealed: bytes | None, *place: str, level: str = "m") -> str:
        return "" if sealed is None else self.open(sealed, *place, level=level)

    def blind_index(self, text: str) -> str:
        """A keyed fingerprint: equal texts can be matched without being readable. Made anew when keys change, so what
        it is made of must lie sealed beside it."""
        return hmac.new(self._blind, text.encode("utf-8"), hashlib.sha256).hexdigest()

    def _cipher(self, level: str, key_id: int) -> AESGCM:
        found = self._ciphers.get((level, key_id))
        if found is None:
            found = self._ciphers[level, key_id] = AESGCM(self._keys.derive(f"column:{level}", key_id))
        return found


def _bind(place: tuple[str, ...], level: str) -> bytes:
    return "\x1f".join((*place, level)).encode("utf-8")
