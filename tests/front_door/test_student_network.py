"""The student's page on a bad network: whatever happens to it, every answer ends up in the database once."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from conversation_models.services import rate
from conversation_models.services.access import now
from conversation_models.storage import tables
from tests.front_door.network import Network, a_network
from tests.front_door.running import School, running, running_school

PHONE = {"width": 390, "height": 844}
BRING_UP = ("development_survey", "bring_up")
WORKLOAD = ("development_survey", "workload")
WAITING, SAVED = "Inte sparat än. Väntar på nätet", re.compile(r"^Sparat \d")
NETWORKS: dict[int, Network] = {}
WORDS = "Skrivet utan nät: åäö 🙂"


@dataclass
class Pupil:
    """One student at one device, behind a network of its own."""

    page: Page
    school: School
    network: Network
    invitation_id: str
    token: str

    def open(self) -> "Pupil":
        self.page.goto(f"/s/{self.token}")
        self.words.wait_for()
        return self

    @property
    def status(self) -> Any:
        return expect(self.page.get_by_role("status"))

    @property
    def words(self) -> Any:
        return self.page.locator("textarea")

    def choose(self, item: str, value: str) -> None:
        self.page.locator(f"[data-item={item}] input[type=radio][value='{value}']").tap(force=True)

    def kept(self) -> dict[tuple[str, str], Any]:
        shown = rate.Pass(self.invitation_id, "code", now())
        entry = rate.find_by_token(self.school.store, self.token, now(), shown)
        return {key: one.value for key, one in rate.open_entry(self.school.store, entry).values.items()}

    def send(self) -> None:
        self.page.get_by_label("Min mentor får läsa").check()
        self.page.get_by_role("button", name="Skicka till min mentor").click()
        self.page.wait_for_url("**/sent")

    def appended(self) -> dict[str, int]:
        """How many rows each item of this talk has among the sent answers."""
        with self.school.store.reading() as unit:
            of_talk = select(tables.invitation.c.talk_id).where(tables.invitation.c.id == self.invitation_id)
            counted = (
                select(tables.answer.c.item, func.count().label("n"))
                .where(tables.answer.c.talk_id == of_talk.scalar_subquery())
                .group_by(tables.answer.c.item)
            )
            return {row.item: row.n for row in unit.connection.execute(counted)}

    def unsaved(self) -> str | None:
        return self.page.evaluate("sessionStorage.getItem('unsaved')")


@pytest.fixture(scope="module")
def school(sqlite_cast: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """A school that is reached by its network only."""
    _, template, cast = sqlite_cast
    folder = tmp_path_factory.mktemp("network")
    with a_network() as between, running_school(template, cast, folder, PUBLIC_URL=between.url) as running_there:
        between.leads_to = running_there.server.port
        NETWORKS[running_there.server.port] = between
        yield running_there


@pytest.fixture
def network(school: School) -> Iterator[Network]:
    between = NETWORKS[school.server.port]
    yield between
    between.mend()


@pytest.fixture
def device(browser: Browser) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def take(school: School, network: Network, new: Any = None) -> Pupil:
        context = browser.new_context(viewport=PHONE, has_touch=True, locale="sv-SE", base_url=network.url)
        contexts.append(context)
        new = new or school.invite()
        context.add_init_script("localStorage.setItem('suits', '{\"view\": \"all\"}')")
        return Pupil(context.new_page(), school, network, new.invitation.id, new.token)

    yield take
    for context in contexts:
        context.close()


@pytest.fixture
def pupil(device: Any, school: School, network: Network) -> Pupil:
    return device(school, network)


def answer_in_trouble(pupil: Pupil) -> None:
    """Three choices, one of them changed, and words: all while nothing comes through."""
    pupil.choose("workload", "red")
    pupil.choose("workload", "yellow")
    pupil.choose("priority", "7")
    pupil.words.fill(WORDS)


def require_all_once(pupil: Pupil) -> None:
    kept = pupil.kept()
    assert kept[WORKLOAD]["colour"] == "yellow"
    assert kept["priority_ability", "priority"] == 7
    assert kept[BRING_UP] == WORDS
    pupil.send()
    assert set(pupil.appended().values()) == {1}
    assert pupil.unsaved() is None


def test_five_seconds_without_network(pupil: Pupil) -> None:
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.status.to_contain_text(WAITING)
    pupil.page.wait_for_timeout(5_000)
    assert pupil.kept() == {}
    pupil.network.mend()
    pupil.status.to_have_text(SAVED, timeout=20_000)
    require_all_once(pupil)


@pytest.mark.slow
def test_seventy_five_seconds_in_which_nobody_says_anything(pupil: Pupil) -> None:
    """Requests hang: the page gives each up after a while, says so and tries again; all of them arrive in the end."""
    pupil.open().network.silence()
    answer_in_trouble(pupil)
    pupil.status.to_have_text("Sparar…")
    pupil.status.to_contain_text(WAITING, timeout=20_000)
    pupil.page.wait_for_timeout(30_000)
    pupil.words.fill(f"{WORDS} och mer")
    pupil.page.wait_for_timeout(25_000)
    pupil.words.fill(WORDS)
    assert pupil.kept() == {}
    pupil.network.mend()
    pupil.status.to_have_text(SAVED, timeout=45_000)
    require_all_once(pupil)


def test_ten_minutes_without_network(pupil: Pupil) -> None:
    """The page's clock is moved; its own waits decide how often it tries meanwhile."""
    pupil.page.clock.install()
    tries: list[str] = []
    pupil.open().network.cut()
    pupil.page.on("request", lambda asked: tries.append(asked.url) if asked.method == "PUT" else None)
    answer_in_trouble(pupil)
    for _ in range(60):
        pupil.page.clock.run_for(10_000)
        pupil.page.wait_for_timeout(30)  # a refused connection is told in real time
    pupil.status.to_contain_text(WAITING)
    assert 3 * 10 < len(tries) < 3 * 60  # three answers wait; each is tried all along, at the most every few seconds
    assert pupil.kept() == {}
    pupil.network.mend()
    for _ in range(8):
        pupil.page.clock.run_for(5_000)
        pupil.page.wait_for_timeout(200)
    pupil.status.to_have_text(SAVED)
    pupil.page.clock.resume()
    require_all_once(pupil)


