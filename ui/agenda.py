"""The lists of Today."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.domain.agreement import Decision
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from ui import cards, places
from ui.session import Visit
from ui.text import day, plain


def show_talks(visit: Visit, title: str, talks: Sequence[tuple[Student, Talk]]) -> None:
    if not talks:
        return
    st.header(title, anchor=False)
    for student, talk in talks:
        cards.talk_link(visit, talk, student.name)


def show_follow_ups(visit: Visit, title: str, decisions: Sequence[tuple[Student, Decision]]) -> None:
    """By name and day; what was decided is read on the student's page, not over somebody's shoulder."""
    if not decisions:
        return
    st.header(title, anchor=False)
    for student, decision in decisions:
        about = (cards.decided_in(visit, decision), day(decision.follow_up, visit.language))
        label = f"{plain(student.name)}: {', '.join(each for each in about if each)}"
        places.link(places.STUDENT, visit, label, student=student.id)
