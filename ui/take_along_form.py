"""Taking words from an instrument into what is agreed: chosen one by one, shown exactly as they would stand."""

import streamlit as st

from conversation_models.models import Phase
from conversation_models.services import conduct, take_along
from conversation_models.services.take_along import Flowing, Target
from conversation_models.services.talk_view import TalkView
from ui import cards
from ui.sentences import say_saved
from ui.session import Visit

AGREEING = ("agreeing", "reading_back")


def offer_to_take(visit: Visit, view: TalkView, phase: Phase) -> None:
    """Read only when asked for, so that what was just written is among them."""
    _ = visit.words
    can_flow = any(item.flows_on for instrument in view.instruments.values() for item in instrument.items())
    if not can_flow or phase.kind not in (*AGREEING, "exploring"):
        return
    if not st.toggle(_("Take something into what you agree"), key=f"take-{view.talk.id}"):
        return
    found = take_along.words_to_take(visit.desk, view.talk.id)
    if not found:
        st.info(_("Nothing is written yet that can be taken along."))
        return
    chosen = st.radio(
        _("What do you want to take along?"), found, index=None, format_func=lambda each: _label(visit, view, each)
    )
    if chosen:
        _ask_target(visit, view, chosen)


def _ask_target(visit: Visit, view: TalkView, chosen: Flowing) -> None:
    _ = visit.words
    with st.form(f"take-{view.talk.id}", enter_to_submit=False):
        st.text(_("These words are taken along, exactly as they stand. The mentor can then read them:"))
        st.text(chosen.words)
        target = Target()
        if conduct.AGREEMENT in view.instruments:
            area = st.selectbox(_("Belongs to"), cards.AREAS, format_func=lambda each: cards.area_title(visit, each))
            target = Target(area)
        else:
            responsible = st.text_input(_("Who sees to it?"), max_chars=200)
            follow_up = st.date_input(_("Follow up on"), value=None, format="YYYY-MM-DD")
            target = Target("", responsible, follow_up)
        if st.form_submit_button(_("Take along these words")):
            take_along.take_along(visit.desk, view.talk.id, chosen, target)
            st.session_state[f"taken-{view.talk.id}"] = st.session_state.get(f"taken-{view.talk.id}", 0) + 1
            say_saved(_("Taken along."))
            st.rerun()


def _label(visit: Visit, view: TalkView, flowing: Flowing) -> str:
    instrument = view.instruments[flowing.instrument]
    return f"{instrument.item(flowing.item).label.say(visit.language)}: {flowing.words}"
