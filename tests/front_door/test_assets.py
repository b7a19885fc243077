"""What a phone has to fetch: few files, few bytes."""

import base64
import gzip
import hashlib
import re
from datetime import timedelta

from conversation_models.services import invite, prepare
from front_door.assets import PARTS, asset_path, read_asset

BUDGET = 40_000  # performance.md: with read-aloud, offline queue and help
BEFORE_THE_FIRST_CHOICE = 30_000
REQUESTS = 4
HEADERS_OF_AN_ANSWER = 700  # measured with curl: 650-700 bytes each
FETCHED = re.compile(r'(?:src|href|data-script)="(/[^"#]+\.(?:js|css|svg))"')


def weight_of(page, fetched) -> int:
    files = sum(len(read_asset(path.rsplit("/", 1)[1]).packed) for path in fetched)
    return len(gzip.compress(page.content)) + files + HEADERS_OF_AN_ANSWER * (1 + len(fetched))


def test_the_students_page_keeps_to_three_requests_and_its_budget(client, invited):
    page = client.get(invited.page)
    fetched = set(FETCHED.findall(page.text))
    assert fetched == {asset_path("student.js"), asset_path("student-suits.js")}
    assert weight_of(page, fetched) <= BUDGET
    assert weight_of(page, fetched - {asset_path("student-suits.js")}) <= BEFORE_THE_FIRST_CHOICE


def test_what_nobody_waits_for_is_fetched_by_the_script_and_not_by_the_page(client, invited):
    page = client.get(invited.page).text
    assert re.findall(r'<script[^>]*src="([^"]+)"', page) == [asset_path("student.js")]
    assert "modulepreload" not in page


def test_whatever_a_student_can_be_sent_keeps_to_four_requests_and_the_budget(client, mentor_desk, cast):
    plan = prepare.TalkPlan(cast.student.id, mentor_desk.today + timedelta(days=9))
    talk = prepare.prepare_talk(mentor_desk, plan)
    heavy = {}
    for name in invite.sendable(mentor_desk, talk.id):
        page = client.get(f"/s/{invite.invite(mentor_desk, talk.id, asks=[name]).token}")
        fetched = set(FETCHED.findall(page.text))
        if 1 + len(fetched) > REQUESTS or weight_of(page, fetched) > BUDGET:
            heavy[name] = (fetched, weight_of(page, fetched))
    assert heavy == {}


def test_a_page_with_cards_and_tables_gets_what_they_need_in_as_many_requests(client, mentor_desk, cast):
    plan = prepare.TalkPlan(cast.student.id, mentor_desk.today + timedelta(days=9), "introduction")
    talk = prepare.prepare_talk(mentor_desk, plan)
    page = client.get(f"/s/{invite.invite(mentor_desk, talk.id).token}")
    fetched = set(FETCHED.findall(page.text))
    assert fetched == {asset_path("student-more.js"), asset_path("student-suits.js")}
    assert read_asset("student-more.css").plain.decode() in page.text
    assert 'data-kind="cards"' in page.text
    assert weight_of(page, fetched) <= BUDGET


def test_a_file_is_kept_for_a_year_under_an_address_of_its_content(client):
    answer = client.get(asset_path("student.css"), headers={"accept-encoding": "gzip"})
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == read_asset("student.css").plain.decode()


def test_under_a_fixed_address_a_file_is_asked_for_again(client):
    first = client.get("/form.js")
    again = client.get("/form.js", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_an_unknown_file_is_not_found(client):
    assert client.get("/look/x/nothing.js").status_code == 404
    assert client.get("/look/x/..%2fsettings.py").status_code == 404


def test_the_students_page_carries_its_style_and_the_policy_allows_that_one_only(client, invited):
    answer = client.get(invited.page)
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in answer.headers["content-security-policy"]
    for path in ("/sign-in", "/s"):
        other = client.get(path)
        assert "<style" not in other.text
        assert "style-src 'self';" in other.headers["content-security-policy"]


def test_nothing_is_fetched_from_elsewhere_and_no_script_stands_inline(client, invited):
    for path in ("/sign-in", "/s", invited.page):
        page = client.get(path).text
        assert not re.search(r'(?:src|action)="(?:https?:)?//', page)
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page)
    for name in PARTS:
        assert not re.search(rb"url\(\s*['\"]?https?:|@import", read_asset(name).plain)
