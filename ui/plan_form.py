"""Which talk, when, where and how long; and a prepared talk that shall not be held."""

import streamlit as st

from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.models import TalkModel
from conversation_models.services import library, prepare
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import TalkView
from ui import places
from ui.sentences import say_saved, say_talk_refused
from ui.session import Visit

SHORTEST, LONGEST = 5, 240
USUAL_MODEL = "development"


def ask_model(visit: Visit, student: Student) -> TalkModel:
    """One of the talks that this person may hold, with what it is for."""
    _ = visit.words
    models = library.models_for(visit.desk.actor)
    usual = next((place for place, model in enumerate(models) if model.id == USUAL_MODEL), 0)
    chosen = st.selectbox(
        _("Kind of talk"),
        models,
        index=usual,
        format_func=lambda model: model.title.say(visit.language),
        key=f"model-{student.id}",
    )
    st.text(chosen.purpose.say(visit.language))
    if chosen.level == "e":
        st.text(_("Only student health reads what is written in this talk, except what is agreed and planned."))
    return chosen


def ask_plan(visit: Visit, student: Student, plan: Talk | TalkModel) -> TalkPlan | None:
    """For a new talk of that model, or a prepared one: what was typed, when it was just submitted; otherwise None."""
    _ = visit.words
    talk = plan if isinstance(plan, Talk) else None
    model = plan.model if isinstance(plan, Talk) else plan.id
    with st.form(f"plan-{talk.id if talk else f'{student.id}-{model}'}", enter_to_submit=False):
        day, clock, length = st.columns(3)
        held_on = day.date_input(_("Day"), value=talk.held_on if talk else visit.desk.today, format="YYYY-MM-DD")
        starts = clock.time_input(_("Time"), value=talk.starts if talk else None)
        minutes = length.number_input(_("Minutes"), min_value=SHORTEST, max_value=LONGEST, step=5, value=plan.minutes)
        place = st.text_input(_("Place"), value=talk.place if talk else "", max_chars=200)
        submitted = st.form_submit_button(_("Save"), type="secondary" if talk else "primary")
    if not submitted:
        return None
    return TalkPlan(student.id, held_on, model, starts=starts, place=place, minutes=int(minutes))


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
