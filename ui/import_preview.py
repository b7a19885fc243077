"""A class list before it is saved: who is new, who changes, and every bad row by its line."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.services.class_list import Preview, RowError
from reports.text_table import text_table
from translations import Words, message
from ui.sentences import FIELDS, OTHERWISE, SENTENCES
from ui.table import show_table

ROW_SENTENCES = {
    "too_big": message("The file is too big. Save only the list itself and try again."),
    "too_long": message("The list is too long: at most {value} rows at a time."),
    "old_excel": message("This is an old kind of Excel file. Save it as XLSX or CSV and try again."),
    "encoding": message("The letters in the file cannot be read. Save it as CSV UTF-8 and try again."),
    "not_a_list": message("This file cannot be read as a list. Save it as XLSX or CSV and try again."),
    "missing_column": message("No column is called given name. Look at the first row of the file."),
    "column_twice": message("Two columns say the same thing. Remove one of them."),
    "empty": message("There is nobody in the list."),
    "twice": message("The same person is on line {value} too. Remove one of the lines."),
    "date": message("“{value}” is not a day. Write it as YYYY-MM-DD."),
}
WHOLE_FILE = frozenset({"too_big", "too_long", "old_excel", "encoding", "not_a_list", "missing_column", "empty"})


def show_columns(_: Words) -> None:
    with st.expander(_("Which columns can there be?")):
        st.text(
            _(
                "The first row names the columns: given name, family name, group, birth date, personnummer, e-mail, "
                "phone, and guardian 1 and 2 with name, phone and e-mail. Only the given name is needed. Other columns "
                "are left out."
            )
        )


def show_preview(_: Words, preview: Preview) -> None:
    counts = (
        _.n("{n} new student", "{n} new students", len(preview.new)),
        _.n("{n} with changes", "{n} with changes", len(preview.changed)),
        _.n("{n} unchanged", "{n} unchanged", len(preview.unchanged)),
    )
    st.header(_("What would be saved"), anchor=False)
    st.text(" · ".join(counts))
    if preview.new_groups:
        names = ", ".join(group.name for group in preview.new_groups)
        st.text(_("New groups: {names}").format(names=names))
    rows = [(each.name, _("new")) for each in preview.new]
    rows += [
        (each.after.name, _("changes: {fields}").format(fields=_fields(_, each.fields))) for each in preview.changed
    ]
    show_table(text_table([_("Name"), _("What")], rows), _("The students that would be added or changed"), "preview")


def show_errors(_: Words, errors: Sequence[RowError]) -> None:
    """Nothing is saved while one row is wrong."""
    st.error(_("Nothing is saved. Mend these rows in the file, and choose it again."))
    rows = [
        ("" if error.code in WHOLE_FILE else str(error.line), _column(_, error.column), say_row_error(_, error))
        for error in errors
    ]
    columns = [_("Line"), _("Column"), _("What is wrong")]
    show_table(text_table(columns, rows), _("The rows that are wrong"), "wrong")


def say_row_error(_: Words, error: RowError) -> str:
    value = error.value
    if error.code in ROW_SENTENCES:
        return _(ROW_SENTENCES[error.code]).format(value=value)
    sentence = _(SENTENCES.get(error.code, OTHERWISE)).format(value=value, most=value, low="", high="")
    return f"{value}: {sentence}" if value else sentence


def _column(_: Words, column: str) -> str:
    """ "guardian_1_phone" is "Guardian 1: phone"."""
    parts = column.split("_")
    if parts[0] == "guardian" and len(parts) == 3:
        return _("Guardian {number}: {field}").format(number=parts[1], field=_(FIELDS.get(parts[2], parts[2])).lower())
    return _(FIELDS[column]) if column in FIELDS else ""


def _fields(_: Words, fields: Sequence[str]) -> str:
    return ", ".join(_(FIELDS.get(each, each)).lower() for each in fields)
