"""Time and memory of a school's term reports in one ZIP, and what a cancelled one leaves behind.

python -m benchmarks.term_batch [--students 500] [--talks 6] [--database sqlite|postgres]

Budget: 500 reports in 60 s, memory flat: as much at the last paper as at the hundredth.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.serving import DATABASES, database_of
from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.school import Group, School
from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.student import Student
from conversation_models.services import term_batch, terms
from conversation_models.services.access import Desk
from conversation_models.services.asked import find_model, pin_editions
from conversation_models.services.group_term import Scope
from conversation_models.services.term_batch import BatchEnded
from conversation_models.storage import mentorships, schools, staff, students
from conversation_models.storage.store import Store, open_store
from fictional_school.people import FAMILY_NAMES, GIVEN_NAMES
from fictional_school.stories import random_step
from fictional_school.told import Teller
from fictional_school.write import write
from reports.term_batch import batch_pieces

BUDGET_SECONDS, GROUP_SIZE, DAYS_BETWEEN, NOTED_AT = 60, 25, 21, 100
PARTS = ("talks", "path", "survey", "scales", "agreements")


def school(store: Store, student_count: int, talks: int) -> Desk:
    """Every talk is told, so that every sealed word opens."""
    now, random = datetime.now(UTC), Random(1)
    place = School(new_id(), "Skolan", "upper_secondary")
    groups = [Group(new_id(), place.id, f"G{each}") for each in range(max(1, student_count // GROUP_SIZE))]
    counsellor = Staff(new_id(), place.id, "kurator", "Kurator", Role.COUNSELLOR)
    born = [
        Student(new_id(), place.id, groups[each % len(groups)].id, GIVEN_NAMES[each % len(GIVEN_NAMES)],
                f"{FAMILY_NAMES[each % len(FAMILY_NAMES)]} {each}")
        for each in range(student_count)
    ]  # fmt: skip
    with store.writing() as unit:
        schools.add(unit, place)
        for group in groups:
            schools.add_group(unit, group)
        staff.add(unit, counsellor, "no password", now)
        mentorships.give(unit, Reach(new_id(), counsellor.id, place.id))
        for each in born:
            students.add(unit, each, now - timedelta(days=700))
    teller = Teller(store.cipher, pin_editions(find_model("development")), now.date(), random)
    first = terms.term_dates().before(terms.term_dates().term_of(now.date())).first
    for each in born:
        for count in range(talks):
            day = first + timedelta(days=10 + DAYS_BETWEEN * count)
            teller.tell(each.id, counsellor.id, day, random_step(random))
    write(store, teller.rows)
    return Desk(store, counsellor, now)


def resident() -> float:
    """Megabytes now, not the most there ever was."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def order(desk: Desk) -> str:
    term = terms.term_dates().before(terms.term_dates().term_of(desk.today))
    return term_batch.order_batch(desk, term.id, Scope(), PARTS, "sv").id


def take(desk: Desk, batch_id: str, cancel_after: int = 0) -> tuple[int, int, dict[int, float]]:
    """Pieces, bytes, and the memory at each hundredth student."""
    count, size, noted = 0, 0, {}
    try:
        for piece in batch_pieces(desk, batch_id):
            count, size = count + 1, size + len(piece)
            if count % NOTED_AT == 0:
                noted[count] = resident()
            if count == cancel_after:
                term_batch.cancel_batch(desk, batch_id)
    except BatchEnded:
        print(f"  cancelled at student {cancel_after}, stopped at {count}")
    return count, size, noted


def run(asked: argparse.Namespace) -> None:
    with database_of(asked.database) as environment, tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "data", environment.get("DATABASE_URL"))
        desk = school(store, asked.students, asked.talks)
        temporary = Path(folder) / "temporary"
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        files = {path.name for path in Path(folder).rglob("*")}
        print(f"{asked.database}: {asked.students} students x {asked.talks} talks in the term")
        take(desk, order(desk), cancel_after=min(40, asked.students // 2))
        left = {path.name for path in Path(folder).rglob("*")} - files
        print(f"  left behind by the cancelled one: {sorted(left) or 'no file'}")
        begin = time.perf_counter()
        count, size, noted = take(desk, order(desk))
        took = time.perf_counter() - begin
        memory = ", ".join(f"{each}: {noted[each]:.0f} MB" for each in noted)
        pace = f"{took / (count - 1) * 1000:.0f} ms each"
        print(f"  {count - 1} papers, {size / 1024 / 1024:.1f} MB in {took:.1f} s, {pace}")
        print(f"  memory at the number of papers: {memory}")
        print(f"  500 would take {took / (count - 1) * 500:.0f} s, budget {BUDGET_SECONDS} s")
        left = {path.name for path in Path(folder).rglob("*")} - files
        print(f"  left behind: {sorted(left) or 'no file'}")
        store.close()
        tempfile.tempdir = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--talks", type=int, default=6)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    run(parser.parse_args())


if __name__ == "__main__":
    main()
