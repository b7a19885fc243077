"""The program asks its own doors before anybody else does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from conversation_models.services import house
from front_door import doors, start
from front_door.headers import Headers


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


def test_with_the_guard_in_place_it_opens(one_store):
    open_up(Starlette(routes=doors.routes(), middleware=doors.middleware()))


@pytest.mark.parametrize("left", [[], [Middleware(Headers)]])
def test_without_the_guard_it_refuses_to_serve(one_store, left):
    with pytest.raises(start.Unguarded):
        open_up(Starlette(routes=doors.routes(), middleware=left))
