"""A talk that was held on paper: which kind and which day, before its forms are typed in."""

import streamlit as st

from conversation_models.services import paper_talks, prepare, students
from conversation_models.services.access import Right
from ui import places
from ui.paper_talk import ask_paper_talk
from ui.sentences import say_errors
from ui.session import enter
from ui.text import plain

visit = enter(Right.HOLD_TALKS)
_ = visit.words
student = students.see_student(visit.desk, places.asked("student"))
st.title(_("Type in a talk with {name} that was held on paper").format(name=plain(student.given_name)), anchor=False)
st.text(
    _(
        "The talk is marked as held on paper, with the day it was held and the day it was typed in. "
        "It stands among the other talks by the day it was held."
    )
)
try:
    paper = ask_paper_talk(visit, student)
    if paper:
        places.go(places.TALK, visit, talk=paper_talks.enter_paper_talk(visit.desk, paper).id)
except prepare.PlanRefused as refused:
    st.error(say_errors(_, refused.errors))
places.link(places.STUDENT, visit, _("Back to the student"), student=student.id)
