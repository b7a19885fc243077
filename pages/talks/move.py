"""Move a talk that was saved on the wrong student. A trace with the reason stays on both."""

import streamlit as st

from conversation_models.services import conduct, move, students
from conversation_models.services.access import Right
from conversation_models.services.desk_talks import TalkRefused
from ui import cards, places
from ui.sentences import say_saved, say_talk_refused
from ui.session import enter

visit = enter(Right.MOVE_TALKS)
_ = visit.words
view = conduct.see_talk(visit.desk, places.asked("talk"))
st.title(_("Move the talk to the right student"), anchor=False)
st.text(f"{view.student.name} · {cards.when_and_where(visit, view.talk)}")
st.text(_("The talk moves with everything in it. That it was moved, by whom and why, can be seen afterwards."))

others = [each for each in students.list_students(visit.desk) if each.id != view.student.id]
with st.form(f"move-{view.talk.id}", enter_to_submit=False):
    chosen = st.selectbox(
        _("The right student"),
        others,
        index=None,
        format_func=lambda each: each.name,
        placeholder=_("Choose a student"),
    )
    reason = st.text_input(_("Why?"), max_chars=500)
    sure = st.checkbox(_("Yes, move the talk"))
    submitted = st.form_submit_button(_("Move the talk"))
if submitted and chosen and reason.strip() and sure:
    try:
        move.move_talk(visit.desk, view.talk.id, chosen.id, reason)
    except TalkRefused as refused:
        st.error(say_talk_refused(_, refused))
    else:
        say_saved(_("The talk is moved."))
        places.go(places.STUDENT, visit, student=chosen.id)
elif submitted:
    st.error(_("Choose a student, say why, and tick that you are sure."))
places.link(places.STUDENT, visit, _("Back to the student"), student=view.student.id)
