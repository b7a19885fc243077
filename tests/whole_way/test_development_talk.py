"""One student, two development talks: invited, answered on a phone, held on a tablet, agreed, closed, printed, seen.

The pictures of each step are kept in build/whole_way, to be looked at.
"""

import io
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.browser import phone, tablet
from benchmarks.serving import ROOT, Serving, fictional_school

PICTURES = ROOT / "build" / "whole_way"
FIRST = {
    "workload": "red", "content": "yellow", "peers": "orange", "cooperation": "green", "leisure": "red",
    "study_plan": "orange", "guidance": "yellow", "staff": "green", "purpose": "yellow", "health": "declined",
}  # fmt: skip
SECOND = FIRST | {"workload": "yellow", "study_plan": "green", "health": "orange"}
BRING_UP = "Jag vill byta plats i klassrummet."
DECISION = "Vi börjar med tre ämnen efter lovet."
SLOW = 30_000


class Camera:
    """Numbers the pictures in the order in which they are taken."""

    def __init__(self) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for old in PICTURES.glob("*.png"):
            old.unlink()
        self._numbers = count(1)

    def take(self, page: Page, name: str) -> None:
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{next(self._numbers):02}-{name}.png", full_page=True)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Serving]:
    with fictional_school(tmp_path / "data") as serving:
        yield serving


@pytest.mark.browser
def test_a_student_and_a_mentor_go_the_whole_way_twice(browser: Browser, school: Serving) -> None:
    camera = Camera()
    mentor = tablet(browser)
    page = sign_in(mentor, school)
    add_student(page, camera)

    link = prepare_and_invite(page, camera)
    answer_on_phone(browser, link, FIRST, (4, 3), camera)
    hold_talk(page, camera, DECISION)
    first_paper = close_and_print(page, mentor, school, camera)
    assert DECISION in first_paper
    assert BRING_UP in first_paper

    open_student(page)
    link = prepare_and_invite(page, camera)
    answer_on_phone(browser, link, SECOND, (7, 6), camera)
    begin_talk(page)
    expect(main(page).get_by_text(DECISION)).to_be_visible(timeout=SLOW)
    camera.take(page, "second-talk-opens-on-what-was-agreed")
    close(page)

    look_back(page, camera)
    mentor.close()


def main(page: Page) -> Any:
    return page.get_by_test_id("stMain")


def settle(page: Page, heading: str | re.Pattern[str]) -> None:
    expect(main(page).get_by_role("heading", name=heading).first).to_be_visible(timeout=SLOW)


def sign_in(context: BrowserContext, school: Serving) -> Page:
    page = context.new_page()
    mentor = school.about["staff"][0]
    page.goto(f"{school.url}/sign-in")
    page.locator("input[name=username]").fill(mentor["username"])
    page.locator("input[name=password]").fill(mentor["password"])
    page.locator("main button[type=submit], form button[type=submit]").first.click()
    settle(page, "Idag")
    return page


def add_student(page: Page, camera: Camera) -> None:
    page.get_by_role("link", name="Elever").first.click()
    main(page).get_by_role("link", name="Lägg till en elev").click()
    settle(page, "Lägg till en elev")
    page.get_by_label("Förnamn").fill("Ruta")
    page.get_by_label("Efternamn").fill("Testfamilj")
    group = page.get_by_role("combobox", name="Grupp")
    group.focus()
    group.press_sequentially("IMA 1")
    page.get_by_role("option", name="IMA 1").wait_for()
    group.press("Enter")
    main(page).get_by_role("button", name="Spara").click()
    settle(page, "Ruta Testfamilj")
    camera.take(page, "new-student")


def open_student(page: Page) -> None:
    page.get_by_role("link", name="Elever").first.click()
    settle(page, "Elever")
    main(page).get_by_role("link", name=re.compile("Ruta Testfamilj")).click()
    settle(page, "Ruta Testfamilj")


def prepare_and_invite(page: Page, camera: Camera) -> str:
    main(page).get_by_role("link", name="Förbered ett samtal").click()
    settle(page, "Förbered ett samtal med Ruta")
    main(page).get_by_role("button", name="Spara").click()
    settle(page, "Förbered samtalet med Ruta")
    main(page).get_by_role("button", name="Bjud in eleven").click()
    link = main(page).get_by_text(re.compile(r"/s/[\w-]{43}$")).first
    expect(link).to_be_visible(timeout=SLOW)
    camera.take(page, "invitation")
    return str(link.inner_text()).strip()


