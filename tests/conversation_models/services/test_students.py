"""Students, seen and changed by those who reach them and by nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from conversation_models.domain.staff import Role
from conversation_models.domain.student import Student
from conversation_models.services import people, students
from conversation_models.services.access import Refused
from conversation_models.services.students import NewGuardian, NewStudent, StudentRefused
from conversation_models.storage import logs, tables
from tests.conversation_models.cast import NOW, TODAY

WITH_NUMBER = "20090517-2383"


def names(found):
    return [student.name for student in found]


def written(store, table):
    with store.reading() as unit:
        return unit.connection.execute(select(table)).all()


def errors_of(refused):
    return [(error.field, error.code) for error in refused.value.errors]


def test_each_role_lists_those_within_reach(desk, cast):
    assert names(students.list_students(desk(cast.mentor))) == ["Élodie Wåhlin", "Åsa Öberg"]
    assert names(students.list_students(desk(cast.colleague))) == ["Élodie Wåhlin"]
    assert names(students.list_students(desk(cast.counsellor))) == ["Élodie Wåhlin", "Åsa Öberg"]
    assert names(students.list_students(desk(cast.administrator))) == ["Vera Ek", "Élodie Wåhlin", "Åsa Öberg"]
    assert names(students.list_students(desk(cast.outsider))) == ["Noor al-Amin"]


def test_a_search_finds_parts_of_names_whatever_the_accents(desk, cast):
    found = [
        names(students.list_students(desk(cast.administrator), search=text)) for text in ("elod", "ÖB", "k ver", "x")
    ]
    assert found == [["Élodie Wåhlin"], ["Åsa Öberg"], ["Vera Ek"], []]


def test_a_list_can_be_of_one_group(desk, cast):
    assert names(students.list_students(desk(cast.administrator), group_id=cast.other_group.id)) == ["Vera Ek"]
    assert students.list_students(desk(cast.administrator), group_id=cast.far_group.id) == []
    assert students.list_students(desk(cast.administrator), group_id="\x00' OR 1=1") == []


def test_a_mentor_sees_the_whole_card_and_it_is_logged_once_a_quarter(desk, cast, store):
    assert students.see_student(desk(cast.mentor), cast.student.id) == cast.student
    students.see_student(desk(cast.mentor, NOW + timedelta(minutes=14)), cast.student.id)
    assert seen(store, cast) == [cast.mentor.id]
    students.see_student(desk(cast.mentor, NOW + timedelta(minutes=16)), cast.student.id)
    assert seen(store, cast) == [cast.mentor.id, cast.mentor.id]


def seen(store, cast):
    with store.reading() as unit:
        return [entry.actor_id for entry in logs.of_student(unit, cast.student.id) if entry.action == "seen"]


def test_strangers_are_refused_everything_and_nothing_is_written(desk, cast, store):
    before = written(store, tables.student)
    new = NewStudent(cast.group.id, "Annat", "Namn")
    for stranger in cast.strangers:
        for attempt in (
            lambda d: students.see_student(d, cast.student.id),
            lambda d: students.edit_student(d, cast.student.id, new),
            lambda d: students.archive_student(d, cast.student.id),
            lambda d: students.restore_student(d, cast.student.id),
            lambda d: students.invite_guardians(d, cast.student.id, True),
        ):
            with pytest.raises(Refused):
                attempt(desk(stranger))
    assert written(store, tables.student) == before
    with store.reading() as unit:
        refused = [entry for entry in logs.of_student(unit, cast.student.id) if entry.denied]
    assert len(refused) == 5 * len(cast.strangers)


def test_a_student_that_does_not_exist_is_refused_like_one_out_of_reach(desk, cast):
    for missing in ("0" * 32, "nobody", "x" * 500, "\x00", ""):
        with pytest.raises(Refused):
            students.see_student(desk(cast.mentor), missing)


def test_a_mentor_who_adds_a_student_becomes_the_mentor(desk, cast):
    guardians = (NewGuardian("Ana  María", "070 123", "ana@example.org"),)
    new = NewStudent(cast.other_group.id, " José ", "Öst", None, WITH_NUMBER, "j@example.org", "+46 70-1", guardians)
    added = students.add_student(desk(cast.mentor), new)
    seen_again = students.see_student(desk(cast.mentor), added.id)
    assert seen_again == added
    assert (added.name, added.birth_date, added.personnummer) == ("José Öst", date(2009, 5, 17), "200905172383")
    assert added.masked_personnummer == "20090517-****"
    assert added.guardians[0].name == "Ana María"
    assert [each.mentor for each in people.mentors_of(desk(cast.mentor), added.id)] == [cast.mentor]


def test_a_counsellor_and_an_administrator_who_add_do_not_become_mentors(desk, cast):
    for actor in (cast.counsellor, cast.administrator):
        added = students.add_student(desk(actor), NewStudent(cast.group.id, f"Ny av {actor.name}"))
        assert people.mentors_of(desk(actor), added.id) == []


def test_nobody_places_a_student_where_they_reach_nothing(desk, cast):
    tries = [
        (cast.mentor, cast.far_group.id),
        (cast.administrator, cast.far_group.id),
        (cast.counsellor, cast.other_group.id),
        (cast.mentor, "nowhere"),
    ]
    for actor, group_id in tries:
        with pytest.raises(StudentRefused) as refused:
            students.add_student(desk(actor), NewStudent(group_id, "Kim"))
        assert errors_of(refused) == [("group_id", "unknown")]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"given_name": " \t"}, ("given_name", "missing")),
        ({"given_name": "a" * 101}, ("given_name", "too_long")),
        ({"given_name": "\ud800"}, ("given_name", "unreadable")),
        ({"personnummer": "20090517-2387"}, ("personnummer", "check_digit")),
        ({"personnummer": "20091317-2380"}, ("personnummer", "date")),
        ({"personnummer": "090517"}, ("personnummer", "shape")),
        ({"personnummer": "20090517-TF12"}, ("personnummer", "temporary")),
        ({"personnummer": WITH_NUMBER, "birth_date": date(2009, 5, 18)}, ("birth_date", "differs")),
        ({"birth_date": TODAY + timedelta(days=1)}, ("birth_date", "unlikely")),
        ({"birth_date": date(1890, 1, 1)}, ("birth_date", "unlikely")),
        ({"email": "kim at example"}, ("email", "shape")),
        ({"phone": "ring mig"}, ("phone", "shape")),
        ({"guardians": (NewGuardian("", phone="070"),)}, ("guardians.0.name", "missing")),
        ({"guardians": (NewGuardian("A"), NewGuardian("B", email="b"))}, ("guardians.1.email", "shape")),
        ({"guardians": tuple(NewGuardian(str(n)) for n in range(7))}, ("guardians", "too_many")),
    ],
)
def test_what_is_wrong_with_a_field_is_said_and_nothing_is_written(desk, cast, store, fields, error):
    before = written(store, tables.student)
    with pytest.raises(StudentRefused) as refused:
        students.add_student(desk(cast.mentor), NewStudent(**{"group_id": cast.group.id, "given_name": "Kim"} | fields))
    assert errors_of(refused) == [error]
    assert written(store, tables.student) == before


def test_every_error_is_said_at_once(desk, cast):
    with pytest.raises(StudentRefused) as refused:
        students.add_student(desk(cast.mentor), NewStudent("nowhere", "", email="x"))
    assert {field for field, _ in errors_of(refused)} == {"group_id", "given_name", "email"}


def test_the_same_person_is_not_added_twice(desk, cast):
    students.add_student(desk(cast.mentor), NewStudent(cast.group.id, "Kim", personnummer=WITH_NUMBER))
    with pytest.raises(StudentRefused) as refused:
        students.add_student(desk(cast.colleague), NewStudent(cast.group.id, "Någon Annan", personnummer=WITH_NUMBER))
    assert errors_of(refused) == [("personnummer", "already_here")]
    with pytest.raises(StudentRefused) as refused:
        students.add_student(desk(cast.mentor), NewStudent(cast.group.id, "ÅSA", "öberg", cast.student.birth_date))
    assert errors_of(refused) == [("given_name", "already_here")]


def test_two_students_may_share_a_name(desk, cast):
    students.add_student(desk(cast.mentor), NewStudent(cast.group.id, "Åsa", "Öberg", date(2010, 1, 1)))
    assert names(students.list_students(desk(cast.mentor), "åsa")) == ["Åsa Öberg", "Åsa Öberg"]


def test_the_same_number_may_stand_at_another_school(desk, cast):
    students.add_student(desk(cast.mentor), NewStudent(cast.group.id, "Kim", personnummer=WITH_NUMBER))
    students.add_student(desk(cast.outsider), NewStudent(cast.far_group.id, "Kim", personnummer=WITH_NUMBER))
    assert len(students.list_students(desk(cast.outsider), "kim")) == 1


def test_editing_replaces_every_field_and_keeps_an_unchanged_guardian(desk, cast):
    same = NewGuardian(cast.student.guardians[0].name, "070")
    new = NewStudent(
        cast.other_group.id, "Åsa", "Nilsson", date(2009, 5, 17), "", "", "", (same, NewGuardian("Ny Vuxen"))
    )
    students.edit_student(desk(cast.mentor), cast.student.id, new)
    after = students.see_student(desk(cast.mentor), cast.student.id)
    assert (after.name, after.group_id, after.email, after.phone) == ("Åsa Nilsson", cast.other_group.id, "", "")
    assert [each.name for each in after.guardians] == ["Vuxen Öberg", "Ny Vuxen"]
    assert after.guardians[0].id == cast.student.guardians[0].id
    assert students.list_students(desk(cast.administrator), "nilsson") == [after]


def test_an_archived_student_is_listed_apart_and_comes_back(desk, cast):
    students.archive_student(desk(cast.mentor), cast.student.id)
    assert names(students.list_students(desk(cast.mentor))) == ["Élodie Wåhlin"]
    archived = students.list_students(desk(cast.mentor), archived=True)
    assert [(each.name, each.archived_on) for each in archived] == [("Åsa Öberg", TODAY)]
    students.restore_student(desk(cast.mentor), cast.student.id)
    assert len(students.list_students(desk(cast.mentor))) == 2


def test_an_adult_student_invites_the_guardians_and_takes_it_back(desk, cast):
    adult = cast.shared
    assert adult.guardians_on(TODAY) == ()
    students.invite_guardians(desk(cast.mentor), adult.id, True)
    assert students.see_student(desk(cast.mentor), adult.id).guardians_on(TODAY) == adult.guardians
    students.invite_guardians(desk(cast.mentor), adult.id, False)
    assert students.see_student(desk(cast.mentor), adult.id).guardians_on(TODAY) == ()


def test_nothing_that_names_a_person_lies_readable_in_the_database(store, cast):
    for table in (tables.student, tables.guardian):
        text = b" ".join(
            str(value).encode() + bytes(value if isinstance(value, bytes) else b"")
            for row in written(store, table)
            for value in row
        )
        for secret in ("Åsa", "Öberg", "070-174 06 05", "Vuxen", "2009-05-17", "@example.org"):
            assert secret.encode() not in text, secret


def test_someone_who_has_left_reaches_nothing(desk, cast):
    gone = type(cast.mentor)(**{**vars(cast.mentor), "active": False})
    assert gone.role is Role.MENTOR
    assert isinstance(cast.student, Student)
    with pytest.raises(Refused):
        students.list_students(desk(gone))
