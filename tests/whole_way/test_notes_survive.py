"""A note typed into the talk's screen, without leaving the field, outlives the server."""

import signal
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import sign_in, tablet
from benchmarks.serving import Serving, fictional_school, free_port, started, stop, wait_for
from conversation_models.storage import answers
from conversation_models.storage.store import Store, open_store

NOTE = "Elevens ord: det är lättare på tisdagar."
SLOW = 30_000


def begin_talk(page: Page, school: Serving) -> str:
    """Begins the first invited student's talk; returns the talk's id."""
    page.goto(f"{school.url}/student?student={school.about['invitations'][0]['student']}")
    page.get_by_test_id("stMain").get_by_role("link", name="förberett").click()
    page.get_by_role("button", name="Börja samtalet").click()
    expect(page.get_by_role("heading", level=1, name="Vi börjar")).to_be_visible(timeout=SLOW)
    expect(notes(page)).to_be_visible(timeout=SLOW)
    return page.url.rsplit("talk=", 1)[1]


def notes(page: Page):
    return page.get_by_test_id("stMain").get_by_label("Mina anteckningar")


def stored_note(store: Store, talk_id: str) -> str | None:
    with store.reading() as unit:
        drafts = answers.drafts_of(unit, talk_id)
        found = [each.open(unit.cipher) for place, each in drafts.items() if place.item == "notes_opening"]
    return found[0] if found else None


def seconds_until_stored(store: Store, talk_id: str, words: str) -> float:
    begin = time.monotonic()
    while stored_note(store, talk_id) != words:
        assert time.monotonic() - begin < SLOW / 1000, stored_note(store, talk_id)
        time.sleep(0.02)
    return time.monotonic() - begin


@pytest.mark.browser
def test_a_note_is_on_the_server_while_the_field_has_focus_and_survives_a_kill(
    browser: Browser, tmp_path: Path
) -> None:
    data, port = tmp_path / "data", free_port()
    page = tablet(browser).new_page()
    with fictional_school(data, port=port) as school:
        mentor = school.about["staff"][0]
        sign_in(page, school.url, mentor["username"], mentor["password"])
        talk_id = begin_talk(page, school)
        store = open_store(data)
        notes(page).press_sequentially(NOTE, delay=5)
        print(f"on the server {seconds_until_stored(store, talk_id, NOTE):.2f} s after the last key")
        assert page.evaluate("document.activeElement.shadowRoot ? true : document.activeElement !== document.body")
        stop(school.process, signal.SIGKILL)
    serve = [sys.executable, "manage.py", "serve", "--port", str(port), "--data", str(data)]
    with started(serve):
        wait_for(f"http://localhost:{port}/healthz")
        page.reload()
        expect(notes(page)).to_have_value(NOTE, timeout=SLOW)
    store.close()
    page.context.close()
