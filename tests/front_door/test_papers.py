"""Papers: for those who reach the student, and kept by nobody."""

import io

import pypdf
import pytest

from tests.front_door.conftest import FROM_HOME, PAGE

COPIES = ["school", "student", "guardian"]


@pytest.mark.parametrize("copy", COPIES)
def test_a_mentor_gets_the_paper_of_a_talk(signed_in, invited, copy):
    answer = signed_in("alva").get(f"/papers/talk/{invited.talk.id}.pdf?copy={copy}")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "sa" in answer.headers["content-disposition"]
    assert "berg" not in answer.headers["content-disposition"]


@pytest.mark.parametrize("stranger", ["bo", "charlie", "farah", "gun", "eira"])
@pytest.mark.parametrize("copy", COPIES)
def test_who_does_not_reach_the_student_gets_what_nobody_gets(signed_in, invited, stranger, copy):
    browser = signed_in(stranger)
    refused = browser.get(f"/papers/talk/{invited.talk.id}.pdf?copy={copy}")
    nothing = browser.get(f"/papers/talk/{'0' * 32}.pdf?copy={copy}")
    assert refused.status_code == nothing.status_code == 404
    assert refused.text == nothing.text


def test_slips_are_printed_by_whoever_has_just_made_them(signed_in, invited):
    way = {"token": [invited.new.token], "code": [invited.new.code]}
    answer = signed_in("alva").post("/papers/slips.pdf", data=way, headers=FROM_HOME)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    said = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "Åsa" in said
    assert "Öberg" not in said
    assert invited.new.code in said
    assert f"/s/{invited.new.token[:30]}" in said.replace("\n", "")
    for stranger in ("bo", "charlie", "gun", "eira"):
        refused = signed_in(stranger).post("/papers/slips.pdf", data=way, headers=FROM_HOME)
        assert refused.status_code == 404
    wrong = {"token": [invited.new.token], "code": ["AAAAA-AAAAA"]}
    assert signed_in("alva").post("/papers/slips.pdf", data=wrong, headers=FROM_HOME).status_code == 404
    foreign = {"origin": "https://evil.example"}
    assert signed_in("alva").post("/papers/slips.pdf", data=way, headers=foreign).status_code == 403


def test_without_a_session_there_is_no_paper(client, invited):
    assert client.get(f"/papers/talk/{invited.talk.id}.pdf").status_code == 401
    assert client.get("/papers/blank/development_survey.pdf").status_code == 401
    led = client.get(f"/papers/talk/{invited.talk.id}.pdf", headers=PAGE)
    assert led.headers["location"].startswith("/sign-in?next=%2Fpapers")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_blank_form_is_printed(signed_in, language):
    answer = signed_in("alva").get(f"/papers/blank/development_survey.pdf?language={language}")
    assert answer.content.startswith(b"%PDF-")


def test_a_form_above_ones_level_is_not_printed_blank(signed_in):
    of = {name: signed_in(name).get("/papers/blank/trigger_circle.pdf").status_code for name in ("alva", "dana")}
    assert of == {"alva": 404, "dana": 200}


@pytest.mark.parametrize("path", ["blank/nothing.pdf", "blank/..%2fx.pdf", "talk/x.pdf", "talk/0.pdf?copy=all"])
def test_what_there_is_not_is_not_found(signed_in, path):
    assert signed_in("alva").get(f"/papers/{path}").status_code == 404
