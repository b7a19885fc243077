"""Every state of the student's and the guardian's page, on the smallest page there is: no barrier (axe), nothing cut,
nothing to be pushed sideways, and all of it within reach of the keyboard. 320 x 256 is 1280 x 1024 at 400 %.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete

from conversation_models.domain.answer import Change
from conversation_models.domain.invitation import NewInvitation
from conversation_models.services import conduct, invite, rate
from conversation_models.services.access import now
from conversation_models.services.entry import WRONG_CODES_A_MINUTE
from conversation_models.services.passes import make_pass
from conversation_models.storage import failures, tables
from front_door.settings import settings
from tests.front_door.running import School
from tests.front_door.test_student_browser import answer_all, require_no_barrier
from tests.front_door.test_student_suits import HERE, VOICES

SMALL, PHONE = {"width": 320, "height": 256}, {"width": 390, "height": 844}
WORDS = {("development_survey", "bring_up"): "Jag vill prata om praktiken"}
AT_HOME = {("home_school_meeting", "home_words"): "Läxorna tar hela kvällen"}
UNBROKEN = "Sammanhängande" * 12  # a word that no line can hold

CUT = """() => [...document.querySelectorAll("main *, header *")].filter((one) => {
    if (!one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!text && !one.matches("input, textarea, select, button")) return false;
    if (one.closest("svg, .sr, .visually-hidden")) return false;
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (box.width <= 1 || box.height <= 1 || style.opacity === "0") return false;
    const clipped = ["hidden", "clip"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    return clipped || box.left < -0.5 || box.right > innerWidth + 0.5;
}).map((one) => one.outerHTML.slice(0, 120))"""

NAME = """const name = (one) => one.type === "radio" ? `radio ${one.name}`
    : `${one.tagName} ${one.id || one.name || one.textContent.trim()}`;"""
# What a keyboard must reach: one of each group of radios, and all the rest that is shown.
WAITING = f"""() => {{ {NAME} const seen = new Set(); return [...document.querySelectorAll(
    "a[href], button, textarea, select, summary, input:not([type=hidden])")].filter((one) => {{
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({{ checkVisibilityCSS: true }})) return false;
    if (one.type !== "radio") return true;
    const first = !seen.has(one.name);
    seen.add(one.name);
    return first;
}}).map(name); }}"""
# Some part of it is on the screen and under nothing that stays in its place while the page moves.
FOCUSED = f"""() => {{ {NAME} const one = document.activeElement, parts = [0.1, 0.5, 0.9];
    if (!one || one === document.body) return null;
    const box = (one.closest("label, .choice") ?? one).getBoundingClientRect();
    const spots = parts.flatMap((x) => parts.map((y) => [box.left + box.width * x, box.top + box.height * y]));
    const seen = spots.some(([x, y]) => {{
        const at = document.elementFromPoint(x, y), over = at?.closest(".top, .dock");
        return at && (!over || over.contains(one));
    }});
    return {{ name: name(one), seen }}; }}"""


@dataclass(frozen=True)
class Visit:
    page: Page
    school: School

    def student(self, sent: bool = False) -> NewInvitation:
        return self._answered(self.school.invite(), WORDS) if sent else self.school.invite()

    def guardian(self, sent: bool = False) -> NewInvitation:
        made = self.school.invite_guardian()
        return self._answered(made, AT_HOME) if sent else made

    def _answered(self, made: NewInvitation, words: dict[tuple[str, str], str]) -> NewInvitation:
        entry = self.entry(made)
        rate.send_all(self.school.store, entry, words, "test", True, now())
        return made

    def entry(self, made: NewInvitation) -> rate.Entry:
        found = rate.find_by_token(self.school.store, made.token, now())
        assert found is not None
        return found

    def open(self, made: NewInvitation, path: str = "") -> None:
        self.page.goto(f"/s/{made.token}{path}")

    def holds(self, made: NewInvitation, kind: Any) -> None:
        value = make_pass(self.school.store, made.invitation.id, kind, now())
        self.page.context.add_cookies(
            [{"name": settings().student_cookie, "value": value, "url": self.school.server.url}]
        )

    def everything(self) -> None:
        self.page.get_by_role("button", name="Visa alla frågor").click()

    def submit(self, action: str, **more: str) -> None:
        """As a browser that does not ask first whether everything is filled in."""
        with self.page.expect_navigation():
            self.page.evaluate(
                """([action, more]) => {
                    const form = document.getElementById("answers"), add = (name, value) =>
                        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
                    add("action", action);
                    for (const [name, value] of Object.entries(more)) {
                        form.querySelectorAll(`[name="${name}"]`).forEach((one) => one.remove());
                        add(name, value);
                    }
                    form.submit();
                }""",
                [action, more],
            )


State = Callable[[Visit], None]


def type_code(visit: Visit, code: str) -> None:
    visit.page.goto("/s")
    visit.page.get_by_label("Kod").fill(code)
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Fortsätt").click()


def throttled(visit: Visit) -> None:
    with visit.school.store.writing() as unit:
        for _ in range(WRONG_CODES_A_MINUTE):
            failures.add(unit, "code", "", now())
    type_code(visit, "AAAAA-AAAAA")
    with visit.school.store.writing() as unit:
        unit.connection.execute(delete(tables.failure))
    expect(visit.page.get_by_role("alert")).to_be_visible()


def all_at_once(visit: Visit) -> None:
    visit.open(visit.student())
    visit.everything()


def overview(visit: Visit) -> None:
    visit.open(visit.student())
    answer_all(visit.page)
    expect(visit.page.locator(".last")).to_be_visible()


def settings_open(visit: Visit) -> None:
    visit.open(visit.student())
    visit.page.locator("#suits summary").click()
    expect(visit.page.get_by_role("radio", name="Störst", exact=True)).to_be_visible()


def largest_and_dark(visit: Visit) -> None:
    settings_open(visit)
    visit.page.get_by_role("radio", name="Störst", exact=True).check()
    visit.page.get_by_role("radio", name="Mörkt", exact=True).check()
    visit.page.keyboard.press("Escape")


def reading(visit: Visit) -> None:
    """One piece, which takes its time: the page follows what is read, and would move under who looks at it."""
    visit.open(visit.student())
    visit.page.get_by_role("button", name="Läs upp").first.wait_for()
    visit.page.evaluate(
        "() => { speechSynthesis.speak = (said) => said.onboundary?.({ charIndex: 0, charLength: 3 }); }"
    )
    visit.page.get_by_role("button", name="Läs upp").first.click()
    expect(visit.page.get_by_role("button", name="Sluta läsa").first).to_be_visible()


def waiting(visit: Visit) -> None:
    visit.open(visit.student())
    visit.everything()
    visit.page.context.set_offline(True)
    visit.page.locator("textarea").fill(UNBROKEN)
    visit.page.locator("textarea").blur()
    expect(visit.page.locator(".status").first).to_contain_text("nät")


def not_sent_yet(visit: Visit) -> None:
    waiting(visit)
    visit.page.get_by_label("Min mentor får läsa").check()
    visit.page.get_by_role("button", name="Skicka till min mentor").click()
    expect(visit.page.locator("#unsaved")).to_be_visible(timeout=8_000)


def choice_missing(visit: Visit) -> None:
    visit.open(visit.student())
    visit.submit("send")
    expect(visit.page.locator("#choice-problem")).to_be_visible()


def refused(visit: Visit) -> None:
    visit.open(visit.student())
    visit.submit("save", **{"priority_ability.priority": "11"})
    expect(visit.page.locator(".error").first).to_be_visible()


def conflict(visit: Visit) -> None:
    made = visit.student()
    visit.open(made)
    change = Change("Skrivet på datorn " + UNBROKEN, "laptop", 1)
    rate.save(visit.school.store, visit.entry(made).held, "development_survey", "bring_up", change, now())
    visit.submit("save", **{"development_survey.bring_up": "Skrivet på telefonen"})
    expect(visit.page.get_by_text("På en annan enhet svarade du")).to_be_visible()


def conflict_at_once(visit: Visit) -> None:
    made = visit.student()
    visit.open(made)
    visit.everything()
    change = Change("Skrivet på datorn " + UNBROKEN, "laptop", 1)
    rate.save(visit.school.store, visit.entry(made).held, "development_survey", "bring_up", change, now())
    visit.page.locator("textarea").fill("Skrivet på telefonen")
    visit.page.locator("textarea").blur()
    expect(visit.page.get_by_text("Skrivet på datorn").first).to_be_visible()


def with_code(visit: Visit) -> None:
    type_code(visit, visit.student(sent=True).code)


def my_words(visit: Visit) -> None:
    with_code(visit)
    visit.page.get_by_role("link", name="Mina ord").first.click()
    expect(visit.page.get_by_text("praktiken")).to_be_visible()


def wish(visit: Visit, chosen: bool) -> None:
    made = visit.student()
    visit.holds(made, "code")
    visit.open(made, "/adult")
    if chosen:
        visit.page.get_by_role("radio").first.check()
    else:
        visit.page.evaluate("document.querySelector('main form').noValidate = true")
    visit.page.get_by_role("button", name="Be om att få prata").click()
    expect(visit.page.get_by_role("status" if chosen else "alert").first).to_be_visible()


def lent(visit: Visit) -> None:
    made = visit.student()
    visit.holds(made, "lent")
    visit.page.goto("/s/mine")
    visit.everything()


def ended(visit: Visit, made: NewInvitation, end: str) -> None:
    desk = visit.school.desk
    if end == "revoked":
        invite.revoke(desk, made.invitation.id)
    elif end == "expired":
        with visit.school.store.writing() as unit:
            here = tables.invitation.c.id == made.invitation.id
            past = now() - timedelta(days=1)
            unit.connection.execute(tables.invitation.update().where(here).values(expires_at=past))
    else:
        conduct.open_talk(desk, made.invitation.talk_id)
    if end == "closed":
        conduct.close_talk(desk, made.invitation.talk_id)
    visit.open(made)


def begun_with_drafts(visit: Visit, made: NewInvitation, words: dict[tuple[str, str], str]) -> None:
    rate.save_all(visit.school.store, visit.entry(made), words, "test", now())
    conduct.open_talk(visit.school.desk, made.invitation.talk_id)
    visit.open(made)


def guardian_waiting(visit: Visit) -> None:
    visit.open(visit.guardian())
    visit.page.context.set_offline(True)
    visit.page.locator("textarea").first.fill(UNBROKEN)
    visit.page.locator("textarea").first.blur()
    expect(visit.page.locator(".status").first).to_contain_text("nät")


def guardian_saved(visit: Visit) -> None:
    visit.open(visit.guardian())
    visit.submit("save", **{"home_school_meeting.home_words": UNBROKEN})
    expect(visit.page.get_by_text("Sparat. Du kan stänga")).to_be_visible()


def guardian_details(visit: Visit) -> None:
    visit.open(visit.guardian())
    visit.page.get_by_text("Hur länge sparas det?").click()
    visit.page.locator("#suits summary").click()


ENDS = ("revoked", "expired", "begun", "closed")
STATES: dict[str, State] = {
    "code": lambda visit: visit.page.goto("/s"),
    "wrong code": lambda visit: type_code(visit, "AAAAA-AAAAA"),
    "throttled": throttled,
    "unknown link": lambda visit: visit.page.goto("/s/unknown"),
    "one at a time": lambda visit: visit.open(visit.student()),
    "all at once": all_at_once,
    "the last one": overview,
    "settings": settings_open,
    "largest and dark": largest_and_dark,
    "read aloud": reading,
    "waiting": waiting,
    "not sent yet": not_sent_yet,
    "choice missing": choice_missing,
    "refused": refused,
    "another device, without script": conflict,
    "another device": conflict_at_once,
    "saved": lambda visit: visit.open(visit.student(), "?saved=yes"),
    "receipt": lambda visit: visit.open(visit.student(sent=True), "/sent"),
    "sent, bare link": lambda visit: visit.open(visit.student(sent=True)),
    "sent, with the code": with_code,
    "my words": my_words,
    "to talk": lambda visit: visit.open(visit.student(), "/adult"),
    "to talk, asked": lambda visit: wish(visit, chosen=True),
    "to talk, nobody chosen": lambda visit: wish(visit, chosen=False),
    "lent": lent,
    "handed back": lambda visit: visit.page.goto("/s/handed-back"),
    **{f"ended, {end}": lambda visit, end=end: ended(visit, visit.student(), end) for end in ENDS},
    "begun, with drafts": lambda visit: begun_with_drafts(visit, visit.student(), WORDS),
    "guardian": lambda visit: visit.open(visit.guardian()),
    "guardian, in English": lambda visit: visit.open(visit.guardian(), "?language=en"),
    "guardian, settings": guardian_details,
    "guardian, waiting": guardian_waiting,
    "guardian, saved": guardian_saved,
    "guardian, receipt": lambda visit: visit.open(visit.guardian(sent=True), "/sent"),
    "guardian, with the code": lambda visit: type_code(visit, visit.guardian(sent=True).code),
    **{f"guardian, ended, {end}": lambda visit, end=end: ended(visit, visit.guardian(), end) for end in ENDS},
    "guardian, begun, with drafts": lambda visit: begun_with_drafts(visit, visit.guardian(), AT_HOME),
}
WITH_SCRIPT_ONLY = {
    "all at once", "the last one", "settings", "largest and dark", "read aloud", "waiting", "not sent yet",
    "another device", "lent", "guardian, settings", "guardian, waiting",
}  # fmt: skip

WITHOUT_SCRIPT_ONLY = {"choice missing"}  # with a script the browser asks for the choice before anything is sent


@pytest.fixture
def visit(browser: Browser, school: School) -> Iterator[Visit]:
    context = browser.new_context(
        viewport=SMALL, has_touch=True, locale="sv-SE", base_url=school.server.url, reduced_motion="reduce"
    )
    page = context.new_page()
    page.add_init_script(VOICES.replace("VOICES", str(HERE).replace("T", "t").replace("F", "f")))
    yield Visit(page, school)
    context.close()


def require_fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []


def require_no_barrier_on(page: Page, width: int) -> None:
    """With all of the page in view: what stands in its place at the foot covers something while the page is moved, and
    axe would call that a target too small."""
    high = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": high + 400})
    page.wait_for_function("document.getAnimations().length === 0")
    require_no_barrier(page)


def require_within_reach(page: Page) -> None:
    """Tab meets everything there is to use, and what has the focus is on the screen."""
    missed = page.evaluate(WAITING)
    page.evaluate("""() => { scrollTo(0, 0); const open = [...document.querySelectorAll("details[open]")];
        document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex");
        for (const one of open) one.open = true; }""")
    unseen = []
    for _ in range(2 * len(missed) + 30):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        for _ in range(10):  # the browser moves the page a moment after the focus
            if focused["seen"]:
                break
            page.wait_for_timeout(50)
            focused = page.evaluate(FOCUSED)
        if not focused["seen"]:
            unseen.append(focused["name"])
        if focused["name"] in missed:
            missed.remove(focused["name"])
    assert (missed, unseen) == ([], [])


@pytest.mark.parametrize("state", [each for each in STATES if each not in WITHOUT_SCRIPT_ONLY])
def test_no_state_has_a_barrier_and_the_smallest_page_holds_it(visit: Visit, state: str) -> None:
    STATES[state](visit)
    require_fits(visit.page, SMALL["width"])
    require_within_reach(visit.page)
    require_no_barrier_on(visit.page, SMALL["width"])
    visit.page.set_viewport_size(PHONE)
    require_fits(visit.page, PHONE["width"])
    visit.page.emulate_media(color_scheme="dark")
    require_no_barrier_on(visit.page, PHONE["width"])


@pytest.mark.parametrize("state", [each for each in STATES if each not in WITH_SCRIPT_ONLY])
def test_it_holds_without_javascript_too(browser: Browser, school: School, state: str) -> None:
    context = browser.new_context(viewport=SMALL, locale="sv-SE", base_url=school.server.url, java_script_enabled=False)
    visit = Visit(context.new_page(), school)
    STATES[state](visit)
    require_fits(visit.page, SMALL["width"])
    require_within_reach(visit.page)
    assert visit.page.locator("#suits").count() == 0 or not visit.page.locator("#suits").is_visible()
    context.close()
