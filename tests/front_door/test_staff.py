"""Signing in and out, in place, the password, and the first administrator."""

from datetime import timedelta

import pytest
import time_machine

from conversation_models.services import people, sign_in
from conversation_models.services.access import Desk, now
from conversation_models.services.house import use_store
from conversation_models.storage.store import open_store
from tests.conversation_models.cast import PASSWORD
from tests.front_door.conftest import BY_SCRIPT, FROM_HOME

OWN = "fyra randiga katter i regnet"


def test_the_page_leads_on_to_where_one_wanted_to_go(client):
    given = {"username": "Alva", "password": PASSWORD, "next": "/student?id=7"}
    answer = client.post("/sign-in", data=given, headers=FROM_HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/student?id=7")
    assert client.get("/sign-in?next=/students").headers["location"] == "/students"


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "", "javascript:1"]
)
def test_nobody_is_led_elsewhere(client, wanted):
    given = {"username": "alva", "password": PASSWORD, "next": wanted}
    assert client.post("/sign-in", data=given, headers=FROM_HOME).headers["location"] == "/"


def test_a_wrong_password_is_told_and_forgotten(client):
    answer = client.post("/sign-in", data={"username": "alva", "password": "hemlig å ö"}, headers=FROM_HOME)
    assert answer.status_code == 401
    assert "hör inte ihop" in answer.text
    assert "hemlig å ö" not in answer.text
    assert "set-cookie" not in answer.headers


def test_guessing_is_slowed_down_and_says_for_how_long(client):
    for _ in range(8):
        answer = client.post("/sign-in", data={"username": "alva", "password": "gissning"}, headers=FROM_HOME)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_signing_out_ends_the_session_for_every_page(signed_in):
    browser = signed_in("alva")
    kept = dict(browser.cookies)
    answer = browser.post("/sign-out", headers=FROM_HOME)
    assert answer.headers["location"] == "/sign-in"
    assert "storage" in answer.headers["clear-site-data"]
    browser.cookies.update(kept)
    assert browser.get("/session").status_code == 401


def test_how_long_is_left_is_told_and_asking_is_not_activity(signed_in):
    browser = signed_in("alva")
    first = browser.get("/session").json()
    assert 880 < first["seconds_left"] <= 900
    with time_machine.travel(now() + timedelta(minutes=10), tick=True):
        assert browser.get("/session").json()["seconds_left"] < 310
        assert browser.post("/session/stay", headers=BY_SCRIPT).json()["seconds_left"] > 880
        assert browser.post("/session/stay", headers=FROM_HOME).status_code == 403
    with time_machine.travel(now() + timedelta(minutes=24), tick=True):
        assert browser.get("/session").status_code == 200
    with time_machine.travel(now() + timedelta(minutes=26), tick=True):
        assert browser.get("/session").status_code == 401


def test_signing_in_again_in_place_wakes_the_same_session(signed_in, store):
    browser = signed_in("alva")
    token = browser.cookies["samtal"]
    with time_machine.travel(now() + timedelta(minutes=20), tick=True):
        assert browser.get("/session").status_code == 401
        answer = browser.post("/sign-in/again", json={"username": "alva", "password": PASSWORD}, headers=BY_SCRIPT)
        assert answer.status_code == 200
        assert browser.cookies["samtal"] == token
        assert sign_in.find_session(store, token, now()).staff.username == "alva"


def test_somebody_else_in_the_same_place_gets_a_session_of_their_own(signed_in, store, cast):
    browser = signed_in("alva")
    token = browser.cookies["samtal"]
    browser.post("/sign-in/again", json={"username": "charlie", "password": PASSWORD}, headers=BY_SCRIPT)
    assert browser.cookies["samtal"] != token
    assert sign_in.find_session(store, browser.cookies["samtal"], now()).staff.id == cast.outsider.id


def test_a_revoked_session_is_never_woken(signed_in, store, cast):
    browser = signed_in("alva")
    token = browser.cookies["samtal"]
    sign_in.sign_out_everywhere(store, cast.mentor.id, now())
    answer = browser.post("/sign-in/again", json={"username": "alva", "password": PASSWORD}, headers=BY_SCRIPT)
    assert answer.status_code == 200
    assert sign_in.find_session(store, token, now()) is None
    assert browser.cookies["samtal"] != token


@pytest.mark.parametrize(
    ("posted", "headers", "status"),
    [
        ({"username": "alva", "password": "fel"}, BY_SCRIPT, 401),
        ({"username": ["alva"], "password": None}, BY_SCRIPT, 401),
        ([], BY_SCRIPT, 401),
        ({"username": "alva", "password": PASSWORD}, FROM_HOME, 403),
    ],
)
def test_signing_in_again_is_refused(client, posted, headers, status):
    assert client.post("/sign-in/again", json=posted, headers=headers).status_code == status


def test_a_one_time_password_opens_nothing_but_the_page_that_changes_it(client, store, cast):
    desk = Desk(store, cast.administrator, now())
    once = people.reset_password(desk, cast.mentor.id)
    answer = client.post("/sign-in", data={"username": "alva", "password": once}, headers=FROM_HOME)
    assert answer.headers["location"] == "/password"
    assert client.get("/students").headers["location"] == "/password"
    changed = client.post("/password", data={"old": once, "new": OWN, "again": OWN}, headers=FROM_HOME)
    assert (changed.status_code, changed.headers["location"]) == (303, "/")
    assert client.get("/students").status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": PASSWORD, "new": OWN, "again": OWN + "x"}, "inte lika"),
        ({"old": "fel", "new": OWN, "again": OWN}, "hör inte ihop"),
        ({"old": PASSWORD, "new": "kort", "again": "kort"}, "för kort"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "redan har"),
    ],
)
def test_a_password_that_cannot_be_is_explained(signed_in, given, said):
    answer = signed_in("alva").post("/password", data=given, headers=FROM_HOME)
    assert answer.status_code == 422
    assert said in answer.text
    assert OWN not in answer.text


def test_the_first_administrator_is_made_once_with_the_printed_code(app, client, tmp_path):
    empty = open_store(tmp_path / "empty")
    use_store(empty)
    token = sign_in.make_setup_token(empty, now())
    given = {"username": "eira", "name": "Eira", "school_name": "Nya skolan", "form": "compulsory", "password": OWN}
    assert client.get("/sign-in").headers["location"] == "/setup"
    assert f'value="{token}"' in client.get(f"/setup?token={token}").text
    assert "Startkoden stämmer inte" in client.post("/setup", data=given | {"token": "x"}, headers=FROM_HOME).text
    assert client.post("/setup", data=given | {"token": token, "name": " "}, headers=FROM_HOME).status_code == 422
    assert client.post("/setup", data=given | {"token": token}, headers=FROM_HOME).headers["location"] == "/sign-in"
    assert client.get("/setup").headers["location"] == "/sign-in"
    assert client.post("/setup", data=given | {"token": token}, headers=FROM_HOME).status_code == 422
    done = client.post("/sign-in", data={"username": "eira", "password": OWN}, headers=FROM_HOME)
    assert done.headers["location"] == "/"
    empty.close()
