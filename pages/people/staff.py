"""Who works here: add, change, let go, a new one-time password."""

import streamlit as st

from conversation_models.services import people
from conversation_models.services.access import Right
from reports.text_table import text_table
from ui.sentences import say_errors, show_saved
from ui.session import enter
from ui.staff_form import ROLES, ask_staff, change_staff, show_password
from ui.table import show_table

visit = enter(Right.MANAGE_PEOPLE)
_ = visit.words
st.title(_("Staff"), anchor=False)
show_saved()
show_password(_)

everyone = people.list_staff(visit.desk)
columns = [_("Name"), _("User name"), _("Role"), _("May sign in")]
rows = [(each.name, each.username, _(ROLES[each.role]), _("yes") if each.active else _("no")) for each in everyone]
show_table(text_table(columns, rows), _("Everybody who works at the school"), "staff")

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
