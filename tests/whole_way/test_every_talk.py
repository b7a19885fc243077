"""Every kind of talk on a tablet, from the choice of it to its PDF: something is written in each phase, and printed.

The pictures of each talk are kept in build/whole_way, to be looked at.
"""

import io
import re
from collections.abc import Iterator

import httpx
import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from benchmarks.browser import tablet
from benchmarks.serving import ROOT, Serving, fictional_school
from conversation_models.models import Phase, TalkModel, load_models
from tests.whole_way.test_development_talk import SLOW, main, settle

PICTURES = ROOT / "build" / "whole_way"
FIELDS = "textarea:visible:enabled, input[type=text]:visible:enabled"
CHOICES = "input[type=radio]:enabled:not(:checked)"
STEPS = 4


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with fictional_school(tmp_path_factory.mktemp("every_talk") / "data") as serving:
        yield serving


@pytest.mark.browser
@pytest.mark.parametrize("model", load_models().values(), ids=lambda model: model.id)
def test_a_talk_goes_from_its_choice_to_its_paper(browser: Browser, school: Serving, model: TalkModel) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    context = tablet(browser)
    page = sign_in(context, school, "mentor" if model.level == "m" else "counsellor")
    prepare(page, model)
    written = [word for phase in model.phases for word in go_through(page, model, phase)]
    assert written, "something can be written in every talk"
    printed = close_and_print(page, context, school, model)
    assert [word for word in written if word not in printed] == []
    context.close()


def sign_in(context: BrowserContext, school: Serving, role: str) -> Page:
    page = context.new_page()
    member = next(each for each in school.about["staff"] if each["role"] == role)
    page.goto(f"{school.url}/sign-in")
    page.locator("input[name=username]").fill(member["username"])
    page.locator("input[name=password]").fill(member["password"])
    page.locator("form button[type=submit]").first.click()
    settle(page, "Idag")
    return page


def prepare(page: Page, model: TalkModel) -> None:
    page.get_by_role("link", name="Elever").first.click()
    settle(page, "Elever")
    main(page).get_by_role("link", name=re.compile(" · ")).first.click()
    main(page).get_by_role("link", name="Förbered ett samtal").click()
    settle(page, re.compile("Förbered ett samtal med"))
    kind = page.get_by_role("combobox", name="Vilket samtal?")
    if kind.input_value() != model.title.sv:
        kind.focus()
        kind.fill(model.title.sv)
        page.get_by_role("option", name=model.title.sv, exact=True).click()
    expect(main(page).get_by_text(model.purpose.sv)).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("spinbutton", name="Minuter")).to_have_value(str(model.minutes), timeout=SLOW)
    page.wait_for_timeout(500)
    main(page).get_by_role("button", name="Spara").click()
    settle(page, re.compile("Förbered samtalet med"))
    main(page).get_by_role("button", name="Börja samtalet").click()
    settle(page, model.phases[0].title.sv)


def go_through(page: Page, model: TalkModel, phase: Phase) -> list[str]:
    """Goes to the phase and answers the first things it asks, each once it is saved; returns the words written."""
    button = main(page).get_by_role("button", name=re.compile(rf"^{re.escape(phase.title.sv)}( \(här\))?$")).first
    button.click()
    settle(page, phase.title.sv)
    page.wait_for_timeout(500)
    written = []
    for step in range(STEPS):
        word = f"{model.id.capitalize().replace('_', '')}{phase.id.replace('_', '')}{step}"
        if write_in(page, main(page).locator(FIELDS), word):
            written.append(word)
        else:
            choose_in(page, main(page).locator(CHOICES))
        following = main(page).get_by_role("button", name="Nästa", exact=True)
        if following.count() == 0 or not following.first.is_enabled():
            break
        following.first.click()
        page.wait_for_timeout(200)
    page.screenshot(path=PICTURES / f"{model.id}-{phase.id}.png")
    return written


def write_in(page: Page, fields: Locator, word: str) -> bool:
    """In the first empty one."""
    for field in fields.all():
        if not field.input_value():
            field.fill(word)
            until_saved(page)
            return True
    return False


def choose_in(page: Page, choices: Locator) -> None:
    for choice in choices.all():
        if choice.is_visible():
            choice.check()
            until_saved(page)
            return


def until_saved(page: Page) -> None:
    saved = main(page).get_by_role("status").filter(has_text="Sparat", visible=True).first
    expect(saved).to_be_visible(timeout=SLOW)
    page.wait_for_timeout(700)


def close_and_print(page: Page, context: BrowserContext, school: Serving, model: TalkModel) -> str:
    main(page).get_by_role("link", name="Avsluta samtalet").click()
    settle(page, re.compile("Avsluta samtalet med"))
    main(page).get_by_text("Vi är klara, avsluta samtalet").click()
    main(page).get_by_role("button", name="Avsluta samtalet").click()
    expect(main(page).get_by_text("Samtalet är avslutat.").first).to_be_visible(timeout=SLOW)
    page.screenshot(path=PICTURES / f"{model.id}-closed.png", full_page=True)
    paper = main(page).locator("a[href*='/papers/talk/'][href*='school']").first.get_attribute("href")
    assert paper is not None
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    address = paper if paper.startswith("http") else school.url + paper
    reply = httpx.get(address, cookies=cookies, timeout=SLOW / 1000)
    assert reply.headers["content-type"] == "application/pdf"
    (PICTURES / f"{model.id}.pdf").write_bytes(reply.content)
    return "".join("".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(reply.content)).pages)