def test_the_browser_says_that_the_network_is_back_and_nothing_waits_longer(pupil: Pupil) -> None:
    pupil.open()
    pupil.page.context.set_offline(True)
    answer_in_trouble(pupil)
    pupil.status.to_contain_text(WAITING)
    pupil.page.wait_for_timeout(8_000)  # by now it tries every 8 s and more
    pupil.page.context.set_offline(False)
    pupil.status.to_have_text(SAVED, timeout=4_000)
    require_all_once(pupil)


@pytest.mark.slow
def test_the_server_is_killed_and_started_again(device: Any, sqlite_cast: Any, tmp_path: Path) -> None:
    _, template, cast = sqlite_cast
    with a_network() as network, running_school(template, cast, tmp_path, PUBLIC_URL=network.url) as school:
        network.leads_to = school.server.port
        pupil = device(school, network).open()
        pupil.choose("content", "green")
        pupil.status.to_have_text(SAVED)
        school.server.process.kill()
        answer_in_trouble(pupil)
        pupil.status.to_contain_text(WAITING)
        (again := tmp_path / "again").mkdir()
        with running(tmp_path / "data", again, PUBLIC_URL=network.url) as restarted:
            network.leads_to = restarted.port
            pupil.status.to_have_text(SAVED, timeout=30_000)
            assert pupil.kept()["development_survey", "content"]["colour"] == "green"
            require_all_once(pupil)


def test_a_tab_that_is_drawn_again_brings_what_was_not_saved(pupil: Pupil) -> None:
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.status.to_contain_text(WAITING)
    pupil.page.on("dialog", lambda asked: asked.accept())
    pupil.page.route("**/s/*", lambda route: route.fulfill(status=502, body="Bad gateway"))
    pupil.page.reload()
    expect(pupil.page.get_by_text("Bad gateway")).to_be_visible()
    pupil.page.unroute("**/s/*")
    pupil.network.mend()
    pupil.page.goto(f"/s/{pupil.token}")
    pupil.status.to_have_text(SAVED, timeout=20_000)
    assert pupil.words.input_value() == WORDS
    require_all_once(pupil)


def test_a_discarded_tab_comes_back_as_it_was_put_away(pupil: Pupil, device: Any) -> None:
    """A browser that discards a tab keeps the tab's storage and nothing else, and asks nobody."""
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.status.to_contain_text(WAITING)
    pupil.page.wait_for_function("sessionStorage.getItem('unsaved')")
    sealed = pupil.unsaved()
    other = device(pupil.school, pupil.network)
    other.invitation_id, other.token = pupil.invitation_id, pupil.token
    other.page.add_init_script(
        f"sessionStorage.getItem('put') ?? sessionStorage.setItem('unsaved', '{sealed}'); "
        "sessionStorage.setItem('put', 'yes')"
    )
    pupil.page.close()
    pupil.network.mend()
    other.open().status.to_have_text(SAVED, timeout=20_000)
    assert other.words.input_value() == WORDS
    require_all_once(other)


