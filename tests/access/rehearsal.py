"""A store on which everything can be tried: one real transaction around each attempt, undone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Connection

from conversation_models.storage.engine import begin_writing
from conversation_models.storage.store import Store, Unit


class Rehearsal(Store):
    """The same database and the same statements. Each unit is a savepoint, so a refused one is rolled back as ever."""

    def __init__(self, store: Store) -> None:
        super().__init__(store.engine, store.keys)
        self._around: Connection | None = None
        self._busy = Lock()

    @contextmanager
    def undone(self) -> Iterator[None]:
        with self.engine.connect() as connection, begin_writing(connection) as everything:
            self._around = connection
            try:
                yield
            finally:
                self._around = None
                everything.rollback()

    @property
    def around(self) -> Connection:
        """The transaction that will be undone, to look at what an attempt has done so far."""
        assert self._around is not None, "nothing is being tried"
        return self._around

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        with self._unit(super().reading()) as unit:
            yield unit

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        with self._unit(super().writing()) as unit:
            yield unit

    @contextmanager
    def _unit(self, usual) -> Iterator[Unit]:
        if self._around is None:
            with usual as unit:
                yield unit
            return
        assert self._busy.acquire(timeout=20), "a unit inside another"
        try:
            with self._around.begin_nested():
                yield Unit(self._around, self.cipher)
        finally:
            self._busy.release()
