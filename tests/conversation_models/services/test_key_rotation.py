"""The keys are changed: everything can be read after it, nothing with the old key; killed anywhere, it goes on."""

import os
import random
import secrets
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text, update

from conversation_models.domain.invitation import NewInvitation
from conversation_models.services import backup, key_rotation, made_reports, rate, sign_in
from conversation_models.services.access import Desk
from conversation_models.services.key_rotation import InUse, NothingToSeal, Rotated, Unreadable, rotate_keys
from conversation_models.storage import engine, sealed, sqlite_copy, students, tables
from conversation_models.storage.cipher import KEY_AT, Cipher
from conversation_models.storage.engine import DATABASE_FILE, WrongKey
from conversation_models.storage.keys import Keys, KeysMissing, key_file_for, read_keys
from conversation_models.storage.store import KeysChanging, Store, open_store
from tests.conversation_models.cast import NOW, PASSWORD, Cast
from tests.conversation_models.conftest import Made
from tests.conversation_models.services.everything_sealed import MANY, PERSONNUMMER, REPORT_SAID, fill
from tests.postgres import PostgresServer

MADE_ANEW = {"personnummer_index", "name_index", "code_hash"}
INDEXES = select(tables.student.c.personnummer_index, tables.student.c.name_index)


@dataclass(frozen=True)
class School:
    """Where a school's data lie while nobody has them open."""

    data: Path
    url: str | None
    cast: Cast
    invited: NewInvitation
    said: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def keys(self) -> Keys:
        return read_keys(key_file_for(self.data))

    def put_keys(self, keys: Keys) -> None:
        path = key_file_for(self.data)
        path.unlink(missing_ok=True)
        path.write_text(keys.dump(), encoding="ascii")

    def open(self) -> Store:
        return open_store(self.data, self.url)

    def rotate(self) -> Rotated:
        return rotate_keys(self.data, self.url, lambda *told: self.said.append(told))

    def content(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, opened, without what is made anew when keys change."""
        store = self.open()
        with store.reading() as unit:
            found = {}
            for table in tables.metadata.sorted_tables:
                if table.name in {"key_check", "failure"}:
                    continue
                rows = unit.connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
                opened = [{**row, **sealed.opened(unit.cipher, table, row)} for row in rows]
                found[table.name] = [tuple(v for k, v in row.items() if k not in MADE_ANEW) for row in opened]
        store.close()
        return found

    def sealed_values(self) -> dict[str, list[bytes]]:
        store = self.open()
        with store.reading() as unit:
            found = {
                f"{table.name}.{column.name}": [
                    bytes(value) for value in unit.connection.execute(select(column)).scalars() if value is not None
                ]
                for table in tables.metadata.sorted_tables
                for column in sealed.columns_of(table)
            }
        store.close()
        return found


@pytest.fixture(scope="session")
def filled_schools() -> dict[str, tuple[str, Path, NewInvitation]]:
    return {}


@pytest.fixture
def school(
    made: Made, filled_schools: dict[str, Any], request: pytest.FixtureRequest, tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[School]:  # fmt: skip
    """Filled once on each of the two databases, copied for each test."""
    name, template, cast = made
    server: PostgresServer | None = request.getfixturevalue("postgres_server") if name else None
    if name not in filled_schools:
        first = tmp_path_factory.mktemp("filled") / "data"
        shutil.copytree(template, first)
        shutil.copy(key_file_for(template), key_file_for(first))
        copy = server.create_database(name) if server else ""
        store = open_store(first, server.url(copy) if server else None)
        filled_schools[name] = (copy, first, fill(store, cast))
        store.close()
    copied, first, invited = filled_schools[name]
    data = tmp_path / "data"
    shutil.copytree(first, data)
    shutil.copy(key_file_for(first), key_file_for(data))
    own = server.create_database(copied) if server else ""
    yield School(data, server.url(own) if server else None, cast, invited)
    if server:
        server.drop_database(own)


def test_everything_is_read_as_before_and_lies_under_the_new_key(school: School) -> None:
    before, old = school.content(), school.keys
    assert [place for place, values in school.sealed_values().items() if not values] == []
    done = school.rotate()
    assert not done.went_on
    assert done.rows > MANY
    assert school.content() == before
    values = school.sealed_values()
    assert {place: {value[KEY_AT] for value in found} for place, found in values.items()} == {
        place: {2} for place in values
    }
    assert list(school.keys.roots) == [2]
    assert school.keys.roots[2] != old.roots[1]
    assert [said for said in school.said if said[0] == "opening"][-1][1:] == (done.rows, done.rows)
    assert school.said[-1] == ("sealing", done.rows, done.rows)


def test_the_old_key_opens_nothing_any_more(school: School) -> None:
    old = school.keys
    school.rotate()
    new, values = school.keys, school.sealed_values()
    school.put_keys(old)
    with pytest.raises(WrongKey):
        school.open()
    with pytest.raises(WrongKey):
        school.rotate()
    # Not even with the number of the new key: it is another key.
    renumbered = Keys({2: old.roots[1]})
    school.put_keys(renumbered)
    with pytest.raises(WrongKey):
        school.open()
    school.put_keys(new)
    for cipher in (Cipher(old), Cipher(renumbered)):
        for (table, column), found in ((place.split("."), each) for place, each in values.items()):
            for value in found[:20]:
                with pytest.raises(Unreadable):
                    cipher.open(value, table, column, "x")
    if school.url is None:
        for key_id in (1, 2):
            with pytest.raises(WrongKey):
                sqlite_copy.check_database(school.data / DATABASE_FILE, Keys({key_id: old.roots[1]}).derive("file"))
        assert sorted(path.name for path in school.data.iterdir() if path.is_file()) == [DATABASE_FILE]


def test_what_is_found_by_an_index_is_found_after_it(school: School) -> None:
    """Personnummer, names, the short code, the link, a report printed again, and signing in."""
    before = school.open()
    with before.reading() as unit:
        indexes = unit.connection.execute(INDEXES).all()
    before.close()
    school.rotate()
    store, cast = school.open(), school.cast
    with store.reading() as unit:
        (numbered,) = students.with_personnummer(unit, cast.school.id, {PERSONNUMMER})
        (named,) = students.with_name(unit, cast.school.id, {("Vera", "Ek")})
        now = unit.connection.execute(INDEXES).all()
    assert (numbered.id, named.id) == (cast.student.id, cast.unmentored.id)
    assert not {value for row in indexes for value in row if value} & {value for row in now for value in row}
    by_code = rate.find_by_code(store, school.invited.code, "192.0.2.1", NOW)
    by_link = rate.find_by_token(store, school.invited.token, NOW)
    assert by_code is not None
    assert by_link is not None
    assert by_code.invitation.id == by_link.invitation.id == school.invited.invitation.id
    assert rate.find_by_code(store, "22222-22222", "192.0.2.1", NOW) is None
    desk = Desk(store, cast.mentor, NOW)
    (report,) = made_reports.reports_of(desk, cast.student.id)
    made_reports.note_report_paper(desk, report.id, REPORT_SAID)
    with pytest.raises(made_reports.ReportRefused):
        made_reports.note_report_paper(desk, report.id, "något annat")
    assert sign_in.sign_in(store, "alva", PASSWORD, "", NOW)
    store.close()


def test_rows_that_are_only_added_stay_guarded(school: School) -> None:
    school.rotate()
    store = school.open()
    for statement in ("UPDATE answer SET value = 'x'", "DELETE FROM answer", "UPDATE log_entry SET action = 'x'"):
        with pytest.raises(Exception, match=r"never changed|purge decision|only added to"), store.writing() as unit:
            unit.connection.execute(text(statement))
    store.close()


def test_keys_are_changed_again_and_again(school: School) -> None:
    before = school.content()
    for number in (2, 3, 4):
        assert school.rotate().rows > MANY
        assert list(school.keys.roots) == [number]
    assert school.content() == before


def test_a_copy_made_before_it_is_restored_with_the_old_sheet_and_only_with_it(school: School, tmp_path: Path) -> None:
    before = school.content()
    store = school.open()
    sheet = backup.recovery_sheet(store.keys)
    made = backup.back_up(store, tmp_path / "old.backup")
    store.close()
    school.rotate()
    with pytest.raises(WrongKey):
        backup.restore(made.path, school.keys, data=tmp_path / "wrong")
    assert not (tmp_path / "wrong").exists()
    elsewhere = School(tmp_path / "elsewhere", None, school.cast, school.invited)
    elsewhere.put_keys(backup.restore_keys(list(sheet.groups)))
    backup.restore(made.path, elsewhere.keys, data=elsewhere.data)
    kept = {name: rows for name, rows in before.items() if name != "staff_session"}
    assert {name: rows for name, rows in elsewhere.content().items() if name in kept} == kept
    assert elsewhere.rotate().rows > MANY
    store = school.open()
    assert backup.verify(backup.back_up(store, tmp_path / "new.backup").path, school.keys) == made.rows
    store.close()


# What is killed: a function of a module, at which call of it, before it does its work or after.
Point = tuple[Any, str, int, str]
KILLED: dict[str, Point] = {
    "before anything was written": (key_rotation, "replace_keys", 1, "before"),
    "the new key file lies beside the old one": (Path, "replace", 1, "before"),
    "the new root is in the key file": (key_rotation, "replace_keys", 1, "after"),
    "the new key is noted": (key_rotation, "_seal_again", 1, "before"),
    "in the middle of a batch": (sealed, "seal_again", 3, "after"),
    "between two batches": (sealed, "seal_again", 5, "before"),
    "between two batches of answers": (key_rotation, "forget_older_keys", 1, "before"),
    "the database has forgotten the old key": (key_rotation, "clear_away", 1, "before"),
    "before the last key file": (key_rotation, "replace_keys", 2, "before"),
    "after the last key file": (key_rotation, "replace_keys", 2, "after"),
}
KILLED_FILE: dict[str, Point] = {
    "before the file is copied": (sqlite_copy, "_copy_alone", 1, "before"),
    "the copy is whole": (sqlite_copy, "check_database", 1, "after"),
    "before the copy takes its name": (sqlite_copy, "put_in_place", 1, "before"),
    "after the copy took its name": (sqlite_copy, "put_in_place", 1, "after"),
}
CHANGING = set(KILLED) - {
    "before anything was written", "the new key file lies beside the old one", "after the last key file",
} | set(KILLED_FILE)  # fmt: skip


def _killed_at(monkeypatch: pytest.MonkeyPatch, point: Point, do: Callable[[], Any]) -> None:
    """In a process of its own, which gets SIGKILL there and then."""
    where, name, wanted, when = point
    plain, calls = getattr(where, name), []

    def call(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == wanted and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        found = plain(*given, **named)
        if len(calls) == wanted:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(where, name, call)
        child = _apart(do)
        _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"it was never at that point ({os.waitstatus_to_exitcode(status)})"
    assert os.WTERMSIG(status) == signal.SIGKILL


def _apart(do: Callable[[], Any]) -> int:
    child = os.fork()
    if child == 0:
        try:
            do()
        finally:
            os._exit(0)
    return child


@pytest.mark.slow
@pytest.mark.parametrize("point", KILLED)
def test_killed_at_any_point_it_goes_on_and_nothing_is_lost(
    school: School, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_and_go_on(school, point, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
@pytest.mark.parametrize("point", KILLED_FILE)
def test_killed_while_the_file_gets_its_new_key_it_goes_on(
    school: School, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_and_go_on(school, point, monkeypatch)


def kill_and_go_on(school: School, point: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = school.content()
    monkeypatch.setattr(sealed, "ROWS_A_BATCH", 100)
    _killed_at(monkeypatch, {**KILLED, **KILLED_FILE}[point], school.rotate)
    if point in CHANGING:
        assert sorted(school.keys.roots) == [1, 2]
        with pytest.raises(KeysChanging):
            school.open()
        assert school.rotate().went_on
    elif point == "after the last key file":
        assert list(school.keys.roots) == [2]
    else:
        assert list(school.keys.roots) == [1]
        assert school.content() == before, "nothing was begun"
        assert not school.rotate().went_on
    assert list(school.keys.roots) == [2]
    assert school.content() == before
    assert {value[KEY_AT] for found in school.sealed_values().values() for value in found} == {2}
    assert sorted(path.name for path in school.data.parent.iterdir()) == ["data", "data.key"]
    assert [path.name for path in school.data.iterdir() if path.name.endswith((".new", "-wal", "-shm"))] == []


@pytest.mark.slow
def test_killed_ten_times_at_moments_nobody_chose_it_goes_on(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    before = school.content()
    monkeypatch.setattr(sealed, "ROWS_A_BATCH", 20)
    chance, killed = random.Random(45), 0
    for _ in range(10):
        child = _apart(school.rotate)
        time.sleep(chance.uniform(0.02, 0.3))
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert killed > 3
    school.rotate()
    assert len(school.keys.roots) == 1
    assert school.content() == before
    assert {value[KEY_AT] for found in school.sealed_values().values() for value in found} == {school.keys.current}


def test_a_value_that_cannot_be_opened_is_said_before_anything_is_begun(school: School) -> None:
    store = school.open()
    with store.writing() as unit:
        broken = unit.cipher.seal("x", "staff", "name", "somebody else")
        unit.connection.execute(update(tables.staff).where(tables.staff.c.username == "alva").values(name=broken))
    store.close()
    with pytest.raises(Unreadable, match=school.cast.mentor.id):
        school.rotate()
    assert list(school.keys.roots) == [1]


def test_wrong_and_missing_keys_change_nothing(school: School) -> None:
    right, before = school.keys, school.content()
    for wrong in ({1: secrets.token_bytes(32)}, {7: secrets.token_bytes(32)}, {1: b"1" * 32, 2: b"2" * 32}):
        school.put_keys(Keys(wrong))
        with pytest.raises(WrongKey):
            school.rotate()
        assert school.keys.roots == wrong
    key_file_for(school.data).unlink()
    with pytest.raises(KeysMissing):
        school.rotate()
    assert not key_file_for(school.data).exists()
    school.put_keys(right)
    assert school.content() == before


def test_it_is_alone_on_the_database(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 0.1)
    store = school.open()
    with store.reading() as unit:
        unit.connection.execute(select(tables.school)).all()
        with pytest.raises(InUse):
            school.rotate()
    store.close()
    assert school.rotate().rows > MANY


@pytest.mark.parametrize("made", ["postgres"], indirect=True)
def test_a_process_that_lost_its_connections_meanwhile_writes_no_more(school: School) -> None:
    """Only PostgreSQL has several processes: there a server may be cut off, and come back with the old key."""
    stale = school.open()
    with psycopg.connect(school.url, autocommit=True) as connection:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(f"{others} AND pid != pg_backend_pid()")
    school.rotate()
    with pytest.raises(WrongKey), stale.writing():
        pass
    stale.close()


def test_nobody_opens_it_while_the_keys_are_changed(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    old, tried = school.keys, []
    other = School(school.data.parent / "other", school.url, school.cast, school.invited)
    if school.url:  # another machine, which still has the old key file
        other.put_keys(old)

    def try_to_open(name: str, _done: int, _rows: int) -> None:
        if name == "sealing" and not tried:
            for place, refusal in ((school, KeysChanging), *([(other, InUse)] if school.url else [])):
                with pytest.raises(refusal):
                    place.open()
                tried.append(refusal)

    rotate_keys(school.data, school.url, try_to_open)
    assert tried


def test_where_there_is_no_database_there_is_nothing_to_do(tmp_path: Path) -> None:
    empty = School(tmp_path / "data", None, None, None)
    empty.put_keys(Keys({1: secrets.token_bytes(32)}))
    with pytest.raises(NothingToSeal):
        empty.rotate()
    assert list(empty.keys.roots) == [1]
