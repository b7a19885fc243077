"""Take out answers as a file: of a group and a term, or of one student."""

import streamlit as st

from conversation_models.services import students
from conversation_models.services.access import Right
from ui import places
from ui.export_screen import say_whom, show_export
from ui.session import enter

visit = enter(Right.SEE_TALKS)
_ = visit.words
student_id = places.asked("student")
student = students.see_student(visit.desk, student_id) if student_id else None
st.title(say_whom(visit, student), anchor=False)
st.text(
    _(
        "Answers, decisions and corrections of closed talks, as far as you may read them. The file holds persons: "
        "nothing in it is hidden because it is few, so it is not statistics and not for sharing."
    )
)
show_export(visit, student)
if student:
    places.link(places.STUDENT, visit, _("Back to the student"), student=student.id)
