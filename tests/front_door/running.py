"""The whole program as a process of its own: uvicorn, st.App, the door, a database."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = (
    "import sys; from pathlib import Path; from front_door.serving import serve; "
    "serve(int(sys.argv[1]), Path(sys.argv[2]), ready=lambda: print('ready', flush=True))"
)


@dataclass(frozen=True)
class Running:
    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def said(self) -> str:
        return self.log.read_text(errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(data: Path, folder: Path, **environment: str) -> Iterator[Running]:
    """Serves until the block ends. Raises RuntimeError with the log when it does not start."""
    port, log = free_port(), folder / "log"
    given = {name: value for name, value in os.environ.items() if name not in {"PUBLIC_URL", "DATABASE_URL"}}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(port), str(data)],
            cwd=ROOT,
            env=given | environment,
            stdout=subprocess.PIPE,
            stderr=output,
        )
    try:
        if process.stdout.readline().strip() != b"ready":
            process.wait(timeout=10)
            raise RuntimeError(log.read_text(errors="replace"))
        yield Running(port, log, process)
    finally:
        process.terminate()
        process.wait(timeout=15)
        process.stdout.close()
