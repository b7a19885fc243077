"""The one store of this process: opened once, shared by the front door and the screens."""

import os
from pathlib import Path
from threading import Lock

from conversation_models.storage.store import Store, open_store

DEFAULT_DATA = "var/data"
WORDING = "wording"

_lock = Lock()
_open: list[Store] = []


def current_store() -> Store:
    """Opened at the first call from JAGMED_DATA, DATABASE_URL and JAGMED_KEY_FILE, then always the same.

    Raises what `open_store` raises: KeysMissing, WrongKey, UnsafeEngine.
    """
    if _open:
        return _open[0]
    key_file = os.environ.get("JAGMED_KEY_FILE")
    data = Path(os.environ.get("JAGMED_DATA", DEFAULT_DATA))
    return open_house(data, os.environ.get("DATABASE_URL") or None, Path(key_file) if key_file else None)


def open_house(data: Path, database_url: str | None = None, key_file: Path | None = None) -> Store:
    """The store of this process, opened here unless it is open already."""
    with _lock:
        if not _open:
            _open.append(open_store(data, database_url, key_file))
        return _open[0]


def wording_folder(data: Path | None = None) -> Path:
    """Where a school's own wording lies: JAGMED_WORDING, else a folder in the data folder. It may not be there."""
    named = os.environ.get("JAGMED_WORDING")
    return Path(named) if named else (data or Path(os.environ.get("JAGMED_DATA", DEFAULT_DATA))) / WORDING


def use_store(store: Store) -> None:
    """Puts an open store in place of the present one, which is not closed: for programs that opened it themselves."""
    with _lock:
        _open[:] = [store]


def close_house() -> None:
    with _lock:
        while _open:
            _open.pop().close()
