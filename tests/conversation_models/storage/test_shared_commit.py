"""Those who save at the same moment share a COMMIT on SQLite, and nobody's error is another's."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import IntegrityError

from conversation_models.domain.ids import new_id
from conversation_models.domain.school import School
from conversation_models.storage import schools, tables
from conversation_models.storage.store import open_store


class Stumble(Exception):
    pass


@pytest.fixture
def embedded(tmp_path):
    opened = open_store(tmp_path / "data")
    yield opened
    opened.close()


def adding(name):
    def add(unit):
        schools.add(unit, School(new_id(), name, "compulsory"))
        return name

    return add


def stumbling(unit):
    adding("never there")(unit)
    raise Stumble


def pointing_to_nothing(unit):
    """Refused by COMMIT, not by the statement."""
    unit.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    unit.connection.execute(insert(tables.class_group).values(id=new_id(), school_id="nobody", name="x"))


def names(store):
    with store.reading() as unit:
        return sorted(unit.connection.execute(select(tables.school.c.name)).scalars())


@contextmanager
def while_the_writer_is_busy(store, works):
    """Gives the futures of works that were all handed in before the transaction in front of them was committed."""
    begun, may_end = Event(), Event()

    def first(unit):
        begun.set()
        may_end.wait(20)
        return adding("first")(unit)

    with ThreadPoolExecutor(len(works) + 1) as pool:
        ahead = pool.submit(store.write_with_others, first)
        begun.wait(20)
        handed_in = [pool.submit(store.write_with_others, work) for work in works]
        until = time.monotonic() + 20
        while len(store._shared_commit._waiting) < len(works) and time.monotonic() < until:
            time.sleep(0.001)
        may_end.set()
        yield handed_in
        assert ahead.result() == "first"


def count_commits(store):
    counted = []
    event.listen(store.engine, "commit", lambda _: counted.append(1))
    return counted


def test_those_who_wait_share_one_commit_and_each_gets_the_own_result(embedded):
    commits = count_commits(embedded)
    wanted = [f"school {number}" for number in range(9)]
    with while_the_writer_is_busy(embedded, [adding(name) for name in wanted]) as handed_in:
        assert [each.result() for each in handed_in] == wanted
        assert len(commits) == 2
    assert names(embedded) == ["first", *wanted]


def test_when_one_of_them_fails_the_others_are_saved_and_it_alone_is_told(embedded):
    with while_the_writer_is_busy(embedded, [adding("one"), stumbling, adding("two")]) as (one, failed, two):
        with pytest.raises(Stumble):
            failed.result()
        assert (one.result(), two.result()) == ("one", "two")
    assert names(embedded) == ["first", "one", "two"]


def test_when_the_commit_fails_nobody_is_told_that_it_is_saved_before_it_is(embedded):
    with while_the_writer_is_busy(embedded, [adding("one"), pointing_to_nothing, adding("two")]) as (one, failed, two):
        with pytest.raises(IntegrityError):
            failed.result()
        assert (one.result(), two.result()) == ("one", "two")
    assert names(embedded) == ["first", "one", "two"]


def test_one_alone_is_committed_before_it_returns(embedded):
    assert embedded.write_with_others(adding("alone")) == "alone"
    assert names(embedded) == ["alone"]
    with pytest.raises(Stumble):
        embedded.write_with_others(stumbling)
    assert names(embedded) == ["alone"]


def test_after_the_end_nothing_is_taken_in(tmp_path):
    store = open_store(tmp_path / "data")
    store.close()
    with pytest.raises(RuntimeError):
        store.write_with_others(adding("too late"))


def test_many_write_together_on_either_database(store):
    before = len(names(store))
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(store.write_with_others, map(adding, map(str, range(120)))))
    assert len(names(store)) == before + 120
    assert store.engine.pool.checkedout() == 0
