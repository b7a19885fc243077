"""Invite a whole class at once: chosen, looked over, done for everybody or for nobody."""

import streamlit as st

from conversation_models.services import whole_class
from conversation_models.services.access import Right
from ui import places
from ui.class_form import ask_class, say_left_out, show_what_happens
from ui.sentences import say_errors, say_saved
from ui.session import enter
from ui.slips import keep_slips

visit = enter(Right.HOLD_TALKS)
_ = visit.words
st.title(_("Invite a class"), anchor=False)
st.text(_("Each student gets a link and a code of their own. Nothing is sent: you print the slips or show them."))
try:
    plan = ask_class(visit)
    if plan:
        ready = show_what_happens(visit, plan, whole_class.preview(visit.desk, plan))
        label = _.n("Yes, invite {n} student", "Yes, invite {n} students", len(ready))
        if ready and st.button(label, type="primary"):
            made = whole_class.invite_class(visit.desk, whole_class.narrowed(plan, ready))
            keep_slips(made)
            say_saved(_.n("{n} student is invited.", "{n} students are invited.", len(made)))
            places.go(places.BOARD, visit, group=ready[0].student.group_id)
except whole_class.PlanRefused as refused:
    st.error(say_errors(_, refused.errors))
except whole_class.ClassRefused as refused:
    st.error(_("Nobody was invited, because something has changed meanwhile. Look again at what will happen."))
    st.text(say_left_out(_, refused.refused))
places.link(places.BOARD, visit, _("Back to the class"), group=places.asked("group"))
