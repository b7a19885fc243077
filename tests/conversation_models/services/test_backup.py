"""Backups: whole, sealed, restorable, and never written over anything."""

import stat
import threading

import pytest
from sqlalchemy import insert, select, text, update

from conversation_models.domain.ids import new_id
from conversation_models.domain.school import Group
from conversation_models.services import backup, sign_in, students
from conversation_models.services.access import Desk
from conversation_models.services.backup import DamagedBackup, NotOverExisting, WrongTarget
from conversation_models.storage import dump, schools, tables
from conversation_models.storage.engine import WrongKey
from conversation_models.storage.keys import Keys, create_keys, key_file_for
from conversation_models.storage.store import open_store
from tests.conversation_models.cast import NOW, PASSWORD


@pytest.fixture
def filled(store, cast):
    """The cast with a closed talk, its answers, and a signed-in device."""
    talk_id = new_id()
    values = {"id": talk_id, "student_id": cast.student.id, "model": "development", "led_by": cast.mentor.id}
    values |= {"held_on": NOW.date(), "starts": NOW.time(), "minutes": 45, "status": "open", "phase": ""}
    given = {"talk_id": talk_id, "instrument": "development_survey", "edition": 1, "respondent": "student"}
    given |= {"manner": "alone", "state": "answered", "level": "m", "client": "c", "sequence": 1, "recorded_at": NOW}
    with store.writing() as unit:
        unit.connection.execute(insert(tables.talk).values(**values, created_by=cast.mentor.id, created_at=NOW))
        rows = [given | {"item": f"row{number}", "value": '{"colour": "green"}'} for number in range(1200)]
        unit.connection.execute(insert(tables.answer), rows)
        unit.connection.execute(update(tables.talk).values(status="closed"))
    sign_in.sign_in(store, "alva", PASSWORD, "", NOW)
    return store


def every_row(store):
    with store.reading() as unit:
        return {
            table.name: unit.connection.execute(select(table).order_by(*table.primary_key)).all()
            for table in dump.kept_tables()
        }


def restored_in_folder(made, store, folder):
    backup.restore(made.path, store.keys, data=folder)
    key_file = key_file_for(folder)
    key_file.write_text(store.keys.dump(), encoding="ascii")
    return open_store(folder)


def test_a_backup_counts_its_rows_and_only_its_owner_reads_it(filled, tmp_path):
    made = backup.back_up(filled, tmp_path / "kept" / "monday")
    assert (made.rows["answer"], made.rows["student"], made.rows["talk"]) == (1200, 4, 1)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert [each.name for each in made.path.parent.iterdir()] == ["monday"]
    assert backup.verify(made.path, filled.keys) == made.rows


def test_nothing_can_be_read_in_it_without_the_key(filled, cast, tmp_path):
    content = backup.back_up(filled, tmp_path / "b").path.read_bytes()
    for secret in (b"development_survey", b"alva", cast.school.name.encode(), b"SQLite format", filled.keys.roots[1]):
        assert secret not in content
    with pytest.raises((WrongKey, DamagedBackup)):
        backup.verify(tmp_path / "b", create_keys(tmp_path / "other.key"))


def test_everything_is_there_after_a_restore(filled, cast, tmp_path):
    before = every_row(filled)
    restored = restored_in_folder(backup.back_up(filled, tmp_path / "b"), filled, tmp_path / "new")
    assert every_row(restored) == before
    assert students.see_student(Desk(restored, cast.mentor, NOW), cast.student.id) == cast.student
    assert sign_in.sign_in(restored, "alva", PASSWORD, "", NOW)
    restored.close()


def test_a_postgres_backup_is_restored_into_postgres_and_goes_on_counting(filled, cast, tmp_path, empty_postgres_url):
    if filled.engine.dialect.name == "sqlite":
        made = backup.back_up(filled, tmp_path / "b")
        with pytest.raises(WrongTarget):
            backup.restore(made.path, filled.keys, url=empty_postgres_url)
        return
    made = backup.back_up(filled, tmp_path / "b")
    assert backup.restore(made.path, filled.keys, url=empty_postgres_url) == made.rows
    key_file = tmp_path / "again.key"
    key_file.write_text(filled.keys.dump(), encoding="ascii")
    restored = open_store(tmp_path / "again", empty_postgres_url, key_file)
    assert every_row(restored) == every_row(filled)
    students.see_student(Desk(restored, cast.mentor, NOW), cast.student.id)
    with pytest.raises(NotOverExisting):
        backup.restore(made.path, filled.keys, url=empty_postgres_url)
    restored.close()


