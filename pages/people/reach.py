"""What each counsellor reaches: the whole school, or some groups."""

import streamlit as st

from conversation_models.domain.staff import Role
from conversation_models.services import people
from conversation_models.services.access import Right
from ui.sentences import say_saved, show_saved
from ui.session import enter
from ui.text import plain

visit = enter(Right.MANAGE_PEOPLE)
_ = visit.words
st.title(_("Counsellors' reach"), anchor=False)
st.text(_("A counsellor sees the students of the groups that are given here, with their talks."))
show_saved()

counsellors = [each for each in people.list_staff(visit.desk) if each.role is Role.COUNSELLOR and each.active]
groups = {group.id: group.name for group in people.list_groups(visit.desk)}
if not counsellors:
    st.info(_("There is no counsellor yet. Add one under Staff."))
for counsellor in counsellors:
    st.header(plain(counsellor.name), anchor=False)
    given = people.reaches_of(visit.desk, counsellor.id)
    for reach in given:
        name = _("The whole school") if reach.school_id else groups.get(reach.group_id or "", "")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(name)
            if st.button(_("Take away: {name}").format(name=plain(name)), key=f"take-{reach.id}"):
                people.take_reach(visit.desk, counsellor.id, reach.id)
                say_saved(_("Saved."))
                st.rerun()
    with st.form(f"give-{counsellor.id}", enter_to_submit=False):
        options = ["", *(each for each in groups if each not in {reach.group_id for reach in given})]
        chosen = st.selectbox(
            _("Give"),
            options,
            format_func=lambda each: groups[each] if each else _("The whole school"),
            key=f"give-to-{counsellor.id}",
        )
        if st.form_submit_button(_("Give")):
            school_id = None if chosen else visit.desk.actor.school_id
            people.give_reach(visit.desk, counsellor.id, school_id=school_id, group_id=chosen or None)
            say_saved(_("Saved."))
            st.rerun()
