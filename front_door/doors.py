"""All routes and the middleware around them, in the order in which a request meets them."""

from collections.abc import Awaitable, Callable

from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from front_door import exports, health, papers, staff, student, student_wishes, student_words
from front_door.answers import save_answer
from front_door.assets import serve_asset
from front_door.guard import Guard
from front_door.headers import Headers
from front_door.last_resort import LastResort
from front_door.pages import show
from front_door.screens import Shelf, show_screens

Endpoint = Callable[[Request], Response | Awaitable[Response]]


class PageName(Convertor[str]):
    """The address of a staff page: one segment; st.navigation knows no deeper ones."""

    regex = "[a-z0-9-]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class Elsewhere(PageName):
    """Everything that is neither ours nor Streamlit's: without this Streamlit would answer 200 with its own page."""

    regex = "(?!_stcore/|media/|component/|static/).*"


register_url_convertor("page_name", PageName())
register_url_convertor("elsewhere", Elsewhere())


# Tried in this order before any other.
SAVING = (
    Route("/answers/{key}/{instrument}/{item}", save_answer, methods=["PUT"]),
    Route("/s/leave", student.forget_device, methods=["POST"]),
    Route("/s/{key}", student.take_form, methods=["POST"]),
)


class SavingFirst:
    """ASGI middleware: an answer, or a whole form, meets neither thirty routes nor what Streamlit lays around its own.

    It comes behind the guard. A class of thirty saves at once, and each layer costs as much as a query.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("PUT", "POST"):
            for route in SAVING:
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    await route.handle(scope, receive, send)
                    return
        await self.app(scope, receive, send)


def routes() -> list[BaseRoute]:
    return [
        *_pair("/sign-in", staff.sign_in_page, staff.let_in),
        Route("/sign-in/again", staff.let_in_again, methods=["POST"]),
        Route("/sign-out", staff.let_out, methods=["POST"]),
        Route("/hand-over", staff.hand_over, methods=["POST"]),
        Route("/session", staff.session_left),
        Route("/session/stay", staff.stay, methods=["POST"]),
        *_pair("/password", staff.password_page, staff.change_password),
        *_pair("/setup", staff.setup_page, staff.set_up),
        *_pair("/s", student.code_page, student.take_code),
        Route("/s/handed-back", student.handed_back_page),
        Route("/s/{key}/words", student_words.words_page),
        *_pair("/s/{key}/adult", student_wishes.adult_page, student_wishes.take_wish),
        Route("/s/{key}", student.form_page),
        Route("/s/{key}/sent", student.receipt_page),
        *SAVING,
        Route("/papers/talk/{talk_id}.pdf", papers.talk_pdf),
        Route("/papers/student/{student_id}.pdf", papers.student_pdf),
        Route("/papers/caseload.pdf", papers.caseload_pdf),
        Route("/papers/batch/{batch_id}.zip", papers.batch_zip),
        Route("/papers/report/{report_id}.pdf", papers.report_pdf),
        Route("/papers/blank/{instrument}.pdf", papers.blank_pdf),
        Route("/papers/slips.pdf", papers.slips_pdf, methods=["POST"]),
        *_pair("/exports/answers", exports.answers_page, exports.answers_taken),
        *_pair("/exports/student/{student_id}", exports.extract_page, exports.extract_taken),
        *_pair("/exports/fhir/{student_id}", exports.fhir_page, exports.fhir_taken),
        Route("/healthz", health.healthz),
        Route("/form.css", serve_asset),
        Route("/form.js", serve_asset),
        Route("/favicon.svg", serve_asset),
        Route("/favicon.png", lambda _: RedirectResponse("/favicon.svg", 308)),  # Streamlit asks for this one
        Route("/look/{digest}/{name}", serve_asset),
        Route("/", show_screens),
        Route("/{page:page_name}", show_screens),
        Route("/{path:elsewhere}", not_found, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
    ]


def middleware() -> list[Middleware]:
    return [Middleware(Headers), Middleware(LastResort), Middleware(Guard), Middleware(SavingFirst), Middleware(Shelf)]


def not_found(request: Request) -> Response:
    return show(request, "not_found.html", 404)


def _pair(path: str, show_it: Endpoint, take_it: Endpoint) -> list[BaseRoute]:
    return [Route(path, show_it), Route(path, take_it, methods=["POST"])]
