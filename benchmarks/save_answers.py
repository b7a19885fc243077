"""One answer saved, acknowledged after COMMIT: with time to think, and in a closed loop against the floor.

python -m benchmarks.save_answers [--students 100] [--seconds 20]
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable

from benchmarks.serving import Serving, fictional_school, floor, percentile, spread
from benchmarks.wire import Wire

ITEMS = (
    "workload",
    "content",
    "peers",
    "cooperation",
    "leisure",
    "study_plan",
    "guidance",
    "staff",
    "purpose",
    "health",
)
COLOURS = ("green", "yellow", "orange", "red")
Save = Callable[[Wire, str, int, str, dict[str, int]], Awaitable[None]]


async def save_ours(wire: Wire, token: str, number: int, client: str, versions: dict[str, int]) -> None:
    item = ITEMS[number % len(ITEMS)]
    value = {"colour": random.choice(COLOURS), "fits": []}
    body = {"value": value, "client": client, "sequence": number, "version": versions.get(item, 0)}
    reply = await wire.ask("PUT", f"/answers/{token}/development_survey/{item}", json.dumps(body).encode())
    if reply.status != 200:
        raise RuntimeError(f"{reply.status} {reply.body[:200]!r}")
    versions[item] = json.loads(reply.body)["version"]


async def save_floor(wire: Wire, who: str, number: int, client: str, _: dict[str, int]) -> None:
    body = json.dumps({"value": "green", "client": client, "sequence": number, "version": 0}).encode()
    await wire.ask("PUT", f"/{who}/{ITEMS[number % len(ITEMS)]}", body)


async def one_student(server: Serving, who: str, save: Save, seconds: float, think: float) -> list[float]:
    wire = Wire(server.url)
    took: list[float] = []
    versions: dict[str, int] = {}
    end, number = time.perf_counter() + seconds, 0
    await asyncio.sleep(random.random() * think)
    while time.perf_counter() < end:
        number += 1
        begin = time.perf_counter()
        await save(wire, who, number, f"bench-{who[:8]}", versions)
        took.append(time.perf_counter() - begin)
        if think:
            await asyncio.sleep(think * (0.5 + random.random()))
    wire.close()
    return took


async def many(server: Serving, names: list[str], save: Save, seconds: float, think: float) -> list[float]:
    each = await asyncio.gather(*(one_student(server, who, save, seconds, think) for who in names))
    return [value for values in each for value in values]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    with fictional_school(invitations=asked.students) as ours, floor() as bare:
        tokens = [invitation["url"].rsplit("/", 1)[1] for invitation in ours.about["invitations"]]
        names = [f"student{number}" for number in range(len(tokens))]
        thinking = asyncio.run(many(ours, tokens[: asked.students], save_ours, asked.seconds, 1.0))
        print(f"{asked.students} students, 1 s to think: {len(thinking)} saves, {spread(thinking)}")
        for round_number in range(3):
            ours_took = asyncio.run(many(ours, tokens[:10], save_ours, 4, 0))
            floor_took = asyncio.run(many(bare, names[:10], save_floor, 4, 0))
            ratio = percentile(ours_took, 0.5) / percentile(floor_took, 0.5)
            print(
                f"closed loop {round_number + 1}, 10 clients: {len(ours_took) / 4:.0f}/s {spread(ours_took)}; "
                f"floor {len(floor_took) / 4:.0f}/s {spread(floor_took)}; ratio of medians {ratio:.2f}"
            )


if __name__ == "__main__":
    main()
