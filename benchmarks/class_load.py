"""Students who answer at the same time, with real HTTP clients, each on a connection of its own; every answer is then
counted in the database.

python -m benchmarks.class_load [--at-once 35 100] [--over 1000] [--minutes 10] [--think 0.5]
                                [--database sqlite|postgres] [--no-floor]

Each student opens the page, saves twelve answers with some time to think before each, and sends. First so many at once;
then so many who arrive one by one over those minutes. The same load goes to a bare page that stores the same rows
(benchmarks/floor.py), and what a save takes is said beside it.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from sqlalchemy import select

from benchmarks.save_answers import COLOURS, ITEMS
from benchmarks.serving import DATABASES, Serving, database_of, fictional_school, floor, percentile, spread
from benchmarks.wire import Wire
from conversation_models.storage import invitations, tables
from conversation_models.storage.store import open_store

SURVEY, QUADRANT = "development_survey", "priority_ability"
FORM = "application/x-www-form-urlencoded"
LOOK_EVERY = 0.5


def answers_of(number: int) -> list[tuple[str, str, Any]]:
    """What the `number`th student answers: twelve values that tell the student's number to some degree."""
    colours = [(SURVEY, item, {"colour": COLOURS[(number + at) % 4], "fits": []}) for at, item in enumerate(ITEMS)]
    return [*colours, (QUADRANT, "priority", 1 + number % 10), (QUADRANT, "ability", 1 + number // 10 % 10)]


@dataclass
class Load:
    """What came of one load. `saves` in seconds, each acknowledged; `wrong` counts answers that were none of ours."""

    students: int
    opened: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    seconds: float = 0.0


Student = Callable[[Load, int, float], Awaitable[None]]


def ours(server: Serving, tokens: Sequence[str]) -> Student:
    async def student(load: Load, number: int, think: float) -> None:
        wire, token = Wire(server.url), tokens[number]
        await _timed(load, load.opened, wire, "GET", f"/s/{token}")
        for at, (instrument, item, value) in enumerate(answers_of(number), start=1):
            await asyncio.sleep(think * (0.5 + random.random()))
            body = json.dumps({"value": value, "client": f"load-{number}", "sequence": at, "version": 0}).encode()
            await _timed(load, load.saves, wire, "PUT", f"/answers/{token}/{instrument}/{item}", body)
        posted = urlencode([("reading", "before"), ("action", "send")]).encode()  # as the page does: all is saved
        await _timed(load, load.sent, wire, "POST", f"/s/{token}", posted, FORM, Origin=server.url)
        wire.close()

    return student


def bare(server: Serving, first: int) -> Student:
    async def student(load: Load, number: int, think: float) -> None:
        wire, who = Wire(server.url), f"student{first + number}"
        await _timed(load, load.opened, wire, "GET", f"/{who}")
        for at, (_instrument, item, value) in enumerate(answers_of(number), start=1):
            await asyncio.sleep(think * (0.5 + random.random()))
            body = json.dumps({"value": value, "client": who, "sequence": at, "version": 0}).encode()
            await _timed(load, load.saves, wire, "PUT", f"/{who}/{item}", body)
        await _timed(load, load.sent, wire, "POST", f"/{who}", b"sent=yes", FORM)
        wire.close()

    return student


async def _timed(
    load: Load, took: list[float], wire: Wire, method: str, path: str, body: bytes = b"", *kind: str, **headers: str
) -> None:
    """One request; a connection that breaks is an error, and the request is made once more, as the page does."""
    for _attempt in range(2):
        begin = time.perf_counter()
        try:
            reply = await wire.ask(method, path, body, *kind, **headers)
        except OSError:
            load.wrong["no answer"] += 1
            continue
        took.append(time.perf_counter() - begin)
        if reply.status not in (200, 303):
            load.wrong[f"{method} {reply.status}"] += 1
        return


async def run(server: Serving, student: Student, students: int, over: float, think: float) -> Load:
    """`over` 0: all at once; else they arrive evenly spread over so many seconds."""
    load, begin = Load(students), time.perf_counter()
    process = psutil.Process(server.process.pid)

    async def arrive(number: int) -> None:
        await asyncio.sleep(over * number / students)
        await student(load, number, think)

    async def watch() -> None:
        while True:
            load.memory.append(process.memory_info().rss / 1e6)
            await asyncio.sleep(LOOK_EVERY)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(arrive(number) for number in range(students)))
    watching.cancel()
    load.seconds = time.perf_counter() - begin
    return load


def say(name: str, load: Load) -> None:
    errors = ", ".join(f"{number} x {what}" for what, number in load.wrong.items()) or "no errors"
    print(f"{name}: {load.students} students in {load.seconds:.0f} s, {len(load.saves)} saves, {errors}")
    print(f"  page {spread(load.opened)}\n  save {spread(load.saves)}\n  send {spread(load.sent)}")
    print(f"  memory {load.memory[0]:.0f} MB before, {max(load.memory):.0f} MB at most")


def counted(data: Path, environment: dict[str, str], tokens: Sequence[str]) -> tuple[int, int]:
    """Of the answers that these students gave: how many lie sent in the database with the right value, and how many
    there should be. The server is stopped by now."""
    store, good = open_store(data, environment.get("DATABASE_URL")), 0
    answer, invitation = tables.answer.c, tables.invitation.c
    with store.reading() as unit:
        for number, token in enumerate(tokens):
            talk = select(invitation.talk_id).where(invitation.token_hash == invitations.token_hash(token))
            rows = unit.connection.execute(
                select(answer.instrument, answer.item, answer.value).where(
                    answer.talk_id == talk.scalar_subquery(), answer.manner == "alone", answer.state == "answered"
                )
            ).all()
            kept = [(row.instrument, row.item, json.loads(row.value)) for row in rows]
            good += sum(kept.count(each) == 1 for each in answers_of(number))
    store.close()
    return good, len(tokens) * len(answers_of(0))


@contextmanager
def with_floor(wanted: bool) -> Iterator[Serving | None]:
    if not wanted:
        yield None
        return
    with floor() as server:
        yield server


async def side_by_side(
    server: Serving, student: Student, bottom: Serving | None, offset: int, students: int, over: float, think: float
) -> tuple[Load, Load | None]:
    """Who are all there at once go to the one and then to the other. Who arrive one by one leave most of the machine
    idle: they go to both in the same minutes, so that whatever else it does meets both."""
    if bottom is None:
        return await run(server, student, students, over, think), None
    loads = run(server, student, students, over, think), run(bottom, bare(bottom, offset), students, over, think)
    if over:
        return await asyncio.gather(*loads)
    return await loads[0], await loads[1]


def measure(asked: argparse.Namespace, server: Serving, tokens: list[str], bottom: Serving | None) -> bool:
    """One load after the other, each with students of its own. True when there was no error."""
    good, first = True, 0
    loads = [(number, 0.0) for number in asked.at_once] + [(asked.over, asked.minutes * 60)] * bool(asked.over)
    for students, over in loads:
        # The number of a student decides the answers, so it goes on from load to load.
        offset = first
        student = ours(server, tokens)

        async def numbered(load: Load, number: int, think: float) -> None:
            await student(load, offset + number, think)  # noqa: B023 - called before the next round

        load, beside = asyncio.run(side_by_side(server, numbered, bottom, offset, students, over, asked.think))
        say(f"{asked.database}, {'at once' if not over else f'over {over / 60:.0f} min'}", load)
        good, first = good and not load.wrong, first + students
        if beside is not None:
            say("floor", beside)
            shares = (0.5, 0.95, 0.99)
            ratios = [percentile(load.saves, share) / percentile(beside.saves, share) for share in shares]
            print("  save beside the floor: " + "  ".join(f"{each:.2f}" for each in ratios) + " (p50 p95 p99)")
    return good


def count_floor(bottom: Serving, students: int) -> None:
    with sqlite3.connect(bottom.about["database"]) as connection:
        (rows,) = connection.execute("SELECT count(*) FROM answer WHERE item <> 'sent'").fetchone()
    print(f"floor: {rows} of {students * len(answers_of(0))} rows in its database")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at-once", type=int, nargs="*", default=[35, 100])
    parser.add_argument("--over", type=int, default=1000, help="students who arrive one by one; 0 for none")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=0.5, help="seconds before each answer, give or take a half")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--no-floor", action="store_true")
    asked = parser.parse_args()
    students = sum(asked.at_once) + asked.over
    with (
        tempfile.TemporaryDirectory(prefix="samtal-load-") as folder,
        database_of(asked.database) as environment,
        with_floor(not asked.no_floor) as bottom,
    ):
        data = Path(folder) / "data"
        with fictional_school(data, invitations=students, environment=environment) as server:
            tokens = [each["url"].rsplit("/", 1)[1] for each in server.about["invitations"]]
            good = measure(asked, server, tokens, bottom)
        kept, wanted = counted(data, environment, tokens[:students])
        print(f"{asked.database}: {kept} of {wanted} answers lie sent in the database, each with its value, each once")
        if bottom is not None:
            count_floor(bottom, students)
    raise SystemExit(0 if good and kept == wanted else 1)


if __name__ == "__main__":
    main()
