"""Server start to the first 200, and memory with 100 students saving and 10 staff looking.

python -m benchmarks.start_and_memory [--starts 5]

The floor is a bare Streamlit page with one chart and one table, and 10 browsers looking at it. Both are read from
bytecode when `make setup` and a first start have written it; without it a start takes more than twice as long, and
how many modules lack it is said first.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser

from benchmarks.browser import chromium, sign_in, tablet
from benchmarks.save_answers import many, save_ours
from benchmarks.serving import ROOT, Serving, bare_streamlit, fictional_school, free_port, started, wait_for

STAFF = 10
WITHOUT_BYTECODE = """
import sys, pathlib, manage, app
read = [module for module in sys.modules.values() if getattr(module, "__cached__", None)]
print(sum(not pathlib.Path(module.__cached__).exists() for module in read), "of", len(read))
"""


def modules_without_bytecode() -> str:
    command = [sys.executable, "-B", "-c", WITHOUT_BYTECODE]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def start_once(data: Path) -> float:
    """Seconds from starting the process to the first 200 of /healthz, database check included."""
    port = free_port()
    begin = time.perf_counter()
    with started([sys.executable, "manage.py", "serve", "--port", str(port), "--data", str(data)]):
        wait_for(f"http://127.0.0.1:{port}/healthz")
        return time.perf_counter() - begin


def start_bare() -> float:
    begin = time.perf_counter()
    with bare_streamlit("bare_charts.py"):
        return time.perf_counter() - begin


@contextmanager
def watched(serving: Serving) -> Iterator[list[float]]:
    """The megabytes of the process every 20 ms, the first before anybody came: working out a password takes 64 MB for
    a fifth of a second."""
    process, stop = psutil.Process(serving.process.pid), threading.Event()
    seen = [process.memory_info().rss / 1e6]

    def watch() -> None:
        while not stop.wait(0.02):
            seen.append(process.memory_info().rss / 1e6)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    yield seen
    stop.set()
    watching.join()


def look_and_save(browser: Browser, school: Serving) -> None:
    mentor, invited = school.about["staff"][0], school.about["invitations"]
    pages = [tablet(browser).new_page() for _ in range(STAFF)]
    for page, invitation in zip(pages, invited, strict=False):
        sign_in(page, school.url, mentor["username"], mentor["password"])
        page.goto(f"{school.url}/looking-back?student={invitation['student']}")
    tokens = [each["url"].rsplit("/", 1)[1] for each in invited]
    saving = threading.Thread(target=lambda: asyncio.run(many(school, tokens, save_ours, 15, 1.0)))
    saving.start()
    saving.join()


def look_at_bare(browser: Browser, bare: Serving) -> None:
    for page in [tablet(browser).new_page() for _ in range(STAFF)]:
        page.goto(bare.url)
        page.get_by_test_id("stDataFrame").wait_for(timeout=30_000)
        page.wait_for_timeout(1_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    starts = parser.parse_args().starts
    print(f"modules without bytecode: {modules_without_bytecode()}")
    with tempfile.TemporaryDirectory(prefix="samtal-start-") as folder, chromium() as browser:
        data = Path(folder) / "data"
        with fictional_school(data, invitations=100) as school, watched(school) as ours:
            look_and_save(browser, school)
        with bare_streamlit("bare_charts.py") as bare, watched(bare) as floor:
            look_at_bare(browser, bare)
        took, bare_took = zip(*((start_once(data), start_bare()) for _ in range(starts)), strict=True)
    say("bare Streamlit page", floor, bare_took)
    say("ours, 100 students and 10 staff", ours, took)
    ratios = [ours[0] / floor[0], ours[-1] / floor[-1], max(ours) / max(floor)]
    print("ratios of memory: " + ", ".join(f"{ratio:.2f}" for ratio in ratios), end="; ")
    print(f"of start: {statistics.median(took) / statistics.median(bare_took):.2f}")


def say(what: str, memory: list[float], took: tuple[float, ...]) -> None:
    print(
        f"{what}: {memory[0]:.0f} MB when ready, {memory[-1]:.0f} MB at the end, at most {max(memory):.0f} MB", end="; "
    )
    print(f"start to first 200 median {statistics.median(took):.2f} s, worst {max(took):.2f} s of {len(took)}")


if __name__ == "__main__":
    main()
