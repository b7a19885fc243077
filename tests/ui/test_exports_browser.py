"""The pages that ask for the password before a file is given: axe, the keyboard alone, and the file itself."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conversation_models.cast import PASSWORD
from tests.ui.conftest import visit
from tests.ui.test_screens_browser import WCAG


@pytest.fixture
def student(talks) -> str:
    talks.closed(talks.desk.today)
    return talks.student.id


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_pass_axe_also_with_a_wrong_password(tablet, student, language) -> None:
    page = tablet("alva")
    for address in ("/exports/answers?names=yes", f"/exports/student/{student}?", f"/exports/fhir/{student}?"):
        page.goto(f"{address}&language={language}")
        for said in ("", "Fel lösenord men långt"):
            if said:
                page.fill("input[type=password]", said)
                page.click("main button[type=submit]")
                page.wait_for_selector("[role=alert]")
            found = Axe().run(page, options=WCAG).response["violations"]
            assert [(address, each["id"], each["nodes"][0]["html"]) for each in found] == []
            assert page.evaluate("document.documentElement.lang") == language
            sizes = page.evaluate("[...document.querySelectorAll('main button, main input:not([type=hidden])')]"
                                  ".map((each) => each.getBoundingClientRect().height)")  # fmt: skip
            assert sizes
            assert min(sizes) >= 44


def test_with_the_keyboard_alone_the_file_comes(tablet, student, tmp_path: Path) -> None:
    page = tablet("alva")
    page.goto(f"/exports/answers?student={student}&file=json&language=sv")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "password":
            break
    page.keyboard.type(PASSWORD)
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    coming.value.save_as(tmp_path / "svar.json")
    assert coming.value.suggested_filename == "svar.json"
    assert json.loads((tmp_path / "svar.json").read_text())["answers"]


def test_from_the_student_to_the_page_that_asks(tablet, student) -> None:
    page = tablet("alva")
    visit(page, f"/export?student={student}")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Gå vidare, med ditt lösenord").click()
    opened.value.wait_for_selector("h1:has-text('Ta ut svar')")
    assert "Åsa Öberg" in opened.value.inner_text("main")
