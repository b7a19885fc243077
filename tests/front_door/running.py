"""The whole program as a process of its own: uvicorn, st.App, the door, a database."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from secrets import token_hex

from conversation_models.domain.invitation import NewInvitation
from conversation_models.services import invite, invite_guardian, prepare
from conversation_models.services.access import Desk, now
from conversation_models.services.students import NewGuardian, NewStudent, add_student
from conversation_models.storage.keys import key_file_for
from conversation_models.storage.store import Store, open_store
from tests.conversation_models.cast import Cast

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


@dataclass(frozen=True)
class School:
    """A running server and the store behind it; `invite` makes a new student of Alva's and invites that one, and
    `invite_guardian` a guardian of such a one."""

    server: Running
    store: Store
    cast: Cast

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.cast.mentor, now())

    def invite(self) -> NewInvitation:
        student = add_student(self.desk, NewStudent(self.cast.group.id, "Prov", token_hex(4)))
        plan = prepare.TalkPlan(student.id, self.desk.today + timedelta(days=3))
        return invite.invite(self.desk, prepare.prepare_talk(self.desk, plan).id)

    def invite_guardian(self) -> NewInvitation:
        guardian = NewGuardian("Karin Prov")
        student = add_student(self.desk, NewStudent(self.cast.group.id, "Prov", token_hex(4), guardians=(guardian,)))
        plan = prepare.TalkPlan(student.id, self.desk.today + timedelta(days=3), "home_school_meeting")
        talk = prepare.prepare_talk(self.desk, plan)
        asks = ["home_school_meeting", "network_meeting"]
        return invite_guardian.invite_guardian(self.desk, talk.id, student.guardians[0].id, asks)


@contextmanager
def running_school(template: Path, cast: Cast, folder: Path, **environment: str) -> Iterator[School]:
    """On a copy of the cast's data."""
    data = folder / "data"
    shutil.copytree(template, data)
    shutil.copy(key_file_for(template), key_file_for(data))
    store = open_store(data)
    with running(data, folder, **environment) as server:
        yield School(server, store, cast)
    store.close()


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
