"""What was agreed and is still open: shown, and followed up."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.domain.agreement import Decision, DecisionStatus
from conversation_models.services import agree
from ui import cards
from ui.sentences import say_saved
from ui.session import Visit
from ui.text import day

FOLLOWED_UP = (DecisionStatus.DONE, DecisionStatus.PARTLY, DecisionStatus.CHANGED, DecisionStatus.DROPPED)


def show_open_decisions(visit: Visit, decisions: Sequence[Decision]) -> None:
    _ = visit.words
    if decisions:
        st.header(_("Agreed and still open"), anchor=False)
    for decision in decisions:
        with st.container(border=True):
            show_decision(visit, decision)
            ask_follow_up(visit, decision)


def show_decision(visit: Visit, decision: Decision) -> None:
    """The words as they were written, then who and when."""
    _ = visit.words
    st.text(decision.words)
    who = _("{name} sees to it").format(name=decision.responsible) if decision.responsible else ""
    when = _("follow up {day}").format(day=day(decision.follow_up, visit.language)) if decision.follow_up else ""
    status = _(cards.DECISION_STATUS[decision.status])
    late = _("the day has passed") if decision.is_overdue(visit.desk.today) else ""
    st.text(" · ".join(part for part in (cards.decided_in(visit, decision), who, when, late, status) if part))
    if decision.outcome:
        st.text(_("How it went: {words}").format(words=decision.outcome))


def ask_follow_up(visit: Visit, decision: Decision) -> None:
    _ = visit.words
    with st.expander(_("Follow up")), st.form(f"follow-up-{decision.id}", enter_to_submit=False, border=False):
        status = st.radio(
            _("How did it go?"),
            FOLLOWED_UP,
            index=None,
            format_func=lambda each: _(cards.DECISION_STATUS[each]),
            horizontal=True,
        )
        outcome = st.text_area(_("In a few words, if you like"), max_chars=2_000)
        if st.form_submit_button(_("Save")):
            if status is None:
                st.error(_("Choose how it went, then save."))
                return
            agree.follow_up(visit.desk, decision.id, status, outcome)
            say_saved(_("The follow-up is saved."))
            st.rerun()
