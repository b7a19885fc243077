"""Every staff page can be used by keyboard alone."""

import re

import pytest

from conversation_models.services import conduct
from tests.ui.conftest import settle, visit
from tests.ui.keyboard import unreached
from tests.ui.test_screens_browser import own_addresses


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mentor", "counsellor", "administrator"])
def test_tab_reaches_everything_on_every_page(name, tablet, school, talks) -> None:
    staff = getattr(school.cast, name)
    talks.closed(talks.desk.today)
    page = tablet(staff.username)
    missed = {}
    for address in own_addresses(talks, staff):
        visit(page, address)
        found = unreached(page)
        if found:
            missed[address] = found
    assert missed == {}


def test_a_talk_is_held_and_closed_without_a_pointer(tablet, school, talks, open_talk) -> None:
    page = tablet("alva")
    visit(page, f"/talk?talk={open_talk}")
    press(page, "Så här har du det")
    page.get_by_role("heading", level=1, name="Så här har du det").wait_for()
    settle(page)
    first = page.get_by_test_id("stMain").get_by_role("radio").first
    first.focus()
    page.keyboard.press("Space")
    page.get_by_test_id("stMain").get_by_role("status").filter(has_text="Sparat").first.wait_for()
    press(page, "Vi läser upp")
    page.get_by_role("heading", level=1, name="Vi läser upp").wait_for()
    settle(page)
    link = page.get_by_test_id("stMain").get_by_role("link", name="Avsluta samtalet")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=re.compile("Avsluta samtalet")).wait_for()
    settle(page)
    page.get_by_role("checkbox", name=re.compile("Vi är klara")).focus()
    page.keyboard.press("Space")
    settle(page)
    press(page, "Avsluta samtalet")
    page.get_by_text("Samtalet är avslutat.").first.wait_for()
    assert conduct.see_talk(talks.desk, open_talk).talk.status == "closed"


def press(page, name: str) -> None:
    button = page.get_by_test_id("stMain").get_by_role("button", name=name).first
    button.focus()
    page.keyboard.press("Enter")
