"""The one table: who may do what, and with whom. Written by hand, so that no rule of the program can change it along.

Everything that is tried in this folder is expected from here: a right that the role has, and a student (or school)
that the person reaches.
"""

from conversation_models.services.access import Right

TALKS = {Right.SEE_TALKS, Right.HOLD_TALKS, Right.MOVE_TALKS}
STUDENTS = {Right.SEE_STUDENT, Right.EDIT_STUDENT, Right.ADD_STUDENT}
MENTOR = STUDENTS | TALKS
COUNSELLOR = MENTOR | {Right.READ_STUDENT_LOG}
ADMINISTRATOR = STUDENTS | {Right.MANAGE_PEOPLE, Right.READ_LOG, Right.READ_STUDENT_LOG}
NOTHING: set[Right] = set()

# `own` and `archived` are Alva's, `shared` hers and Bo's, `nobodys` has no mentor, `far` goes to another school.
AT_HOME = frozenset({"own", "shared", "nobodys", "archived"})
OF_GROUP = AT_HOME - {"nobodys"}  # nobodys is in another group than the one that the counsellor is given
EVERYBODY = (*sorted(AT_HOME), "far")

# who: what the role may do, whom they reach, the school they work at
PEOPLE: dict[str, tuple[set[Right], frozenset[str], str]] = {
    "mentor": (MENTOR, frozenset({"own", "shared", "archived"}), "near"),
    "colleague": (MENTOR, frozenset({"shared"}), "near"),
    "outsider": (MENTOR, frozenset({"far"}), "far"),
    "former_mentor": (MENTOR, frozenset(), "near"),
    "far_former_mentor": (MENTOR, frozenset(), "far"),
    "coming_mentor": (MENTOR, frozenset(), "near"),
    "mentor_once_counsellor": (MENTOR, frozenset(), "near"),
    "counsellor": (COUNSELLOR, OF_GROUP, "near"),
    "counsellor_without_reach": (COUNSELLOR, frozenset(), "near"),
    "counsellor_once_mentor": (COUNSELLOR, frozenset(), "near"),
    "far_counsellor": (COUNSELLOR, frozenset({"far"}), "far"),
    "administrator": (ADMINISTRATOR, AT_HOME, "near"),
    "far_administrator": (ADMINISTRATOR, frozenset({"far"}), "far"),
    "deactivated_mentor": (NOTHING, frozenset(), "near"),
    "deactivated_administrator": (NOTHING, frozenset(), "near"),
}
# Into whose groups somebody may place a student, besides having ADD_STUDENT: the own school's; a counsellor, the given.
PLACES_NOBODY = {"counsellor_without_reach", "counsellor_once_mentor"}


def may(who: str, right: Right | None, student: str | None = None) -> bool:
    """`right` None: for everyone who works here. `student` None: no student is concerned."""
    rights, reached, _ = PEOPLE[who]
    if right is None:
        return bool(rights)
    return right in rights and (student is None or student in reached)


def may_at(who: str, right: Right, school: str) -> bool:
    """With things of that school: groups, staff."""
    rights, _, home = PEOPLE[who]
    return right in rights and school == home


def may_place(who: str, school: str) -> bool:
    return may_at(who, Right.ADD_STUDENT, school) and who not in PLACES_NOBODY


def partner(who: str, student: str) -> str:
    """Another student whom that person reaches; without one, a student whom nobody in the table mentors alone."""
    return next(iter(sorted(PEOPLE[who][1] - {student})), "own" if student != "own" else "shared")
