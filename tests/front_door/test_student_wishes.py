"""I want to talk to someone: the student's pages."""

import pytest
from playwright.sync_api import expect

from conversation_models.services import rate, wishes
from conversation_models.services.access import Desk, now
from tests.front_door.conftest import FROM_HOME
from tests.front_door.test_student_browser import phone, require_no_barrier  # noqa: F401 - fixture


def test_asked_without_a_word_of_it_on_the_bare_link_and_answered_after_the_code(
    client, new_client, invited, store, cast, mentor_desk
):
    wishes.put_on_list(Desk(store, cast.administrator, now()), cast.counsellor.id, "kuratorn på plan två")
    assert f"{invited.page}/adult" in client.get(invited.page).text
    page = client.get(f"{invited.page}/adult").text
    for said in ("Ingen läser det här på kvällar", "tel:116111", "kuratorn på plan två", "håller i ditt samtal"):
        assert said in page
    answer = client.post(f"{invited.page}/adult", data={"adult": cast.counsellor.id}, headers=FROM_HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{invited.page}/adult?asked=yes")
    told = client.get(answer.headers["location"]).text
    assert "Den du valde ser det nästa skoldag" in told
    assert "har inte sett" not in told
    typed = new_client()
    typed.post("/s", data={"code": invited.new.code}, headers=FROM_HOME)
    assert "har inte sett det än" in typed.get("/s/mine/adult").text
    counsellor = Desk(store, cast.counsellor, now())
    (waiting,) = wishes.wishes_to_me(counsellor)
    wishes.answer_wish(counsellor, waiting.wish.id, "<b>Kom</b> när du vill")
    told = typed.get("/s/mine/adult").text
    assert "har sett det" in told
    assert "&lt;b&gt;Kom&lt;/b&gt; när du vill" in told
    assert "Kom" not in client.get(f"{invited.page}/adult").text


@pytest.mark.parametrize("chosen", ["", "0" * 32, "somebody"])
def test_who_is_not_one_to_ask_is_not_asked(client, invited, mentor_desk, chosen):
    answer = client.post(f"{invited.page}/adult", data={"adult": chosen}, headers=FROM_HOME)
    assert answer.status_code == 422
    assert "Det skickades inte" in answer.text
    assert wishes.wishes_to_me(mentor_desk) == []


def test_an_unknown_link_and_another_site_ask_nobody(client, invited, cast, mentor_desk):
    assert client.get(f"/s/{'x' * 43}/adult").status_code == 404
    assert client.get("/s/mine/adult").headers["location"] == "/s"
    elsewhere = {"origin": "https://elsewhere.example"}
    assert client.post(f"{invited.page}/adult", data={"adult": cast.mentor.id}, headers=elsewhere).status_code == 403
    assert wishes.wishes_to_me(mentor_desk) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_on_a_phone(phone, school, scheme):  # noqa: F811
    phone.emulate_media(color_scheme=scheme)
    phone.goto(f"/s/{school.invite().token}")
    phone.get_by_role("link", name="Jag vill prata med någon").last.tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Jag vill prata med någon")
    require_no_barrier(phone)
    phone.get_by_role("radio").first.check()
    phone.get_by_role("button", name="Be om att få prata").tap()
    expect(phone.get_by_role("status")).to_contain_text("Du har bett om att få prata")
    require_no_barrier(phone)
    assert phone.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_my_words_on_a_phone(phone, school, scheme):  # noqa: F811
    new = school.invite()
    entry = rate.find_by_token(school.store, new.token, now())
    key = ("development_survey", "bring_up")
    rate.send_all(school.store, entry, {key: "Det här är mina ord"}, "test", True, now())
    phone.emulate_media(color_scheme=scheme)
    phone.goto("/s")
    phone.get_by_label("Kod").fill(new.code)
    phone.get_by_role("button", name="Fortsätt").tap()
    phone.get_by_role("link", name="Mina ord").tap()
    expect(phone.get_by_text("Det här är mina ord")).to_be_visible()
    require_no_barrier(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.troubles == []
