"""Papers as PDF: only with a session, only for those who reach the student, kept by no cache (never /media)."""

from typing import Literal, get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from conversation_models.services import library, slips
from conversation_models.services.access import Refused
from conversation_models.services.asked import NotAsked
from conversation_models.services.caseload import read_weeks
from conversation_models.services.receiving import ReportRefused
from conversation_models.services.term_batch import BatchEnded
from front_door.in_pieces import InPieces
from front_door.pages import show
from front_door.posted import lists_of
from front_door.sessions import desk_of, note_activity
from front_door.settings import settings
from translations import Language, is_language

Copy = Literal["school", "student", "guardian"]
COPIES: tuple[Copy, ...] = get_args(Copy)
# What draws paper is imported by the first who asks for one: it would double the time the program takes to start.
# A browser's own viewer styles itself; the paper holds no script and asks for nothing.
PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


async def talk_pdf(request: Request) -> Response:
    """GET /papers/talk/<id>.pdf?copy=school|student|guardian&language=sv|en"""
    from reports.talk_paper import NoGuardianCopy, talk_paper

    copy = next((each for each in COPIES if each == request.query_params.get("copy", "school")), None)
    if copy is None:
        return show(request, "not_found.html", 404)
    talk_id, desk = request.path_params["talk_id"], desk_of(request.state.session)
    await note_activity(request)
    try:
        paper = await run_in_threadpool(talk_paper, desk, talk_id, copy, _language(request))
    except (Refused, NoGuardianCopy):
        return show(request, "not_found.html", 404)
    return _pdf(paper, f"samtal-{copy}.pdf")


async def student_pdf(request: Request) -> Response:
    """GET /papers/student/<id>.pdf?language=sv|en : one student over time"""
    from reports.student_paper import student_paper

    student_id, desk = request.path_params["student_id"], desk_of(request.state.session)
    await note_activity(request)
    try:
        paper = await run_in_threadpool(student_paper, desk, student_id, _language(request))
    except Refused:
        return show(request, "not_found.html", 404)
    return _pdf(paper, "se-tillbaka.pdf")


async def caseload_pdf(request: Request) -> Response:
    """GET /papers/caseload.pdf?group=<id>&weeks=6&language=sv|en"""
    from reports.caseload_paper import caseload_paper

    desk, asked = desk_of(request.state.session), request.query_params
    await note_activity(request)
    weeks = read_weeks(asked.get("weeks", ""))
    try:
        paper = await run_in_threadpool(caseload_paper, desk, asked.get("group", ""), weeks, _language(request))
    except Refused:
        return show(request, "not_found.html", 404)
    return _pdf(paper, "mina-elever.pdf")


async def report_pdf(request: Request) -> Response:
    """GET /papers/report/<id>.pdf : one that was made, in the language it was made in, as it was shown then"""
    from reports import report_paper, report_words

    report_id, desk = request.path_params["report_id"], desk_of(request.state.session)
    await note_activity(request)
    try:
        paper = await run_in_threadpool(report_paper.report_pdf, desk, report_id)
    except Refused:
        return show(request, "not_found.html", 404)
    except ReportRefused as refused:
        why = report_words.say_refused(refused, _language(request))
        return show(request, "report_refused.html", 409, why=why)
    return _pdf(paper, "rapport.pdf")


async def batch_zip(request: Request) -> Response:
    """GET /papers/batch/<id>.zip : made while it is taken, once. One that is cancelled ends in the middle."""
    from reports.term_batch import batch_pieces

    if request.method != "GET":
        return show(request, "not_found.html", 404)
    batch_id, desk = request.path_params["batch_id"], desk_of(request.state.session)
    await note_activity(request)
    pieces = batch_pieces(desk, batch_id)
    try:
        first = await run_in_threadpool(next, pieces)
    except (Refused, BatchEnded):
        return show(request, "not_found.html", 404)
    return InPieces(first, pieces, "terminens-rapporter.zip")


async def blank_pdf(request: Request) -> Response:
    """GET /papers/blank/<instrument>.pdf?language=sv|en : what stands in this person's library, as it stands there"""
    from reports.paper.blank_form import blank_form

    name, reader = request.path_params["instrument"], request.state.session.staff
    await note_activity(request)
    try:
        paper = await run_in_threadpool(blank_form, library.instrument_for(reader, name), _language(request))
    except NotAsked:
        return show(request, "not_found.html", 404)
    return _pdf(paper, f"{name}.pdf")


async def slips_pdf(request: Request) -> Response:
    """POST /papers/slips.pdf with each slip's `token` and `code`, in order: only whoever has just made them knows."""
    from reports.paper.slips import PaperSlip, render_slips

    posted, desk = await lists_of(request), desk_of(request.state.session)
    await note_activity(request)
    ways = list(zip(posted.get("token", ()), posted.get("code", ()), strict=False))
    try:
        found = await run_in_threadpool(slips.read_slips, desk, ways)
    except (Refused, slips.NothingToPrint):
        return show(request, "not_found.html", 404)
    url = settings().public_url
    papers = [
        PaperSlip(each.name, f"{url}/s/{each.token}", each.code, f"{url}/s", each.held_on, each.until) for each in found
    ]
    return _pdf(await run_in_threadpool(render_slips, papers, desk.now, _language(request)), "lappar.pdf")


def _language(request: Request) -> Language:
    """As the address says, else as the person who is signed in reads."""
    for wanted in (request.query_params.get("language"), request.state.session.staff.language):
        if is_language(wanted):
            return wanted
    return "sv"


def _pdf(paper: bytes, name: str) -> Response:
    """The name says nothing about anybody: it ends up in a downloads folder."""
    headers = {"content-disposition": f'inline; filename="{name}"', "content-security-policy": PAPER_POLICY}
    return Response(paper, media_type="application/pdf", headers=headers)
