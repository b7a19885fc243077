"""The term's reports over real HTTP: taken, left in the middle, cancelled, and refused to everybody else."""

import io
import socket
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from conversation_models.domain.batch import Batch, BatchStatus
from conversation_models.services import term_batch
from conversation_models.services.access import Desk, now
from conversation_models.services.group_term import Scope
from conversation_models.services.terms import term_dates
from conversation_models.storage import tables
from tests.conversation_models.cast import PASSWORD
from tests.front_door.running import School, running_school
from tests.reports.random_school import fill_school

pytestmark = pytest.mark.slow

STUDENTS, WAIT = 40, 20.0
PARTS = ["talks", "path"]


@pytest.fixture(scope="module")
def filled(sqlite_cast, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """A server of its own, whose temporary folder can be looked into; a term that has talks."""
    _, template, cast = sqlite_cast
    folder = tmp_path_factory.mktemp("batch")
    (folder / "temporary").mkdir()
    with running_school(template, cast, folder, TMPDIR=str(folder / "temporary")) as school:
        fill_school(school.store, cast, seed=3, count=STUDENTS)
        yield school


def sign_in(school: School, username: str) -> httpx.Client:
    client = httpx.Client(base_url=school.server.url, headers={"origin": school.server.url}, timeout=60)
    answer = client.post("/sign-in", data={"username": username, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def order(school: School) -> Batch:
    desk = Desk(school.store, school.cast.mentor, now())
    talks = tables.talk.c
    with school.store.reading() as unit:
        held = unit.connection.execute(select(talks.held_on).where(talks.status == "closed")).scalars().first()
    return term_batch.order_batch(desk, term_dates().term_of(held).id, Scope(), PARTS, "sv")


def status_of(school: School, batch: Batch) -> BatchStatus:
    return term_batch.find_batch(Desk(school.store, school.cast.mentor, now()), batch.id).status


def ends_as(school: School, batch: Batch, wanted: BatchStatus) -> bool:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if status_of(school, batch) is wanted:
            return True
        time.sleep(0.05)
    return False


def logged(school: School, batch: Batch) -> list[str]:
    entry = tables.log_entry.c
    with school.store.reading() as unit:
        rows = unit.connection.execute(select(entry.action).where(entry.object_id == batch.id).order_by(entry.id))
        return list(rows.scalars())


def papers_made(school: School) -> int:
    with school.store.reading() as unit:
        return len(unit.connection.execute(select(tables.report.c.id)).all())


def files_beside_the_database(school: School) -> list[Path]:
    folder = school.server.log.parent
    kept = {".db", ".db-wal", ".db-shm", ".key"}
    found = [path for path in folder.rglob("*") if path.is_file() and path.suffix in {".zip", ".pdf", ".tmp", ""}]
    return [path for path in found if path != school.server.log and not any(path.name.endswith(end) for end in kept)]


def test_it_is_taken_whole_once_and_by_nobody_else(filled):
    batch, path = order(filled), "/papers/batch/{}.zip"
    for other in ("dana", "eira"):
        assert sign_in(filled, other).get(path.format(batch.id)).status_code == 404
    anonymous = httpx.get(filled.server.url + path.format(batch.id), follow_redirects=False)
    assert anonymous.status_code in {303, 401}
    assert status_of(filled, batch) is BatchStatus.ORDERED, "who is refused does not use it up"
    before, own = files_beside_the_database(filled), sign_in(filled, "alva")
    answer = own.get(path.format(batch.id))
    assert answer.headers["cache-control"] == "no-store"
    file = zipfile.ZipFile(io.BytesIO(answer.content))
    assert file.testzip() is None
    assert len(file.namelist()) > STUDENTS / 2
    assert ends_as(filled, batch, BatchStatus.DONE)
    assert own.get(path.format(batch.id)).status_code == 404
    assert logged(filled, batch) == ["order_batch", "print", "batch_done"]
    assert files_beside_the_database(filled) == before


def test_a_browser_that_goes_away_ends_it(filled):
    """A bare socket that reads a little and is closed: nothing more is made, nothing is left, the log says so."""
    before = files_beside_the_database(filled)
    batch, client = order(filled), sign_in(filled, "alva")
    made_before = papers_made(filled)
    address = urlsplit(filled.server.url)
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    with socket.create_connection((address.hostname, address.port)) as browser:
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        asked = f"GET /papers/batch/{batch.id}.zip HTTP/1.1\r\nHost: {address.netloc}\r\nCookie: {cookie}\r\n\r\n"
        browser.sendall(asked.encode())
        assert b"200 OK" in browser.recv(200)
    assert ends_as(filled, batch, BatchStatus.BROKEN)
    made = papers_made(filled)
    assert made - made_before < STUDENTS / 2, "it was left long before the end"
    time.sleep(0.5)
    assert papers_made(filled) == made, "nothing is made for nobody"
    assert logged(filled, batch) == ["order_batch", "print", "batch_broken"]
    assert files_beside_the_database(filled) == before
    assert client.get(f"/papers/batch/{batch.id}.zip").status_code == 404, "it is ordered once more instead"


def test_one_that_is_cancelled_ends_in_the_middle(filled):
    before = files_beside_the_database(filled)
    batch, client = order(filled), sign_in(filled, "alva")
    taken = bytearray()
    with client.stream("GET", f"/papers/batch/{batch.id}.zip") as answer:
        pieces = answer.iter_raw()
        taken += next(pieces)
        term_batch.cancel_batch(Desk(filled.store, filled.cast.mentor, now()), batch.id)
        with pytest.raises(httpx.RemoteProtocolError):
            taken.extend(b"".join(pieces))
    assert status_of(filled, batch) is BatchStatus.CANCELLED
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(taken))
    assert logged(filled, batch) == ["order_batch", "print", "batch_cancelled"]
    assert files_beside_the_database(filled) == before
    log = filled.server.said()
    assert not [name for name in ("Åsa", "Öberg", "Traceback") if name in log]
