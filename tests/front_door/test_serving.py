"""The program as a process: real HTTP, real sockets, a real log."""

import contextlib
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from conversation_models.services import rate, sign_in
from conversation_models.services.access import now
from tests.conversation_models.cast import PASSWORD
from tests.front_door.conftest import change
from tests.front_door.running import running

pytestmark = pytest.mark.slow

CLASS = 35


def sign_in_over(url: str) -> httpx.Client:
    browser = httpx.Client(base_url=url, timeout=20)
    given = {"username": "alva", "password": PASSWORD}
    assert browser.post("/sign-in", data=given, headers={"origin": url}).status_code == 303
    return browser


def socket_of(server, **headers):
    url = f"ws://localhost:{server.port}/_stcore/stream"
    return connect(url, additional_headers=headers, subprotocols=["streamlit"], open_timeout=10)


def test_thirty_five_start_within_a_minute_behind_one_address(school):
    server, store = school.server, school.store
    invited = [school.invite() for _ in range(CLASS)]
    limits = httpx.Limits(max_connections=CLASS)

    def answer(new) -> list[int]:
        statuses = [phones.get(f"/s/{new.token}").status_code]
        path = f"/answers/{new.token}/development_survey/workload"
        statuses.append(phones.put(path, json=change({"colour": "yellow", "fits": []})).status_code)
        posted = {"asked": "", "action": "send", "reading": "before", "priority_ability.priority": "7"}
        return [*statuses, phones.post(f"/s/{new.token}", data=posted).status_code]

    with httpx.Client(base_url=server.url, timeout=30, limits=limits) as phones, ThreadPoolExecutor(CLASS) as everybody:
        assert set(map(tuple, everybody.map(answer, invited))) == {(200, 200, 303)}
    sent = [rate.find_by_token(store, new.token, now()).invitation.sent_on for new in invited]
    assert None not in sent


def test_no_address_and_no_word_ever_stands_in_the_log(school):
    server, invited = school.server, [school.invite() for _ in range(3)]
    canary = "Kanariefågeln"
    with httpx.Client(base_url=server.url) as phone:
        for new in invited:
            phone.get(f"/s/{new.token}?x={canary}")
            phone.put(f"/answers/{new.token}/development_survey/bring_up", json=change(canary))
            phone.put(f"/answers/{new.token}/development_survey/bring_up", content=b"{" + canary.encode())
        phone.post("/s", data={"code": canary})
        phone.get(f"/{canary}/{canary}")
        phone.post("/sign-in", data={"username": canary, "password": canary})
    log = server.said()
    assert canary not in log
    assert "/s/" not in log
    for new in invited:
        assert new.token not in log


def test_the_real_socket_opens_for_a_session_only(school):
    server = school.server
    origin = {"Origin": server.url}
    browser = sign_in_over(server.url)
    with contextlib.closing(browser):
        cookie = {"Cookie": f"samtal={browser.cookies['samtal']}"}
        for refused in ({}, origin, cookie, cookie | {"Origin": "http://evil.example"}):
            with pytest.raises(InvalidStatus), socket_of(server, **refused):
                pytest.fail("the socket opened")
        with socket_of(server, **cookie, **origin) as opened:
            assert opened.subprotocol == "streamlit"


def test_a_header_of_ones_own_makes_nobody_of_anybody(school):
    server = school.server
    with httpx.Client(base_url=server.url, headers={"X-Jagmed-User": "1.9999999999.x"}) as stranger:
        for path in ("/", "/students", "/media/x", "/_stcore/health", "/session"):
            assert stranger.get(path).status_code == 401


def test_the_screens_come_in_swedish_with_a_policy_and_compressed(school):
    server = school.server
    browser = sign_in_over(server.url)
    with contextlib.closing(browser):
        page = browser.get("/students")
        assert '<html lang="sv">' in page.text
        script = page.text.split('crossorigin src=".')[1].split('"')[0]
        answer = browser.get(script, headers={"accept-encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
        assert browser.get("/_stcore/metrics").status_code == 404


def test_a_session_that_ended_elsewhere_opens_no_new_socket(school):
    server = school.server
    browser = sign_in_over(server.url)
    headers = {"Origin": server.url, "Cookie": f"samtal={browser.cookies['samtal']}"}
    sign_in.sign_out_everywhere(school.store, school.cast.mentor.id, now())
    with pytest.raises(InvalidStatus), socket_of(server, **headers):
        pytest.fail("the socket opened")


def test_a_second_process_on_the_same_data_is_refused(school, tmp_path):
    server = school.server
    data = server.log.parent / "data"
    with pytest.raises(RuntimeError, match="served by another process"), running(data, tmp_path):
        pytest.fail("two processes on one database file")


def test_without_its_settings_it_refuses_to_serve(tmp_path):
    from front_door.start import SCREENS_CONFIG, Unguarded, require_screens_config

    require_screens_config(SCREENS_CONFIG.__getitem__)
    for name in SCREENS_CONFIG:
        with pytest.raises(Unguarded, match=name):
            require_screens_config({**SCREENS_CONFIG, name: "something else"}.__getitem__)


def test_health_is_told_by_the_running_server(school):
    server = school.server
    assert httpx.get(f"{server.url}/healthz").json() == {"database": "ok"}
