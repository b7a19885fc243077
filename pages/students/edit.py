"""Edit one student, archive or bring back."""

import streamlit as st

from conversation_models.services import people, students
from conversation_models.services.access import Right
from ui import places
from ui.sentences import say_errors, say_saved
from ui.session import enter
from ui.student_form import ask_student
from ui.text import plain

visit = enter(Right.EDIT_STUDENT)
_ = visit.words
student = students.see_student(visit.desk, places.asked("student"))
st.title(_("Edit {name}").format(name=plain(student.name)), anchor=False)

new = ask_student(_, people.list_groups(visit.desk), visit.desk.today, student)
if new:
    try:
        students.edit_student(visit.desk, student.id, new)
    except students.StudentRefused as refused:
        st.error(say_errors(_, refused.errors))
    else:
        say_saved(_("The changes are saved."))
        places.go(places.STUDENT, visit, student=student.id)

st.header(_("Archive"), anchor=False)
if student.archived_on:
    st.text(_("This student is archived. Talks and answers are kept."))
    if st.button(_("Bring back from the archive")):
        students.restore_student(visit.desk, student.id)
        say_saved(_("The student is back in the list."))
        places.go(places.STUDENT, visit, student=student.id)
else:
    st.text(
        _(
            "An archived student leaves the list and Today. "
            "Talks and answers are kept, and the student can be brought back."
        )
    )
    sure = st.checkbox(_("Yes, archive this student"), key=f"archive-{student.id}")
    if st.button(_("Archive"), disabled=not sure) and sure:
        students.archive_student(visit.desk, student.id)
        say_saved(_("The student is archived."))
        places.go(places.STUDENTS, visit)
places.link(places.STUDENT, visit, _("Back to the student"), student=student.id)
