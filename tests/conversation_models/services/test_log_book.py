"""The log tells who, what and when, to those it concerns."""

import pytest

from conversation_models.services import log_book, people, sign_in, students
from conversation_models.services.access import Refused
from tests.conversation_models.cast import NOW


def test_an_administrator_reads_what_the_own_school_did_newest_first(desk, cast, store):
    students.see_student(desk(cast.mentor), cast.student.id)
    students.see_student(desk(cast.outsider), cast.far.id)
    people.add_group(desk(cast.administrator), "Ny")
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in(store, "nobody", "fel", "", NOW)
    lines = log_book.read_log(desk(cast.administrator))
    told = [(line.who, line.entry.action, line.student, line.entry.denied) for line in lines]
    assert told == [("", "sign_in", "", True), ("Eira", "add", "", False), ("Alva", "seen", "Åsa Öberg", False)]


def test_a_strangers_attempt_stands_in_the_log_of_the_students_school(desk, cast):
    with pytest.raises(Refused):
        students.see_student(desk(cast.outsider), cast.student.id)
    line = log_book.read_log(desk(cast.administrator))[0]
    assert (line.entry.actor_id, line.entry.denied, line.student) == (cast.outsider.id, True, "Åsa Öberg")


def test_a_counsellor_reads_who_opened_a_students_record(desk, cast):
    students.see_student(desk(cast.mentor), cast.student.id)
    students.see_student(desk(cast.mentor), cast.shared.id)
    lines = log_book.log_of_student(desk(cast.counsellor), cast.student.id)
    assert [(line.who, line.entry.action) for line in lines] == [("Alva", "seen")]


def test_others_do_not_read_it(desk, cast):
    for actor in (cast.mentor, cast.counsellor):
        with pytest.raises(Refused):
            log_book.read_log(desk(actor))
    for actor in (cast.mentor, *cast.strangers):
        with pytest.raises(Refused):
            log_book.log_of_student(desk(actor), cast.student.id)
