"""When, where and how long; and a prepared talk that shall not be held."""

import streamlit as st

from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.services import prepare
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import TalkView
from ui import places
from ui.sentences import say_saved, say_talk_refused
from ui.session import Visit

SHORTEST, LONGEST, USUAL = 5, 240, 45


def ask_plan(visit: Visit, student: Student, talk: Talk | None = None) -> TalkPlan | None:
    """What was typed, when it was just submitted; otherwise None."""
    _ = visit.words
    with st.form(f"plan-{talk.id if talk else student.id}", enter_to_submit=False):
        day, clock, length = st.columns(3)
        held_on = day.date_input(_("Day"), value=talk.held_on if talk else visit.desk.today, format="YYYY-MM-DD")
        starts = clock.time_input(_("Time"), value=talk.starts if talk else None)
        minutes = length.number_input(
            _("Minutes"), min_value=SHORTEST, max_value=LONGEST, step=5, value=talk.minutes if talk else USUAL
        )
        place = st.text_input(_("Place"), value=talk.place if talk else "", max_chars=200)
        submitted = st.form_submit_button(_("Save"), type="secondary" if talk else "primary")
    if not submitted:
        return None
    return TalkPlan(student.id, held_on, starts=starts, place=place, minutes=int(minutes))


def ask_drop(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    with st.expander(_("The talk shall not be held")):
        st.text(_("The talk is removed with its invitation. Answers that the student has sent stop this."))
        sure = st.checkbox(_("Yes, remove the talk"), key=f"drop-{view.talk.id}")
        if st.button(_("Remove the talk"), disabled=not sure) and sure:
            try:
                prepare.drop_talk(visit.desk, view.talk.id)
            except TalkRefused as refused:
                st.error(say_talk_refused(_, refused))
            else:
                say_saved(_("The prepared talk is removed."))
                places.go(places.STUDENT, visit, student=view.student.id)
