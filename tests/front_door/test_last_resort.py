"""When something breaks, nobody's words get out: not to the page, not into the log."""

import re

import pytest

from conversation_models.services import rate, sign_in
from tests.front_door.conftest import FROM_HOME, change

CANARY = "Kanariefågeln Åsa"


@pytest.fixture
def broken(monkeypatch):
    def fall_over(*args, **more):
        raise RuntimeError(CANARY)

    for name in ("save", "open_entry"):
        monkeypatch.setattr(rate, name, fall_over)
    monkeypatch.setattr(sign_in, "sign_in", fall_over)


def test_a_person_gets_a_number_that_the_log_knows(client, invited, broken, caplog):
    answer = client.get(invited.page)
    assert answer.status_code == 500
    number = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)[1]
    assert f"error {number}: RuntimeError at test_last_resort.py" in caplog.text
    for text in (answer.text, caplog.text):
        assert CANARY not in text
        assert invited.new.token not in caplog.text


def test_a_form_that_saves_is_told_to_come_again(client, invited, broken, caplog):
    answer = client.put(invited.answer("workload"), json=change(None))
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert CANARY not in answer.text + caplog.text


def test_the_headers_are_there_too(client, broken):
    answer = client.post("/sign-in", data={"username": "alva", "password": "x"}, headers=FROM_HOME)
    assert answer.status_code == 500
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_health_says_when_the_database_is_gone(client, store, monkeypatch, caplog):
    def gone():
        raise ConnectionError(CANARY)

    assert client.get("/healthz").json() == {"database": "ok"}
    monkeypatch.setattr(store.engine, "connect", gone)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "unavailable"})
    assert CANARY not in caplog.text
