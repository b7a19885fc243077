"""A browser to measure in: Chromium with a slow network and a slow processor when asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.chromium import FLAGS, require_chromium

PHONE = ViewportSize(width=390, height=844)
TABLET = ViewportSize(width=1024, height=768)
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=require_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


def phone(browser: Browser, **more: Any) -> BrowserContext:
    return browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="sv-SE", **more)


def tablet(browser: Browser, **more: Any) -> BrowserContext:
    return browser.new_context(viewport=TABLET, has_touch=True, locale="sv-SE", **more)


def slow_down(page: Page, processor: int) -> None:
    """Slow 4G (150 ms, 1.6/0.75 Mbit/s) and so many times slower a processor."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})


def sign_in(page: Page, url: str, username: str, password: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_selector("[data-testid=stMain] h1, [data-testid=stMain] h2", timeout=30_000)
