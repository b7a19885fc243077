"""Passwords: what is accepted, how they are kept (argon2id), and how many are worked out at once."""

import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from conversation_models.domain.names import same_name

SHORTEST, LONGEST = 15, 200
# Each hash takes 64 MiB: two side by side would take the process past its 250 MB. One keeps four threads busy already;
# on two processors twenty sign-ins at the same moment take 5 s so, and 3.4 s two by two.
MOST_AT_ONCE = 1
NO_LOOKALIKES = "abcdefghjkmnpqrstuvwxyz23456789"
# Long enough to pass on length and still among the first that are tried. Compared without spaces, signs and capitals.
TRIED_FIRST = """
123456789012345 1234567890123456 12345678901234567890 111111111111111 000000000000000 123123123123123
qwertyuiopasdfg qwertyuiopasdfgh qwertyuiopasdfghjkl qwertyuiopåasdfghjklöä asdfghjklqwertyuiop
passwordpassword password12345678 password123456789 passwordpassword1 mypasswordissecret thisismypassword
lösenordlösenord lösenord12345678 lösenord123456789 dettaärmittlösenord mittlösenordärhemligt hemligtlösenord
välkommentillskolan välkommenvälkommen sommarsommarsommar sommaren20252026 sommarlov2026sommarlov
administratoradministrator administratör administratöradministratör adminadminadmin adminadminadminadmin
jagmedsamtaljagmedsamtal jagmedsamtal123 jagmedsamtal1234 jagmedsamtal2026 correcthorsebatterystaple
iloveyouiloveyou jagälskardigjagälskardig letmeinletmeinletmein abcdefghijklmno abcdefghijklmnopqrstuvwxyz
abcdefghijklmnopqrstuvwxyzåäö
"""
COMMON = frozenset(TRIED_FIRST.split())

hasher = PasswordHasher()
working = BoundedSemaphore(MOST_AT_ONCE)


class PasswordRefused(Exception):
    """`code`: too_short, too_long, common, holds_username or same_as_before."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def require_good(password: str, username: str, before: str | None = None) -> None:
    """Raises PasswordRefused."""
    plain = "".join(letter for letter in same_name(password) if letter.isalnum())
    if len(password) < SHORTEST:
        raise PasswordRefused("too_short")
    if len(password) > LONGEST:
        raise PasswordRefused("too_long")
    if plain in COMMON or len(set(plain)) <= 3:
        raise PasswordRefused("common")
    if same_name(username) in same_name(password):
        raise PasswordRefused("holds_username")
    if before is not None and password == before:
        raise PasswordRefused("same_as_before")


def one_time_password() -> str:
    """About 99 bits, easy to read aloud: xxxxx-xxxxx-xxxxx-xxxxx."""
    letters = [secrets.choice(NO_LOOKALIKES) for _ in range(20)]
    return "-".join("".join(letters[start : start + 5]) for start in range(0, 20, 5))


def hash_password(password: str) -> str:
    with working:
        return hash_in_turn(password)


def hash_in_turn(password: str) -> str:
    """The caller holds `working`."""
    return hasher.hash(_bytes(password))


def needs_new_hash(password_hash: str) -> bool:
    return hasher.check_needs_rehash(password_hash)


def is_right(password: str, password_hash: str) -> bool:
    """The caller holds `working`, because it decides more than the hash (see sign_in)."""
    try:
        return hasher.verify(password_hash, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """One way to write each letter (NFKC, as NIST asks). A lone surrogate is a wrong password and not a fault."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
