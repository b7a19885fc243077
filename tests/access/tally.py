"""Counts what was tried, and keeps what came out otherwise than the table says."""

from collections import Counter
from typing import Any

import pytest

# Where no student's record is asked for, one database is enough.
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Tally:
    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []

    def note(self, what: str, wanted: bool, happened: bool, why: Any = "") -> None:
        self.counted["allowed" if wanted else "denied"] += 1
        if wanted != happened:
            self.wrong.append(f"unexpected {'denial' if wanted else 'allow'}: {what} ({why})")

    def say(self, capsys: pytest.CaptureFixture[str], what: str) -> None:
        with capsys.disabled():
            tried, kinds = sum(self.counted.values()), self.counted
            print(f"\n{what}: {tried} combinations, {kinds['allowed']} to allow, {kinds['denied']} to deny, ", end="")
            print(f"{len(self.wrong)} otherwise", end=" ")
