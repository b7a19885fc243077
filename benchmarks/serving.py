"""Servers to measure, each a process of its own, and the figures that are printed of them."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
DATABASES = ("sqlite", "postgres")


class DidNotStart(Exception):
    """The server ended before it was ready. Holds the command: run it to see why."""


@dataclass(frozen=True)
class Serving:
    url: str
    process: subprocess.Popen[str]
    about: dict[str, Any]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def fictional_school(
    data: Path | None = None,
    before: Sequence[str] = (),
    invitations: int = 12,
    environment: dict[str, str] | None = None,
    port: int | None = None,
) -> Iterator[Serving]:
    """`manage.py demo` on a free port, with so many invited students. `before` is a command to run it under."""
    with tempfile.TemporaryDirectory(prefix="samtal-bench-") as folder:
        place = data or Path(folder) / "data"
        command = [sys.executable, "manage.py", "demo", "--data", str(place), "--json"]
        command += ["--port", str(port or free_port()), "--invitations", str(invitations)]
        with started([*before, *command], environment) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            if not said:
                raise DidNotStart(" ".join(command))
            about = json.loads(said)
            yield Serving(about["url"].rstrip("/"), process, about)


@contextmanager
def database_of(kind: str) -> Iterator[dict[str, str]]:
    """The environment that names the database: nothing for SQLite, a real and durable PostgreSQL else."""
    if kind == "sqlite":
        yield {}
        return
    from tests.postgres import running_postgres

    with running_postgres(durable=True) as server:
        yield {"DATABASE_URL": server.url(server.create_database())}


@contextmanager
def floor() -> Iterator[Serving]:
    with tempfile.TemporaryDirectory(prefix="samtal-floor-") as folder:
        port = free_port()
        database = Path(folder) / "floor.db"
        with started([sys.executable, "-m", "benchmarks.floor", str(port), str(database)]) as process:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/ready")
            yield Serving(url, process, {"database": str(database)})


@contextmanager
def bare_streamlit(page: str) -> Iterator[Serving]:
    """One of the bare pages here under `streamlit run`, with none of our settings."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "benchmarks" / page), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.trustedUserHeaders", "{}"]
    with started(command) as process:
        url = f"http://localhost:{port}"
        wait_for(f"{url}/_stcore/health")
        yield Serving(url, process, {})


@contextmanager
def started(command: list[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """A process in a group of its own, so that killing it leaves no child behind."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | (environment or {}),
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> None:
    if process.poll() is None:
        os.killpg(process.pid, how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def wait_for(url: str, seconds: float = START_SECONDS) -> float:
    """Seconds until the address answers 200. Raises TimeoutError."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        try:
            with urllib.request.urlopen(url, timeout=2) as reply:
                if reply.status == 200:
                    return time.perf_counter() - begin
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(url)


def percentile(values: list[float], share: float) -> float:
    """The nearest-rank percentile; `share` from 0 to 1."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: list[float]) -> str:
    """Milliseconds, from seconds: "p50 3.1  p95 8.0  p99 20.4 ms"."""
    return (
        "  ".join(f"p{share:.0%}"[:-1] + f" {percentile(values, share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))
        + " ms"
    )