def answer_on_phone(
    browser: Browser, link: str, colours: dict[str, str], numbers: tuple[int, int], camera: Camera
) -> None:
    context = phone(browser)
    page = context.new_page()
    page.goto(link)
    camera.take(page, "phone-first-row")
    following = page.get_by_role("button", name="Nästa")
    for row, colour in colours.items():
        page.locator(f"#development_survey-{row}-{colour}").check()
        following.click()
    page.locator("textarea").first.fill(BRING_UP)
    following.click()
    for name, number in zip(("priority", "ability"), numbers, strict=True):
        page.locator(f'input[name="priority_ability.{name}"][value="{number}"]').check()
        page.get_by_role("button", name=re.compile("Nästa|Läs igenom")).click()
    page.locator("input[name=reading][value=before]").check()
    camera.take(page, "phone-before-sending")
    page.get_by_role("button", name="Skicka till min mentor").click()
    expect(page.get_by_role("heading", name="Dina svar är skickade")).to_be_visible()
    camera.take(page, "phone-receipt")
    context.close()


def begin_talk(page: Page) -> None:
    page.reload()
    settle(page, "Förbered samtalet med Ruta")
    main(page).get_by_role("button", name="Börja samtalet").click()
    settle(page, "Vi börjar")


def hold_talk(page: Page, camera: Camera, decision: str) -> None:
    begin_talk(page)
    notes = main(page).get_by_label("Mina anteckningar")
    notes.fill("Vi började med bilden som blev klar.")
    expect(main(page).get_by_role("status").filter(has_text="Sparat").first).to_be_visible(timeout=SLOW)
    camera.take(page, "talk-opening")
    go_to(page, "Så här har du det")
    camera.take(page, "talk-survey")
    go_to(page, "Nu och framåt")
    camera.take(page, "talk-numbers")
    go_to(page, "Vi kommer överens")
    step_to(page, "Vad vi bestämmer")
    main(page).locator("textarea:visible").first.fill(decision)
    expect(main(page).get_by_role("status").filter(has_text="Sparat").first).to_be_visible(timeout=SLOW)
    camera.take(page, "talk-agreement")
    go_to(page, "Vi läser upp")
    expect(main(page).get_by_text(decision)).to_be_visible(timeout=SLOW)
    main(page).get_by_label("Ja, så här har vi bestämt").check()
    camera.take(page, "talk-reading-back")


def go_to(page: Page, phase: str) -> None:
    main(page).get_by_role("button", name=phase).first.click()
    settle(page, phase)
    page.wait_for_timeout(500)


def step_to(page: Page, label: str) -> None:
    """Goes on, row by row, until the one with this label stands on the screen."""
    for _ in range(20):
        if main(page).get_by_text(label, exact=True).first.is_visible():
            return
        main(page).get_by_role("button", name="Nästa").click()
        page.wait_for_timeout(150)
    raise AssertionError(label)


def close(page: Page) -> None:
    go_to(page, "Vi läser upp")
    main(page).get_by_role("link", name="Avsluta samtalet").click()
    settle(page, "Avsluta samtalet med Ruta")
    main(page).get_by_text("Vi är klara, avsluta samtalet").click()
    main(page).get_by_role("button", name="Avsluta samtalet").click()
    expect(main(page).get_by_text("Samtalet är avslutat.").first).to_be_visible(timeout=SLOW)


def close_and_print(page: Page, context: BrowserContext, school: Serving, camera: Camera) -> str:
    """Closes the talk; returns the words of its paper, which only a signed-in person of the right gets."""
    close(page)
    camera.take(page, "talk-closed")
    paper = main(page).locator("a[href*='/papers/talk/']").first.get_attribute("href")
    assert paper is not None
    address = paper if paper.startswith("http") else school.url + paper
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    reply = httpx.get(address, cookies=cookies, timeout=SLOW / 1000)
    assert reply.headers["content-type"] == "application/pdf"
    assert httpx.get(address).status_code in (401, 404)
    (PICTURES / "paper.pdf").write_bytes(reply.content)
    return " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(reply.content)).pages)


def look_back(page: Page, camera: Camera) -> None:
    open_student(page)
    main(page).get_by_role("link", name="Se tillbaka över tid").click()
    settle(page, re.compile("Ruta"))
    expect(main(page).locator(".js-plotly-plot").first).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(1_500)
    camera.take(page, "looking-back")
    tables = main(page).get_by_role("table").all()
    seen = "\n".join(each.inner_text() for each in (main(page), *tables))
    for words in ("för mycket", "på gränsen", "vet inte"):
        assert words in seen.lower()
    assert not re.search(r"Grupp [ABCD]\b", seen)
