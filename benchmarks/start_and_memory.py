"""Server start to the first 200, and memory with 100 students saving and 10 staff looking.

python -m benchmarks.start_and_memory [--starts 5]
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.browser import chromium, sign_in, tablet
from benchmarks.save_answers import many, save_ours
from benchmarks.serving import fictional_school, free_port, started, wait_for


def start_once(data: Path) -> float:
    """Seconds from starting the process to the first 200 of /healthz, database check included."""
    port = free_port()
    begin = time.perf_counter()
    with started([sys.executable, "manage.py", "serve", "--port", str(port), "--data", str(data)]):
        wait_for(f"http://127.0.0.1:{port}/healthz")
        return time.perf_counter() - begin


def watch(process_id: int, seen: list[float], stop: threading.Event) -> None:
    process = psutil.Process(process_id)
    while not stop.wait(0.25):
        seen.append(process.memory_info().rss / 1e6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    starts = parser.parse_args().starts
    with tempfile.TemporaryDirectory(prefix="samtal-start-") as folder:
        data = Path(folder) / "data"
        with fictional_school(data, invitations=100) as school:
            seen, stop = [psutil.Process(school.process.pid).memory_info().rss / 1e6], threading.Event()
            threading.Thread(target=watch, args=(school.process.pid, seen, stop), daemon=True).start()
            mentor, ids = school.about["staff"][0], [each["student"] for each in school.about["invitations"][:10]]
            tokens = [each["url"].rsplit("/", 1)[1] for each in school.about["invitations"]]
            with chromium() as browser:
                pages = [tablet(browser).new_page() for _ in range(10)]
                for page, student in zip(pages, ids, strict=True):
                    sign_in(page, school.url, mentor["username"], mentor["password"])
                    page.goto(f"{school.url}/looking-back?student={student}")
                saving = threading.Thread(target=lambda: asyncio.run(many(school, tokens, save_ours, 15, 1.0)))
                saving.start()
                saving.join()
            stop.set()
            print(f"memory: {seen[0]:.0f} MB when ready, at most {max(seen):.0f} MB with 100 students and 10 staff")
        took = [start_once(data) for _ in range(starts)]
        print(f"start to first 200: median {statistics.median(took):.2f} s, worst {max(took):.2f} s of {starts}")


if __name__ == "__main__":
    main()
