"""Headers on every answer, whatever it is."""

import base64
import hashlib

import pytest

from front_door import headers, settings
from front_door.screens import screens_page
from tests.front_door.conftest import PAGE

ANSWERS = [
    "/sign-in",
    "/s",
    "/s/unknown",
    "/students",
    "/media/x",
    "/healthz",
    "/form.js",
    "/favicon.svg",
    "/static/x.js",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_the_headers(client, path):
    answer = client.get(path, headers=PAGE)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", ["/sign-in", "/s", "/s/unknown", "/students", "/healthz"])
def test_what_concerns_somebody_is_kept_by_no_cache(client, path):
    assert client.get(path).headers["cache-control"] == "no-store"


def test_a_screen_may_run_exactly_the_script_that_lies_in_the_installed_page(signed_in):
    answer = signed_in("alva").get("/students")
    script = headers.INLINE_SCRIPT.search(answer.text)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert f"'sha256-{digest}'" in scripts
    assert "unsafe" not in scripts


def test_a_screen_says_which_language_it_is_in():
    page = screens_page("sv")
    assert '<html lang="sv">' in page
    assert "Personalens sidor behöver JavaScript" in page
    assert "agent/openapi" not in page


def test_https_is_remembered_and_the_cookie_kept_to_it(client, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://samtal.example.se")
    settings.settings.cache_clear()
    home = {"host": "samtal.example.se", "origin": "https://samtal.example.se"}
    assert "max-age=31536000" in client.get("/sign-in", headers=home).headers["strict-transport-security"]
    from tests.conversation_models.cast import PASSWORD

    given = client.post("/sign-in", data={"username": "alva", "password": PASSWORD}, headers=home).headers["set-cookie"]
    assert given.startswith("__Host-samtal=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in given.split(";")}
