"""Who works here: add, change, let go, a new one-time password."""

import streamlit as st

from conversation_models.services import people
from conversation_models.services.access import Right
from ui.sentences import say_errors, show_saved
from ui.session import enter
from ui.staff_form import ROLES, ask_staff, change_staff, show_password
from ui.text import plain

visit = enter(Right.MANAGE_PEOPLE)
_ = visit.words
st.title(_("Staff"), anchor=False)
show_saved()
show_password(_)

everyone = people.list_staff(visit.desk)
st.table(
    [
        {
            _("Name"): plain(each.name),
            _("User name"): plain(each.username),
            _("Role"): _(ROLES[each.role]),
            _("May sign in"): _("yes") if each.active else _("no"),
        }
        for each in everyone
    ],
    hide_index=True,
    alt=_("Everybody who works at the school"),
)

st.header(_("Change"), anchor=False)
chosen = st.selectbox(
    _("Whom?"), everyone, index=None, format_func=lambda each: each.name, placeholder=_("Choose a person")
)
if chosen:
    change_staff(visit, chosen)

st.header(_("Add somebody"), anchor=False)
new = ask_staff(_, "new")
if new:
    try:
        member, password = people.add_staff(visit.desk, new)
    except people.StaffRefused as refused:
        st.error(say_errors(_, refused.errors))
    else:
        st.session_state["staff.password"] = (member.name, password)
        st.rerun()
