"""The student's page on a phone, with Chromium: touch, saving, sending, hiding, and no barrier (axe)."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conversation_models.services import rate
from conversation_models.services.access import now

PHONE = {"width": 390, "height": 844}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
ELSEWHERE = re.compile(r"^https://www\.smhi\.se")


@pytest.fixture
def phone(browser, school):
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="sv-SE", base_url=school.server.url)
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    yield page
    context.close()


def require_no_barrier(page) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


def answer_all(page) -> None:
    for _ in range(page.locator("[data-item]").count()):
        row = page.locator("[data-item]:not([hidden])").first
        choice = row.locator("input[type=radio]").first
        choice.tap(force=True) if choice.count() else row.locator("textarea").fill("Jag vill prata om praktiken")
        page.locator("[data-do=next]").tap()


def test_from_the_link_to_the_receipt(phone, school):
    new, asked = school.invite(), []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"/s/{new.token}")
    phone.wait_for_load_state("networkidle")
    assert len(asked) <= 4
    require_no_barrier(phone)
    expect(phone.locator(".jagmed-form.dock")).not_to_be_in_viewport()  # no "next" before the first question is seen
    phone.locator("#development_survey-workload-green").tap(force=True)
    expect(phone.get_by_role("status")).to_be_in_viewport()
    expect(phone.get_by_role("status")).to_contain_text("Sparat")
    answer_all(phone)
    expect(phone.get_by_role("status")).to_contain_text("Sparat")
    require_no_barrier(phone)
    phone.get_by_role("button", name="Skicka till min mentor").tap()
    assert not phone.evaluate("document.querySelector('[name=reading]').validity.valid")
    phone.get_by_label("Vi öppnar det tillsammans").check()
    phone.get_by_role("button", name="Skicka till min mentor").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("✓ Dina svar är skickade")
    require_no_barrier(phone)
    assert phone.troubles == []
    entry = rate.find_by_token(school.store, new.token, now())
    assert entry.talk.may_read_before is False
    shown = rate.Pass(new.invitation.id, "device", now())
    opened = rate.open_entry(school.store, rate.find_by_token(school.store, new.token, now(), shown))
    assert opened.values["development_survey", "bring_up"].value == "Jag vill prata om praktiken"
    assert len([draft for draft in opened.values.values() if draft.value is not None]) == 13


def test_what_is_chosen_before_the_script_is_there_is_saved(phone, school):
    new, held = school.invite(), []

    def hold(route):  # on its way for a long time
        held.append(route)

    phone.route("**/student.js", hold)
    phone.goto(f"/s/{new.token}", wait_until="commit")
    phone.locator("#development_survey-workload-green").tap(force=True)
    expect(phone.locator(".jagmed-form.dock")).to_have_count(0)
    held[0].continue_()
    expect(phone.get_by_role("status")).to_contain_text("Sparat")
    shown = rate.Pass(new.invitation.id, "device", now())
    opened = rate.open_entry(school.store, rate.find_by_token(school.store, new.token, now(), shown))
    assert opened.values["development_survey", "workload"].value["colour"] == "green"


def test_nothing_is_sent_that_is_not_saved(phone, school):
    new = school.invite()
    phone.goto(f"/s/{new.token}")
    answer_all(phone)
    expect(phone.get_by_role("status")).to_contain_text("Sparat")
    phone.get_by_role("button", name="Visa alla frågor").tap()
    phone.context.set_offline(True)
    phone.locator("textarea").fill("Skrivet utan nät")
    phone.get_by_label("Min mentor får läsa").check()
    phone.get_by_role("button", name="Skicka till min mentor").click()
    expect(phone.locator("#unsaved")).to_be_visible(timeout=8_000)
    assert rate.find_by_token(school.store, new.token, now()).invitation.sent_on is None
    phone.context.set_offline(False)
    phone.wait_for_url("**/sent", timeout=40_000)
    shown = rate.Pass(new.invitation.id, "device", now())
    opened = rate.open_entry(school.store, rate.find_by_token(school.store, new.token, now(), shown))
    assert opened.values["development_survey", "bring_up"].value == "Skrivet utan nät"


def test_the_page_is_hidden_in_a_blink_and_back_does_not_bring_it(phone, school):
    phone.context.route(ELSEWHERE, lambda route: route.fulfill(body="<title>SMHI</title>", content_type="text/html"))
    phone.goto("/s")
    phone.goto(f"/s/{school.invite().token}")
    phone.get_by_role("link", name="Göm sidan").tap()
    phone.wait_for_url(ELSEWHERE)
    phone.go_back()
    assert phone.url.endswith("/s")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", ["/sign-in", "/s", "/s/unknown"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_door_has_a_barrier(phone, path, language, scheme):
    phone.emulate_media(color_scheme=scheme)
    phone.goto(f"{path}?language={language}")
    require_no_barrier(phone)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_whole_form_at_once_has_no_barrier_either(phone, school, scheme):
    phone.emulate_media(color_scheme=scheme)
    phone.goto(f"/s/{school.invite().token}?language=en")
    phone.get_by_role("button", name="Show all questions").tap()
    require_no_barrier(phone)
    small = phone.evaluate("""() => [...document.querySelectorAll("a, button, main form label.choice")]
        .filter((one) => one.offsetParent && getComputedStyle(one).display !== "inline")
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)""")
    assert small == []


def test_it_works_without_javascript(browser, school):
    context = browser.new_context(viewport=PHONE, locale="sv-SE", base_url=school.server.url, java_script_enabled=False)
    page, new = context.new_page(), school.invite()
    page.goto(f"/s/{new.token}")
    page.locator("input[name='development_survey.workload'][value=red]").check(force=True)
    page.locator("textarea").fill("Utan skript")
    page.get_by_role("button", name="Spara och fortsätt senare").click()
    expect(page.get_by_text("Sparat. Du kan stänga")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Utan skript")
    page.get_by_label("Min mentor får läsa").check()
    page.get_by_role("button", name="Skicka till min mentor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("✓ Dina svar är skickade")
    context.close()


def test_the_sign_in_page_is_walked_by_keyboard(phone, school):
    phone.goto("/sign-in?next=/account")
    phone.keyboard.type("alva")
    phone.keyboard.press("Tab")
    phone.keyboard.type("fel lösenord")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("hör inte ihop")
    require_no_barrier(phone)
