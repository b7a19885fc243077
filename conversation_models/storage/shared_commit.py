"""One COMMIT for everybody who saves at the same moment (ADR 0015)."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Given = TypeVar("Given")  # what a work is given: the transaction
Result = TypeVar("Result")


@dataclass(eq=False)
class _Waiting(Generic[Given]):
    work: Callable[[Given], Any]
    result: Any = None
    is_committed: Future[bool] = field(default_factory=Future)


class SharedCommit(Generic[Given]):
    """What comes while the last COMMIT waits for the disk is done in the next transaction, all of it together.

    A work may be called twice and must do nothing outside its transaction: when one of several fails nothing of them
    is kept, and each is done by itself, so that nobody's error is another's.
    """

    def __init__(self, writing: Callable[[], AbstractContextManager[Given]]) -> None:
        self._writing = writing
        self._waiting: deque[_Waiting[Given]] = deque()
        self._writer = ThreadPoolExecutor(1, "shared-commit")

    def do(self, work: Callable[[Given], Result]) -> Result:
        """Returns after COMMIT. Raises what the work raises."""
        mine: _Waiting[Given] = _Waiting(work)
        self._waiting.append(mine)
        self._writer.submit(self._commit_waiting)
        if mine.is_committed.result():
            result: Result = mine.result
            return result
        with self._writing() as given:
            return work(given)

    def close(self) -> None:
        self._writer.shutdown()

    def _commit_waiting(self) -> None:
        """Whatever goes wrong here happens again to the one who caused it, in `do`, and is said there."""
        taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not taken:
            return
        is_committed = False
        try:
            with self._writing() as given:
                for each in taken:
                    each.result = each.work(given)
            is_committed = True
        finally:
            for each in taken:
                each.is_committed.set_result(is_committed)
