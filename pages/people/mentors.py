"""Who is whose mentor: one student at a time, or a whole class at a new school year."""

import streamlit as st

from conversation_models.services import people, students
from conversation_models.services.access import Right
from ui.mentor_form import assign_one, hand_over_many
from ui.sentences import say_errors, show_saved
from ui.session import enter

visit = enter(Right.MANAGE_PEOPLE)
_ = visit.words
st.title(_("Mentors"), anchor=False)
show_saved()

everyone = students.list_students(visit.desk)
mentors = [each for each in people.list_staff(visit.desk) if each.active and each.role == "mentor"]
if not mentors or not everyone:
    st.info(_("Add mentors and students first."))
    st.stop()
try:
    st.header(_("Hand over students"), anchor=False)
    st.text(_("At a new school year. The new mentor begins on the day you choose; the old one no longer reaches them."))
    hand_over_many(visit, mentors, everyone)
    st.header(_("One student"), anchor=False)
    assign_one(visit, mentors, everyone)
except people.StaffRefused as refused:
    st.error(say_errors(_, refused.errors))
