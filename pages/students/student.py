"""One student: talks, what is agreed, and the facts."""

import streamlit as st

from conversation_models.services import access, agree, people, prepare, students
from conversation_models.services.access import Right
from ui import cards, places
from ui.decisions import show_open_decisions
from ui.export_screen import offer_files
from ui.log_lines import show_who_opened
from ui.sentences import say_saved, show_saved
from ui.session import enter
from ui.text import plain

visit = enter(Right.SEE_STUDENT)
_ = visit.words
student = students.see_student(visit.desk, places.asked("student"))
groups = {group.id: group.name for group in people.list_groups(visit.desk)}
st.title(plain(student.name), anchor=False)
show_saved()
if student.archived_on:
    st.info(_("This student is archived."))

if access.has_right(visit.desk.actor, Right.SEE_TALKS):
    st.header(_("Talks"), anchor=False)
    places.link(places.PREPARE, visit, _("Prepare a talk"), student=student.id)
    places.link(places.PAPER_TALK, visit, _("Type in a talk held on paper"), student=student.id)
    talks = sorted(prepare.talks_of(visit.desk, student.id), key=lambda each: each.held_on, reverse=True)
    for talk in talks:
        cards.talk_link(visit, talk)
    if talks:
        places.link(places.LOOKING_BACK, visit, _("Look back over time"), student=student.id)
        places.link(places.REPORT, visit, _("Reports"), student=student.id)
    else:
        st.text(_("No talks yet."))
    offer_files(visit, student)
    show_open_decisions(visit, agree.open_decisions(visit.desk, student.id))

st.header(_("About the student"), anchor=False)
cards.show_facts(visit, student, groups.get(student.group_id, ""))
if student.is_adult(visit.desk.today) and access.has_right(visit.desk.actor, Right.EDIT_STUDENT):
    st.text(_("The student is 18. Guardians take part only if the student wants them to."))
    invited = st.checkbox(_("The student invites the guardians"), value=student.guardians_invited)
    if invited != student.guardians_invited:
        students.invite_guardians(visit.desk, student.id, invited)
        say_saved(_("Saved."))
        st.rerun()
show_who_opened(visit, student.id)
places.link(places.EDIT_STUDENT, visit, _("Edit"), student=student.id)
