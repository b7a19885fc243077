"""An administrator's work with staff, groups and mentors, in the own school only."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from conversation_models.domain.staff import Role
from conversation_models.services import people, sign_in, students
from conversation_models.services.access import Refused
from conversation_models.services.people import GroupRefused, NewStaff, StaffRefused
from conversation_models.storage import tables
from tests.conversation_models.cast import NOW, PASSWORD, TODAY

NEW = NewStaff("kim", "Kim Åberg", Role.MENTOR)
AUGUST = date(2026, 8, 17)


def errors_of(refused):
    return [(error.field, error.code) for error in refused.value.errors]


def at(day):
    return NOW + (day - TODAY)


def sees(desk, actor, student, day=TODAY):
    return student.id in {each.id for each in students.list_students(desk(actor, at(day)))}


def test_everyone_sees_the_own_school(desk, cast):
    assert people.see_school(desk(cast.mentor)) == cast.school
    assert people.see_school(desk(cast.outsider)) == cast.far_school


def test_everyone_chooses_the_own_language(desk, cast, store):
    people.set_language(desk(cast.mentor), "en")
    token = sign_in.sign_in(store, "alva", PASSWORD, "", NOW).token
    assert sign_in.find_session(store, token, NOW).staff.language == "en"
    with pytest.raises(StaffRefused):
        people.set_language(desk(cast.mentor), "xx")


def test_staff_of_the_own_school_by_name(desk, cast):
    people.add_staff(desk(cast.administrator), NewStaff("ake", "Åke Öst", Role.MENTOR))
    people.add_staff(desk(cast.administrator), NewStaff("cleo", "Cléo Berg", Role.COUNSELLOR))
    names = [each.name for each in people.list_staff(desk(cast.administrator))]
    assert names == ["Alva", "Bo", "Cléo Berg", "Dana", "Eira", "Åke Öst"]


def every_administrators_task(cast):
    person, student, group = cast.mentor.id, cast.student.id, cast.group.id
    return (
        people.list_staff,
        lambda d: people.add_staff(d, NEW),
        lambda d: people.edit_staff(d, person, NEW),
        lambda d: people.deactivate_staff(d, person),
        lambda d: people.activate_staff(d, person),
        lambda d: people.reset_password(d, person),
        lambda d: people.add_group(d, "Ny"),
        lambda d: people.rename_group(d, group, "Ny"),
        lambda d: people.assign_mentor(d, student, cast.colleague.id, TODAY),
        lambda d: people.end_mentorship(d, people.mentors_of(d, student)[0].id, TODAY),
        lambda d: people.students_mentored_by(d, person),
        lambda d: people.hand_over(d, person, cast.colleague.id, [student], TODAY),
        lambda d: people.give_reach(d, cast.counsellor.id, group_id=group),
        lambda d: people.reaches_of(d, cast.counsellor.id),
        lambda d: people.take_reach(d, cast.counsellor.id, "0" * 32),
    )


def test_mentors_and_counsellors_manage_nobody(desk, cast, store):
    before = counted(store)
    for actor in (cast.mentor, cast.counsellor, cast.outsider):
        for task in every_administrators_task(cast):
            with pytest.raises(Refused):
                task(desk(actor))
    assert counted(store) == before


def test_another_schools_administrator_touches_none_of_ours(desk, cast, store):
    ours_only = [task for number, task in enumerate(every_administrators_task(cast)) if number not in (0, 1, 6)]
    before = counted(store)
    for task in ours_only:
        with pytest.raises(Refused):
            task(desk(cast.far_administrator))
    assert counted(store) == before
    assert people.list_staff(desk(cast.far_administrator)) == sorted(
        (cast.outsider, cast.far_counsellor, cast.far_administrator), key=lambda each: each.name
    )


def counted(store):
    with store.reading() as unit:
        return [
            unit.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (tables.staff, tables.class_group, tables.mentorship, tables.reach)
        ]


def test_new_staff_sign_in_with_the_password_shown_once(desk, cast, store):
    added, password = people.add_staff(desk(cast.administrator), NewStaff(" KIM ", "Kim  Åberg", Role.COUNSELLOR, "en"))
    assert (added.username, added.name, added.language, added.school_id) == ("kim", "Kim Åberg", "en", cast.school.id)
    assert sign_in.sign_in(store, "kim", password, "", NOW).session.staff == added
    assert len(password) == 23


@pytest.mark.parametrize(
    ("new", "errors"),
    [
        (NewStaff("alva", "En till", Role.MENTOR), [("username", "taken")]),
        (NewStaff("CHARLIE", "En till", Role.MENTOR), [("username", "taken")]),
        (NewStaff(" ", " ", Role.MENTOR), [("username", "missing"), ("name", "missing")]),
        (NewStaff("a" * 101, "b" * 201, Role.MENTOR, "no"),
         [("username", "too_long"), ("name", "too_long"), ("language", "unknown")]),
        (NewStaff("\ud800", "x", Role.MENTOR), [("username", "unreadable")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_new_staff_is_said_at_once(desk, cast, new, errors):
    with pytest.raises(StaffRefused) as refused:
        people.add_staff(desk(cast.administrator), new)
    assert errors_of(refused) == errors


def test_a_new_role_ends_what_the_old_one_reached(desk, cast, store):
    token = sign_in.sign_in(store, "alva", PASSWORD, "", NOW).token
    changed = people.edit_staff(desk(cast.administrator), cast.mentor.id, NewStaff("alva", "Alva", Role.COUNSELLOR))
    assert sign_in.find_session(store, token, NOW) is None
    assert students.list_students(desk(changed)) == []
    again = people.edit_staff(desk(cast.administrator), cast.mentor.id, NewStaff("alva", "Alva", Role.MENTOR))
    assert students.list_students(desk(again)) == []


def test_a_new_name_ends_nothing(desk, cast, store):
    token = sign_in.sign_in(store, "alva", PASSWORD, "", NOW).token
    people.edit_staff(desk(cast.administrator), cast.mentor.id, NewStaff("alva.ny", "Alva Ny", Role.MENTOR))
    assert sign_in.find_session(store, token, NOW).staff.name == "Alva Ny"
    assert sees(desk, cast.mentor, cast.student)


def test_no_administrator_changes_the_own_role_or_leaves_by_mistake(desk, cast):
    mine = desk(cast.administrator)
    with pytest.raises(StaffRefused) as refused:
        people.edit_staff(mine, cast.administrator.id, NewStaff("eira", "Eira", Role.COUNSELLOR))
    assert errors_of(refused) == [("role", "own")]
    with pytest.raises(StaffRefused) as refused:
        people.deactivate_staff(mine, cast.administrator.id)
    assert errors_of(refused) == [("active", "own")]
    assert people.edit_staff(mine, cast.administrator.id, NewStaff("eira", "Eira Ny", Role.ADMINISTRATOR)).name


def test_who_is_deactivated_can_come_back(desk, cast, store):
    people.deactivate_staff(desk(cast.administrator), cast.mentor.id)
    assert [each.active for each in people.list_staff(desk(cast.administrator)) if each.id == cast.mentor.id] == [False]
    people.activate_staff(desk(cast.administrator), cast.mentor.id)
    assert sign_in.sign_in(store, "alva", PASSWORD, "", NOW)


def test_a_reset_password_ends_the_sessions_and_the_old_password(desk, cast, store):
    token = sign_in.sign_in(store, "alva", PASSWORD, "", NOW).token
    once = people.reset_password(desk(cast.administrator), cast.mentor.id)
    assert sign_in.find_session(store, token, NOW) is None
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in(store, "alva", PASSWORD, "", NOW)
    assert sign_in.sign_in(store, "alva", once, "", NOW).session.staff.must_change_password


def test_groups_are_listed_by_name_and_within_reach(desk, cast):
    people.add_group(desk(cast.administrator), "Åk 1")
    assert [each.name for each in people.list_groups(desk(cast.mentor))] == ["IMA 1a", "IMA 1b", "Åk 1"]
    assert people.list_groups(desk(cast.counsellor)) == [cast.group]
    assert people.list_groups(desk(cast.far_counsellor)) == [cast.far_group]


def test_a_groups_name_is_its_own(desk, cast):
    mine = desk(cast.administrator)
    people.rename_group(mine, cast.group.id, "  IMA  2a ")
    assert [each.name for each in people.list_groups(mine)] == ["IMA 1b", "IMA 2a"]
    people.rename_group(mine, cast.group.id, "ima 2A")
    for name, code in (("ima 1B", "taken"), ("", "missing"), ("x" * 61, "too_long")):
        with pytest.raises(GroupRefused) as refused:
            people.add_group(mine, name)
        assert errors_of(refused) == [("name", code)]
    assert people.add_group(desk(cast.far_administrator), "IMA 1b").school_id == cast.far_school.id


def test_a_mentor_is_assigned_once_and_begins_on_the_day(desk, cast):
    mine = desk(cast.administrator)
    for _ in range(2):
        people.assign_mentor(mine, cast.unmentored.id, cast.colleague.id, TODAY + timedelta(days=1))
    assert len(people.mentors_of(mine, cast.unmentored.id)) == 1
    assert not sees(desk, cast.colleague, cast.unmentored)
    assert sees(desk, cast.colleague, cast.unmentored, TODAY + timedelta(days=1))


def test_only_a_working_mentor_of_the_school_becomes_one(desk, cast):
    mine = desk(cast.administrator)
    people.deactivate_staff(mine, cast.colleague.id)
    for person in (cast.counsellor, cast.colleague):
        with pytest.raises(StaffRefused) as refused:
            people.assign_mentor(mine, cast.student.id, person.id, TODAY)
        assert errors_of(refused) == [("staff_id", "not_a_mentor")]
    with pytest.raises(Refused):
        people.assign_mentor(mine, cast.student.id, cast.outsider.id, TODAY)
    with pytest.raises(Refused):
        people.assign_mentor(mine, cast.far.id, cast.mentor.id, TODAY)


def test_the_last_day_of_a_mentorship_is_its_last_day(desk, cast):
    mine = desk(cast.administrator)
    mentorship = people.mentors_of(mine, cast.student.id)[0]
    people.end_mentorship(mine, mentorship.id, TODAY)
    assert sees(desk, cast.mentor, cast.student)
    assert not sees(desk, cast.mentor, cast.student, TODAY + timedelta(days=1))


def test_at_a_new_school_year_the_students_go_to_a_new_mentor(desk, cast):
    mine = desk(cast.administrator)
    people.hand_over(mine, cast.mentor.id, cast.colleague.id, [cast.student.id, cast.shared.id], AUGUST)
    eve = AUGUST - timedelta(days=1)
    for student in (cast.student, cast.shared):
        assert sees(desk, cast.mentor, student, eve)
        assert not sees(desk, cast.mentor, student, AUGUST)
        assert sees(desk, cast.colleague, student, AUGUST)
    assert not sees(desk, cast.colleague, cast.student, eve)
    who = [(each.mentor.name, each.from_on, each.until_on) for each in people.mentors_of(mine, cast.student.id)]
    assert who == [("Bo", AUGUST, None), ("Alva", date(2025, 8, 18), eve)]
    assert len(people.mentors_of(mine, cast.shared.id)) == 2


def test_a_hand_over_is_whole_or_not_at_all(desk, cast):
    mine = desk(cast.administrator)
    with pytest.raises(StaffRefused) as refused:
        people.hand_over(mine, cast.mentor.id, cast.colleague.id, [cast.student.id, cast.unmentored.id], AUGUST)
    assert errors_of(refused) == [("student_ids", "not_mentored")]
    with pytest.raises(Refused):
        people.hand_over(mine, cast.mentor.id, cast.colleague.id, [cast.student.id, cast.far.id], AUGUST)
    with pytest.raises(StaffRefused):
        people.hand_over(mine, cast.mentor.id, cast.mentor.id, [cast.student.id], AUGUST)
    assert sees(desk, cast.mentor, cast.student, AUGUST)
    assert {each.student_id for each in people.students_mentored_by(mine, cast.mentor.id)} == {
        cast.student.id,
        cast.shared.id,
    }


def test_a_counsellor_reaches_what_is_given_until_it_is_taken(desk, cast):
    mine = desk(cast.administrator)
    assert not sees(desk, cast.counsellor, cast.unmentored)
    given = people.give_reach(mine, cast.counsellor.id, school_id=cast.school.id)
    assert people.give_reach(mine, cast.counsellor.id, school_id=cast.school.id) == given
    assert sees(desk, cast.counsellor, cast.unmentored)
    assert not sees(desk, cast.counsellor, cast.far)
    people.take_reach(mine, cast.counsellor.id, given.id)
    assert not sees(desk, cast.counsellor, cast.unmentored)
    assert sees(desk, cast.counsellor, cast.student)
    assert [each.group_id for each in people.reaches_of(mine, cast.counsellor.id)] == [cast.group.id]


def test_reach_is_given_to_counsellors_over_the_own_school_only(desk, cast):
    mine = desk(cast.administrator)
    for person, school_id, group_id in (
        (cast.mentor, cast.school.id, None),
        (cast.counsellor, None, None),
        (cast.counsellor, cast.school.id, cast.group.id),
    ):
        with pytest.raises(StaffRefused):
            people.give_reach(mine, person.id, school_id, group_id)
    for school_id, group_id in ((cast.far_school.id, None), (None, cast.far_group.id)):
        with pytest.raises(Refused):
            people.give_reach(mine, cast.counsellor.id, school_id, group_id)
