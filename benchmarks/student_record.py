"""One student's page: record, tables and figures of 20 talks, in server time; beside a floor and a larger database.

python -m benchmarks.student_record [--students 20] [--talks 20] [--rounds 200] [--database sqlite|postgres]

The floor reads the same rows with one bare SELECT: nothing is opened, told or drawn. The larger database holds ten
times as many students; `--larger 2500` brings it to a million talks, which takes an hour to write.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import event, select

from benchmarks.serving import DATABASES, database_of, percentile, spread
from conversation_models.services import look
from conversation_models.services.access import Desk, Refused
from conversation_models.storage import tables as rows
from conversation_models.storage.store import Store, open_store
from fictional_school.build import Built, build_people, seed_talks
from reports import charts, tables

BUDGET_MS = 60


def page(desk: Desk, student_id: str) -> int:
    """All of the page that looks back, as it is sent: tables as texts, figures as JSON. Returns its size."""
    history = look.history(desk, student_id)
    matrix, path = tables.matrix_rows(history, "sv"), tables.path_of(history, "sv")
    agreements = tables.agreements_of(history, "sv", desk.today)
    shown = [charts.path_chart(path, "sv"), *(charts.scale_chart(s, "sv") for s in tables.scale_topics(history, "sv"))]
    told = [
        tables.matrix_table(matrix, "sv"),
        tables.moves_table(matrix, "sv"),
        tables.agreement_table(agreements, "sv"),
        tables.decision_table(agreements, "sv"),
        *(chart.table for chart in shown),
    ]
    return sum(len(chart.figure.to_json()) for chart in shown) + sum(len(table.rows) for table in told)


def floor(desk: Desk, student_id: str) -> int:
    asked = select(rows.answer).join(rows.talk).where(rows.talk.c.student_id == student_id)
    with desk.store.reading() as unit:
        return len(unit.connection.execute(asked).all())


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The queries that reach the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    yield seen
    event.remove(store.engine, "before_cursor_execute", note)


Clock = Callable[[], float]


def measure(
    work: Callable[[Desk, str], int], desks: list[tuple[Desk, str]], rounds: int, clock: Clock = time.perf_counter
) -> list[float]:
    random, took = Random(1), []
    for _ in range(rounds):
        desk, student_id = random.choice(desks)
        begin = clock()
        work(desk, student_id)
        took.append(clock() - begin)
    return took


def filled(store: Store, students: int, talks: int) -> list[tuple[Desk, str]]:
    now = datetime.now(UTC)
    built: Built = build_people(store, now, students)
    seed_talks(store, built, now, talks, lambda done, total: print(f"\r{done}/{total} talks", end="", flush=True))
    print()
    counsellor = next(each for each in built.staff.values() if each.role == "counsellor")
    desk = Desk(store, replace(counsellor, school_id=built.school.id), now)
    return [(desk, student.id) for student in built.students if _reaches(desk, student.id)]


def _reaches(desk: Desk, student_id: str) -> bool:
    try:
        look.history(desk, student_id)
    except Refused:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--talks", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--larger", type=int, default=10)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    found = {}
    for size in (asked.students, asked.students * asked.larger):
        with database_of(asked.database) as environment, tempfile.TemporaryDirectory() as folder:
            store = open_store(Path(folder) / "data", environment.get("DATABASE_URL"))
            desks = filled(store, size, asked.talks)
            measure(page, desks, 10)
            bare = measure(floor, desks, asked.rounds)
            took = found[size] = measure(page, desks, asked.rounds)
            busy = measure(page, desks, asked.rounds, time.process_time)
            with counted(store) as statements:
                page(*desks[0])
            print(
                f"{size} students x {asked.talks} talks on {asked.database}: {spread(took)}, {len(statements)} queries"
            )
            print(f"  processor time, whatever else the machine does: {spread(busy)}")
            print(f"  floor: {spread(bare)}; ratio {percentile(took, 0.5) / percentile(bare, 0.5):.1f}")
            store.close()
    small, large = (percentile(took, 0.95) * 1000 for took in found.values())
    print(f"p95 {small:.0f} ms, budget {BUDGET_MS} ms; in the larger database {large / small:.2f} of that, budget 1.3")


if __name__ == "__main__":
    main()
