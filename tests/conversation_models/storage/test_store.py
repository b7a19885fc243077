"""One transaction a unit; keys and database belong together; nothing empty is made beside something old."""

import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from conversation_models.domain.ids import new_id
from conversation_models.domain.school import School
from conversation_models.services.key_rotation import rotate_keys
from conversation_models.storage import schools, tables
from conversation_models.storage.engine import DATABASE_FILE, WrongKey
from conversation_models.storage.keys import Keys, KeysMissing, create_keys, key_file_for, read_keys
from conversation_models.storage.store import KeysChanging, open_store


class Stumble(Exception):
    pass


def count_schools(store):
    with store.reading() as unit:
        return unit.connection.execute(select(func.count()).select_from(tables.school)).scalar_one()


def add_school(store):
    with store.writing() as unit:
        schools.add(unit, School(new_id(), "Ny", "compulsory"))


def add_school_and_stumble(store):
    with store.writing() as unit:
        schools.add(unit, School(new_id(), "Ny", "compulsory"))
        raise Stumble


def test_a_block_that_ends_well_is_committed_and_one_that_raises_is_not(store):
    before = count_schools(store)
    with pytest.raises(Stumble):
        add_school_and_stumble(store)
    assert count_schools(store) == before
    add_school(store)
    assert count_schools(store) == before + 1


def test_a_connection_goes_back_to_the_pool_also_after_an_error(store):
    for _ in range(100):
        with pytest.raises(Stumble), store.writing():
            raise Stumble
    assert store.engine.pool.checkedout() == 0


def test_many_threads_write_and_nobody_is_turned_away(store):
    before = count_schools(store)
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda _: add_school(store), range(120)))
    assert count_schools(store) == before + 120


def test_a_reader_sees_one_moment_while_others_write(store):
    if store.engine.dialect.name == "postgresql":
        isolated = store.engine.execution_options(isolation_level="REPEATABLE READ")
    else:
        isolated = store.engine
    with isolated.connect() as connection, connection.begin():
        counted = select(func.count()).select_from(tables.school)
        before = connection.execute(counted).scalar_one()
        add_school(store)
        assert connection.execute(counted).scalar_one() == before


def test_moments_come_back_aware_and_in_utc(store, cast):
    with store.reading() as unit:
        found = unit.connection.execute(select(tables.student.c.created_at).limit(1)).scalar_one()
    assert found.utcoffset().total_seconds() == 0


def test_a_row_that_points_to_nothing_is_refused(store):
    with pytest.raises(IntegrityError), store.writing() as unit:
        unit.connection.execute(insert(tables.class_group).values(id=new_id(), school_id="nobody", name="x"))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """Where a store is opened a first time: data folder and address."""
    url = request.getfixturevalue("empty_postgres_url") if request.param == "postgres" else None
    return tmp_path / "data", url


def test_a_first_start_makes_keys_and_schema_and_the_next_one_opens_them(place):
    data, url = place
    first = open_store(data, url)
    add_school(first)
    first.close()
    again = open_store(data, url)
    assert count_schools(again) == 1
    again.close()


def test_a_database_without_its_key_file_does_not_start_and_stays_as_it_is(place):
    data, url = place
    first = open_store(data, url)
    add_school(first)
    first.close()
    kept = key_file_for(data).rename(data.with_name("kept"))
    with pytest.raises(KeysMissing):
        open_store(data, url)
    assert not key_file_for(data).exists()
    kept.rename(key_file_for(data))
    again = open_store(data, url)
    assert count_schools(again) == 1
    again.close()


def test_another_key_does_not_open_it_and_changes_nothing(place):
    data, url = place
    first = open_store(data, url)
    add_school(first)
    first.close()
    right = read_keys(key_file_for(data))
    replace_keys(data, Keys({1: secrets.token_bytes(32)}))
    with pytest.raises(WrongKey):
        open_store(data, url)
    replace_keys(data, Keys({7: secrets.token_bytes(32)}))
    with pytest.raises(WrongKey):
        open_store(data, url)
    replace_keys(data, right)
    again = open_store(data, url)
    assert count_schools(again) == 1
    again.close()


def replace_keys(data, keys):
    path = key_file_for(data)
    path.unlink()
    path.write_text(keys.dump(), encoding="ascii")


def test_a_newer_key_beside_a_wrong_old_one_does_not_slip_in(tmp_path, empty_postgres_url):
    data = tmp_path / "data"
    open_store(data, empty_postgres_url).close()
    replace_keys(data, Keys({1: secrets.token_bytes(32), 2: secrets.token_bytes(32)}))
    with pytest.raises(KeysChanging):
        open_store(data, empty_postgres_url)
    with pytest.raises(WrongKey):
        rotate_keys(data, empty_postgres_url, lambda *_: None)


def test_a_file_that_is_no_database_is_not_taken_for_one(tmp_path):
    data = tmp_path / "data"
    open_store(data).close()
    (data / DATABASE_FILE).write_bytes(b"something else entirely" * 1000)
    with pytest.raises(WrongKey):
        open_store(data)
    assert (data / DATABASE_FILE).read_bytes().startswith(b"something else")


def test_several_processes_may_start_on_an_empty_postgres_at_once(tmp_path, empty_postgres_url):
    keys = tmp_path / "school.key"
    create_keys(keys)

    def start(number):
        return open_store(tmp_path / str(number), empty_postgres_url, keys)

    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(start, range(4)))
    add_school(stores[0])
    assert [count_schools(store) for store in stores] == [1, 1, 1, 1]
    for store in stores:
        store.close()
