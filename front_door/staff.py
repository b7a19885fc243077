"""Signing in and out, also in place; how long the session lasts; one's own password; the first administrator."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from conversation_models.domain.school import SchoolForm
from conversation_models.domain.staff import StaffSession
from conversation_models.services import hand_over as lending
from conversation_models.services import sign_in
from conversation_models.services.access import Refused, now
from conversation_models.services.asked import NotAsked
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.field_errors import FieldsRefused
from conversation_models.services.house import current_store
from conversation_models.services.passwords import PasswordRefused
from front_door import sockets
from front_door.pages import language_of, show
from front_door.posted import fields_of, json_of
from front_door.sentences import explain
from front_door.sessions import (
    address_of,
    desk_of,
    give_cookie,
    is_our_script,
    note_activity,
    session_of,
    take_cookie,
    token_of,
)
from front_door.settings import settings
from front_door.student_cookie import MINE, lend_pass
from translations import words

CLEAR_BROWSER = '"cache", "storage"'


async def sign_in_page(request: Request) -> Response:
    if await run_in_threadpool(sign_in.needs_setup, current_store()):
        return RedirectResponse("/setup", 303)
    wanted = _local(request.query_params.get("next", "/"))
    if await session_of(request) is not None:
        return RedirectResponse(wanted, 303)
    return show(request, "sign_in.html", wanted=wanted, username="", problem="")


async def let_in(request: Request) -> Response:
    posted = await fields_of(request)
    wanted = _local(posted.get("next", "/"))
    username = posted.get("username", "")
    try:
        signed_in = await run_in_threadpool(
            sign_in.sign_in, current_store(), username, posted.get("password", ""), address_of(request), now()
        )
    except sign_in.SignInRefused as refusal:
        problem = explain(refusal, words(language_of(request)))
        answer = show(request, "sign_in.html", _status(refusal), wanted=wanted, username=username, problem=problem)
        return _ask_to_wait(answer, refusal)
    response = RedirectResponse("/password" if signed_in.session.staff.must_change_password else wanted, 303)
    give_cookie(response, settings().staff_cookie, signed_in.token)
    take_cookie(response, settings().student_cookie)  # a device that was handed over is staff's again
    return response


async def let_in_again(request: Request) -> Response:
    """From a page whose session ended: the same person's session goes on, so that what is on the screen stays."""
    if not is_our_script(request):
        return JSONResponse({"code": "foreign_origin"}, 403)
    posted = await json_of(request)
    username, password = str(posted.get("username", "")), str(posted.get("password", ""))
    try:
        signed_in = await run_in_threadpool(
            sign_in.sign_in_again, current_store(), token_of(request), username, password, address_of(request), now()
        )
    except sign_in.SignInRefused as refusal:
        said = {"code": refusal.code, "message": explain(refusal, words(language_of(request)))}
        return _ask_to_wait(JSONResponse(said, _status(refusal)), refusal)
    response = JSONResponse(_left(signed_in.session))
    give_cookie(response, settings().staff_cookie, signed_in.token)
    return response


async def let_out(request: Request) -> Response:
    """Ends the session for every open page of it; the browser is asked to forget what it kept."""
    token, session = token_of(request), await session_of(request)
    if token is not None:
        await run_in_threadpool(sign_in.sign_out, current_store(), token, now())
    if session is not None:
        sockets.close_all(session.id)
    response = RedirectResponse("/sign-in", 303)
    take_cookie(response, settings().staff_cookie)
    response.headers["clear-site-data"] = CLEAR_BROWSER
    return response


async def hand_over(request: Request) -> Response:
    """Ends the session on this device and opens the student's page: the only way back is to sign in again."""
    session, talk_id = request.state.session, (await fields_of(request)).get("talk", "")
    try:
        invitation = await run_in_threadpool(lending.hand_over, desk_of(session), session.id, talk_id)
    except (Refused, TalkRefused, NotAsked):
        return show(request, "not_found.html", 404)
    sockets.close_all(session.id)
    response = RedirectResponse(f"/s/{MINE}", 303)
    take_cookie(response, settings().staff_cookie)
    lend_pass(response, invitation.id, now())
    response.headers["clear-site-data"] = CLEAR_BROWSER
    return response


async def session_left(request: Request) -> Response:
    """How long the session lasts if nothing is done. Asking is not activity."""
    return JSONResponse(_left(request.state.session))


async def stay(request: Request) -> Response:
    if not is_our_script(request):
        return JSONResponse({"code": "foreign_origin"}, 403)
    await note_activity(request)
    token = token_of(request) or ""
    session = await run_in_threadpool(sign_in.find_session, current_store(), token, now())
    return JSONResponse(_left(session)) if session else JSONResponse({"code": "sign_in"}, 401)


async def password_page(request: Request) -> Response:
    must = request.state.session.staff.must_change_password
    return show(request, "password.html", must=must, problem="", username=request.state.session.staff.username)


async def change_password(request: Request) -> Response:
    posted = await fields_of(request)
    staff = request.state.session.staff
    old, new, again = (posted.get(name, "") for name in ("old", "new", "again"))
    values: dict[str, Any] = {"must": staff.must_change_password, "username": staff.username}
    _ = words(language_of(request))
    if new != again:
        return show(request, "password.html", 422, problem=_("The two new passwords are not alike."), **values)
    try:
        await run_in_threadpool(sign_in.change_password, current_store(), token_of(request) or "", old, new, now())
    except (sign_in.SignInRefused, PasswordRefused) as refusal:
        return show(request, "password.html", 422, problem=explain(refusal, _), **values)
    return RedirectResponse("/", 303)


async def setup_page(request: Request) -> Response:
    if not await run_in_threadpool(sign_in.needs_setup, current_store()):
        return RedirectResponse("/sign-in", 303)
    return show(request, "setup.html", given={"token": request.query_params.get("token", "")}, problems=())


async def set_up(request: Request) -> Response:
    """The first administrator and the school; works once, with the token that was printed at the start."""
    given = await fields_of(request)
    _ = words(language_of(request))
    try:
        await run_in_threadpool(_create_first, given)
    except (sign_in.SetUpRefused, PasswordRefused) as refusal:
        return show(request, "setup.html", 422, given=given, problems=(explain(refusal, _),))
    except FieldsRefused as refusal:
        problems = tuple(explain(error, _) for error in refusal.errors)
        return show(request, "setup.html", 422, given=given, problems=problems)
    return RedirectResponse("/sign-in", 303)


def _create_first(given: dict[str, str]) -> None:
    form: SchoolForm = "compulsory" if given.get("form") == "compulsory" else "upper_secondary"
    texts = [given.get(name, "") for name in ("token", "username", "name", "password", "school_name")]
    token, username, name, password, school_name = texts
    sign_in.create_first_administrator(
        current_store(), token.strip(), username, name, password, school_name, form, now()
    )


def _left(session: StaffSession) -> dict[str, Any]:
    seconds = int(sign_in.time_left(session, now()).total_seconds())
    return {"seconds_left": seconds, "ends": session.ends_at.isoformat()}


def _status(refusal: sign_in.SignInRefused) -> int:
    return 429 if refusal.code == "throttled" else 401


def _ask_to_wait(response: Response, refusal: sign_in.SignInRefused) -> Response:
    if refusal.retry_after_seconds:
        response.headers["retry-after"] = str(refusal.retry_after_seconds)
    return response


def _local(wanted: str) -> str:
    """Only a place on this server: nobody is led elsewhere after signing in."""
    good = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if good and "\\" not in wanted else "/"
