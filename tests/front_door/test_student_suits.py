"""So that it suits you: text size, light and dark, one or all, reading aloud; with Chromium and a voice of our own.

Chromium in a test has no voice, so the page meets one that says each word at once and tells what it was asked to say.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.front_door.running import School
from tests.front_door.test_student_browser import require_no_barrier

VOICES = """
globalThis.spoken = []; globalThis.lit = [];
const voices = VOICES.map(([lang, localService]) => ({ lang, localService, name: lang }));
let waiting = [];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
  getVoices: () => voices, addEventListener() {},
  cancel() { waiting.forEach(clearTimeout); waiting = []; },
  speak(said) {
    spoken.push({ text: said.text, lang: said.voice.lang, rate: said.rate });
    const words = [...said.text.matchAll(/[^\\s,.]+/g)];
    words.forEach((word, n) => waiting.push(setTimeout(() => {
      said.onboundary?.({ charIndex: word.index, charLength: word[0].length });
      lit.push([...CSS.highlights.get("said") ?? []].map(String).join(""));
    }, 5 * (n + 1))));
    waiting.push(setTimeout(() => said.onend?.({}), 5 * (words.length + 2)));
  },
} });
"""
HERE = [["en-GB", True], ["sv-SE", True]]
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, school: School) -> Iterator[Open]:
    contexts = []

    def open_page(voices: Any = HERE, path: str = "", width: int = 390, height: int = 844, **more: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="sv-SE", base_url=school.server.url, **more
        )
        contexts.append(context)
        page = context.new_page()
        if voices is not None:
            page.add_init_script(VOICES.replace("VOICES", str(voices).replace("T", "t").replace("F", "f")))
        page.goto(path or f"/s/{school.invite().token}")
        page.locator("#suits:not([hidden])").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()


def size_of_text(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")


def paper(page: Page) -> list[str]:
    return page.evaluate(
        "['html', '.choice'].map((one) => getComputedStyle(document.querySelector(one)).backgroundColor)"
    )


def test_the_panel_by_keyboard_and_what_is_chosen_stays_on_the_device(opened: Open) -> None:
    page = opened()
    normal = size_of_text(page)
    page.locator("#suits summary").focus()
    page.keyboard.press("Enter")
    require_no_barrier(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Större", exact=True)).to_be_checked()
    larger = size_of_text(page)
    page.keyboard.press("ArrowRight")
    assert normal < larger < size_of_text(page)
    page.keyboard.press("Escape")
    expect(page.locator("#suits .panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    cookies = page.evaluate("document.cookie")
    page.reload()
    assert size_of_text(page) == pytest.approx(25.6 * 0.9375)
    assert "larg" not in cookies + page.url


@pytest.mark.parametrize("device", ["light", "dark"])
@pytest.mark.parametrize("chosen", ["Ljust", "Mörkt", "Som enheten"])
def test_light_and_dark_are_chosen_over_the_device(opened: Open, device: str, chosen: str) -> None:
    page = opened(color_scheme=device)
    before = paper(page)
    page.locator("#suits summary").click()
    page.get_by_role("radio", name="Mörkt" if device == "light" else "Ljust", exact=True).check()
    other = paper(page)
    assert all(one != two for one, two in zip(before, other, strict=True))
    page.get_by_role("radio", name=chosen, exact=True).check()
    wanted = {"Ljust": "light", "Mörkt": "dark", "Som enheten": device}[chosen]
    assert paper(page) == (before if wanted == device else other)
    require_no_barrier(page)
    page.reload()
    assert paper(page) == (before if wanted == device else other)


def test_one_at_a_time_or_all_and_the_focus_stays(opened: Open) -> None:
    page = opened()
    shown = page.locator("[data-item]:not([hidden])")
    assert shown.count() == 1
    page.locator("#suits summary").click()
    page.get_by_role("radio", name="Alla på en gång").check()
    assert shown.count() > 5
    assert page.evaluate("document.activeElement.name") == "view"
    page.reload()
    page.locator("#suits:not([hidden])").wait_for()
    assert shown.count() > 5
    page.get_by_role("button", name="Visa en i taget").click()
    assert shown.count() == 1
    page.reload()
    assert shown.count() == 1


def test_a_question_is_read_with_the_word_marked(opened: Open) -> None:
    page = opened()
    row = page.locator("[data-item]:not([hidden])")
    question = row.locator("legend").inner_text().strip()
    page.wait_for_timeout(100)
    require_no_barrier(page)
    row.get_by_role("button", name="Läs upp").click()
    expect(row.get_by_role("button", name="Sluta läsa")).to_be_visible()
    require_no_barrier(page)
    expect(row.get_by_role("button", name="Läs upp")).to_be_visible(timeout=20_000)  # it ended by itself
    spoken, lit = page.evaluate("[spoken, lit]")
    assert spoken[0]["text"].startswith(question)
    assert {one["lang"] for one in spoken} == {"sv-SE"}
    said = " ".join(one["text"] for one in spoken)
    for words in row.locator(".says span").all_inner_texts():
        assert words.rstrip(".") in said
    assert "Läs upp" not in said
    assert lit[:2] == question.split()[:2]
    assert page.evaluate("CSS.highlights.has('said')") is False


def test_reading_goes_on_from_here_slower_and_stops_when_asked(opened: Open) -> None:
    page = opened()
    page.locator("#suits summary").click()
    page.get_by_role("radio", name="Alla på en gång", exact=True).check()
    page.get_by_role("radio", name="Långsammare", exact=True).check()
    page.keyboard.press("Escape")
    rows = page.locator("[data-item]")
    second, third = (rows.nth(n).locator("legend").inner_text().strip() for n in (1, 2))
    rows.nth(1).get_by_role("button", name="Läs härifrån").click()
    page.wait_for_function("(words) => spoken.some((one) => one.text.startsWith(words))", arg=third)
    page.keyboard.press("Escape")
    spoken = page.evaluate("spoken")
    assert spoken[0]["text"].startswith(second)
    assert {one["rate"] for one in spoken} == {0.75}
    page.wait_for_timeout(500)
    assert page.evaluate("spoken.length") == len(spoken)


def test_english_is_read_with_an_english_voice(opened: Open, school: School) -> None:
    page = opened(path=f"/s/{school.invite().token}?language=en")
    page.get_by_role("button", name="Read aloud").first.click()
    page.wait_for_function("spoken.length > 0")
    assert page.evaluate("spoken[0].lang") == "en-GB"
    assert page.evaluate("spoken[0].text").startswith("Hello")


@pytest.mark.parametrize("voices", [None, [], [["en-GB", True]], [["sv-SE", False]]])
def test_without_a_voice_of_the_devices_own_nothing_is_offered(opened: Open, voices: Any) -> None:
    """A voice that is somewhere else would be sent the words of the page: it is none."""
    page = opened(voices)
    expect(page.get_by_role("button", name="Läs upp")).to_have_count(0)
    page.locator("#suits summary").click()
    expect(page.get_by_text("ingen egen röst")).to_be_visible()
    expect(page.get_by_text("Långsammare")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256)])  # 256: 1280 x 1024 at 400 %
def test_the_largest_text_fits_the_smallest_page(opened: Open, width: int, height: int) -> None:
    page = opened(width=width, height=height)
    page.locator("#suits summary").click()
    page.get_by_role("radio", name="Störst", exact=True).check()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name="Nästa").click()
    require_no_barrier(page)
    covered = page.evaluate(
        "[...document.querySelectorAll('.top, .dock')].filter((one) => "
        "['sticky', 'fixed'].includes(getComputedStyle(one).position)).reduce((sum, one) => sum + one.offsetHeight, 0)"
    )
    assert covered <= height / 2


def test_the_first_choice_waits_for_none_of_it(opened: Open, school: School, browser: Browser) -> None:
    context = browser.new_context(base_url=school.server.url, locale="sv-SE")
    page = context.new_page()
    page.route("**/student-suits.js", lambda route: None)  # never answered
    page.goto(f"/s/{school.invite().token}", wait_until="load")
    page.locator("[data-item=workload] input[value=red]").check(force=True)
    expect(page.get_by_role("status")).to_contain_text("Sparat")
    expect(page.locator("#suits")).to_be_hidden()
    context.close()


def test_nothing_moves_for_who_asked_for_less_motion(opened: Open) -> None:
    page = opened(reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].map((one) => getComputedStyle(one)).filter((look) => "
        "parseFloat(look.transitionDuration) || look.animationName !== 'none' || look.scrollBehavior !== 'auto').length"
    )
    assert moving == 0
