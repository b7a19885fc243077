"""The talk: for two people in front of one tablet."""

from contextlib import suppress

import streamlit as st

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import conduct
from conversation_models.services.access import Right
from ui import added_forms, analyse_form, cards, places, take_along_form, talk_screen
from ui.paper_talk import offer_to_drop, show_from_paper
from ui.session import enter, hold_session

visit = enter(Right.HOLD_TALKS)
_ = visit.words
with suppress(conduct.TalkRefused):  # closed meanwhile: what is read now leads on to where it is
    talk_screen.follow_tap(visit, places.asked("talk"))
view = conduct.see_talk(visit.desk, places.asked("talk"))
if view.talk.status is not TalkStatus.OPEN:
    places.go(cards.PLACE_OF_TALK[view.talk.status], visit, talk=view.talk.id)
hold_session(visit, view.talk.id)
phase = None if talk_screen.is_at_added() else view.model.phase(view.talk.phase)

side, middle = st.columns([1, 3], gap="medium")
with middle:  # first: it says where one is while the rest is still being drawn
    show_from_paper(visit, view.talk)
    st.title(phase.title.say(visit.language) if phase else _("Added"), anchor=False)
with side, st.container(key="talk-side"):
    st.text(_("Talk with {name}").format(name=view.student.given_name))
    talk_screen.show_phases(visit, view)
    shown = talk_screen.ask_view(visit, view, phase)
with middle:
    if phase is None:
        added_forms.show_added(visit, view, shown)
    else:
        talk_screen.show_forms(visit, view, phase, shown)
        if not shown.turned:
            talk_screen.show_offers(visit, view, phase)
            analyse_form.offer_analysis(visit, view, phase)
            take_along_form.offer_to_take(visit, view, phase)
            talk_screen.show_earlier(visit, view, phase)
    talk_screen.show_way_on(visit, view)
    offer_to_drop(visit, view)
