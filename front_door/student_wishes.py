"""I want to talk to someone: one of those the school lists is asked, and what was answered is told."""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from conversation_models.services import rate, wishes
from conversation_models.services.house import current_store
from front_door.pages import show
from front_door.posted import fields_of
from front_door.student import with_student


def adult_page(request: Request) -> Response:
    return with_student(request, lambda entry, _at: _show(request, entry))


async def take_wish(request: Request) -> Response:
    chosen = (await fields_of(request)).get("adult", "")
    return await run_in_threadpool(with_student, request, lambda entry, at: _take(request, entry, chosen, at))


def _take(request: Request, entry: rate.Entry, chosen: str, at: datetime) -> Response:
    try:
        wishes.make_wish(current_store(), entry, chosen, at)
    except wishes.NobodyThere:
        return _show(request, entry, 422, nobody=True)
    return RedirectResponse(f"/s/{request.path_params['key']}/adult?asked=yes", 303)


def _show(request: Request, entry: rate.Entry, status: int = 200, *, nobody: bool = False) -> Response:
    store = current_store()
    return show(
        request,
        "student_adult.html",
        status,
        entry=entry,
        key=request.path_params["key"],
        adults=wishes.adults_for(store, entry),
        made=wishes.wishes_of(store, entry),
        asked=request.query_params.get("asked") == "yes",
        nobody=nobody,
    )
