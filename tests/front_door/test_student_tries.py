"""The page for tries: told on the phone, a receipt and nothing more, with and without the code."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from conversation_models.services import prepare, tries
from conversation_models.services.access import Desk, now
from conversation_models.services.talk_view import see_talk
from tests.conversation_models.services.talks_made import Talks
from tests.conversation_models.services.test_tries import ahead  # noqa: F401 - fixture
from tests.front_door.conftest import FROM_HOME
from tests.front_door.test_student_browser import phone, require_no_barrier  # noqa: F401 - fixture


@pytest.fixture
def health(store, cast) -> Talks:
    return Talks(Desk(store, cast.counsellor, now()), cast.student)


@pytest.fixture
def period(health, ahead):  # noqa: F811
    return tries.turn_on(health.desk, ahead.id, 14)


def number_on(html: str) -> str:
    return re.search(r'name="number" value="(\d{10})"', html).group(1)


def test_told_by_the_link_with_a_receipt_and_without_a_word_of_it(client, period, health, ahead):  # noqa: F811
    page = client.get(f"/s/{period.token}")
    assert page.status_code == 200
    assert "Hur gick det?" in page.text
    assert "Till grinden" not in page.text
    posted = {"number": number_on(page.text), "tried.step": "Till <grinden>", "tried.before": "4", "tried.highest": "8"}
    answer = client.post(f"/s/{period.token}", data=posted, headers=FROM_HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{period.token}/sent")
    client.post(f"/s/{period.token}", data=posted, headers=FROM_HOME)
    (row,) = see_talk(health.desk, ahead.id).by_phone("practice_ladder")["tries"].value
    assert (row["step"], row["before"], row["highest"]) == ("Till <grinden>", 4, 8)
    receipt = client.get(f"/s/{period.token}/sent").text
    assert "Ditt försök är sparat" in receipt
    assert "grinden" not in receipt + client.get(f"/s/{period.token}").text


def test_with_the_code_the_agreed_steps_can_be_chosen(client, period, health, ahead):  # noqa: F811
    client.post("/s", data={"code": period.code}, headers=FROM_HOME)
    page = client.get("/s/mine").text
    assert "Till biblioteket" in page
    posted = {"number": number_on(page), "tried.which": "step_2", "tried.turned_back": "yes"}
    assert client.post("/s/mine", data=posted, headers=FROM_HOME).status_code == 303
    (row,) = see_talk(health.desk, ahead.id).by_phone("practice_ladder")["tries"].value
    assert (row["step"], row["turned_back"]) == ("Till biblioteket", True)


def test_what_cannot_be_taken_stays_on_the_page_with_the_reason(client, period, health, ahead):  # noqa: F811
    empty = client.post(f"/s/{period.token}", data={"number": "1000000001"}, headers=FROM_HOME)
    assert (empty.status_code, "Inget är sparat än" in empty.text) == (422, True)
    posted = {"number": "1000000001", "tried.step": "Bussen " * 40, "tried.before": "4"}
    long = client.post(f"/s/{period.token}", data=posted, headers=FROM_HOME)
    assert (long.status_code, "Bussen Bussen" in long.text, 'value="1000000001"' in long.text) == (422, True, True)
    wrong = client.post(f"/s/{period.token}", data={"tried.before": "12", "tried.step": "Bussen"}, headers=FROM_HOME)
    assert wrong.status_code == 422
    assert see_talk(health.desk, ahead.id).by_phone("practice_ladder") == {}


def test_a_link_that_was_turned_off_says_so_and_saves_nothing(client, period, health, ahead):  # noqa: F811
    tries.turn_off(health.desk, ahead.id)
    assert "Det du har sparat finns kvar" in client.get(f"/s/{period.token}").text
    late = client.post(f"/s/{period.token}", data={"tried.step": "Bussen"}, headers=FROM_HOME)
    assert late.status_code == 410
    assert see_talk(health.desk, ahead.id).by_phone("practice_ladder") == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_on_a_phone(phone, school, scheme):  # noqa: F811
    desk = Desk(school.store, school.cast.counsellor, now())
    plan = prepare.TalkPlan(school.cast.student.id, desk.today + timedelta(days=7), "return_to_school")
    period = tries.turn_on(desk, prepare.prepare_talk(desk, plan).id, 14)
    phone.emulate_media(color_scheme=scheme)
    phone.goto(f"/s/{period.token}")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Hur gick det?")
    require_no_barrier(phone)
    phone.get_by_role("radio", name=re.compile("Igår")).check()
    phone.get_by_label("Vilket steg?").fill("Till grinden")
    phone.get_by_role("group", name="Innan").get_by_role("radio", name=re.compile("^4")).check()
    phone.get_by_role("button", name="Spara försöket").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ditt försök är sparat")
    require_no_barrier(phone)
