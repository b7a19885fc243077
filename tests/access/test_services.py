"""Everybody x every service x own and other students, on both databases: what happens is what the table says."""

import inspect
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from sqlalchemy import Row, select

from conversation_models import services
from conversation_models.services.access import Refused, Right
from conversation_models.services.field_errors import FieldsRefused
from conversation_models.storage import tables
from tests.access import calls, rights
from tests.access.calls import ALONE, ON_SCHOOLS, ON_STUDENTS
from tests.access.rights import PEOPLE
from tests.access.school import Tried

pytestmark = pytest.mark.slow


def public_functions() -> Iterator[tuple[str, Any]]:
    for found in pkgutil.iter_modules(services.__path__):
        module = import_module(f"{services.__name__}.{found.name}")
        for name, value in vars(module).items():
            own = getattr(value, "__module__", "") == module.__name__
            if own and callable(value) and not inspect.isclass(value) and not name.startswith("_"):
                yield f"{found.name}.{name}", value


def test_every_public_function_of_the_services_is_in_the_table():
    tried = {call.name for call in (*ON_STUDENTS, *ON_SCHOOLS, *ALONE)}
    groups = [tried, calls.BY_SECRET, calls.FOR_THE_COMMAND_LINE, calls.INSIDE, calls.KNOWS_NOBODY]
    listed = Counter(name for group in groups for name in group)
    found = {name for name, _ in public_functions()}
    assert sorted(found - set(listed)) == [], "not in tests/access/calls.py"
    assert sorted(set(listed) - found) == [], "in the table and no longer there"
    assert [name for name, times in listed.items() if times > 1] == []


def test_whatever_takes_a_desk_is_tried_by_everybody():
    """Unless it is part of a service and gets its open unit, or the student that was asked about."""
    tried = {call.name for call in (*ON_STUDENTS, *ON_SCHOOLS, *ALONE)}
    takes_desk = {name for name, value in public_functions() if "desk" in inspect.signature(value).parameters}
    assert takes_desk - calls.INSIDE == tried


class Attempts:
    """Counts what was tried, and keeps what came out otherwise than the table says."""

    def __init__(self, tried: Tried) -> None:
        self.tried = tried
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []

    def attempt(self, what: str, who: str, right: Right | None, may: bool, do: Callable[[], Any]) -> Any:
        with self.tried.store.undone():
            outcome, refusal = None, None
            try:
                outcome = do()
            except (Refused, FieldsRefused) as error:
                refusal = error
            logged = self._denials()
        self.counted["allowed" if may else "denied"] += 1
        if may != (refusal is None):
            self.wrong.append(f"unexpected {'denial' if may else 'allow'}: {who} {what} ({refusal!r})")
        elif isinstance(refusal, Refused):
            self._check_log(f"{who} {what}", who, refusal, logged)
        elif logged:
            self.wrong.append(f"logged as denied and not refused: {who} {what}")
        return outcome

    def _denials(self) -> list[Row[Any]]:
        """Those of this attempt alone: what was there before is undone."""
        found = select(tables.log_entry).where(tables.log_entry.c.denied)
        return list(self.tried.store.around.execute(found))

    def _check_log(self, what: str, who: str, refusal: Refused, logged: list[Row[Any]]) -> None:
        """One row: who, which right, whose record if it is one; nothing else."""
        ids = {aim.student for aim in self.tried.aims.values() if aim.student.isalnum()}
        good = len(logged) == 1 and (
            (logged[0].actor_kind, logged[0].actor_id) == ("staff", self.tried.people[who].id)
            and (logged[0].action, logged[0].kind) == (refusal.right.value, "student")
            and logged[0].student_id in {None, *ids}
            and logged[0].object_id in {"", *ids}
        )
        if not good:
            self.wrong.append(f"not logged in one row: {what}: {logged}")

    def say(self, capsys: pytest.CaptureFixture[str], what: str) -> None:
        with capsys.disabled():
            tried, kinds = sum(self.counted.values()), self.counted
            print(f"\n{what}: {tried} combinations, {kinds['allowed']} to allow, {kinds['denied']} to deny, ", end="")
            print(f"{len(self.wrong)} otherwise", end=" ")


@pytest.fixture
def attempts(tried: Tried) -> Attempts:
    return Attempts(tried)


