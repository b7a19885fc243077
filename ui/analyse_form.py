"""Opening an analysis of an action that was caught in the circle."""

import streamlit as st

from conversation_models.models import Phase
from conversation_models.services import analyse, conduct
from conversation_models.services.talk_view import TalkView
from ui.sentences import say_saved
from ui.session import Visit
from ui.text import plain


def offer_analysis(visit: Visit, view: TalkView, phase: Phase) -> None:
    """Where the circle or the analysis is asked. Read only when asked for, so that what was just written is there."""
    _ = visit.words
    both = {analyse.CIRCLE, analyse.ANALYSIS}
    if not both <= set(view.instruments) or both.isdisjoint(use.id for use in phase.instruments):
        return
    if not st.toggle(_("Look closer at an action"), key=f"analyse-{view.talk.id}"):
        return
    found = analyse.actions_of(visit.desk, view.talk.id)
    if not found:
        st.info(_("No action is written in the circle yet."))
        return
    chosen = st.radio(_("Which action?"), found, index=None, format_func=lambda each: plain(each.words))
    if chosen and st.button(_("Begin the analysis with these words")):
        analyse.begin_analysis(visit.desk, view.talk.id, chosen)
        st.session_state[f"taken-{view.talk.id}"] = st.session_state.get(f"taken-{view.talk.id}", 0) + 1
        say_saved(_("The action stands in the analysis."))
        _go_to_analysis(visit, view)


def _go_to_analysis(visit: Visit, view: TalkView) -> None:
    asking = [each.id for each in view.model.phases if any(use.id == analyse.ANALYSIS for use in each.instruments)]
    if asking:
        conduct.go_to_phase(visit.desk, view.talk.id, asking[0])
    st.rerun()
