"""The students within reach: found by name or group, never by how they are."""

import streamlit as st

from conversation_models.services import people, students
from conversation_models.services.access import Right
from ui import cards, places
from ui.sentences import show_saved
from ui.session import enter

MOST_SHOWN = 150

visit = enter(Right.SEE_STUDENT)
_ = visit.words
st.title(_("Students"), anchor=False)
show_saved()

groups = {group.id: group.name for group in people.list_groups(visit.desk)}
with st.container(horizontal=True, vertical_alignment="bottom"):
    search = st.text_input(_("Search by name"), key="students-search", max_chars=100)
    group_id = st.selectbox(
        _("Group"),
        list(groups),
        index=None,
        format_func=lambda each: groups[each],
        placeholder=_("All groups"),
        key="students-group",
    )
archived = st.checkbox(_("Show the archived ones"), key="students-archived")

found = students.list_students(visit.desk, search, group_id, archived)
st.text(_.n("{n} student", "{n} students", len(found)))
if not found and not search and not group_id:
    st.info(_("Nobody is here yet. Add a student, or import a whole class list."))
if len(found) > MOST_SHOWN:
    st.info(_("The first {most} are shown. Search by name or choose a group to see fewer.").format(most=MOST_SHOWN))

left, right = st.columns(2)
shown = found[:MOST_SHOWN]
half = (len(shown) + 1) // 2
for column, part in ((left, shown[:half]), (right, shown[half:])):
    with column:
        for student in part:
            cards.student_link(visit, student, groups.get(student.group_id, ""))

st.header(_("More students"), anchor=False)
places.link(places.ADD_STUDENT, visit, _("Add a student"))
places.link(places.CLASS_LIST, visit, _("Import a class list"))
