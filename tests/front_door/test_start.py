"""The program asks its own doors before anybody else does."""

import asyncio
import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from conversation_models.services import house
from front_door import doors, start
from front_door.headers import Headers
from front_door.serving import ROOT


def open_up(app: Starlette) -> None:
    async def begin() -> None:
        async with start.open_up(app):
            pass

    # In a thread of its own: a browser that another test has left open occupies this one's event loop.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, begin()).result()


@pytest.fixture
def one_store(app):
    return house.current_store()


def test_a_start_reads_nothing_that_only_some_need():
    program = "import manage, app, sys; print(sorted({}.intersection(sys.modules)))".format(
        {"psycopg", "alembic", "pandas", "pyarrow", "fpdf", "openpyxl", "fictional_school.build"}
    )
    began = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert began.stdout == "[]\n"


def test_once_it_is_open_garbage_is_collected_again(one_store):
    gc.disable()
    open_up(Starlette(routes=doors.routes(), middleware=doors.middleware()))
    assert gc.isenabled()


def test_with_the_guard_in_place_it_opens(one_store):
    open_up(Starlette(routes=doors.routes(), middleware=doors.middleware()))


@pytest.mark.parametrize("left", [[], [Middleware(Headers)]])
def test_without_the_guard_it_refuses_to_serve(one_store, left):
    with pytest.raises(start.Unguarded):
        open_up(Starlette(routes=doors.routes(), middleware=left))