def test_what_lies_in_the_tab_is_sealed_and_gone_once_it_is_saved(pupil: Pupil) -> None:
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.page.wait_for_function("sessionStorage.getItem('unsaved')")
    everything = pupil.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")
    for told in (
        "Skrivet",
        "yellow",
        "workload",
        pupil.token,
        pupil.page.locator("#answers").get_attribute("data-key"),
    ):
        assert told not in everything
    pupil.network.mend()
    pupil.status.to_have_text(SAVED, timeout=20_000)
    pupil.page.wait_for_function("sessionStorage.getItem('unsaved') === null")


def test_hiding_the_page_leaves_nothing_in_the_tab(pupil: Pupil) -> None:
    pupil.page.context.route(
        re.compile(r"^https://www\.smhi\.se"), lambda route: route.fulfill(body="<title>SMHI</title>")
    )
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.page.wait_for_function("sessionStorage.getItem('unsaved')")
    pupil.page.get_by_role("link", name="Göm sidan").tap()
    pupil.page.wait_for_url("https://www.smhi.se/")
    pupil.network.mend()
    pupil.page.goto("/s")
    assert pupil.unsaved() is None


def test_the_next_student_in_the_same_tab_gets_nothing_of_it(pupil: Pupil) -> None:
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.page.wait_for_function("sessionStorage.getItem('unsaved')")
    pupil.page.on("dialog", lambda asked: asked.accept())
    pupil.network.mend()
    pupil.page.route("**/answers/**", lambda route: route.abort())  # none of it is saved on the way out
    pupil.page.goto(f"/s/{pupil.school.invite().token}")
    pupil.page.wait_for_function("sessionStorage.getItem('unsaved') === null")
    assert pupil.words.input_value() == ""


def test_leaving_with_something_unsaved_asks_first(pupil: Pupil) -> None:
    asked: list[str] = []
    pupil.open().network.cut()
    answer_in_trouble(pupil)
    pupil.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    pupil.page.close(run_before_unload=True)
    pupil.page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert pupil.words.input_value() == WORDS
    pupil.network.mend()
    pupil.status.to_have_text(SAVED, timeout=20_000)
    require_all_once(pupil)


def test_two_devices_each_bring_theirs_and_a_person_settles_what_differs(pupil: Pupil, device: Any) -> None:
    other = device(pupil.school, pupil.network)
    other.invitation_id, other.token = pupil.invitation_id, pupil.token
    pupil.open()
    other.open()
    pupil.page.context.set_offline(True)
    answer_in_trouble(pupil)
    other.choose("workload", "green")
    other.choose("content", "orange")
    other.status.to_have_text(SAVED)
    pupil.page.context.set_offline(False)
    pupil.status.to_contain_text("Välj vilket svar", timeout=20_000)
    assert pupil.kept()[WORKLOAD]["colour"] == "green"
    pupil.page.get_by_role("button", name="Behåll det som står här").tap()
    pupil.status.to_have_text(SAVED)
    assert pupil.kept()["development_survey", "content"]["colour"] == "orange"
    require_all_once(pupil)


def test_requests_that_come_twice_late_and_in_any_order_change_nothing(pupil: Pupil) -> None:
    """Every other reply is lost, so that the page sends again; in the end all that was ever sent comes once more."""
    sent: list[tuple[str, str]] = []

    def carry(route: Route) -> None:
        sent.append((route.request.url, route.request.post_data))
        reply = route.fetch()
        route.abort() if len(sent) % 2 else route.fulfill(response=reply)

    pupil.open().page.route("**/answers/**", carry)
    for n in range(4):
        pupil.words.fill("x" * (n + 1))
        pupil.choose("workload", ("red", "green", "orange", "red")[n])
        pupil.page.wait_for_timeout(700)
    answer_in_trouble(pupil)
    pupil.status.to_have_text(SAVED, timeout=30_000)
    bodies = [body for _, body in sent]
    assert len(set(bodies)) < len(bodies) >= 10  # some came twice already
    pupil.page.unroute("**/answers/**")
    for url, body in random.Random(4).sample(sent * 2, len(sent) * 2):
        pupil.page.request.put(url, data=body, headers={"content-type": "application/json"})
    require_all_once(pupil)
