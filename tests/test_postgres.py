import os
from pathlib import Path

import psycopg
import pytest

from tests.postgres import PostgresServer, running_postgres


def tables(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row
    return int(row[0])


def test_each_database_is_a_copy_that_the_others_do_not_see(postgres_server: PostgresServer) -> None:
    template = postgres_server.create_database()
    with psycopg.connect(postgres_server.url(template)) as connection:
        connection.execute("CREATE TABLE noise (id int)")
    first, second = (postgres_server.create_database(template) for _ in range(2))
    with psycopg.connect(postgres_server.url(first)) as connection:
        connection.execute("DROP TABLE noise")
    assert (tables(postgres_server.url(first)), tables(postgres_server.url(second))) == (0, 1)


def test_a_dropped_database_is_gone_even_with_a_connection_open(postgres_server: PostgresServer) -> None:
    name = postgres_server.create_database()
    forgotten = psycopg.connect(postgres_server.url(name))
    postgres_server.drop_database(name)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres_server.url(name))
    forgotten.close()


def test_the_template_has_the_newest_schema_and_a_new_database_is_empty(
    postgres_url: str, empty_postgres_url: str
) -> None:
    assert tables(postgres_url) > 10
    assert tables(empty_postgres_url) == 0


@pytest.mark.postgres
def test_a_durable_server_waits_for_the_disk_and_leaves_nothing_behind() -> None:
    with running_postgres(durable=True) as server:
        with psycopg.connect(server.url("postgres")) as connection:
            assert [connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit")] == [
                ("on",),
                ("on",),
            ]
        owner = (server.folder / "cluster" / "postmaster.pid").stat().st_uid
        assert owner != 0 or os.geteuid() != 0
    assert not Path(server.folder).exists()


def test_another_password_does_not_open_the_server(postgres_server: PostgresServer) -> None:
    url = postgres_server.url("postgres").replace(postgres_server.password, "guessed")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url)
