"""A class before its talks: who has not begun, has begun, has sent; new slips; closing."""

import streamlit as st

from conversation_models.services import board, students
from conversation_models.services.access import Right
from ui import places
from ui.class_board import offer_closing, offer_new_slips, show_board
from ui.class_form import ask_group, groups_by_id
from ui.sentences import show_saved
from ui.session import enter
from ui.slips import show_slips

visit = enter(Right.HOLD_TALKS)
_ = visit.words
st.title(_("Class"), anchor=False)
show_saved()
group_id = ask_group(visit, students.list_students(visit.desk), groups_by_id(visit))
places.link(places.INVITE_CLASS, visit, _("Invite a class"), group=group_id or "")
if show_slips(visit):
    st.stop()
if group_id is None:
    st.info(_("Choose a group to see how far each student has come with the questions before the talk."))
    st.stop()
show_board(group_id)
lines = board.look(visit.desk, group_id)
offer_new_slips(visit, lines)
offer_closing(visit, lines)
