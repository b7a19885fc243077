"""A whole survey in one POST, with encryption and log, on SQLite or PostgreSQL, beside the floor in the same run.

python -m benchmarks.whole_survey [--students 400] [--in-flight 35] [--database sqlite|postgres]
"""

import argparse
import asyncio
import re
import time
from html import unescape
from urllib.parse import urlencode

from benchmarks.save_answers import ITEMS
from benchmarks.serving import DATABASES, database_of, fictional_school, floor, spread
from benchmarks.wire import Wire

OURS = [(f"development_survey.{item}", "green") for item in ITEMS]
OURS += [("priority_ability.priority", "7"), ("priority_ability.ability", "5"), ("reading", "before")]
OURS += [("action", "send")]
FLOOR = [(item, "green") for item in (*ITEMS, "priority", "ability")]


async def send_all(url: str, paths: list[str], fields: list[tuple[str, str]], in_flight: int) -> list[float]:
    """Seconds for each POST, with so many under way at once. Raises RuntimeError on a reply that is not a thank-you."""
    waiting, took, body = list(paths), [], urlencode(fields).encode()

    async def worker() -> None:
        wire = Wire(url)
        while waiting:
            path = waiting.pop()
            begin = time.perf_counter()
            reply = await wire.ask("POST", path, body, "application/x-www-form-urlencoded", Origin=url)
            took.append(time.perf_counter() - begin)
            wire.cookies.clear()
            if reply.status not in (200, 303):
                raise RuntimeError(f"{reply.status} {reply.body[:200]!r}")
        wire.close()

    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return took


async def as_posted(url: str, path: str) -> list[tuple[str, str]]:
    """Our fields with the hidden ones that the page itself carries: which items it asked."""
    page = (await Wire(url).ask("GET", path)).body.decode()
    asked = [unescape(value) for value in re.findall(r'name="asked" value="([^"]*)"', page)]
    return [*OURS, *(("asked", value) for value in asked)]


def measure(name: str, url: str, paths: list[str], fields: list[tuple[str, str]], in_flight: int) -> float:
    begin = time.perf_counter()
    took = asyncio.run(send_all(url, paths, fields, in_flight))
    rate = len(took) / (time.perf_counter() - begin)
    print(f"{name}: {len(took)} students, {in_flight} in flight: {rate:.0f} students/s, {spread(took)}")
    return rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=400)
    parser.add_argument("--in-flight", type=int, default=35)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    with (
        database_of(asked.database) as environment,
        fictional_school(invitations=asked.students, environment=environment) as ours,
        floor() as bare,
    ):
        paths = ["/s/" + invitation["url"].rsplit("/", 1)[1] for invitation in ours.about["invitations"]]
        measure("floor", bare.url, [f"/student{number}" for number in range(len(paths))], FLOOR, asked.in_flight)
        measure(asked.database, ours.url, paths, asyncio.run(as_posted(ours.url, paths[0])), asked.in_flight)


if __name__ == "__main__":
    main()
