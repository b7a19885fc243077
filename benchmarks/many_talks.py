"""A student's page, a group's term and the caseload with 40,000 and with a million talks in the database.

python -m benchmarks.many_talks [--database sqlite|postgres|both] [--schools 1] [--larger 25] [--students 2000]
    [--talks 20] [--rounds 60] [--at FOLDER [--url URL]]

A school has 2,000 students with 20 talks each: 40,000 talks. The larger database holds 25 such schools, a million
talks; the pages are those of one school in it, so that what grows is the database and not the page. Talks are told once
for a few students and written again for all others with ids of their own; the schools after the first are copied by the
database itself. Sealed words lie there and are as long as ever, but those of copied talks cannot be opened, for they
are bound to their rows; no page here opens them. The student's page is that of students whose talks were told.
`--larger 0` leaves the larger database out.

`--at` keeps one database (of `--schools` schools, with `--url` in an empty PostgreSQL of your own) in a folder: the
first call writes it, each later one only measures, so that writing need not disturb who measures.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Table, insert, text

from benchmarks.serving import DATABASES, database_of, percentile, spread
from benchmarks.student_record import counted
from benchmarks.student_record import page as student_page
from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.school import Group, School
from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.student import Student
from conversation_models.services import caseload, group_term, terms
from conversation_models.services.access import Desk
from conversation_models.services.asked import find_model, pin_editions
from conversation_models.services.group_term import Scope
from conversation_models.storage import answers, mentorships, schools, staff, students, tables
from conversation_models.storage.store import Store, open_store
from fictional_school.people import FAMILY_NAMES, GIVEN_NAMES
from fictional_school.stories import random_step
from fictional_school.told import Teller
from fictional_school.write import write
from front_door.start import set_aside
from reports import group_charts, group_tables
from reports.caseload_paper import say_events, say_last_talk
from reports.group_counts import group_counts

GROUP_SIZE = 25
DAYS_BETWEEN = 30
TOLD = 20  # students whose talks are told one by one; the others have copies
ROWS_A_STATEMENT = 5_000
# What a copied school consists of, in the order in which it may be written; what is not an id and differs.
COPIED: dict[str, dict[str, str]] = {
    "school": {"name": "name || ' ' || :mark"},
    "class_group": {},
    "staff": {"username": "username || :mark"},
    "reach": {},
    "student": {},
    "talk": {"status": "'open'"},
    "talk_instrument": {},
    "answer": {},
    "decision": {},
    "invitation": {},
}
_STUDENTS = "SELECT id FROM student WHERE school_id = :school"
_OF_TALKS = f"talk_id IN (SELECT id FROM talk WHERE student_id IN ({_STUDENTS}))"
IN = {
    "school": "id = :school",
    **dict.fromkeys(("class_group", "staff", "reach", "student"), "school_id = :school"),
    "talk": f"student_id IN ({_STUDENTS})",
    **dict.fromkeys(("talk_instrument", "answer", "decision", "invitation"), _OF_TALKS),
}
BUDGETS_MS = {"student's page": 60, "group page": 500}
GROWTH = 1.3
FIRST_MARK = 0x10  # above what ids begin with today, so that a copy lies after what it was copied from


@dataclass(frozen=True)
class Place:
    """One school in the database: its counsellor's desk, a group of it, and the students to open."""

    desk: Desk
    school_id: str
    group_id: str
    students: tuple[str, ...]


def build(store: Store, school_count: int, student_count: int, talks: int) -> Place:
    """The first school is the one to look at."""
    with _quick(store):
        found = _school(store, student_count, talks, datetime.now(UTC))
        for number in range(1, school_count):
            begin = time.perf_counter()
            _copy_school(store, found.school_id, number)
            took = time.perf_counter() - begin
            print(f"\r  school {number + 1} of {school_count}, {took:.0f} s", end="", flush=True)
    print()
    return found


@contextmanager
def _quick(store: Store) -> Iterator[None]:
    """Statistics at the end, as a database has them after a night; PostgreSQL has then been cleaned by itself too."""
    yield
    cleaned = "VACUUM ANALYZE" if store.engine.dialect.name == "postgresql" else "ANALYZE"
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(cleaned))


