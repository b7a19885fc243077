"""The plain pages: Jinja templates with autoescape, said in the language that was chosen on the page."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from front_door.assets import asset_path
from front_door.settings import LOOPBACK, settings
from translations import LANGUAGES, NAMES, Language, is_language, words

TEMPLATES = Path(__file__).parent / "templates"
_MAKING = Lock()
LANGUAGE_COOKIE = "language"
YEAR = 365 * 24 * 3600


def _templates() -> Environment:
    """All are made once, however many threads want one first."""
    with _MAKING:
        return _all_templates()


@cache
def _all_templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in made.list_templates(["html"]):
        made.get_template(name)
    return made


def language_of(request: Request, offered: Sequence[Language] = LANGUAGES) -> Language:
    """Of those offered: what was chosen on the page, then what was chosen before, then what the browser prefers."""
    preferred = (
        part.split(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    )
    for wanted in (request.query_params.get("language"), request.cookies.get(LANGUAGE_COOKIE), *preferred):
        if is_language(wanted) and wanted in offered:
            return wanted
    return offered[0]


def show(
    request: Request, template: str, status: int = 200, offered: Sequence[Language] = LANGUAGES, **values: Any
) -> HTMLResponse:
    language = language_of(request, offered)
    html = (
        _templates()
        .get_template(template)
        .render(
            _=words(language),
            language=language,
            others={other: NAMES[other] for other in offered if other != language},
            asset=asset_path,
            day=day_sayer(language),
            unprotected=is_unprotected(request),
            **values,
        )
    )
    response = HTMLResponse(html, status, headers={"content-language": language})
    if is_language(request.query_params.get("language")):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, secure=settings().secure, samesite="lax")
    return response


def day_sayer(language: Language) -> Callable[[date], str]:
    return lambda day: format_date(day, "d MMMM y", locale="sv_SE" if language == "sv" else "en_GB")


def is_unprotected(request: Request) -> bool:
    """Plain http over a network: anybody on it could read along, and the page says so."""
    host = request.headers.get("host", "").lower()
    return not settings().secure and not host.startswith(LOOPBACK)
