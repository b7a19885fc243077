"""The fictional school is what the services would have left behind."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from conversation_models.domain.student import Student
from conversation_models.services.asked import find_instrument
from conversation_models.storage import answers, students, tables
from conversation_models.storage.store import Store, open_store
from fictional_school.build import Built, NotEmpty, build_people, build_school, is_fictional, seed_talks
from fictional_school.calendar import school_day
from fictional_school.stories import STORIES, other_talks
from instruments.answers import check, state_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Built]]:
    store = open_store(tmp_path_factory.mktemp("fiction") / "data")
    yield store, build_school(store, NOW)
    store.close()


def of_story(built: Built, name: str) -> list[Student]:
    return [each for number, each in enumerate(built.students) if STORIES[number % len(STORIES)].name == name]


def test_three_groups_share_sixty_students_and_five_staff(school: tuple[Store, Built]) -> None:
    store, built = school
    with store.reading() as unit:
        found = students.where(unit, tables.student.c.school_id == built.school.id)
    assert Counter(each.group_id for each in found) == {group.id: 20 for group in built.groups.values()}
    assert len(built.staff) == 5
    assert len({each.name for each in found}) == 60


def test_every_answer_fits_the_item_it_answers(school: tuple[Store, Built]) -> None:
    store, built = school
    seen: Counter[str] = Counter()
    with store.reading() as unit:
        for student in built.students:
            for stored in answers.of_student(unit, student.id):
                value = stored.open(unit.cipher)
                item = find_instrument(stored.place.instrument, stored.edition).item(stored.place.item)
                assert check(item, value) == value
                assert state_of(value) == stored.state
                seen[stored.state] += 1
    assert min(seen["answered"], seen["declined"], seen["empty"]) > 10


def test_closed_talks_lie_on_school_days_before_today_and_are_locked(school: tuple[Store, Built]) -> None:
    store, _ = school
    with store.reading() as unit:
        talks = unit.connection.execute(select(tables.talk)).mappings().all()
    closed = [talk for talk in talks if talk["status"] == "closed"]
    assert len(closed) > 100
    assert all(talk["held_on"] < NOW.date() and school_day(talk["held_on"]) == talk["held_on"] for talk in closed)
    assert {talk["status"] for talk in talks} == {"closed", "prepared"}


def test_who_turned_eighteen_is_an_adult_since_three_weeks(school: tuple[Store, Built]) -> None:
    _, built = school
    adults = [each for each in built.students if each.is_adult(NOW.date())]
    assert adults == of_story(built, "turned_18")
    assert not any(each.guardians_on(NOW.date()) for each in adults)


def test_some_decisions_are_overdue_some_ahead_and_some_done(school: tuple[Store, Built]) -> None:
    store, _ = school
    with store.reading() as unit:
        found = unit.connection.execute(select(tables.decision.c.status, tables.decision.c.follow_up)).all()
    kinds = Counter(
        "done" if row.status == "done" else "overdue" if row.follow_up < NOW.date() else "ahead" for row in found
    )
    assert min(kinds["done"], kinds["overdue"], kinds["ahead"]) >= 3


def test_nothing_fictional_is_mixed_into_a_school_that_is_there(school: tuple[Store, Built]) -> None:
    store, _ = school
    assert is_fictional(store) is True
    with pytest.raises(NotEmpty):
        build_school(store, NOW)


def test_seeded_talks_are_closed_and_counted(tmp_path: Path) -> None:
    store, told = open_store(tmp_path / "data"), []
    seed_talks(store, build_people(store, NOW, 5), NOW, 7, lambda done, total: told.append((done, total)))
    with store.reading() as unit:
        rows = unit.connection.execute(select(tables.talk.c.student_id, tables.talk.c.status)).all()
    store.close()
    assert Counter(row.status for row in rows) == {"closed": 35}
    assert set(Counter(row.student_id for row in rows).values()) == {7}
    assert told[-1] == (35, 35)


def test_a_mentor_may_read_the_introduction_and_planning_but_not_the_circle(school: tuple[Store, Built]) -> None:
    store, built = school
    told = {(talk.story, talk.model) for talk in other_talks()}
    assert {("up", "introduction"), ("absent", "return_to_school")} <= told
    (absent, *_) = of_story(built, "absent")
    with store.reading() as unit:
        levels = {(each.place.instrument, each.level) for each in answers.of_student(unit, absent.id)}
    assert {("trigger_circle", "e"), ("practice_ladder", "e"), ("planning", "m")} <= levels
    assert ("trigger_circle", "m") not in levels
