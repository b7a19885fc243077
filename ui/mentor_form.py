"""Choosing mentors for students."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.domain.staff import Staff
from conversation_models.domain.student import Student
from conversation_models.services import people
from ui.sentences import say_saved
from ui.session import Visit
from ui.text import day, plain


def hand_over_many(visit: Visit, mentors: Sequence[Staff], everyone: Sequence[Student]) -> None:
    _ = visit.words
    leaving = _choose(_("From"), mentors, _("Choose a mentor"), "hand-from")
    if leaving is None:
        return
    mentored = {each.student_id for each in people.students_mentored_by(visit.desk, leaving.id)}
    theirs = [student for student in everyone if student.id in mentored]
    if not theirs:
        st.text(_("This mentor has no students now."))
        return
    with st.form(f"hand-over-{leaving.id}", enter_to_submit=False):
        arriving = _choose(_("To"), [each for each in mentors if each != leaving], _("Choose a mentor"), "hand-to")
        on = st.date_input(_("From this day"), value=visit.desk.today, format="YYYY-MM-DD")
        chosen = [
            student.id for student in theirs if st.checkbox(plain(student.name), value=True, key=f"hand-{student.id}")
        ]
        submitted = st.form_submit_button(_("Hand over"))
    if submitted and arriving and chosen:
        people.hand_over(visit.desk, leaving.id, arriving.id, chosen, on)
        say_saved(_.n("{n} student is handed over.", "{n} students are handed over.", len(chosen)))
        st.rerun()
    elif submitted:
        st.error(_("Choose a new mentor and at least one student."))


def assign_one(visit: Visit, mentors: Sequence[Staff], everyone: Sequence[Student]) -> None:
    _ = visit.words
    student = st.selectbox(
        _("Student"), everyone, index=None, format_func=lambda each: each.name, placeholder=_("Choose a student")
    )
    if student is None:
        return
    for mentorship in people.mentors_of(visit.desk, student.id):
        until = day(mentorship.until_on, visit.language) or _("goes on")
        st.text(f"{mentorship.mentor.name}: {day(mentorship.from_on, visit.language)} – {until}")
        if mentorship.is_current(visit.desk.today) and st.button(_("End today"), key=f"end-{mentorship.id}"):
            people.end_mentorship(visit.desk, mentorship.id, visit.desk.today)
            say_saved(_("Saved."))
            st.rerun()
    with st.form(f"assign-{student.id}", enter_to_submit=False):
        mentor = _choose(_("New mentor"), mentors, _("Choose a mentor"), f"assign-mentor-{student.id}")
        on = st.date_input(_("From this day"), value=visit.desk.today, format="YYYY-MM-DD")
        if st.form_submit_button(_("Save")) and mentor:
            people.assign_mentor(visit.desk, student.id, mentor.id, on)
            say_saved(_("Saved."))
            st.rerun()


def _choose(label: str, mentors: Sequence[Staff], placeholder: str, key: str) -> Staff | None:
    return st.selectbox(
        label, mentors, index=None, format_func=lambda each: each.name, placeholder=placeholder, key=key
    )
