"""Students, seen and changed by those who reach them and by nobody else."""

from conversation_models.services import students


def names(found):
    return [student.name for student in found]


def test_each_role_lists_those_within_reach(desk, cast):
    assert names(students.list_students(desk(cast.mentor))) == ["Élodie Wåhlin", "Åsa Öberg"]
    assert names(students.list_students(desk(cast.colleague))) == ["Élodie Wåhlin"]
    assert names(students.list_students(desk(cast.counsellor))) == ["Élodie Wåhlin", "Åsa Öberg"]
    assert names(students.list_students(desk(cast.administrator))) == ["Vera Ek", "Élodie Wåhlin", "Åsa Öberg"]
    assert names(students.list_students(desk(cast.outsider))) == ["Noor al-Amin"]
