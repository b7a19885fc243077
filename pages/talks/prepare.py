"""Prepare a talk: when and where, the invitation, what to gather and what to open with."""

import streamlit as st

from conversation_models.domain.answer import Manner
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import conduct, prepare, students
from conversation_models.services.access import Right
from ui import cards, places
from ui.from_home import show_from_home
from ui.guardian_invitation import show_guardians
from ui.invitation import show_invitation
from ui.plan_form import ask_drop, ask_model, ask_plan
from ui.sentences import say_errors, show_saved
from ui.session import enter
from ui.talk_forms import TalkForm, show_answers, show_form
from ui.talk_screen import ask_phase
from ui.text import plain
from ui.tries import show_tries

visit = enter(Right.HOLD_TALKS)
_ = visit.words
talk_id = places.asked("talk")
try:
    if not talk_id:
        student = students.see_student(visit.desk, places.asked("student"))
        st.title(_("Prepare a talk with {name}").format(name=plain(student.given_name)), anchor=False)
        plan = ask_plan(visit, student, ask_model(visit, student))
        if plan:
            places.go(places.PREPARE, visit, talk=prepare.prepare_talk(visit.desk, plan).id)
        st.stop()

    view = conduct.see_talk(visit.desk, talk_id)
    if view.talk.status is not TalkStatus.PREPARED:
        places.go(cards.PLACE_OF_TALK[view.talk.status], visit, talk=talk_id)
    st.title(_("Prepare the talk with {name}").format(name=plain(view.student.given_name)), anchor=False)
    st.text(f"{cards.talk_title(visit, view.talk)} · {cards.when_and_where(visit, view.talk)}")
    show_saved()
    begin_in = ask_phase(visit, view)
    if st.button(_("Begin the talk"), type="primary"):
        conduct.open_talk(visit.desk, talk_id, begin_in)
        places.go(places.TALK, visit, talk=talk_id)

    show_invitation(visit, view)
    show_guardians(visit, view)
    show_tries(visit, view)
    st.header(_("Before the talk"), anchor=False)
    own = cards.own_instrument_of(view)
    show_form(view, TalkForm(((own, ("preparation",)),), "preparation", bare=True), visit.language)

    if view.hidden_until_open:
        st.info(_("The student has answered and wants you to open the answers together."))
    answered = [name for name in view.instruments if view.own(name)]
    for name in answered:
        st.header(view.instruments[name].title.say(visit.language), anchor=False)
        show_answers(view, view.instruments[name], visit.language, Manner.ALONE)
    show_from_home(visit, view)

    st.header(_("Time and place"), anchor=False)
    plan = ask_plan(visit, view.student, view.talk)
    if plan:
        prepare.change_plan(visit.desk, talk_id, plan)
        st.rerun()
    ask_drop(visit, view)
except prepare.PlanRefused as refused:
    st.error(say_errors(_, refused.errors))
