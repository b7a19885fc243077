"""Every instrument of the library, in the talk on a tablet and listed on a phone: axe, touch, Tab to everything."""

from collections.abc import Callable

import pytest

from instruments.catalogue import load
from tests.forms.conftest import Server
from tests.forms.test_accessibility import TARGETS, ready, root, violations
from tests.ui.keyboard import unreached

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CATALOGUE = load()
TABLET, PHONE = (1024, 768), (390, 844)


def sections_of(name: str) -> str:
    return ",".join(section.id for section in CATALOGUE.instrument(name).sections)


@pytest.mark.parametrize("name", CATALOGUE.ids())
def test_in_the_talk_on_a_tablet(server: Server, visit: Callable, name: str) -> None:
    page = visit(f"/talk?mode=talk&key=t&one=0&forms={name}&sections={sections_of(name)}", TABLET)
    ready(page)
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []
    assert unreached(page) == []


@pytest.mark.parametrize("name", CATALOGUE.ids())
def test_listed_on_a_phone_in_english(server: Server, visit: Callable, name: str) -> None:
    page = visit(f"/s/a?one=0&language=en&forms={name}&sections={sections_of(name)}", PHONE, has_touch=True)
    ready(page)
    assert violations(page) == []
    assert root(page).evaluate(TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