def test_with_each_students_things(attempts: Attempts, tried: Tried, database: str, capsys):
    for who, (_, _, home) in PEOPLE.items():
        for call in ON_STUDENTS:
            for name in rights.EVERYBODY:
                aim = tried.aims[name]
                other = rights.partner(who, name)
                may = rights.may(who, call.right, name)
                if call.needs_other:
                    may = may and rights.may(who, call.right, other)
                desk, house = tried.desk(who), tried.houses[home]
                attempts.attempt(
                    f"{call.name} on {name}",
                    who,
                    call.right,
                    may,
                    lambda: call.do(desk, aim, house, tried.aims[other]),  # noqa: B023 - called at once
                )
    attempts.say(capsys, f"services x students on {database}")
    assert attempts.wrong == []
    assert attempts.counted["allowed"] > 200
    assert attempts.counted["denied"] > 2_000


@pytest.mark.parametrize("name", ["missing", "malformed"])
def test_with_what_is_not_there(attempts: Attempts, tried: Tried, name: str):
    for who in ("mentor", "counsellor", "administrator"):
        for call in ON_STUDENTS:
            desk, house, aim, own = tried.desk(who), tried.houses["near"], tried.aims[name], tried.aims["own"]
            attempts.attempt(call.name, who, call.right, False, lambda: call.do(desk, aim, house, own))  # noqa: B023
    assert attempts.wrong == []


def test_with_each_schools_things(attempts: Attempts, tried: Tried, database: str, capsys):
    for who, (_, _, home) in PEOPLE.items():
        for call in ON_SCHOOLS:
            for name, there in tried.houses.items():
                may = rights.may_place(who, name) if call.places else rights.may_at(who, call.right, name)
                desk, house = tried.desk(who), tried.houses[home]
                attempts.attempt(
                    f"{call.name} on {name}",
                    who,
                    call.right,
                    may,
                    lambda: call.do(desk, there, house),  # noqa: B023
                )
    attempts.say(capsys, f"services x schools on {database}")
    assert attempts.wrong == []
    assert attempts.counted["allowed"] > 30


def test_on_nothing_in_particular_and_what_is_then_shown(attempts: Attempts, tried: Tried, database: str, capsys):
    names = {student.id: name for name, student in tried.students.items()}
    schools = {house.school: name for name, house in tried.houses.items()}
    for who, (_, reached, home) in PEOPLE.items():
        for call in ALONE:
            desk, may = tried.desk(who), rights.may(who, call.right)
            outcome = attempts.attempt(call.name, who, call.right, may, lambda: call.do(desk))  # noqa: B023
            if outcome is not None and call.students:
                shown = {names[student_id] for student_id in call.students(outcome)}
                present = {"term_batch.students_of", "board.look", "today.today", "caseload.caseload"}
                wanted = reached - {"archived"} if call.name in present else reached
                if shown != wanted:
                    attempts.wrong.append(f"{who} {call.name} shows {sorted(shown)} and not {sorted(wanted)}")
            if outcome is not None and call.schools:
                shown = {schools[school_id] for school_id in call.schools(outcome)}
                if not shown <= {home}:
                    attempts.wrong.append(f"{who} {call.name} shows {sorted(shown)}")
    attempts.say(capsys, f"services alone on {database}")
    assert attempts.wrong == []


def test_it_can_fail(attempts: Attempts, tried: Tried):
    """An unexpected allow, an unexpected denial and a refusal without its row are each noticed."""
    see = next(call for call in ON_STUDENTS if call.name == "talk_view.see_talk")
    own, house = tried.aims["own"], tried.houses["near"]
    attempts.attempt("x", "mentor", see.right, False, lambda: see.do(tried.desk("mentor"), own, house, own))
    attempts.attempt("x", "outsider", see.right, True, lambda: see.do(tried.desk("outsider"), own, house, own))

    def refuse() -> None:
        raise Refused(Right.SEE_TALKS)

    attempts.attempt("x", "mentor", see.right, False, refuse)
    assert [each.partition(":")[0] for each in attempts.wrong] == [
        "unexpected allow",
        "unexpected denial",
        "not logged in one row",
    ]


def test_nothing_of_all_this_stayed(tried: Tried, attempts: Attempts):
    """Each attempt was undone, so each met the same school."""
    see = next(call for call in ON_STUDENTS if call.name == "conduct.close_talk")
    own, house = tried.aims["own"], tried.houses["near"]
    for _ in range(2):
        attempts.attempt("x", "mentor", see.right, True, lambda: see.do(tried.desk("mentor"), own, house, own))
    assert attempts.wrong == []


def test_the_answer_is_the_same_whether_it_exists_or_not(tried: Tried):
    said = set()
    for aim in (tried.aims["far"], tried.aims["missing"]):
        for call in ON_STUDENTS:
            if rights.may("mentor", call.right):
                with tried.store.undone(), pytest.raises(Refused) as refusal:
                    call.do(tried.desk("mentor"), aim, tried.houses["near"], tried.aims["own"])
                said.add((call.name, str(refusal.value)))
    assert len(said) == len({name for name, _ in said})
