"""Files that leave the house: asked for on a page of its own, given for the password again, kept by no cache."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from conversation_models.services import exports, sign_in, students, terms
from conversation_models.services.access import Desk, Refused, now
from conversation_models.services.exports import Choice, ExportRefused, Preview
from conversation_models.services.group_term import Scope
from conversation_models.services.house import current_store
from front_door.headers import FILE_POLICY
from front_door.pages import language_of, show
from front_door.posted import fields_of
from front_door.sentences import explain
from front_door.sessions import desk_of, note_activity
from translations import Language, Words, message, words

# What makes a file is imported by the first who asks for one (see papers.py).
YES = "yes"
FIELDS = ("term", "school", "group", "student", "names", "file")
ANSWERS, EXTRACT, FHIR = (
    message("Take out answers"),
    message("Take out everything about a student"),
    message("Take out answers as FHIR"),
)
WHAT = {
    ANSWERS: message(
        "The file holds answers, decisions and corrections of closed talks, as far as you may read them, "
        "and a codebook."
    ),
    EXTRACT: message(
        "The file is a ZIP with everything that is kept about the student and that you may read: one part for programs "
        "(JSON) and one to read (PDF). What is not in it stands in it, with the reason."
    ),
    FHIR: message(
        "The file holds the answers of the student's closed talks, for health care's systems (FHIR R4, JSON)."
    ),
}
NAMED, UNNAMED = message("With names."), message("Without names: a student is a number, good within this file only.")


@dataclass(frozen=True)
class Order:
    """What was asked for. `make` gives the file: bytes, media type, name."""

    title: str
    choice: Choice
    fields: dict[str, str]
    make: Callable[[Desk, Language], Any]
    whole: bool = False  # also without any closed talk there is something to take out


async def answers_page(request: Request) -> Response:
    """GET /exports/answers?term=2026-1&school=<id>&group=<id>&student=<id>&names=yes&file=xlsx|csv|json"""
    return await _show(request, _answers_order(request, dict(request.query_params)))


async def answers_taken(request: Request) -> Response:
    posted = await fields_of(request)
    return await _give(request, _answers_order(request, posted), posted)


async def extract_page(request: Request) -> Response:
    """GET /exports/student/<id>"""
    return await _show(request, _extract_order(request))


async def extract_taken(request: Request) -> Response:
    return await _give(request, _extract_order(request), await fields_of(request))


async def fhir_page(request: Request) -> Response:
    """GET /exports/fhir/<id>?names=yes"""
    return await _show(request, _fhir_order(request, dict(request.query_params)))


async def fhir_taken(request: Request) -> Response:
    posted = await fields_of(request)
    return await _give(request, _fhir_order(request, posted), posted)


def _answers_order(request: Request, asked: dict[str, str]) -> Order:
    today = desk_of(request.state.session).today
    named, term = asked.get("names") == YES, asked.get("term", "")
    scope = Scope(asked.get("school", ""), asked.get("group", ""))
    choice = Choice(terms.find_term(term, today) if term else None, scope, asked.get("student", ""), named)

    def make(desk: Desk, language: Language) -> Any:
        from reports.exports.answers_file import FORMATS, answers_file

        wanted = next((each for each in FORMATS if each == asked.get("file")), FORMATS[0])
        return answers_file(desk, choice, wanted, language)

    return Order(ANSWERS, choice, {name: asked[name] for name in FIELDS if asked.get(name)}, make)


def _extract_order(request: Request) -> Order:
    student_id = request.path_params["student_id"]

    def make(desk: Desk, language: Language) -> Any:
        from reports.exports.extract_file import extract_file

        return extract_file(desk, student_id, language)

    return Order(EXTRACT, Choice(student_id=student_id, named=True), {}, make, whole=True)


def _fhir_order(request: Request, asked: dict[str, str]) -> Order:
    student_id, named = request.path_params["student_id"], asked.get("names") == YES

    def make(desk: Desk, language: Language) -> Any:
        from reports.exports.fhir import fhir_file

        return fhir_file(desk, student_id, language, named=named)

    return Order(FHIR, Choice(student_id=student_id, named=named), {"names": YES} if named else {}, make)


async def _show(request: Request, order: Order, problem: str = "", status: int = 200) -> Response:
    desk = desk_of(request.state.session)
    try:
        found = await run_in_threadpool(exports.preview, desk, order.choice)
        name = await run_in_threadpool(_name, desk, order.choice.student_id)
    except Refused:
        return show(request, "not_found.html", 404)
    _ = words(language_of(request))
    too_much = explain_refusal(ExportRefused("too_much", answers=found.answers, most=exports.MOST_ANSWERS), _)
    return show(
        request,
        "export.html",
        status,
        title=_(order.title),
        action=request.url.path,
        fields=order.fields,
        username=desk.actor.username,
        lines=_lines(order, found, name, _),
        has_anything=order.whole or bool(found.answers),
        too_much=too_much if found.is_too_much and not order.whole else "",
        problem=problem,
        keep="&" + urlencode(order.fields) if order.fields else "",
    )


async def _give(request: Request, order: Order, posted: dict[str, str]) -> Response:
    """The file, or the page again with what was wrong."""
    await note_activity(request)
    language, desk = language_of(request), desk_of(request.state.session)
    _ = words(language)
    try:
        password = posted.get("password", "")
        await run_in_threadpool(sign_in.confirm_password, current_store(), desk.actor, password, now())
        taken = await run_in_threadpool(order.make, desk, language)
    except sign_in.SignInRefused as refusal:
        said = _("That is not your password. Check it and try again.")
        if refusal.code == "wrong":
            return await _show(request, order, said, 401)
        return _later(await _show(request, order, explain(refusal, _), 429), refusal.retry_after_seconds)
    except ExportRefused as refusal:
        said = explain_refusal(refusal, _)
        if refusal.code == "too_much":
            return await _show(request, order, said, 422)
        return _later(await _show(request, order, said, 429), refusal.values["seconds"])
    except Refused:
        return show(request, "not_found.html", 404)
    headers = {
        "content-disposition": f'attachment; filename="{taken.name}"',
        "content-security-policy": FILE_POLICY,
        "cache-control": "no-store",
    }
    return Response(taken.content, media_type=taken.media_type, headers=headers)


def explain_refusal(refusal: ExportRefused, _: Words) -> str:
    said = {
        "too_much": _("It would be {answers} answers, and at most {most} fit in one file. Choose a term or a group."),
        "throttled_files": _("You have taken out many files in the last hour. Wait {seconds} seconds and try again."),
    }
    return said[refusal.code].format(**refusal.values)


def _lines(order: Order, found: Preview, name: str, _: Words) -> list[str]:
    lines = [name] if name else []
    lines.append(_(WHAT[order.title]))
    if not order.whole:
        counted = (
            _.n("{n} student", "{n} students", found.students),
            _.n("{n} closed talk", "{n} closed talks", found.talks),
            _.n("{n} answer", "{n} answers", found.answers),
        )
        lines += [" · ".join(counted), _(NAMED if order.choice.named else UNNAMED)]
    return lines


def _name(desk: Desk, student_id: str) -> str:
    return students.see_student(desk, student_id).name if student_id else ""


def _later(response: Response, seconds: int) -> Response:
    response.headers["retry-after"] = str(seconds)
    return response
