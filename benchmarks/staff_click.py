"""A staff click until the screen has changed: the talk's next phase, beside a bare Streamlit page in the same run.

python -m benchmarks.staff_click [--clicks 30]
"""

import argparse
import time

from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import chromium, sign_in, tablet
from benchmarks.serving import Serving, bare_streamlit, fictional_school, percentile, spread

PHASES = ("Så här har du det", "Nu och framåt", "Vi kommer överens", "Vi börjar")


def open_talk(page: Page, school: Serving) -> None:
    """Signs in as the first mentor and begins the talk of the first invited student."""
    mentor, student = school.about["staff"][0], school.about["invitations"][0]["student"]
    sign_in(page, school.url, mentor["username"], mentor["password"])
    page.goto(f"{school.url}/student?student={student}")
    page.get_by_test_id("stMain").get_by_role("link", name="förberett").click()
    page.get_by_role("button", name="Börja samtalet").click()
    expect(page.get_by_role("heading", level=1, name="Vi börjar")).to_be_visible(timeout=30_000)


def click_through_talk(page: Page, clicks: int) -> list[float]:
    took = []
    for number in range(clicks):
        phase = PHASES[number % len(PHASES)]
        begin = time.perf_counter()
        page.get_by_role("button", name=phase).first.click()
        page.get_by_role("heading", level=1, name=phase).wait_for(timeout=30_000)
        took.append(time.perf_counter() - begin)
        page.wait_for_timeout(400)
    return took


def click_through_bare(browser: Browser, url: str, clicks: int) -> list[float]:
    page = tablet(browser).new_page()
    page.goto(url)
    took = []
    for number in range(clicks):
        page.get_by_role("heading", name=f"Fas {number}", exact=True).wait_for(timeout=30_000)
        page.wait_for_timeout(400)
        begin = time.perf_counter()
        page.get_by_role("button", name="Vidare").click()
        page.get_by_role("heading", name=f"Fas {number + 1}", exact=True).wait_for(timeout=30_000)
        took.append(time.perf_counter() - begin)
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clicks", type=int, default=30)
    clicks = parser.parse_args().clicks
    with fictional_school() as school, bare_streamlit("bare_page.py") as bare, chromium() as browser:
        page = tablet(browser).new_page()
        open_talk(page, school)
        click_through_talk(page, len(PHASES))
        floor_took = click_through_bare(browser, bare.url, clicks)
        ours = click_through_talk(page, clicks)
        ratio = percentile(ours, 0.5) / percentile(floor_took, 0.5)
        print(f"bare Streamlit page: {spread(floor_took)}")
        print(f"the talk's phases:   {spread(ours)}; ratio of medians {ratio:.2f}")


if __name__ == "__main__":
    main()
