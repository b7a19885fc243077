"""What is taken out of the house: chosen here, and given on a page of the front door that asks for the password."""

from urllib.parse import urlencode

import streamlit as st

from conversation_models.domain.student import Student
from conversation_models.services import exports, terms
from conversation_models.services.exports import Choice
from conversation_models.services.group_term import Scope
from conversation_models.services.terms import Term
from reports.group_tables import term_name
from translations import message
from ui import places
from ui.group_screen import choose_scope
from ui.papers import paper_link
from ui.session import Visit
from ui.text import plain

FILES = {
    "xlsx": message("Spreadsheet (XLSX)"),
    "csv": message("Text tables (CSV in a ZIP)"),
    "json": message("For programs (JSON)"),
}


def show_export(visit: Visit, student: Student | None) -> None:
    """Of one student, or of a group and a term."""
    _ = visit.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        term = _choose_term(visit)
        scope = Scope() if student else choose_scope(visit, term or terms.latest_terms(visit.desk.today)[0])
    if scope is None:
        st.info(_("Nobody is within your reach yet."))
        return
    file_format = st.radio(_("Kind of file"), list(FILES), format_func=lambda each: _(FILES[each]), key="export-file")
    named = st.checkbox(_("With names"), key="export-named")
    st.text(
        _("Names are in the file. Choose that only when you need them.")
        if named
        else _("A student is a number that is good within the file only. Own words may still tell who it is.")
    )
    choice = Choice(term, scope, student.id if student else "", named)
    found = exports.preview(visit.desk, choice)
    if not found.answers:
        st.info(_("There is nothing to take out: no closed talk here holds an answer that you may read."))
        return
    counted = (
        _.n("{n} student", "{n} students", found.students),
        _.n("{n} closed talk", "{n} closed talks", found.talks),
        _.n("{n} answer", "{n} answers", found.answers),
    )
    st.text(" · ".join(counted))
    if found.is_too_much:
        st.info(
            _("At most {most} answers fit in one file. Choose a term or a group.").format(most=exports.MOST_ANSWERS)
        )
        return
    paper_link(_("Go on, with your password"), _address(visit, choice, file_format))


def offer_files(visit: Visit, student: Student) -> None:
    """On the student's page."""
    _ = visit.words
    with st.expander(_("Take out as a file")):
        st.text(_("Your password is asked for once more, and the log says that you took it out."))
        language = urlencode({"language": visit.language})
        paper_link(_("Everything that is kept about the student (ZIP)"), f"/exports/student/{student.id}?{language}")
        paper_link(_("Answers for health care's systems (FHIR)"), f"/exports/fhir/{student.id}?names=yes&{language}")
        places.link(places.EXPORT, visit, _("Answers as a table"), student=student.id)


def say_whom(visit: Visit, student: Student | None) -> str:
    _ = visit.words
    return _("Take out answers: {name}").format(name=plain(student.name)) if student else _("Take out answers")


def _choose_term(visit: Visit) -> Term | None:
    _ = visit.words
    return st.selectbox(
        _("Term"), terms.latest_terms(visit.desk.today), index=None, placeholder=_("Every term"),
        format_func=lambda term: term_name(term, visit.language), key="export-term",
    )  # fmt: skip


def _address(visit: Visit, choice: Choice, file_format: str) -> str:
    asked = {
        "term": choice.term.id if choice.term else "",
        "school": choice.scope.school_id,
        "group": choice.scope.group_id,
        "student": choice.student_id,
        "names": "yes" if choice.named else "",
        "file": file_format,
        "language": visit.language,
    }
    return f"/exports/answers?{urlencode({name: value for name, value in asked.items() if value})}"
