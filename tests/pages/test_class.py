"""A class on the screens: invited in one action, seen as it goes, reminded, closed."""

import pytest
from streamlit.util import calc_hash

from conversation_models.services import access, board, rate
from conversation_models.services.access import Desk
from tests.pages.conftest import Open, said

pytestmark = pytest.mark.sqlite


@pytest.fixture
def invited(open_page: Open, cast):
    """The page after the mentor has chosen group and day, and said yes."""
    screen = open_page(cast.mentor, "invite-class", group=cast.group.id)
    assert not screen.exception
    screen.date_input(key="class-day").set_value(access.now().date().replace(year=2031)).run()
    assert not screen.exception
    assert "2 elever får var sin länk och kod" in said(screen)
    button = next(each for each in screen.button if each.label == "Ja, bjud in 2 elever")
    button.click().run()
    assert not screen.exception
    screen._page_hash = calc_hash("class")  # AppTest forgets where a page has led to
    screen.query_params["group"] = cast.group.id
    return screen


def statuses(desk: Desk, cast) -> list[str]:
    return [line.status.value if line.status else "" for line in board.look(desk, cast.group.id)]


def test_nothing_happens_before_yes(open_page: Open, desk, cast) -> None:
    screen = open_page(cast.mentor, "invite-class", group=cast.group.id)
    assert "2 elever får var sin länk och kod" in said(screen)
    screen.date_input(key="class-day").set_value(None).run()
    assert "Inget händer förrän" in said(screen)
    assert not any(each.label.startswith("Ja, bjud in") for each in screen.button)
    assert statuses(desk, cast) == ["", ""]


def test_one_action_invites_and_the_slips_are_there_once(invited, open_page: Open, desk, cast) -> None:
    assert statuses(desk, cast) == ["not_begun", "not_begun"]
    words = said(invited)
    assert "2 elever är inbjudna." in words
    assert "2 lappar att dela ut" in words
    forms = [each.proto.json for each in invited.get("bidi_component")]
    (posts,) = [each for each in forms if "/papers/slips.pdf" in each]
    assert posts.count('"token"') == posts.count('"code"') == 2
    again = open_page(cast.mentor, "class", group=cast.group.id)
    assert "Inte börjat (2)" in said(again)
    assert "lappar att dela ut" not in said(again)


def test_slips_are_shown_one_by_one(invited) -> None:
    invited.toggle(key="slips-one-by-one").set_value(True).run()
    first = said(invited)
    assert "1 av 2" in first
    assert ("Åsa" in first) is not ("Élodie" in first), "the screen is turned to one student"
    next(each for each in invited.button if each.label == "Nästa").click().run()
    second = said(invited)
    assert "2 av 2" in second
    assert first != second
    assert any('"/hand-over"' in each.proto.json for each in invited.get("bidi_component"))


def test_the_board_shows_who_has_sent_and_new_slips_go_to_the_others(invited, desk, cast, store) -> None:
    line = board.look(desk, cast.group.id)[0]
    (slip,) = board.renew(desk, [line.talk.id])
    rate.send(store, rate.find_by_token(store, slip.token, access.now()), True, access.now())
    invited.run()
    words = said(invited)
    assert "✓ Skickat (1)" in words or "Skickat (1)" in words
    assert "1 av 2 har skickat" in words
    next(each for each in invited.button if each.label == "Gör nya lappar").click().run()
    assert "1 lapp att dela ut" in said(invited)


def test_closing_needs_a_tick(invited, desk, cast) -> None:
    invited.run()
    close = next(each for each in invited.button if each.label == "Stäng för dem du har valt")
    close.click().run()
    assert statuses(desk, cast) == ["not_begun", "not_begun"]
    next(each for each in invited.checkbox if each.label == "Ja, stäng för dem").check()
    next(each for each in invited.button if each.label == "Stäng för dem du har valt").click().run()
    assert statuses(desk, cast) == ["revoked", "revoked"]
