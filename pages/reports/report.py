"""A student's reports: composed part by part, shown before they are made, and listed."""

import streamlit as st

from conversation_models.services import made_reports, students
from conversation_models.services.access import Right
from ui import places
from ui.made_reports import show_made
from ui.report_form import ask_kind, compose_report
from ui.sentences import show_saved
from ui.session import enter
from ui.text import plain

visit = enter(Right.HOLD_TALKS)
_ = visit.words
student = students.see_student(visit.desk, places.asked("student"))
st.title(_("Reports: {name}").format(name=plain(student.name)), anchor=False)
show_saved()
show_made(visit, made_reports.reports_of(visit.desk, student.id))
st.header(_("A new report"), anchor=False)
compose_report(visit, student.id, ask_kind(visit))
places.link(places.STUDENT, visit, _("Back to the student"), student=student.id)
