"""PUT /answers/{key}/{instrument}/{item}: one answer saved, acknowledged after COMMIT. See docs/saving-an-answer.md."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from conversation_models.domain.answer import Change, Conflict, Manner, Place, Respondent, Saved
from conversation_models.domain.staff import StaffSession
from conversation_models.services import conduct, rate
from conversation_models.services.access import Desk, Refused, now
from conversation_models.services.asked import NotAsked
from conversation_models.services.house import current_store
from conversation_models.services.rate import RateClosed, UnknownLink
from forms.said import say_refusal
from front_door.pages import language_of
from front_door.posted import TooLarge, json_of
from front_door.sessions import is_our_script, note_activity, session_of
from front_door.student_cookie import NoPass, held_by
from instruments.errors import AnswerError
from translations import Language

TALK_ID = re.compile(r"[0-9a-f]{32}")
Outcome = Saved | Conflict


async def save_answer(request: Request) -> Response:
    key, instrument, item = (request.path_params[name] for name in ("key", "instrument", "item"))
    try:
        posted = await json_of(request)
        change = _read_change(posted)
        if TALK_ID.fullmatch(key):
            return await _save_for_staff(request, _read_place(key, instrument, item, posted), change)
        return _say(await run_in_threadpool(_save_for_student, request, key, (instrument, item), change))
    except TooLarge:
        return JSONResponse({"code": "too_large"}, 413)
    except (UnknownLink, NotAsked):
        return JSONResponse({"code": "unknown"}, 404)
    except NoPass:
        return JSONResponse({"code": "code"}, 401)
    except RateClosed as closed:
        return JSONResponse({"code": closed.code}, 410)
    except AnswerError as error:
        said = _sentence(error, language_of(request))
        return JSONResponse({"code": error.code, "message": said}, 422)


def _save_for_student(request: Request, key: str, spot: tuple[str, str], change: Change) -> Outcome:
    at = now()
    return rate.save(current_store(), held_by(request, key, at), *spot, change, at)


async def _save_for_staff(request: Request, place: Place, change: Change) -> Response:
    """Saving is something a person did, so it moves the idle limit."""
    session = await session_of(request)
    if session is None:
        return JSONResponse({"code": "sign_in"}, 401)
    if not is_our_script(request):
        return JSONResponse({"code": "foreign_origin"}, 403)
    if session.staff.must_change_password:  # the guard stops those everywhere else; students come this way too
        return JSONResponse({"code": "refused"}, 403)
    try:
        outcome = await run_in_threadpool(_save_at_desk, session, place, change, now())
    except Refused:
        return JSONResponse({"code": "refused"}, 403)
    except conduct.TalkRefused:
        return JSONResponse({"code": "closed"}, 410)
    await note_activity(request)
    return _say(outcome)


def _save_at_desk(session: StaffSession, place: Place, change: Change, at: datetime) -> Outcome:
    return conduct.save_in_talk(Desk(current_store(), session.staff, at), place, change)


def _read_change(posted: Mapping[str, Any]) -> Change:
    """Raises AnswerError; whether client and numbers are sound is for the service to say."""
    if "value" not in posted:
        raise AnswerError("not_a_change")
    told = (posted.get("client", ""), posted.get("sequence", 0), posted.get("version", 0))
    return Change(posted["value"], *told)


def _read_place(talk_id: str, instrument: str, item: str, posted: Mapping[str, Any]) -> Place:
    """Raises AnswerError for a respondent or a manner that there is not."""
    try:
        respondent = Respondent(posted.get("respondent", Respondent.STUDENT))
        return Place(talk_id, instrument, item, respondent, Manner(posted.get("manner", Manner.TOGETHER)))
    except ValueError as error:
        raise AnswerError("not_a_change") from error


def _say(outcome: Outcome) -> Response:
    if isinstance(outcome, Conflict):
        return JSONResponse({"version": outcome.version, "value": outcome.value}, 409)
    return JSONResponse({"version": outcome.version, "saved_at": outcome.saved_at.isoformat()})


def _sentence(error: AnswerError, language: Language) -> str:
    """A broken request is a fault of the program that sent it, and has no sentence for a person."""
    return "" if error.code == "not_a_change" else say_refusal(error.code, error.values, language)