def test_a_restored_answer_is_guarded_like_any_other(filled, tmp_path):
    restored = restored_in_folder(backup.back_up(filled, tmp_path / "b"), filled, tmp_path / "new")
    for statement in ("UPDATE answer SET value = 'x'", "DELETE FROM answer", "UPDATE log_entry SET action = 'x'"):
        with pytest.raises(Exception, match=r"never changed|purge decision|only added to"), restored.writing() as unit:
            unit.connection.execute(text(statement))
    restored.close()


def test_a_session_that_was_signed_in_does_not_come_back(filled, tmp_path):
    restored = restored_in_folder(backup.back_up(filled, tmp_path / "b"), filled, tmp_path / "new")
    with filled.reading() as unit:
        assert len(unit.connection.execute(select(tables.staff_session)).all()) == 1
    with restored.reading() as unit:
        assert unit.connection.execute(select(tables.staff_session)).all() == []
    restored.close()


def test_a_backup_made_while_people_work_holds_whole_transactions(filled, cast, tmp_path):
    """Two groups are written in each transaction; a backup has both or neither."""
    stop = threading.Event()

    def work():
        number = 0
        while not stop.is_set():
            with filled.writing() as unit:
                schools.add_group(unit, Group(new_id(), cast.school.id, f"a{number}"))
                schools.add_group(unit, Group(new_id(), cast.school.id, f"b{number}"))
            number += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        counted = [backup.back_up(filled, tmp_path / f"b{n}").rows["class_group"] for n in range(5)]
    finally:
        stop.set()
        worker.join()
    assert counted[-1] > counted[0]
    assert all((count - 3) % 2 == 0 for count in counted), counted


def test_what_exists_is_never_written_over(filled, tmp_path):
    made = backup.back_up(filled, tmp_path / "b")
    content = made.path.read_bytes()
    with pytest.raises(NotOverExisting):
        backup.back_up(filled, tmp_path / "b")
    assert made.path.read_bytes() == content
    restored = restored_in_folder(made, filled, tmp_path / "new")
    restored.close()
    with pytest.raises(NotOverExisting):
        backup.restore(made.path, filled.keys, data=tmp_path / "new")


@pytest.mark.parametrize("damage", ["flip", "cut", "swap", "empty"])
def test_a_damaged_backup_is_noticed_and_nothing_is_restored(filled, tmp_path, damage):
    made = backup.back_up(filled, tmp_path / "b")
    content = bytearray(made.path.read_bytes())
    half = len(content) // 2
    if damage == "flip":
        content[half] ^= 1
    elif damage == "cut":
        del content[half:]
    elif damage == "swap":
        content[half : half + 8192] = content[half - 8192 : half]
    else:
        content.clear()
    made.path.write_bytes(content)
    with pytest.raises((DamagedBackup, WrongKey)):
        backup.restore(made.path, filled.keys, data=tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_dump_cut_between_two_parts_is_not_whole(filled, tmp_path):
    """Each part alone is sound; only the missing end tells."""
    with filled.reading() as unit, (tmp_path / "d").open("wb") as file:
        dump.write(unit.connection, filled.keys, "0001", file)
    content = (tmp_path / "d").read_bytes()
    at = len(dump.MAGIC) + 1
    ends = []
    while at < len(content):
        at += dump.LENGTH.size + dump.LENGTH.unpack(content[at : at + 4])[0]
        ends.append(at)
    assert ends[-1] == len(content)
    (tmp_path / "cut").write_bytes(content[: ends[-2]])
    with pytest.raises(DamagedBackup, match="end"):
        backup.verify(tmp_path / "cut", filled.keys)
    (tmp_path / "short").write_bytes(content[: ends[0]] + content[ends[1] :])
    with pytest.raises(DamagedBackup):
        backup.verify(tmp_path / "short", filled.keys)


def test_a_failed_backup_leaves_no_file(filled, tmp_path, monkeypatch):
    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        backup.back_up(filled, tmp_path / "kept" / "b")
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_drill_goes_the_whole_way_and_leaves_nothing(filled, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    found = backup.drill(filled)
    assert found.matches
    assert (found.rows_after["answer"], found.students_read) == (1200, 4)
    assert found.backup_seconds > 0 < found.restore_seconds
    assert set(tmp_path.iterdir()) == before


def test_the_sheet_brings_the_keys_back_and_opens_a_backup(filled, tmp_path):
    made = backup.back_up(filled, tmp_path / "b")
    typed = [group.lower().replace("-", " ") for group in backup.recovery_sheet(filled.keys).groups]
    assert backup.verify(made.path, backup.restore_keys(typed)) == made.rows
    assert backup.restore_keys(typed) == Keys(filled.keys.roots)
