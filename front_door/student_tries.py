"""The page on which a student tells a try, the same day: one form, saved when it is sent, never shown again."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from conversation_models.services import rate, tries
from conversation_models.services.house import current_store
from forms.read import read_form
from forms.render import Fill, Setting, render_form
from forms.said import say_refusal
from front_door.assets import read_asset
from front_door.headers import policy_with
from front_door.pages import language_of, show
from instruments.answers import check
from instruments.errors import AnswerError
from instruments.items import ChoiceItem, Item, Option
from instruments.model import Instrument, Section, Source
from instruments.text import Text
from translations import words

WHICH, NEW_STEP = "which", tries.STEP
ASKS_WHICH = Text(sv="Vilket steg provade du?", en="Which step did you try?")
OR_ANOTHER = Text(sv="Var det något annat? Skriv vad.", en="Was it something else? Write what.")
LOWEST = 10**9


@dataclass(frozen=True)
class Telling:
    """What the page shows: nothing at first; what was posted, when it could not be taken, with the reason."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    day: str = ""
    number: int = 0
    empty: bool = False


def tries_page(request: Request, entry: rate.Entry, at: datetime) -> Response:
    if entry.closed is not None:
        return show(request, "student_tries_end.html", why=entry.closed, entry=entry)
    return _show(request, entry, Telling(), at)


def told_page(request: Request, entry: rate.Entry) -> Response:
    """A receipt, and nothing of what was told: somebody else may hold the phone next."""
    return show(request, "student_tried.html", entry=entry, key=request.path_params["key"])


def take_try(request: Request, entry: rate.Entry, posted: Mapping[str, Sequence[str]], at: datetime) -> Response:
    steps = tries.known_steps(current_store(), entry)
    instrument = _asked(entry, steps)
    values = {item: value for (_name, item), value in read_form([instrument], posted).items()}
    language, days = language_of(request), tries.days_to_tell(at)
    day = next(iter(posted.get("day", ())), "")
    on = next((each for each in days if each.isoformat() == day), days[0])
    telling = Telling(values, day=on.isoformat(), number=_number(posted))
    try:
        told = tries.Try(telling.number, on, _cells(instrument, values, steps))
        tries.tell_try(current_store(), entry, told, at)
    except _Refused as refused:
        said = {item: say_refusal(error.code, error.values, language) for item, error in refused.errors.items()}
        return _show(request, entry, Telling(values, said, telling.day, telling.number), at, 422)
    except AnswerError as error:
        said = {NEW_STEP: say_refusal(error.code, error.values, language)}
        return _show(request, entry, Telling(values, said, telling.day, telling.number), at, 422)
    except tries.NothingTried:
        return _show(request, entry, Telling(values, day=telling.day, number=telling.number, empty=True), at, 422)
    except rate.RateClosed as closed:
        return show(request, "student_tries_end.html", 410, why=closed.code, entry=entry)
    return RedirectResponse(f"/s/{request.path_params['key']}/sent", 303)


class _Refused(Exception):
    """Some values do not fit."""

    code = "refused"

    def __init__(self, errors: Mapping[str, AnswerError]) -> None:
        super().__init__(sorted(errors))
        self.errors = dict(errors)


def _cells(instrument: Instrument, values: Mapping[str, Any], steps: Sequence[str]) -> dict[str, Any]:
    """By column of the ladder's table. A chosen step stands there in its words, unless others are written."""
    cells, errors = {}, {}
    for item in instrument.items():
        try:
            cells[item.id] = check(item, values.get(item.id))
        except AnswerError as error:
            errors[item.id] = error
    if errors:
        raise _Refused(errors)
    chosen = cells.pop(WHICH, None)
    if chosen and not cells[NEW_STEP]:
        cells[NEW_STEP] = steps[int(str(chosen).rpartition("_")[2]) - 1]
    return {column: value for column, value in cells.items() if value not in (None, False)}


def _asked(entry: rate.Entry, steps: Sequence[str]) -> Instrument:
    """The columns of the ladder's own table as questions; the day is asked beside them."""
    table = tries.table_of(entry.talk.editions.get(tries.LADDER))
    columns: list[Item] = [each for each in table.columns if each.id != tries.DAY]
    asked: list[Item] = [each.model_copy(update={"may_decline": False}) for each in columns]
    if len(steps) > 1:
        asked[0] = asked[0].model_copy(update={"label": OR_ANOTHER})
        options = tuple(Option(id=f"step_{n}", text=Text(sv=step, en=step)) for n, step in enumerate(steps, 1))
        asked.insert(0, ChoiceItem(id=WHICH, label=ASKS_WHICH, options=options, may_decline=False))
    return Instrument(
        id="tried",
        edition=1,
        level="e",
        source=Source(name="Jagmed Samtal"),
        title=table.label,
        short=table.label,
        intro=table.label,
        respondents=("student",),
        minutes=1,
        sections=(Section(id="try", title=table.label, help=table.help, items=tuple(asked)),),
    )


def _show(request: Request, entry: rate.Entry, telling: Telling, at: datetime, status: int = 200) -> Response:
    _ = words(language := language_of(request))
    instrument = _asked(entry, tries.known_steps(current_store(), entry))
    fill = Fill(values=telling.values, errors=telling.errors)
    today, before = tries.days_to_tell(at)
    style = read_asset("student-more.css").plain.decode()
    page = show(
        request,
        "student_tries.html",
        status,
        entry=entry,
        key=request.path_params["key"],
        fragments=[render_form(instrument, fill, Setting(language, title=False))],
        days=((today, _("Today")), (before, _("Yesterday"))),
        chosen=date.fromisoformat(telling.day) if telling.day else today,
        number=telling.number or LOWEST + secrets.randbelow(9 * LOWEST),
        failed=bool(telling.errors),
        empty=telling.empty,
        look="student-more",
        style=style,
    )
    page.headers["content-security-policy"] = policy_with(style)
    return page


def _number(posted: Mapping[str, Sequence[str]]) -> int:
    """The page's own; a new one when the post says something else."""
    said = next(iter(posted.get("number", ())), "")
    known = len(said) == 10 and said.isascii() and said.isdigit() and not said.startswith("0")
    return int(said) if known else LOWEST + secrets.randbelow(9 * LOWEST)
