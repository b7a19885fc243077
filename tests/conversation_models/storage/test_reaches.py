"""The question about one student and the condition over many give the same answer, on every day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.staff import Role
from conversation_models.storage import mentorships, reaches, tables
from tests.conversation_models.cast import TODAY

LAST = date(2026, 6, 12)


@pytest.fixture
def ending(store, cast):
    """Alva's mentorship of `student` ends; Bo's begins the day after. Dana also gets the other group."""
    with store.writing() as unit:
        mentorships.end(unit, mentorships.of_student(unit, cast.student.id)[0].id, LAST)
        mentorships.add(unit, new_id(), cast.colleague.id, cast.student.id, LAST + timedelta(1))
        mentorships.give(unit, Reach(new_id(), cast.counsellor.id, group_id=cast.other_group.id))
    return store


def everyone(cast):
    staff = (cast.mentor, cast.colleague, cast.outsider, cast.counsellor, cast.far_counsellor, cast.administrator)
    return staff, (cast.student, cast.shared, cast.unmentored, cast.far)


def one_by_one(unit, actor, student, day):
    if actor.role is Role.MENTOR:
        return reaches.mentors(unit, actor.id, student.id, day)
    if actor.role is Role.COUNSELLOR:
        return reaches.counsels(unit, actor.id, student.id)
    return reaches.same_school(unit, actor.school_id, student.id)


@pytest.mark.parametrize("day", [date(2025, 8, 17), date(2025, 8, 18), TODAY, LAST, LAST + timedelta(1)])
def test_one_and_many_agree(ending, cast, day):
    staff, students = everyone(cast)
    with ending.reading() as unit:
        for actor in staff:
            single = {each.id for each in students if one_by_one(unit, actor, each, day)}
            for condition in (reaches.within_reach(actor, day), reaches.read_reach(unit, actor, day)):
                many = set(unit.connection.execute(select(tables.student.c.id).where(condition)).scalars())
                assert single == many == reaches.reached_ids(unit, actor, day), actor.name


def test_a_mentorship_is_from_its_first_day_to_its_last(ending, cast):
    days = [date(2025, 8, 17), date(2025, 8, 18), LAST, LAST + timedelta(1)]
    with ending.reading() as unit:
        alva = [reaches.mentors(unit, cast.mentor.id, cast.student.id, day) for day in days]
        bo = [reaches.mentors(unit, cast.colleague.id, cast.student.id, day) for day in days]
    assert (alva, bo) == ([False, True, True, False], [False, False, False, True])


def test_a_counsellor_without_anything_given_reaches_nobody(store, cast):
    with store.writing() as unit:
        mentorships.take_all(unit, cast.counsellor.id)
        assert reaches.reached_ids(unit, cast.counsellor, TODAY) == set()
        read_first = select(tables.student.c.id).where(reaches.read_reach(unit, cast.counsellor, TODAY))
        assert unit.connection.execute(read_first).all() == []
