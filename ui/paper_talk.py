"""A talk that was held on paper: asked for, typed in, and told apart wherever it is shown."""

import streamlit as st

from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.services import paper_talks
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.paper_talks import EARLIEST, PaperTalk
from conversation_models.services.talk_view import TalkView
from reports.from_paper import say_from_paper
from ui import places
from ui.plan_form import ask_model
from ui.sentences import say_saved, say_talk_refused
from ui.session import Visit


def ask_paper_talk(visit: Visit, student: Student) -> PaperTalk | None:
    """What was chosen, when it was just submitted; otherwise None. A day to come is for the service to refuse."""
    _ = visit.words
    model = ask_model(visit, student)
    with st.form(f"paper-{student.id}", enter_to_submit=False):
        held_on = st.date_input(
            _("Day on which the talk was held"), value=visit.desk.today, min_value=EARLIEST, format="YYYY-MM-DD"
        )
        submitted = st.form_submit_button(_("Go on to the forms"), type="primary")
    return PaperTalk(student.id, held_on, model.id) if submitted else None


def show_from_paper(visit: Visit, talk: Talk) -> None:
    """Nothing for other talks."""
    said = say_from_paper(talk, visit.language)
    if said:
        st.info(said)


def offer_to_drop(visit: Visit, view: TalkView) -> None:
    """For one that was opened by mistake, as long as nothing is typed in."""
    _ = visit.words
    if view.talk.entered_on is None or view.drafts:
        return
    with st.expander(_("Wrong day or wrong talk")):
        st.text(_("As long as nothing is typed in, the talk can be removed. Then type it in anew."))
        if st.button(_("Remove the talk"), key=f"drop-paper-{view.talk.id}"):
            try:
                paper_talks.drop_paper_talk(visit.desk, view.talk.id)
            except TalkRefused as refused:
                st.error(say_talk_refused(_, refused))
            else:
                say_saved(_("The talk is removed."))
                places.go(places.STUDENT, visit, student=view.student.id)
