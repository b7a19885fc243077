"""Files that leave the house: on a page of their own, for the password again, kept by no cache, for nobody else."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from conversation_models.services import exports
from conversation_models.services.access import now
from conversation_models.storage import tables
from tests.conversation_models.cast import PASSWORD
from tests.conversation_models.services.talks_made import Talks
from tests.front_door.conftest import FROM_HOME, PAGE

STRANGERS = ["bo", "charlie", "farah", "gun", "eira"]


@pytest.fixture
def talks(mentor_desk, cast) -> Talks:
    made = Talks(mentor_desk, cast.student)
    made.closed(mentor_desk.today)
    return made


def addresses(student_id: str) -> list[str]:
    return [f"/exports/answers?student={student_id}", f"/exports/student/{student_id}", f"/exports/fhir/{student_id}"]


def taken(browser, address: str, password: str = PASSWORD, **fields):
    path, _, query = address.partition("?")
    given = dict(each.split("=") for each in query.split("&")) if query else {}
    return browser.post(path, data={**given, **fields, "password": password}, headers=FROM_HOME)


def test_the_page_says_what_it_is_and_asks_for_the_password(signed_in, talks):
    for address in addresses(talks.student.id):
        page = signed_in("alva").get(address, headers=PAGE)
        assert page.status_code == 200, address
        assert "Ditt lösenord, en gång till" in page.text
        assert "Filen handlar om personer" in page.text
        assert page.headers["cache-control"] == "no-store"
    assert talks.rows(tables.log_entry, tables.log_entry.c.action == "export") == []


def test_with_the_password_the_file_comes_and_is_kept_nowhere(signed_in, talks):
    browser = signed_in("alva")
    for kind, start in (("xlsx", b"PK"), ("csv", b"PK"), ("json", b"{")):
        answer = taken(browser, addresses(talks.student.id)[0], file=kind, names="yes")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith('attachment; filename="svar.')
    assert json.loads(answer.content)["answers"][0]["name"] == "Åsa Öberg"
    extract = taken(browser, addresses(talks.student.id)[1])
    assert sorted(ZipFile(BytesIO(extract.content)).namelist()) == ["utdrag.json", "utdrag.pdf"]
    assert "berg" not in extract.headers["content-disposition"]
    fhir = taken(browser, addresses(talks.student.id)[2])
    assert fhir.headers["content-type"].startswith("application/fhir+json")
    kinds = [row.kind for row in talks.rows(tables.log_entry, tables.log_entry.c.action == "export")]
    assert kinds == ["export_xlsx", "export_csv", "export_json", "extract", "fhir"]


@pytest.mark.parametrize("password", ["", "fel lösenord som är långt", "x" * 5_000])
def test_without_the_right_password_nothing_comes_and_that_is_logged(signed_in, talks, password):
    for address in addresses(talks.student.id):
        answer = taken(signed_in("alva"), address, password)
        assert answer.status_code == 401
        assert "Det är inte ditt lösenord" in answer.text
        assert "Läxhjälp" not in answer.text
    denied = talks.rows(tables.log_entry, tables.log_entry.c.denied)
    assert [row.action for row in denied] == ["confirm_password"] * 3
    assert talks.rows(tables.log_entry, tables.log_entry.c.action == "export") == []


def test_guessing_slows_down_like_signing_in_does(signed_in, talks):
    browser = signed_in("alva")
    codes = [taken(browser, addresses(talks.student.id)[1], "fel lösenord här").status_code for _ in range(7)]
    assert codes == [401] * 5 + [429] * 2
    right = taken(browser, addresses(talks.student.id)[1])
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0


def test_many_files_have_to_wait(signed_in, talks, mentor_desk):
    for _ in range(exports.FILES.free):
        exports.take_turn(mentor_desk.__class__(mentor_desk.store, mentor_desk.actor, now()))
    answer = taken(signed_in("alva"), addresses(talks.student.id)[2])
    assert answer.status_code == 429
    assert "Du har tagit ut många filer" in answer.text
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_gets_what_nobody_gets(signed_in, talks, stranger):
    browser = signed_in(stranger)
    for there, nowhere in zip(addresses(talks.student.id), addresses("0" * 32), strict=True):
        for ask in (lambda address: browser.get(address, headers=PAGE), lambda address: taken(browser, address)):
            refused, nothing = ask(there), ask(nowhere)
            assert refused.status_code == nothing.status_code == 404
            assert refused.text == nothing.text
    assert talks.rows(tables.log_entry, tables.log_entry.c.action == "export") == []


def test_a_foreign_page_cannot_ask_for_it(signed_in, talks):
    for address in addresses(talks.student.id):
        foreign = {"origin": "https://evil.example"}
        answer = signed_in("alva").post(address.partition("?")[0], data={"password": PASSWORD}, headers=foreign)
        assert answer.status_code == 403


def test_where_there_is_nothing_that_is_said_and_no_password_is_asked(signed_in, mentor_desk, cast):
    page = signed_in("alva").get(f"/exports/answers?student={cast.shared.id}&language=en", headers=PAGE)
    assert "There is nothing to take out" in page.text
    assert 'type="password"' not in page.text
    everything = signed_in("alva").get(f"/exports/student/{cast.shared.id}", headers=PAGE)
    assert 'type="password"' in everything.text, "what is known without a talk can be taken out too"


def test_too_much_is_said_before_the_password_is_asked(signed_in, talks, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ANSWERS", 2)
    page = signed_in("alva").get("/exports/answers", headers=PAGE)
    assert "högst 2 får plats i en fil" in page.text
    assert 'type="password"' not in page.text
    assert taken(signed_in("alva"), "/exports/answers").status_code == 422


def test_another_language_keeps_what_was_chosen(signed_in, talks):
    page = signed_in("alva").get(f"/exports/answers?student={talks.student.id}&names=yes&file=json", headers=PAGE)
    assert f"?language=en&amp;student={talks.student.id}&amp;names=yes&amp;file=json" in page.text
