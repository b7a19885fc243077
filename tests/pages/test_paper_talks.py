"""A talk that was held on paper, from the student's page to the closed talk; each page says both days."""

from datetime import timedelta

import pytest

from conversation_models.domain.talk import TalkStatus
from conversation_models.services import conduct, paper_talks, prepare
from conversation_models.services.paper_talks import PaperTalk
from tests.conversation_models.services.talks_made import AGREED, ANSWERED
from tests.pages.conftest import Open, said

pytestmark = pytest.mark.sqlite
MARK = "Hölls på papper den"


def test_the_day_and_the_kind_are_asked_and_the_forms_follow(open_page: Open, talks, cast) -> None:
    assert "Skriv in ett samtal som hölls på papper" in said(open_page(cast.mentor, "student", student=cast.student.id))
    screen = open_page(cast.mentor, "paper-talk", student=cast.student.id)
    held_on = talks.desk.today - timedelta(days=12)
    screen.date_input[0].set_value(held_on)
    screen.button[0].click().run()
    (talk,) = prepare.talks_of(talks.desk, cast.student.id)
    assert (talk.status, talk.held_on, talk.entered_on) == (TalkStatus.OPEN, held_on, talks.desk.today)


def test_a_day_to_come_is_refused_in_a_sentence(open_page: Open, talks, cast) -> None:
    screen = open_page(cast.mentor, "paper-talk", student=cast.student.id)
    screen.date_input[0].set_value(talks.desk.today + timedelta(days=1))
    screen.button[0].click().run()
    assert [error.value for error in screen.error] == ["- **Dag:** Den dagen har inte kommit än. Titta en gång till."]
    assert prepare.talks_of(talks.desk, cast.student.id) == []


def test_it_is_typed_in_form_by_form_and_marked_on_every_page(open_page: Open, talks, cast) -> None:
    talk = paper_talks.enter_paper_talk(talks.desk, PaperTalk(cast.student.id, talks.desk.today - timedelta(days=5)))
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    assert not screen.exception
    assert MARK in said(screen)
    assert [toggle.label for toggle in screen.toggle] == [], "neither turned towards a student nor asked for the paper"
    forms = "".join(each.proto.json for each in screen.get("bidi_component"))
    assert 'data-manner=\\"paper\\"' in forms
    assert "data-one" not in forms
    assert "Ta bort samtalet" in said(screen)
    talks.write(talk, ANSWERED | AGREED)
    assert "Ta bort samtalet" not in said(open_page(cast.mentor, "talk", talk=talk.id))
    conduct.close_talk(talks.desk, talk.id)
    for path, ids in (
        ("closed-talk", {"talk": talk.id}),
        ("looking-back", {"student": cast.student.id}),
    ):
        assert MARK in said(open_page(cast.mentor, path, **ids)), path
    assert "(avslutat, på papper)" in said(open_page(cast.mentor, "student", student=cast.student.id))


def test_one_opened_by_mistake_is_removed(open_page: Open, talks, cast) -> None:
    talk = paper_talks.enter_paper_talk(talks.desk, PaperTalk(cast.student.id, talks.desk.today))
    screen = open_page(cast.mentor, "talk", talk=talk.id)
    next(button for button in screen.button if button.label == "Ta bort samtalet").click().run()
    assert not screen.exception
    assert prepare.talks_of(talks.desk, cast.student.id) == []
