"""Takes the README's pictures from the fictional school: docs/pictures/student.png and talk.png.

make screenshots
"""

from playwright.sync_api import expect

from benchmarks.browser import chromium, phone, tablet
from benchmarks.serving import ROOT, fictional_school
from benchmarks.staff_click import open_talk

PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with fictional_school() as school, chromium() as browser:
        page = phone(browser, device_scale_factor=1.5).new_page()
        page.goto(school.about["invitations"][1]["url"])
        page.locator("#development_survey-workload-yellow").check()
        page.locator("#development_survey-workload").scroll_into_view_if_needed()
        page.wait_for_timeout(1_000)
        page.screenshot(path=PICTURES / "student.png")
        page = tablet(browser).new_page()
        open_talk(page, school)
        page.get_by_role("button", name="Så här har du det").first.click()
        expect(page.get_by_role("heading", level=1, name="Så här har du det")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(2_000)
        page.screenshot(path=PICTURES / "talk.png")
    print(*sorted(PICTURES.glob("*.png")), sep="\n")


if __name__ == "__main__":
    main()
