"""Every page of the staff screens: its address, its title, and whose it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from conversation_models.services import access
from conversation_models.services.access import Right
from translations import message
from ui.session import Visit, enter

PAGES = Path(__file__).parents[1] / "pages"
_MADE = "places.made"


@dataclass(frozen=True)
class Place:
    """`right` None: for everyone who is signed in. `in_menu` False: reached from another page only."""

    path: str
    file: str
    title: str
    right: Right | None
    in_menu: bool = False

    def is_for(self, visit: Visit) -> bool:
        return self.right is None or access.has_right(visit.desk.actor, self.right)


TODAY = Place("today", "today/today.py", message("Today"), Right.SEE_TALKS, in_menu=True)
STUDENTS = Place("students", "students/students.py", message("Students"), Right.SEE_STUDENT, in_menu=True)
STUDENT = Place("student", "students/student.py", message("Student"), Right.SEE_STUDENT)
ADD_STUDENT = Place("add-student", "students/add.py", message("Add a student"), Right.ADD_STUDENT)
EDIT_STUDENT = Place("edit-student", "students/edit.py", message("Edit a student"), Right.EDIT_STUDENT)
CLASS_LIST = Place("class-list", "students/class_list.py", message("Import a class list"), Right.ADD_STUDENT)
PREPARE = Place("prepare", "talks/prepare.py", message("Prepare a talk"), Right.HOLD_TALKS)
PAPER_TALK = Place("paper-talk", "talks/paper.py", message("A talk held on paper"), Right.HOLD_TALKS)
TALK = Place("talk", "talks/talk.py", message("The talk"), Right.HOLD_TALKS)
BOARD = Place("class", "talks/board.py", message("Class"), Right.HOLD_TALKS, in_menu=True)
INVITE_CLASS = Place("invite-class", "talks/invite_class.py", message("Invite a class"), Right.HOLD_TALKS)
CLOSE_TALK = Place("close-talk", "talks/close.py", message("Close the talk"), Right.HOLD_TALKS)
CLOSED_TALK = Place("closed-talk", "talks/closed.py", message("A closed talk"), Right.SEE_TALKS)
MOVE_TALK = Place("move-talk", "talks/move.py", message("Move a talk"), Right.MOVE_TALKS)
LOOKING_BACK = Place("looking-back", "looking_back/student.py", message("Looking back"), Right.SEE_TALKS)
GROUP_TERM = Place("group-term", "looking_back/group.py", message("Group and term"), Right.SEE_TALKS, in_menu=True)
EXPORT = Place("export", "looking_back/export.py", message("Take out answers"), Right.SEE_TALKS)
CASELOAD = Place("caseload", "looking_back/caseload.py", message("Caseload"), Right.SEE_TALKS, in_menu=True)
REPORT = Place("report", "reports/report.py", message("Reports"), Right.HOLD_TALKS)
TERM_REPORTS = Place("term-reports", "reports/batch.py", message("The term's reports"), Right.HOLD_TALKS)
GROUP_REPORT = Place("group-report", "reports/group.py", message("Group report"), Right.HOLD_TALKS)
STAFF = Place("staff", "people/staff.py", message("Staff"), Right.MANAGE_PEOPLE, in_menu=True)
GROUPS = Place("groups", "people/groups.py", message("Groups"), Right.MANAGE_PEOPLE, in_menu=True)
MENTORS = Place("mentors", "people/mentors.py", message("Mentors"), Right.MANAGE_PEOPLE, in_menu=True)
REACH = Place("reach", "people/reach.py", message("Counsellors' reach"), Right.MANAGE_PEOPLE, in_menu=True)
TRUSTED = Place(
    "adults-to-talk-to", "people/trusted.py", message("Adults to talk to"), Right.MANAGE_PEOPLE, in_menu=True
)
LOG = Place("log", "people/log.py", message("Log"), Right.READ_LOG, in_menu=True)
BLANK_FORMS = Place("blank-forms", "library/blank_forms.py", message("Blank forms"), Right.SEE_TALKS)
LIBRARY = Place("library", "library/library.py", message("Library"), None, in_menu=True)
INSTRUMENT = Place("instrument", "library/instrument.py", message("An instrument"), None)
TALK_MODEL = Place("talk-model", "library/talk_model.py", message("A kind of talk"), None)
ACCOUNT = Place("account", "account/account.py", message("My account"), None, in_menu=True)

PLACES = (
    TODAY,
    STUDENTS,
    BOARD,
    INVITE_CLASS,
    STUDENT,
    ADD_STUDENT,
    EDIT_STUDENT,
    CLASS_LIST,
    PREPARE,
    PAPER_TALK,
    TALK,
    CLOSE_TALK,
    CLOSED_TALK,
    MOVE_TALK,
    LOOKING_BACK,
    GROUP_TERM,
    EXPORT,
    CASELOAD,
    REPORT,
    TERM_REPORTS,
    GROUP_REPORT,
    STAFF,
    GROUPS,
    MENTORS,
    REACH,
    TRUSTED,
    LOG,
    LIBRARY,
    INSTRUMENT,
    TALK_MODEL,
    BLANK_FORMS,
    ACCOUNT,
)


def page_of(place: Place, visit: Visit) -> Any:
    """The page, or a hidden guard at the same address: a deep link survives signing in as somebody else.

    Made once a session: for each one Streamlit goes through the folders on the disk, and there are thirty in every run.
    """
    kept = st.session_state.setdefault(_MADE, {})
    wanted = (place, visit.language, place.is_for(visit))
    if wanted not in kept:
        kept[wanted] = _make_page(place, visit)
    return kept[wanted]


def _make_page(place: Place, visit: Visit) -> Any:
    title = visit.words(place.title)
    if place.right is not None and not place.is_for(visit):
        return st.Page(_guard(place.right), title=title, url_path=place.path, visibility="hidden")
    visibility: Any = "visible" if place.in_menu else "hidden"
    file = PAGES / place.file
    return st.Page(file, title=title, url_path=place.path, visibility=visibility)


def pages_for(visit: Visit) -> list[Any]:
    """All of them, and a beginning that leads on: Streamlit's default page would not answer at its own address."""
    pages = {place: page_of(place, visit) for place in PLACES}
    first = next(place for place in PLACES if place.in_menu and place.is_for(visit))

    def begin() -> None:
        st.switch_page(pages[first])

    title = visit.words(first.title)
    return [st.Page(begin, title=title, url_path="start", default=True, visibility="hidden"), *pages.values()]


def shut_pages(title: str) -> list[Any]:
    """The same addresses with nothing behind them, so that a deep link survives the end of a session."""
    paths = ("start", *(place.path for place in PLACES))
    return [st.Page(_nothing, title=title, url_path=path) for path in paths]


def link(place: Place, visit: Visit, label: str, **ids: str) -> None:
    """A link within the app. `label` is Markdown to Streamlit: a user's words go through `plain` first.

    The address carries ids only, never a name. Nothing is shown for a page that is not this person's.
    """
    if place.is_for(visit):
        st.page_link(page_of(place, visit), label=label, query_params=ids or None)


def go(place: Place, visit: Visit, **ids: str) -> None:
    st.switch_page(page_of(place, visit), query_params=ids or None)


def asked(name: str) -> str:
    """The id that the address carries ("" when there is none): the service decides whether it exists."""
    return str(st.query_params.get(name, ""))[:64]


def _guard(right: Right) -> Callable[[], None]:
    """Refuses, and so leaves a row in the log: who tried which page."""

    def guard() -> None:
        enter(right)

    return guard


def _nothing() -> None:
    return None
