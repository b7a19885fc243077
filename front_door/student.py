"""The student's own page: no account, no Streamlit, works without JavaScript. GET changes nothing."""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from conversation_models.domain.answer import Conflict
from conversation_models.services import rate
from conversation_models.services.access import now
from conversation_models.services.house import current_store
from front_door import student_tries
from front_door.assets import read_asset
from front_door.headers import policy_with
from front_door.pages import language_of, show
from front_door.posted import fields_of, lists_of
from front_door.sentences import explain
from front_door.sessions import address_of, take_cookie
from front_door.settings import settings
from front_door.student_cookie import MINE, NoPass, find_entry, give_pass
from front_door.student_form import Form, Sheet, draw, languages_of, read_sheet
from translations import words

CLEAR_BROWSER = '"cache", "storage"'


async def code_page(request: Request) -> Response:
    return show(request, "student_code.html", problem="")


async def take_code(request: Request) -> Response:
    """The short code does what the link does, and more: after sending it shows the answers again."""
    typed = (await fields_of(request)).get("code", "")
    _, at = words(language_of(request)), now()
    try:
        entry = await run_in_threadpool(rate.find_by_code, current_store(), typed, address_of(request), at)
    except rate.Throttled as throttled:
        answer = show(request, "student_code.html", 429, problem=explain(throttled, _))
        answer.headers["retry-after"] = str(throttled.retry_after_seconds)
        return answer
    if entry is None:
        problem = _("That code is not known here. Check each letter and digit and try again.")
        return show(request, "student_code.html", 404, problem=problem)
    response = RedirectResponse(f"/s/{MINE}", 303)
    give_pass(response, entry, "code", at)
    return response


async def forget_device(request: Request) -> Response:
    """Whoever takes this device next sees nothing of it."""
    response = show(request, "student_left.html")
    take_cookie(response, settings().student_cookie)
    response.headers["clear-site-data"] = CLEAR_BROWSER
    return response


async def handed_back_page(request: Request) -> Response:
    return show(request, "student_handed_back.html")


def form_page(request: Request) -> Response:
    return with_entry(request, lambda entry, at: _form_or_end(request, entry, at))


def receipt_page(request: Request) -> Response:
    return with_entry(request, lambda entry, _at: _receipt(request, entry))


async def take_form(request: Request) -> Response:
    """The whole form at once, saved or sent: this is all there is without JavaScript."""
    posted = await lists_of(request)

    def take(entry: rate.Entry, at: datetime) -> Response:
        if entry.invitation.is_for_tries:
            return student_tries.take_try(request, entry, posted, at)
        return _take(request, entry, read_sheet(entry, posted), at)

    return await run_in_threadpool(with_entry, request, take)


def with_student(request: Request, answer: Callable[[rate.Entry, datetime], Response]) -> Response:
    """What a student has beside the questions; a guardian is led back to the own page."""
    home = RedirectResponse(f"/s/{request.path_params['key']}", 303)
    return with_entry(request, lambda entry, at: home if entry.is_guardian else answer(entry, at))


def with_entry(request: Request, answer: Callable[[rate.Entry, datetime], Response]) -> Response:
    at = now()
    try:
        entry = find_entry(request, request.path_params["key"], at)
    except NoPass:
        return RedirectResponse("/s", 303)
    return answer(entry, at) if entry else show(request, "student_end.html", 404, why="unknown", entry=None)


def _form_or_end(request: Request, entry: rate.Entry, at: datetime) -> Response:
    if entry.invitation.is_for_tries:
        return student_tries.tries_page(request, entry, at)
    opened = rate.open_entry(current_store(), entry)
    if entry.closed == "sent":
        return _receipt(request, entry)
    if entry.closed is not None and not opened.values:
        return _end(request, entry, entry.closed)
    return _show_form(request, entry, Form(opened.values, read_only=entry.closed is not None))


def _take(request: Request, entry: rate.Entry, sheet: Sheet, at: datetime) -> Response:
    """Saves first and asks afterwards: nothing a student wrote is lost because a choice below it was not made."""
    store, here = current_store(), f"/s/{request.path_params['key']}"
    try:
        if sheet.sends and sheet.may_read_before is not None:
            held = _send(entry, sheet, sheet.may_read_before, at)
        else:
            held = rate.save_all(store, entry, sheet.values, sheet.client, at, sheet.versions)
    except rate.AnswersRefused as refused:
        return _show_form(request, entry, Form.of_refused(sheet, refused.errors, language_of(request)), 422)
    except rate.NothingToSend:
        return RedirectResponse(f"{here}/sent", 303)
    except rate.RateClosed as closed:
        return _end(request, entry, closed.code, 410)
    if held:
        return _show_form(request, entry, Form.of_conflicts(sheet, held, language_of(request)), 409)
    if sheet.sends and sheet.may_read_before is None:
        opened = rate.open_entry(store, entry)
        return _show_form(request, entry, Form(opened.values, choice_missing=True), 422)
    if not sheet.sends:
        return RedirectResponse(f"{here}?saved=yes", 303)
    if entry.way == "lent":
        return _end_loan()
    response = RedirectResponse(f"{here}/sent", 303)
    give_pass(response, entry, "code" if entry.way == "code" else "device", at)
    return response


def _end_loan() -> Response:
    """What was sent stays with the student: a lent device goes back without a way to it."""
    response = RedirectResponse("/s/handed-back", 303)
    take_cookie(response, settings().student_cookie)
    response.headers["clear-site-data"] = CLEAR_BROWSER
    return response


def _send(entry: rate.Entry, sheet: Sheet, before: bool, at: datetime) -> dict[rate.Key, Conflict]:
    """With JavaScript everything is saved already, and only the wish to send it is posted."""
    store = current_store()
    if not sheet.values:
        rate.send(store, entry, before, at)
        return {}
    sent = rate.send_all(store, entry, sheet.values, sheet.client, before, at, sheet.versions)
    return sent.conflicts if isinstance(sent, rate.HeldBack) else {}


def _show_form(request: Request, entry: rate.Entry, form: Form, status: int = 200) -> Response:
    key = request.path_params["key"]
    offered = languages_of(entry)
    drawn = draw(entry, form, key, language_of(request, offered))
    saved = request.query_params.get("saved") == "yes" and status == 200
    # A slow phone would wait as long for a style sheet as for the page itself.
    style = read_asset(f"{drawn['look']}.css").plain.decode()
    template = "guardian.html" if entry.is_guardian else "student.html"
    page = show(request, template, status, offered, entry=entry, key=key, saved=saved, form=form, style=style, **drawn)
    page.headers["content-security-policy"] = policy_with(style)
    return page


def _receipt(request: Request, entry: rate.Entry) -> Response:
    if entry.invitation.is_for_tries:
        return student_tries.told_page(request, entry)
    if entry.invitation.sent_on is None:
        return RedirectResponse(f"/s/{request.path_params['key']}", 303)
    may_change = entry.way != "link" and entry.closed is None
    template = "guardian_sent.html" if entry.is_guardian else "student_sent.html"
    return show(request, template, entry=entry, key=request.path_params["key"], may_change=may_change)


def _end(request: Request, entry: rate.Entry, why: str, status: int = 200) -> Response:
    template = "guardian_end.html" if entry.is_guardian else "student_end.html"
    return show(request, template, status, why=why, entry=entry)
