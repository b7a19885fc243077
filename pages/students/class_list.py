"""Import a class list: first shown, then saved whole or not at all."""

import streamlit as st

from conversation_models.services import class_list, people
from conversation_models.services.access import Right
from ui import places
from ui.import_preview import show_columns, show_errors, show_preview
from ui.sentences import say_saved
from ui.session import enter

MOST_MEGABYTES = 5

visit = enter(Right.ADD_STUDENT)
_ = visit.words
st.title(_("Import a class list"), anchor=False)
st.text(
    _("Choose a file from the school's register or a spreadsheet: CSV or XLSX, at most 5 MB. Nothing is saved yet.")
)
show_columns(_)

groups = {group.id: group.name for group in people.list_groups(visit.desk)}
group_id = st.selectbox(
    _("Group for rows that name none"),
    list(groups),
    index=None,
    format_func=lambda each: groups[each],
    placeholder=_("No group"),
)
file = st.file_uploader(_("Choose a file"), type=["csv", "txt", "xlsx"], max_upload_size=MOST_MEGABYTES)
if file is None:
    st.stop()

read = class_list.read_class_list(file.getvalue(), file.name)
preview = class_list.preview_import(visit.desk, read, group_id)
show_preview(_, preview)
if preview.errors:
    show_errors(_, preview.errors)
elif not preview.new and not preview.changed:
    st.info(_("Everybody in the list is here already, and nothing is changed."))
elif st.button(_("Save the list"), type="primary"):
    class_list.import_class_list(visit.desk, read, group_id)
    say_saved(_("The class list is saved."))
    places.go(places.STUDENTS, visit)
places.link(places.STUDENTS, visit, _("Back to the students"))
