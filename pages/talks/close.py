"""Close the talk: a last look, then it is locked."""

import streamlit as st

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import conduct
from conversation_models.services.access import Right
from ui import cards, places
from ui.sentences import say_saved
from ui.session import enter, hold_session
from ui.text import plain

visit = enter(Right.HOLD_TALKS)
_ = visit.words
view = conduct.see_talk(visit.desk, places.asked("talk"))
if view.talk.status is not TalkStatus.OPEN:
    places.go(cards.PLACE_OF_TALK[view.talk.status], visit, talk=view.talk.id)
st.title(_("Close the talk with {name}").format(name=plain(view.student.given_name)), anchor=False)

st.header(_("Before you part"), anchor=False)
st.markdown("\n".join(f"- {line.say(visit.language)}" for line in view.model.closing))
if conduct.AGREEMENT in view.instruments and not any(
    view.value(conduct.AGREEMENT, f"{area}_decision") for area in cards.AREAS
):
    st.info(_("No decision is written down. You can close the talk all the same."))
if conduct.unsent_begun(visit.desk, view.talk.id):
    st.info(
        _(
            "The student has begun to answer on the own page and not sent it. "
            "What is not sent disappears when you close."
        )
    )

st.header(_("Close"), anchor=False)
st.text(
    _("A closed talk cannot be changed. A correction is then written beside what stands, with your name and the time.")
)
sure = st.checkbox(_("We are done, close the talk"), key=f"close-{view.talk.id}")
if st.button(_("Close the talk"), type="primary", disabled=not sure) and sure:
    conduct.close_talk(visit.desk, view.talk.id)
    hold_session(visit, None)
    say_saved(_("The talk is closed."))
    places.go(places.CLOSED_TALK, visit, talk=view.talk.id)
places.link(places.TALK, visit, _("Back to the talk"), talk=view.talk.id)
