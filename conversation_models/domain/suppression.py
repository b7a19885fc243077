"""Counts of people that leave the house: nobody is found in them, neither in one table nor by subtracting two.

A table counts each student of a set once, and its total is taken to be known. What may be shown of a larger set is
only ever put together from what may be shown of its smallest parts (groups), so that no subtraction of overlapping sets
tells more than the parts' own tables do.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

FEWEST = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Count:
    """`known` may be shown. `more`: there are parts where it may not, so that the true number is at least this."""

    known: int = 0
    more: bool = False

    @property
    def is_hidden(self) -> bool:
        return self.more and not self.known


def shielded(counts: Mapping[Key, int], of_people: bool = True) -> dict[Key, Count]:
    """One part's table. Below five is hidden, and as much beside it as it takes for nothing to be worked out.

    A total below five hides everything; so does one cell that holds everybody, for then each one's answer is known.
    Not `of_people` but of events, which are nobody's answer: there one cell may hold them all.
    """
    hidden = _hidden(counts, of_people=of_people)
    return {key: Count(more=True) if key in hidden else Count(counted) for key, counted in counts.items()}


def summed(tables: Iterable[Mapping[Key, Count]]) -> dict[Key, Count]:
    """A larger set, from what may be shown of its parts. A key that a part does not have counts as none there."""
    found: dict[Key, Count] = {}
    for table in tables:
        for key, count in table.items():
            before = found.get(key, Count())
            found[key] = Count(before.known + count.known, before.more or count.more)
    return found


def _hidden(counts: Mapping[Key, int], *, of_people: bool) -> set[Key]:
    filled = [key for key, counted in counts.items() if counted]
    if 0 < sum(counts.values()) < FEWEST or (of_people and len(filled) == 1):
        return set(counts)
    hidden = {key for key in filled if counts[key] < FEWEST}
    while hidden and len(hidden) < len(filled) and not _is_open(counts, hidden):
        smallest = min(counts[key] for key in filled if key not in hidden)
        hidden |= {key for key in filled if counts[key] == smallest}  # all of them: a choice among equals would tell
    return hidden if not hidden or _is_open(counts, hidden) else set(counts)


def _is_open(counts: Mapping[Key, int], hidden: set[Key]) -> bool:
    """What is left for the hidden cells together lets each of them have more than one value."""
    left = sum(counts[key] for key in hidden)
    all_small = all(counts[key] < FEWEST for key in hidden)
    at_their_most = all_small and left == len(hidden) * (FEWEST - 1)
    return len(hidden) > 1 and left >= len(hidden) + FEWEST - 1 and not at_their_most
