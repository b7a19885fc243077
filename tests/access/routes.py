"""Every route of the front door: who is let in. test_routes.py finds one that is missing here."""

from enum import Enum

from conversation_models.services.access import Right


class Key(Enum):
    """What opens a route, besides rights of the table in rights.py."""

    NONE = "nobody needs anything: it holds nothing of anybody"
    SESSION = "whoever is signed in"
    OWN_PASSWORD = "whoever is signed in, also those who must choose a password first"
    LINK = "whoever holds the invitation: its link, or a pass on the device"
    ANSWER = "the link or pass for the student's own answers; HOLD_TALKS for a talk"


ROUTES: dict[tuple[str, str], Key | Right] = {
    ("/sign-in", "GET"): Key.NONE,
    ("/sign-in", "POST"): Key.NONE,
    ("/sign-in/again", "POST"): Key.NONE,
    ("/sign-out", "POST"): Key.NONE,
    ("/setup", "GET"): Key.NONE,
    ("/setup", "POST"): Key.NONE,
    ("/hand-over", "POST"): Key.SESSION,
    ("/session", "GET"): Key.SESSION,
    ("/session/stay", "POST"): Key.SESSION,
    ("/password", "GET"): Key.OWN_PASSWORD,
    ("/password", "POST"): Key.OWN_PASSWORD,
    ("/s", "GET"): Key.NONE,
    ("/s", "POST"): Key.NONE,
    ("/s/leave", "POST"): Key.NONE,
    ("/s/handed-back", "GET"): Key.NONE,
    ("/s/{key}", "GET"): Key.LINK,
    ("/s/{key}", "POST"): Key.LINK,
    ("/s/{key}/sent", "GET"): Key.LINK,
    ("/s/{key}/words", "GET"): Key.LINK,
    ("/s/{key}/adult", "GET"): Key.LINK,
    ("/s/{key}/adult", "POST"): Key.LINK,
    ("/answers/{key}/{instrument}/{item}", "PUT"): Key.ANSWER,
    ("/papers/talk/{talk_id}.pdf", "GET"): Right.SEE_TALKS,
    ("/papers/student/{student_id}.pdf", "GET"): Right.SEE_TALKS,
    ("/papers/caseload.pdf", "GET"): Right.SEE_TALKS,
    ("/papers/batch/{batch_id}.zip", "GET"): Key.SESSION,
    ("/papers/report/{report_id}.pdf", "GET"): Right.SEE_TALKS,
    ("/papers/blank/{instrument}.pdf", "GET"): Key.SESSION,
    ("/papers/slips.pdf", "POST"): Key.SESSION,
    ("/exports/answers", "GET"): Right.SEE_TALKS,
    ("/exports/answers", "POST"): Right.SEE_TALKS,
    ("/exports/student/{student_id}", "GET"): Right.SEE_TALKS,
    ("/exports/student/{student_id}", "POST"): Right.SEE_TALKS,
    ("/exports/fhir/{student_id}", "GET"): Right.SEE_TALKS,
    ("/exports/fhir/{student_id}", "POST"): Right.SEE_TALKS,
    ("/healthz", "GET"): Key.NONE,
    ("/form.css", "GET"): Key.NONE,
    ("/form.js", "GET"): Key.NONE,
    ("/favicon.svg", "GET"): Key.NONE,
    ("/favicon.png", "GET"): Key.SESSION,
    ("/look/{digest}/{name}", "GET"): Key.NONE,
    ("/", "GET"): Key.SESSION,
    ("/{page:page_name}", "GET"): Key.SESSION,
    ("/{path:elsewhere}", "GET"): Key.SESSION,
    ("/{path:elsewhere}", "POST"): Key.SESSION,
    ("/{path:elsewhere}", "PUT"): Key.SESSION,
    ("/{path:elsewhere}", "DELETE"): Key.SESSION,
    ("/{path:elsewhere}", "PATCH"): Key.SESSION,
}
# Addresses that are Streamlit's own, as files and widgets of the screens ask for them. All of them need a session;
# the first three are shut to everybody. test_running.py asks the installed Streamlit for its whole list.
SHUT = ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check")
STREAMLITS = (
    *SHUT,
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/upload_file/a/b",
    "/_stcore/bidi-components/a/b.js",
    "/component/a/b.html",
    "/media/0123456789abcdef.pdf",
    "/app/static/a.txt",
    "/oauth2callback",
    "/auth/login",
)
PLACES = {"batch_id": "x", "instrument": "development_survey", "item": "bring_up", "digest": "x", "name": "student.css"}
