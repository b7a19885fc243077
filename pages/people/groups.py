"""The school's groups."""

import streamlit as st

from conversation_models.services import people
from conversation_models.services.access import Right
from reports.text_table import text_table
from ui.sentences import say_errors, say_saved, show_saved
from ui.session import enter
from ui.table import show_table

visit = enter(Right.MANAGE_PEOPLE)
_ = visit.words
st.title(_("Groups"), anchor=False)
show_saved()

groups = people.list_groups(visit.desk)
show_table(text_table([_("Group")], [(group.name,) for group in groups]), _("The school's groups"), "groups")

try:
    st.header(_("Add a group"), anchor=False)
    with st.form("add-group", enter_to_submit=False, clear_on_submit=True):
        name = st.text_input(_("Name"), max_chars=60)
        if st.form_submit_button(_("Add")):
            people.add_group(visit.desk, name)
            say_saved(_("The group is added."))
            st.rerun()

    st.header(_("Change a name"), anchor=False)
    chosen = st.selectbox(
        _("Group"), groups, index=None, format_func=lambda each: each.name, placeholder=_("Choose a group")
    )
    if chosen:
        with st.form(f"rename-{chosen.id}", enter_to_submit=False):
            renamed = st.text_input(_("New name"), value=chosen.name, max_chars=60)
            if st.form_submit_button(_("Save")):
                people.rename_group(visit.desk, chosen.id, renamed)
                say_saved(_("The changes are saved."))
                st.rerun()
except people.GroupRefused as refused:
    st.error(say_errors(_, refused.errors))
