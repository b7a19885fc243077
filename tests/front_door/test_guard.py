"""Nobody gets in without a session, and nobody gets in as somebody else."""

import re

import pytest
from starlette.routing import Route
from starlette.websockets import WebSocketDisconnect

from conversation_models.services import badge, sign_in
from conversation_models.services.access import now
from front_door import doors, guard
from tests.front_door.conftest import FROM_HOME, HOME, PAGE, SOCKET

PLACES = {"key": "mine", "instrument": "development_survey", "item": "workload", "page": "students"}
OPEN_ON_PURPOSE = {
    "/sign-in", "/sign-in/again", "/sign-out", "/setup", "/healthz", "/form.css", "/form.js", "/favicon.svg",
    "/look/{digest}/{name}", "/s", "/s/leave", "/s/handed-back", "/s/{key}", "/s/{key}/sent",
    "/s/{key}/words", "/s/{key}/adult",
    "/answers/{key}/{instrument}/{item}",
}  # fmt: skip


def every_route() -> list[tuple[str, str, str]]:
    found = []
    for route in doors.routes():
        assert isinstance(route, Route)
        template = re.sub(r":\w+}", "}", route.path)
        path = re.sub(r"{(\w+)}", lambda name: PLACES.get(name[1], "x"), template)
        found += [(template, path, method) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


@pytest.mark.parametrize(("template", "path", "method"), every_route())
def test_what_is_not_open_on_purpose_is_shut(client, template, path, method):
    answer = client.request(method, path, headers=FROM_HOME)
    if template in OPEN_ON_PURPOSE:
        assert guard.is_open(path)
    else:
        assert answer.status_code == 401
        assert answer.json() == {"code": "sign_in"}


@pytest.mark.parametrize(
    "path",
    ["/", "/students", "/media/0.pdf", "/_stcore/health", "/_stcore/host-config", "/component/x/y", "/new/thing"],
)
def test_streamlits_own_addresses_are_shut(client, path):
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"])
def test_what_tells_about_everybody_is_shut_even_inside(signed_in, path):
    assert signed_in("alva").get(path).status_code == 404


def test_a_person_is_led_to_the_door_and_back(client):
    answer = client.get("/student?id=1", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fstudent%3Fid%3D1")


def test_no_socket_without_a_session(client):
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET, headers=FROM_HOME):
        pytest.fail("the socket opened")


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "null"}])
def test_no_socket_without_our_own_origin(signed_in, headers):
    browser = signed_in("alva")
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(SOCKET, headers=headers):
        pytest.fail("the socket opened")


def test_a_session_opens_the_socket_with_a_badge_of_its_own(signed_in, store, cast):
    browser = signed_in("alva")
    forged = {badge.HEADER: "somebody else", "x-jagmed-user": "another"}
    with browser.websocket_connect(SOCKET, headers=FROM_HOME | forged) as socket:
        told = socket.receive_json()
    session_id = badge.read_badge(store.keys, told["badge"], now())
    assert told["count"] == 1
    assert sign_in.find_session_by_id(store, session_id, now()).staff.id == cast.mentor.id


def test_a_revoked_session_opens_nothing(signed_in, store, cast):
    browser = signed_in("alva")
    sign_in.sign_out_everywhere(store, cast.mentor.id, now())
    assert browser.get("/session").status_code == 401
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect(SOCKET, headers=FROM_HOME):
        pytest.fail("the socket opened")


@pytest.mark.parametrize("host", ["evil.example", "localhost:9", ""])
def test_another_host_is_not_answered(client, host):
    assert client.get("/sign-in", headers={"host": host}).status_code == 421


def test_health_is_answered_whatever_the_balancer_calls_us(client):
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": HOME + "0"}, {"sec-fetch-site": "cross-site"}],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/s", "/password", "/answers/x/y/z"])
def test_another_sites_form_changes_nothing(client, path, headers):
    answer = client.request("PUT" if "answers" in path else "POST", path, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
