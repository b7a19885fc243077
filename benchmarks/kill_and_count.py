"""Kill -9 at random moments while two clients save: every acknowledged answer must be there afterwards.

    python -m benchmarks.kill_and_count [--kills 50] [--database sqlite|postgres]

A second part counts, with strace, that the server asked for at least one fdatasync (SQLite) an acknowledged commit: a
killed process cannot show a missing one. For PostgreSQL the database server itself writes, so it is asked instead
whether fsync and synchronous_commit are on.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.serving import DATABASES, database_of, fictional_school, free_port, started, stop, wait_for
from benchmarks.wire import Wire
from conversation_models.storage.store import Store, open_store
from conversation_models.storage.tables import draft


@dataclass
class Client:
    """Saves rising numbers into one student's own words, and remembers the last one that was acknowledged."""

    token: str
    name: str
    acknowledged: int = 0
    asked: int = 0
    version: int = 0
    refused: list[str] = field(default_factory=list)

    async def save_until_cut(self, url: str) -> None:
        wire = Wire(url)
        while True:
            self.asked += 1
            body = {"value": f"{self.asked}", "client": self.name, "sequence": self.asked, "version": self.version}
            try:
                reply = await wire.ask(
                    "PUT", f"/answers/{self.token}/development_survey/bring_up", json.dumps(body).encode()
                )
            except (ConnectionError, OSError):
                return
            if reply.status != 200:
                self.refused.append(f"{reply.status} {reply.body[:100]!r}")
                return
            self.acknowledged, self.version = self.asked, json.loads(reply.body)["version"]


async def save_then_kill(url: str, clients: list[Client], kill: Callable[[], None]) -> None:
    saving = asyncio.gather(*(client.save_until_cut(url) for client in clients))
    before = [client.acknowledged for client in clients]
    while (
        any(client.acknowledged == count for client, count in zip(clients, before, strict=True)) and not saving.done()
    ):
        await asyncio.sleep(0.01)
    await asyncio.sleep(random.uniform(0.0, 0.5))
    kill()
    await saving


def highest_saved(store: Store, client: str) -> int:
    with store.reading() as unit:
        found = unit.connection.execute(select(func.max(draft.c.sequence)).where(draft.c.client == client)).scalar()
    return found or 0


def rounds(kills: int, data: Path, environment: dict[str, str], clients: list[Client], store: Store) -> int:
    """How many acknowledged answers were missing after a kill, over all kills."""
    lost = 0
    for number in range(kills):
        port = free_port()
        command = [sys.executable, "manage.py", "serve", "--port", str(port), "--data", str(data)]
        with started(command, environment) as process:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz")
            asyncio.run(save_then_kill(url, clients, lambda: stop(process, signal.SIGKILL)))
        stored = [highest_saved(store, client.name) for client in clients]
        missing = sum(found < client.acknowledged for client, found in zip(clients, stored, strict=True))
        lost += missing
        told = [
            f"{each.acknowledged} acknowledged, {found} stored" for each, found in zip(clients, stored, strict=True)
        ]
        print(f"kill {number + 1}: {'; '.join(told)}{' LOST' if missing else ''}", flush=True)
    return lost


def count_syncs(data: Path, saves: int) -> tuple[int, int]:
    """(acknowledged commits, fdatasync calls of the server meanwhile)."""
    trace = data.parent / "strace.txt"
    strace = ["strace", "-f", "-qq", "-e", "trace=fdatasync,fsync", "-o", str(trace)]
    with fictional_school(data, before=strace) as school:
        token = school.about["invitations"][0]["url"].rsplit("/", 1)[1]
        before = _lines(trace)
        done = asyncio.run(_save_times(school.url, token, saves))
        after = _lines(trace)
    return done, after - before


async def _save_times(url: str, token: str, saves: int) -> int:
    wire, version = Wire(url), 0
    for number in range(1, saves + 1):
        body = {"value": f"{number}", "client": "strace", "sequence": number, "version": version}
        reply = await wire.ask("PUT", f"/answers/{token}/development_survey/bring_up", json.dumps(body).encode())
        version = json.loads(reply.body)["version"]
    return saves


def _lines(trace: Path) -> int:
    return sum("sync(" in line for line in trace.read_text().splitlines())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samtal-kill-") as folder, database_of(asked.database) as environment:
        data = Path(folder) / "data"
        with fictional_school(data, environment=environment) as school:
            tokens = [invitation["url"].rsplit("/", 1)[1] for invitation in school.about["invitations"]]
        clients = [Client(token, f"kill-{number}") for number, token in enumerate(tokens[:2])]
        store = open_store(data, environment.get("DATABASE_URL"))
        lost = rounds(asked.kills, data, environment, clients, store)
        acknowledged = sum(client.acknowledged for client in clients)
        refused = [reason for client in clients for reason in client.refused]
        print(
            f"{asked.database}: {asked.kills} kills, {acknowledged} acknowledged, {lost} lost, {len(refused)} refused"
        )
        print(*refused[:3], sep="\n")
        store.close()
    if asked.database == "sqlite" and shutil.which("strace") and os.name == "posix":
        with tempfile.TemporaryDirectory(prefix="samtal-sync-") as folder:
            done, syncs = count_syncs(Path(folder) / "data", 200)
            print(f"strace: {done} acknowledged commits, {syncs} fdatasync/fsync calls")


if __name__ == "__main__":
    main()
