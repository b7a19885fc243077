"""A closed talk, word for word; corrections stand beside; what was decided is followed up; papers."""

import streamlit as st

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import agree, conduct
from conversation_models.services.access import Right
from ui import cards, places
from ui.closed_talk import ask_amendment, show_amendments, show_everything, show_papers
from ui.decisions import ask_follow_up, show_decision
from ui.from_home import show_from_home
from ui.paper_talk import show_from_paper
from ui.sentences import show_saved
from ui.session import enter
from ui.text import plain

visit = enter(Right.SEE_TALKS)
_ = visit.words
view = conduct.see_talk(visit.desk, places.asked("talk"))
if view.talk.status is not TalkStatus.CLOSED:
    places.go(cards.PLACE_OF_TALK[view.talk.status], visit, talk=view.talk.id)
name = plain(view.student.name)
st.title(_("{talk} with {name}").format(talk=cards.talk_title(visit, view.talk), name=name), anchor=False)
st.text(cards.when_and_where(visit, view.talk))
show_from_paper(visit, view.talk)
show_saved()

decisions = agree.decisions_of(visit.desk, view.talk.id)
if decisions:
    st.header(_("Agreed"), anchor=False)
for decision in decisions:
    with st.container(border=True):
        show_decision(visit, decision)
        if decision.status == "open":
            ask_follow_up(visit, decision)

show_papers(visit, view)
show_amendments(visit, view)
show_everything(visit, view)
show_from_home(visit, view)
ask_amendment(visit, view)
places.link(places.MOVE_TALK, visit, _("The talk is on the wrong student"), talk=view.talk.id)
places.link(places.STUDENT, visit, _("Back to the student"), student=view.student.id)
