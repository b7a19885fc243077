"""From a plan to a closed talk, by the pages alone."""

import json

import pytest

from conversation_models.domain.invitation import InvitationStatus
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import agree, conduct, invite, move, prepare
from tests.conversation_models.services.talks_made import AGREED, GREEN, SURVEY
from tests.pages.conftest import Open, said
from tests.tables import tables_on
from ui import talk_screen

pytestmark = pytest.mark.sqlite


def press(screen, label: str) -> None:
    next(button for button in screen.button if button.label == label).click().run()
    assert not screen.exception


def forms(screen) -> str:
    """The HTML of the forms that are mounted on the page."""
    data = [json.loads(element.proto.json) for element in screen.get("bidi_component") if element.proto.json]
    return "\n".join(each["html"] for each in data if "html" in each)


def test_a_talk_is_planned(open_page: Open, desk, cast) -> None:
    screen = open_page(cast.mentor, "prepare", student=cast.student.id)
    next(field for field in screen.text_input if field.label == "Plats").set_value("Lilla rummet")
    press(screen, "Spara")
    (talk,) = prepare.talks_of(desk, cast.student.id)
    assert (talk.place, talk.minutes, talk.status) == ("Lilla rummet", 45, TalkStatus.PREPARED)


def test_the_way_in_is_shown_once_and_can_be_taken_back(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    press(screen, "Bjud in eleven")
    link, code = [element.value for element in screen.code]
    assert "/s/" in link
    assert len(code.replace("-", "")) == 10
    again = open_page(cast.mentor, "prepare", talk=talk.id)
    assert not again.code
    press(again, "Ta tillbaka")
    (invitation,) = invite.invitations_of(talks.desk, talk.id)
    assert invitation.status(talks.desk.now) is InvitationStatus.REVOKED


def test_what_is_to_be_opened_together_is_not_shown_before(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.sent(talk, may_read_before=False)
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    assert "öppnar svaren tillsammans" in screen.info[0].value
    assert "praktiken" not in forms(screen)


def test_what_may_be_read_before_is_shown_read_only(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.sent(talk, may_read_before=True)
    assert "praktiken" in forms(open_page(cast.mentor, "prepare", talk=talk.id))


def test_beginning_opens_the_talk(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    press(open_page(cast.mentor, "prepare", talk=talk.id), "Börja samtalet")
    assert conduct.see_talk(talks.desk, talk.id).talk.status is TalkStatus.OPEN


def test_the_phases_are_gone_to_and_remembered(open_page: Open, talks, cast) -> None:
    talk = conduct.open_talk(talks.desk, talks.prepared().id)
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    press(screen, "Nu och framåt")
    assert screen.title[0].value == "Nu och framåt"
    assert conduct.see_talk(talks.desk, talk.id).talk.phase == "now"
    assert 'data-instrument="priority_ability"' in forms(screen)


def test_a_tap_leads_on_in_one_run_of_the_page(open_page: Open, talks, cast, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = conduct.open_talk(talks.desk, talks.prepared().id)
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    read, see_talk = [], conduct.see_talk
    monkeypatch.setattr(conduct, "see_talk", lambda *asked: read.append(1) or see_talk(*asked))
    for label in ("Nu och framåt", "Lägg till ett underlag", "Vi kommer överens"):
        read.clear()
        press(screen, label)
        assert (screen.title[0].value, len(read)) == ("Tillagt" if "Lägg" in label else label, 1)
    press(screen, next(button.label for button in screen.button if button.label.startswith("Vidare till")))
    assert conduct.see_talk(talks.desk, talk.id).talk.phase == "reading_back"


def test_a_tap_that_is_known_only_where_its_button_is_drawn_is_followed_there(
    open_page: Open, talks, cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first tap after a session was lost: nothing at the beginning of the run tells of it."""
    talk = conduct.open_talk(talks.desk, talks.prepared().id)
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    monkeypatch.setattr(talk_screen, "follow_tap", lambda *_: None)
    press(screen, "Nu och framåt")
    assert screen.title[0].value == "Nu och framåt"
    press(screen, "Lägg till ett underlag")
    assert screen.title[0].value == "Tillagt"


def test_a_tap_in_a_talk_that_was_closed_meanwhile_leads_to_where_it_is(open_page: Open, talks, cast) -> None:
    talk = conduct.open_talk(talks.desk, talks.prepared().id)
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    conduct.close_talk(talks.desk, talk.id)
    press(screen, "Nu och framåt")
    assert conduct.see_talk(talks.desk, talk.id).talk.phase != "now"
    assert "Nu och framåt" not in [title.value for title in screen.title]


def test_the_students_own_answer_is_a_touch_away(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.sent(talk)
    conduct.open_talk(talks.desk, talk.id)
    conduct.go_to_phase(talks.desk, talk.id, "looking")
    html = forms(open_page(cast.mentor, "talk", talk=talk.id))
    assert "<details" in html


def test_turned_towards_the_student_there_are_no_notes_support_or_offers(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.sent(talk)
    conduct.open_talk(talks.desk, talk.id)
    conduct.go_to_phase(talks.desk, talk.id, "agreement")
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    assert "notes_agreement" in forms(screen)
    assert "Förslag" in said(screen)
    screen.toggle(key=f"turned-{talk.id}").set_value(True).run()
    assert "notes_agreement" not in forms(screen)
    assert "words_agreement" in forms(screen)
    assert "Förslag" not in said(screen)
    assert "Skolans del först" not in said(screen)


def test_no_letter_of_a_group_is_on_the_talks_screen(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.sent(talk)
    conduct.open_talk(talks.desk, talk.id)
    for phase in ("now", "agreement"):
        conduct.go_to_phase(talks.desk, talk.id, phase)
        screen = open_page(cast.mentor, "talk", talk=talk.id)
        words = f"{said(screen)}\n{forms(screen)}".lower()
        assert "grupp a" not in words
        assert "vill inte och" not in words


def test_an_offer_is_taken_into_the_agreement(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.sent(talk)
    conduct.open_talk(talks.desk, talk.id)
    conduct.go_to_phase(talks.desk, talk.id, "agreement")
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    offer = conduct.see_talk(talks.desk, talk.id).offers[0]
    next(radio for radio in screen.radio if radio.label == "Förslag").set_value(offer.id)
    press(screen, "Ta med i överenskommelsen")
    text = conduct.see_talk(talks.desk, talk.id).value("development_agreement", "work_decision")
    assert text == offer.text.sv


def test_closing_asks_first_and_says_what_would_be_lost(open_page: Open, talks, cast) -> None:
    talk = talks.prepared()
    talks.begun(talk)
    conduct.open_talk(talks.desk, talk.id)
    talks.write(talk, AGREED)
    screen = open_page(cast.mentor, "close-talk", talk=talk.id)
    assert "inte skickat" in screen.info[0].value
    assert next(button for button in screen.button if button.label == "Avsluta samtalet").disabled
    screen.checkbox[0].check().run()
    press(screen, "Avsluta samtalet")
    assert conduct.see_talk(talks.desk, talk.id).talk.status is TalkStatus.CLOSED
    (decision,) = agree.open_decisions(talks.desk, cast.student.id)
    assert decision.words == "Läxhjälp på onsdagar"


def test_a_closed_talk_is_read_with_links_to_guarded_papers(open_page: Open, talks, cast) -> None:
    talk = talks.closed(written={(SURVEY, "workload"): GREEN, **AGREED})
    screen = open_page(cast.mentor, "closed-talk", talk=talk.id)
    links = [element.proto.url for element in screen.get("link_button")]
    assert links == [f"/papers/talk/{talk.id}.pdf?copy={copy}" for copy in ("school", "student", "guardian")]
    assert not screen.get("download_button")
    assert "praktiken" in forms(screen)


def test_a_correction_stands_beside_what_was_said(open_page: Open, talks, cast) -> None:
    talk = talks.closed()
    screen = open_page(cast.mentor, "closed-talk", talk=talk.id)
    box = next(box for box in screen.selectbox if box.label == "Vad gäller det?")
    box.select_index(0)
    next(area for area in screen.text_area if area.label == "Så ska det stå").set_value("Läxhjälp på torsdagar")
    press(screen, "Spara rättelsen")
    shown = said(screen)
    assert "Läxhjälp på torsdagar" in shown
    assert "Läxhjälp på onsdagar" in shown
    assert "Alva" in shown


def test_a_decision_is_followed_up(open_page: Open, talks, cast) -> None:
    talks.closed()
    screen = open_page(cast.mentor, "student", student=cast.student.id)
    assert "Läxhjälp på onsdagar" in said(screen)
    screen.radio[0].set_value("done")
    screen.text_area[0].set_value("Det blev av.")
    press(screen, "Spara")
    assert agree.open_decisions(talks.desk, cast.student.id) == []


def test_a_talk_on_the_wrong_student_is_moved_with_its_reason(open_page: Open, talks, cast) -> None:
    talk = talks.closed()
    screen = open_page(cast.mentor, "move-talk", talk=talk.id)
    screen.selectbox[0].select_index(0)
    press(screen, "Flytta samtalet")
    assert "skriv varför" in screen.error[0].value
    screen.text_input[0].set_value("Fel Åsa")
    screen.checkbox[0].check()
    press(screen, "Flytta samtalet")
    assert conduct.see_talk(talks.desk, talk.id).student.id == cast.shared.id
    with pytest.raises(move.TalkRefused):
        move.move_talk(talks.desk, talk.id, cast.shared.id, "igen")


def test_today_lists_what_waits_and_says_how_to_begin(open_page: Open, talks, cast) -> None:
    assert "Börja med att välja en elev" in open_page(cast.mentor, "today").info[0].value
    talks.closed(written={**AGREED, ("development_agreement", "work_follow_up"): "2026-03-01"})
    talks.sent(talks.prepared())
    shown = said(open_page(cast.mentor, "today"))
    assert "Svar att läsa" in shown
    assert "Att följa upp: dagen har passerat" in shown
    assert "Läxhjälp" not in shown


def test_looking_back_says_it_in_words_and_in_tables(open_page: Open, talks, cast) -> None:
    talks.closed()
    screen = open_page(cast.mentor, "looking-back", student=cast.student.id)
    assert screen.get("plotly_chart")
    assert all(element.proto.alt for element in screen.get("plotly_chart"))
    assert any("7" in table.to_string() for table in tables_on(screen)[1:])
    assert "tron på att klara den" in said(screen)


def test_a_groups_letter_is_shown_only_when_staff_ask_for_it(open_page: Open, talks, cast) -> None:
    talks.closed()
    screen = open_page(cast.mentor, "looking-back", student=cast.student.id)
    assert not any("Grupp" in table.columns for table in tables_on(screen))
    screen.toggle(key=f"letters-{cast.student.id}").set_value(True).run()
    (lettered,) = (table for table in tables_on(screen) if "Grupp" in table.columns)
    assert lettered["Grupp"].tolist() == ["A"]
