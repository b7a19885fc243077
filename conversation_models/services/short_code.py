"""The short code on a slip of paper: ten characters that are not mistaken for each other, XXXXX-XXXXX."""

import secrets

# Without I and 1, O and 0, L, U (like V): what is read aloud or written by hand comes out the same.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show_code(code: str) -> str:
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(typed: str) -> str | None:
    """The code as it is kept. None when it cannot be one; that counts as a wrong code all the same."""
    letters = "".join(letter for letter in typed[:100].upper() if letter not in " -–—\u00a0\t\r\n")
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else None
