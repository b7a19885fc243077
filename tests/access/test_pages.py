"""Everybody x every page of the staff x own and other students, with the real pages run by Streamlit's AppTest."""

import ast
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from conversation_models.domain.staff import Role
from conversation_models.services import access, badge, house
from conversation_models.services.access import Right
from conversation_models.storage import tables
from tests.access import rights
from tests.access.rights import EVERYBODY, PEOPLE
from tests.access.school import MALFORMED, NOT_THERE, Aim, Tried
from tests.access.tally import Tally, on_sqlite
from tests.pages.conftest import HOURS, ROOT, installed_packages_are_read_once, said, sign_in  # noqa: F401 - fixture
from tests.tables import tables_on
from ui import places
from ui.places import PAGES, Place

REFUSED, SIGNED_OUT = "Det här är inte din sida", "Du är utloggad"
NOBODY = "nobody"
# The id that a page's address names, and what is said there of that student and of nobody else.
NAMED = {
    places.STUDENT: ("student", "student"),
    places.EDIT_STUDENT: ("student", "student"),
    places.LOOKING_BACK: ("student", "student"),
    places.PAPER_TALK: ("student", "student"),
    places.REPORT: ("student", "student"),
    places.PREPARE: ("talk", "prepared"),
    places.TALK: ("talk", "opened"),
    places.CLOSE_TALK: ("talk", "opened"),
    places.CLOSED_TALK: ("talk", "closed"),
    places.MOVE_TALK: ("talk", "closed"),
}
# Lists of the students within reach; MOVE_TALK offers the others as the right one.
LISTS = {
    places.TODAY, places.CASELOAD, places.GROUP_TERM, places.STUDENTS, places.BOARD, places.INVITE_CLASS,
    places.MENTORS, places.LOG,
}  # fmt: skip
ONE_OF_A_ROLE = ("mentor", "counsellor", "administrator", "deactivated_mentor", NOBODY)
AT_THE_EDGE = (
    "mentor", "colleague", "outsider", "former_mentor", "coming_mentor", "counsellor", "counsellor_without_reach",
    "far_counsellor", "administrator", "far_administrator", "deactivated_mentor", NOBODY,
)  # fmt: skip
# What each page needs, by hand: a right dropped from ui/places.py or from a page is noticed.
NEEDS = {
    "today": Right.SEE_TALKS,
    "students": Right.SEE_STUDENT,
    "student": Right.SEE_STUDENT,
    "add-student": Right.ADD_STUDENT,
    "edit-student": Right.EDIT_STUDENT,
    "class-list": Right.ADD_STUDENT,
    "prepare": Right.HOLD_TALKS,
    "paper-talk": Right.HOLD_TALKS,
    "talk": Right.HOLD_TALKS,
    "class": Right.HOLD_TALKS,
    "invite-class": Right.HOLD_TALKS,
    "close-talk": Right.HOLD_TALKS,
    "closed-talk": Right.SEE_TALKS,
    "move-talk": Right.MOVE_TALKS,
    "looking-back": Right.SEE_TALKS,
    "group-term": Right.SEE_TALKS,
    "export": Right.SEE_TALKS,
    "caseload": Right.SEE_TALKS,
    "report": Right.HOLD_TALKS,
    "term-reports": Right.HOLD_TALKS,
    "group-report": Right.HOLD_TALKS,
    "staff": Right.MANAGE_PEOPLE,
    "groups": Right.MANAGE_PEOPLE,
    "mentors": Right.MANAGE_PEOPLE,
    "reach": Right.MANAGE_PEOPLE,
    "adults-to-talk-to": Right.MANAGE_PEOPLE,
    "log": Right.READ_LOG,
    "blank-forms": Right.SEE_TALKS,
    "library": None,
    "instrument": None,
    "talk-model": None,
    "account": None,
}


def test_every_page_is_in_the_table():
    assert {place.path: place.right for place in places.PLACES} == NEEDS
    files = {str(path.relative_to(PAGES)) for path in PAGES.rglob("*.py")}
    assert files == {place.file for place in places.PLACES}, "a page that no address leads to, or the other way about"
    assert not list(PAGES.glob("*.py")), "a file directly under pages/ is served without the frame"


@pytest.mark.parametrize("place", places.PLACES, ids=lambda place: place.path)
def test_a_page_asks_for_its_right_before_anything_else(place: Place):
    """`visit = enter(Right...)` is the first statement after the imports and constants."""
    tree = ast.parse((PAGES / place.file).read_text(encoding="utf-8"))
    runs = (ast.Import, ast.ImportFrom, ast.FunctionDef)
    statements = [node for node in tree.body if not isinstance(node, runs)]
    first = next(node for node in statements if any(isinstance(each, ast.Call) for each in ast.walk(node)))
    wanted = f"enter({f'Right.{place.right.name}' if place.right else ''})"
    assert isinstance(first, ast.Assign), ast.unparse(first)
    assert ast.unparse(first.value) == wanted


class Screens:
    def __init__(self, tried: Tried) -> None:
        self.tried = tried
        self.badges = {
            who: badge.make_badge(tried.store.keys, sign_in(tried.store, tried.people[who]), access.now() + HOURS)
            for who in AT_THE_EDGE
            if who != NOBODY
        }

    def open(self, who: str, place: Place, **ids: str) -> tuple[AppTest, int]:
        """The page as it is shown, and how many refusals were logged."""
        screen = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        screen.user = {badge.FIELD: self.badges[who]} if who in self.badges else {}
        for name, value in ids.items():
            screen.query_params[name] = value
        screen._page_hash = calc_hash(place.path)
        with self.tried.store.undone():
            screen.run()
            found = select(tables.log_entry.c.id).where(tables.log_entry.c.denied)
            return screen, len(self.tried.store.around.execute(found).all())


