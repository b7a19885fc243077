"""Whom students may ask to talk with."""

import streamlit as st

from conversation_models.services import people, wishes
from conversation_models.services.access import Right
from ui.sentences import say_errors, show_saved
from ui.session import enter
from ui.wishes import ask_for_more, show_list

visit = enter(Right.MANAGE_PEOPLE)
_ = visit.words
st.title(_("Adults to talk to"), anchor=False)
st.text(
    _(
        "A student who answers a form can ask to talk with somebody here, or with who leads the talk. "
        "Only that person sees it, under Today."
    )
)
show_saved()

listed = wishes.list_adults(visit.desk)
show_list(visit, listed)
if not listed:
    st.info(_("Nobody is listed yet, so students can ask only who leads their talk."))
st.header(_("Add somebody"), anchor=False)
try:
    ask_for_more(visit, people.list_staff(visit.desk), listed)
except wishes.WishRefused as refused:
    st.error(say_errors(_, refused.errors))
