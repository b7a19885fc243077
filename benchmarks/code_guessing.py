"""Somebody guesses codes: how many are looked at in a minute, and does a class at the same address get in meanwhile?

python -m benchmarks.code_guessing [--codes 10000] [--in-flight 50] [--students 35] [--database sqlite|postgres]

Two floods of wrong codes over HTTP: from one address, and from as many addresses as there are codes. While the first
one goes on, a class types its own codes, each once, from that same address. The server believes a proxy's
X-Forwarded-For here (FORWARDED_ALLOW_IPS), so that one program can come from many addresses.
"""

import argparse
import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

from benchmarks.serving import DATABASES, Serving, database_of, fictional_school, spread
from benchmarks.wire import Wire
from conversation_models.services.entry import (
    CHECKED_A_MINUTE,
    WRONG_CODES_A_MINUTE,
    WRONG_CODES_A_MINUTE_AND_ADDRESS,
    WRONG_ENDS_A_MINUTE,
)
from conversation_models.services.short_code import ALPHABET, LENGTH

FORM = "application/x-www-form-urlencoded"
SCHOOL = "198.51.100.7"
LOOKED_AT, TURNED_AWAY, LET_IN = 404, 429, 303
MINUTE = 60.0


async def type_code(wire: Wire, code: str, address: str) -> int:
    wire.cookies.clear()
    body = urlencode({"code": code}).encode()
    headers = {"Origin": wire.url, "X_Forwarded_For": address}
    return (await wire.ask("POST", "/s", body, FORM, **headers)).status


async def guess(
    url: str, codes: int, in_flight: int, address: Callable[[int], str]
) -> tuple[Counter[tuple[int, int]], float]:
    """How many got each answer, by the minute in which it came; and how many seconds it all took."""
    found: Counter[tuple[int, int]] = Counter()
    waiting, begin = list(range(codes)), time.monotonic()

    async def worker() -> None:
        wire = Wire(url)
        while waiting:
            number = waiting.pop()
            code = "".join(random.choices(ALPHABET, k=LENGTH))
            status = await type_code(wire, code, address(number))
            found[int((time.monotonic() - begin) // MINUTE), status] += 1
        wire.close()

    await asyncio.gather(*(worker() for _ in range(in_flight)))
    return found, time.monotonic() - begin


async def let_class_in(url: str, codes: list[str], within: float) -> tuple[Counter[int], list[float]]:
    """Each types the own code once, at some moment of that time; what they were answered, and how long it took."""
    took: list[float] = []

    async def student(code: str) -> int:
        await asyncio.sleep(random.random() * within)
        begin = time.perf_counter()
        status = await type_code(Wire(url), code, SCHOOL)
        took.append(time.perf_counter() - begin)
        return status

    return Counter(await asyncio.gather(*(student(code) for code in codes))), took


def say(what: str, found: Counter[tuple[int, int]], seconds: float) -> None:
    answered = Counter[int]()
    for (_, status), number in found.items():
        answered[status] += number
    most = max((found[minute, LOOKED_AT] for minute, _ in found), default=0)
    print(
        f"{what}: {sum(answered.values())} wrong codes in {seconds:.0f} s: looked at {answered[LOOKED_AT]} "
        f"(at most {most} in a minute of ours), turned away {answered[TURNED_AWAY]}, "
        f"let in {answered[LET_IN]}, other {sum(answered.values()) - sum(answered[each] for each in (404, 429, 303))}"
    )


async def attack_with_class(ours: Serving, codes: list[str], asked: argparse.Namespace) -> bool:
    guessing = asyncio.create_task(guess(ours.url, asked.codes, asked.in_flight, lambda _: SCHOOL))
    await asyncio.sleep(3)  # by now the address's budget is used up
    answers, took = await let_class_in(ours.url, codes, asked.within)
    say("from one address", *(await guessing))
    print(f"meanwhile, same address: {answers[LET_IN]} of {len(codes)} students let in at once, {spread(took)}")
    return answers[LET_IN] == len(codes)


async def attack_from_everywhere(ours: Serving, asked: argparse.Namespace) -> int:
    def address(number: int) -> str:
        return f"2001:db8:{number >> 8 & 0xFFFF:x}:{number & 0xFF:x}::1"

    found, seconds = await guess(ours.url, asked.codes, asked.in_flight, address)
    say("from as many addresses", found, seconds)
    return max(found[minute, LOOKED_AT] for minute, _ in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, default=10_000)
    parser.add_argument("--in-flight", type=int, default=50)
    parser.add_argument("--students", type=int, default=35)
    parser.add_argument("--within", type=float, default=30, help="seconds in which the class types its codes")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    print(
        f"N = {CHECKED_A_MINUTE} a minute in all: {WRONG_CODES_A_MINUTE} that begin like no open code "
        f"({WRONG_CODES_A_MINUTE_AND_ADDRESS} an address), and {WRONG_ENDS_A_MINUTE} for each open beginning"
    )
    trusting = {"FORWARDED_ALLOW_IPS": "127.0.0.1"}
    with (
        database_of(asked.database) as environment,
        fictional_school(invitations=asked.students, environment=environment | trusting) as ours,
    ):
        codes = [invitation["code"] for invitation in ours.about["invitations"]][: asked.students]
        all_in = asyncio.run(attack_with_class(ours, codes, asked))
        time.sleep(MINUTE)
        most = asyncio.run(attack_from_everywhere(ours, asked))
    # A minute of ours may lie across two of the server's.
    good = all_in and most <= 2 * CHECKED_A_MINUTE
    print("held" if good else "DID NOT HOLD")
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
