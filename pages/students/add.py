"""Add one student. A mentor who adds a student becomes the mentor."""

import streamlit as st

from conversation_models.services import people, students
from conversation_models.services.access import Right
from ui import places
from ui.sentences import say_errors, say_saved
from ui.session import enter
from ui.student_form import ask_student

visit = enter(Right.ADD_STUDENT)
_ = visit.words
st.title(_("Add a student"), anchor=False)
st.text(_("Fill in only what you need. A given name and a group are enough."))

new = ask_student(_, people.list_groups(visit.desk), visit.desk.today)
if new:
    try:
        student = students.add_student(visit.desk, new)
    except students.StudentRefused as refused:
        st.error(say_errors(_, refused.errors))
    else:
        say_saved(_("The student is added."))
        places.go(places.STUDENT, visit, student=student.id)
places.link(places.STUDENTS, visit, _("Back to the students"))