@pytest.fixture(scope="module")
def screens(tried: Tried) -> Iterator[Screens]:
    before = list(house._open)
    house.use_store(tried.store)
    yield Screens(tried)
    house._open[:] = before


@pytest.fixture(scope="module")
def counted(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Of all pages together, said once they are all tried."""
    everything = Tally()
    yield everything
    tried, kinds = sum(everything.counted.values()), everything.counted
    told = f"pages: {tried} combinations, {kinds['allowed']} to allow, {kinds['denied']} to deny"
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{told}, {len(everything.wrong)} otherwise ", end="")


@pytest.fixture
def tally(counted: Tally) -> Iterator[Tally]:
    one = Tally()
    yield one
    counted.counted += one.counted
    counted.wrong += one.wrong


def all_said(screen: AppTest) -> str:
    """Every word that is sent to the browser: also tables, options and what stands in a field."""
    tables_said = [each.to_string() for each in tables_on(screen)]
    options = [" ".join(map(str, each.options)) for each in screen.selectbox]
    filled = [str(each.value) for kind in (screen.text_input, screen.text_area, screen.selectbox) for each in kind]
    forms = [str(each.proto) for each in screen.get("bidi_component")]
    return "\n".join([said(screen), *tables_said, *options, *filled, *forms]).replace("\\", "")


def named(tried: Tried, text: str) -> set[str]:
    return {name for name, student in tried.students.items() if student.given_name in text}


def try_page(screens: Screens, tally: Tally, who: str, place: Place, whose: str | None, **ids: str) -> str:
    """Compares with the table; returns what was said."""
    what = f"{who} opens {place.path}" + (f" of {whose}" if whose else "")
    may = who != NOBODY and rights.may(who, place.right, whose)
    screen, refusals = screens.open(who, place, **ids)
    title = screen.title[0].value if screen.title else "no title"
    tally.note(what, may, title not in {REFUSED, SIGNED_OUT}, title)
    if screen.exception:
        tally.wrong.append(f"{what}: {[each.value for each in screen.exception]}")
    inside = who != NOBODY and bool(PEOPLE[who][0])
    if refusals != int(inside and not may):
        tally.wrong.append(f"{what}: {refusals} refusals in the log")
    if (title == SIGNED_OUT) is inside:
        tally.wrong.append(f"{what}: {title}")
    text = all_said(screen)
    if not may and named(screens.tried, text):
        tally.wrong.append(f"{what}: is refused and reads {named(screens.tried, text)}")
    return text


@on_sqlite
@pytest.mark.parametrize("place", list(NAMED), ids=lambda place: place.path)
def test_a_students_page(screens: Screens, tally: Tally, place: Place):
    """Own, and one of each kind of other; the page names that student, and none whom this person does not reach."""
    name_of_id, kind = NAMED[place]
    for who in AT_THE_EDGE:
        for student in ("own", "far") if who != "colleague" else ("own", "shared"):
            aim: Aim = screens.tried.aims[student]
            text = try_page(screens, tally, who, place, student, **{name_of_id: getattr(aim, kind)})
            if who != NOBODY and rights.may(who, place.right, student):
                shown = named(screens.tried, text)
                if student not in shown or not shown <= PEOPLE[who][1] | {student}:
                    tally.wrong.append(f"{who} reads {shown} on {place.path} of {student}")
    assert tally.wrong == []


@on_sqlite
@pytest.mark.parametrize("place", [each for each in places.PLACES if each not in NAMED], ids=lambda place: place.path)
def test_a_page_of_no_student(screens: Screens, tally: Tally, place: Place):
    for who in AT_THE_EDGE if place in LISTS else ONE_OF_A_ROLE:
        text = try_page(screens, tally, who, place, None)
        shown = named(screens.tried, text)
        reached = PEOPLE[who][1] if who != NOBODY else frozenset()
        if not shown <= reached:
            tally.wrong.append(f"{who} reads {shown - reached} on {place.path}")
        if place is places.STUDENTS and who != NOBODY and shown != reached - {"archived"}:
            tally.wrong.append(f"{who} does not find {reached - shown}")
    assert tally.wrong == []


@on_sqlite
def test_what_is_not_there_is_refused_in_the_same_words(screens: Screens, tally: Tally):
    """Also a new talk with a student of somebody else's, and ids that are none."""
    for place, (name_of_id, _) in NAMED.items():
        for value in (NOT_THERE, MALFORMED, ""):
            if place is places.PREPARE and not value:
                continue
            screen, refusals = screens.open("mentor", place, **{name_of_id: value})
            tally.note(f"{place.path} {value}", False, screen.title[0].value != REFUSED)
            assert refusals == 1
    for student in EVERYBODY:
        try_page(screens, tally, "mentor", places.PREPARE, student, student=screens.tried.aims[student].student)
    assert tally.wrong == []


def test_roles_of_the_table_are_those_of_the_program():
    """Each role is tried, and the rights in the hand-written table are the rights of the program."""
    for role, who in ((Role.MENTOR, "mentor"), (Role.COUNSELLOR, "counsellor"), (Role.ADMINISTRATOR, "administrator")):
        assert access.RIGHTS[role] == PEOPLE[who][0]
    assert set(access.RIGHTS) == set(Role)
    assert {right for granted in access.RIGHTS.values() for right in granted} == set(Right)