def _school(store: Store, student_count: int, talks: int, now: datetime) -> Place:
    random = Random(0)
    school = School(new_id(), "Skola 0", "upper_secondary")
    groups = [Group(new_id(), school.id, f"G{each}") for each in range(max(1, student_count // GROUP_SIZE))]
    counsellor = Staff(new_id(), school.id, "kurator0", "Kurator", Role.COUNSELLOR)
    mentor = Staff(new_id(), school.id, "mentor0", "Mentor", Role.MENTOR)
    born = [_student(place, school, groups) for place in range(student_count)]
    with store.writing() as unit:
        schools.add(unit, school)
        for group in groups:
            schools.add_group(unit, group)
        for member in (counsellor, mentor):
            staff.add(unit, member, "no password", now)
        mentorships.give(unit, Reach(new_id(), counsellor.id, school.id))
        for each in born:
            students.add(unit, each, now - timedelta(days=700))
    told = [each.id for each in born[:TOLD]]
    teller = Teller(store.cipher, pin_editions(find_model("development")), now.date(), random)
    for student_id in told:
        for count in range(talks, 0, -1):
            teller.tell(
                student_id, mentor.id, now.date() - timedelta(days=DAYS_BETWEEN * count + 5), random_step(random)
            )
    write(store, teller.rows)
    _copy(store, Copies(teller, told), [each.id for each in born[TOLD:]])
    return Place(Desk(store, counsellor, now), school.id, groups[0].id, tuple(told))


def _student(place: int, school: School, groups: Sequence[Group]) -> Student:
    given, family = GIVEN_NAMES[place % len(GIVEN_NAMES)], f"{FAMILY_NAMES[place % len(FAMILY_NAMES)]} {place}"
    group = groups[place % len(groups)] if place >= TOLD else groups[0]
    return Student(new_id(), school.id, group.id, given, family)


class Copies:
    """What was told, student by student, to be written again under other ids."""

    def __init__(self, teller: Teller, told: Sequence[str]) -> None:
        self.told = told
        rows = teller.rows
        self.talks = {each: [row for row in rows.talks if row["student_id"] == each] for each in told}
        self.instruments = _by_talk(rows.instruments)
        self.answers = _by_talk([answers.as_answer_row(*each) for each in rows.answers])
        self.decisions = _by_talk(rows.decisions)
        self.invitations = _by_talk(rows.invitations)


def _by_talk(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["talk_id"], []).append(row)
    return found


def _copy(store: Store, copies: Copies, student_ids: Sequence[str]) -> None:
    """Written open and closed at the end of each portion, as the database demands."""
    for start in range(0, len(student_ids), 50):
        made: dict[str, list[dict[str, Any]]] = {
            "talk": [], "talk_instrument": [], "answer": [], "decision": [], "invitation": [],
        }  # fmt: skip
        for place, student_id in enumerate(student_ids[start : start + 50]):
            _copy_student(made, copies, copies.told[place % len(copies.told)], student_id)
        with store.writing() as unit:
            for name, rows in made.items():
                table = tables.metadata.tables[name]
                for first in range(0, len(rows), ROWS_A_STATEMENT):
                    unit.connection.execute(insert(table), rows[first : first + ROWS_A_STATEMENT])
            unit.connection.execute(text("UPDATE talk SET status = 'closed' WHERE status = 'open'"))


def _copy_student(made: dict[str, list[dict[str, Any]]], copies: Copies, told: str, student_id: str) -> None:
    for row in copies.talks[told]:
        talk_id = new_id()
        made["talk"].append(row | {"id": talk_id, "student_id": student_id, "status": "open"})
        mine = {"talk_id": talk_id}
        made["talk_instrument"] += [each | mine for each in copies.instruments[row["id"]]]
        made["answer"] += [each | mine for each in copies.answers[row["id"]]]
        made["decision"] += [each | mine | {"id": new_id()} for each in copies.decisions.get(row["id"], ())]
        for each in copies.invitations.get(row["id"], ()):
            own = new_id()
            made["invitation"].append(each | mine | {"id": own, "token_hash": own, "code_hash": own})


def _copy_school(store: Store, school_id: str, number: int) -> None:
    """All of the first school once more, its ids beginning with another number: one statement a table.

    Each school is one transaction; the next one begins from rows that lie in the order of their ids.
    """
    at = {"school": school_id, "mark": f"{FIRST_MARK + number:02x}"}
    with store.writing() as unit:
        for name, own in COPIED.items():
            table = tables.metadata.tables[name]
            columns = [column.name for column in table.c if not (name == "answer" and column.name == "id")]
            values = [own.get(column, _marked(table, column)) for column in columns]
            copied = f"SELECT {', '.join(values)} FROM {name} WHERE {IN[name]}"
            unit.connection.execute(text(f"INSERT INTO {name} ({', '.join(columns)}) {copied}"), at)
        unit.connection.execute(text("UPDATE talk SET status = 'closed' WHERE status = 'open'"))


def _marked(table: Table, column: str) -> str:
    """Ids and what refers to them, with the copy's mark in front; all else as it is."""
    if column in ("token_hash", "code_hash"):
        return f":mark || substr({column}, 1, 62)"
    return f":mark || substr({column}, 3)" if column == "id" or table.c[column].foreign_keys else column


def student(place: Place, random: Random) -> int:
    return student_page(place.desk, random.choice(place.students))


def group(place: Place, _random: Random, scope: Scope | None = None) -> int:
    """The whole school's term as it is shown: counts, tables as texts, figures as JSON."""
    term = terms.latest_terms(place.desk.today)[1]
    found = group_term.group_term(place.desk, term, scope or Scope(school_id=place.school_id))
    counts = group_counts(found, shared=False)
    shown = [group_charts.flows_chart(counts, "sv")]
    if len(found.compared) <= group_charts.MOST_PATHS:
        shown.append(group_charts.paths_chart(found, "sv"))
    told = [
        make(counts, "sv")
        for make in (group_tables.apart_table, group_tables.survey_table, group_tables.happened_table)
    ]
    return sum(len(chart.figure.to_json()) for chart in shown) + sum(len(table.rows) for table in told)


def one_group(place: Place, random: Random) -> int:
    return group(place, random, Scope(group_id=place.group_id))


def caseload_page(place: Place, _random: Random) -> int:
    lines = caseload.caseload(place.desk)
    return sum(len(say_last_talk(line, "sv")) + len(say_events(line, caseload.WEEKS, "sv")) for line in lines)


PAGES: dict[str, Callable[[Place, Random], int]] = {
    "student's page": student,
    "group page": group,
    "one group": one_group,
    "caseload": caseload_page,
}


def measure(place: Place, rounds: int) -> dict[str, list[float]]:
    random, found = Random(1), {}
    for name, work in PAGES.items():
        for _ in range(3):
            work(place, random)
        took = []
        for _ in range(rounds):
            begin = time.perf_counter()
            work(place, random)
            took.append(time.perf_counter() - begin)
        with counted(place.desk.store) as statements:
            work(place, random)
        budget = BUDGETS_MS.get(name)
        aim = f", budget p95 {budget} ms" if budget else ""
        print(f"  {name}: {spread(took)}, {len(statements)} queries{aim}")
        found[name] = took
    return found


def run(asked: argparse.Namespace, database: str) -> None:
    found: list[dict[str, list[float]]] = []
    for school_count in (asked.schools, asked.schools * asked.larger):
        if not school_count:
            continue
        with database_of(database) as environment, tempfile.TemporaryDirectory() as folder:
            store = open_store(Path(folder) / "data", environment.get("DATABASE_URL"))
            print(f"{database}: {_size(asked, school_count)}")
            set_aside()
            found.append(measure(_built(store, asked, school_count), asked.rounds))
            store.close()
    if len(found) == 2:
        for name in PAGES:
            small, large = (percentile(each[name], 0.5) for each in found)
            aim = f", budget {GROWTH}" if name == "student's page" else ""
            print(f"{database}, {name}: median grows {large / small:.2f}x{aim}")


def run_at(asked: argparse.Namespace) -> None:
    """Writes the database kept there, or measures what an earlier call wrote."""
    store = open_store(asked.at / "data", asked.url)
    set_aside()
    noted = asked.at / "place.json"
    if noted.exists():
        known = json.loads(noted.read_text())
        with store.reading() as unit:
            counsellor = staff.find(unit, known.pop("counsellor"))
        if counsellor is None:
            raise LookupError(noted)
        place = Place(Desk(store, counsellor, datetime.now(UTC)), **known)
        measure(replace(place, students=tuple(place.students)), asked.rounds)
    else:
        print(_size(asked, asked.schools))
        place = _built(store, asked, asked.schools)
        known = {"school_id": place.school_id, "group_id": place.group_id, "students": place.students}
        noted.write_text(json.dumps(known | {"counsellor": place.desk.actor.id}))
    store.close()


def _built(store: Store, asked: argparse.Namespace, school_count: int) -> Place:
    begin = time.perf_counter()
    place = build(store, school_count, asked.students, asked.talks)
    print(f"  written in {time.perf_counter() - begin:.0f} s")
    return place


def _size(asked: argparse.Namespace, school_count: int) -> str:
    many = school_count * asked.students * asked.talks
    return f"{school_count} x {asked.students} students x {asked.talks} talks = {many:,} talks"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=(*DATABASES, "both"), default="sqlite")
    parser.add_argument("--schools", type=int, default=1)
    parser.add_argument("--larger", type=int, default=25)
    parser.add_argument("--students", type=int, default=2_000)
    parser.add_argument("--talks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--at", type=Path, default=None, help="a folder that keeps one database between calls")
    parser.add_argument("--url", default=None, help="with --at: an empty PostgreSQL database of your own")
    asked = parser.parse_args()
    if asked.at:
        run_at(asked)
        return
    for database in DATABASES if asked.database == "both" else (asked.database,):
        run(asked, database)


if __name__ == "__main__":
    main()
