"""Choosing the talk, what an invitation asks, adding instruments, and taking words along: on the pages."""

from datetime import date

from conversation_models.services import access, added, agree, conduct, library, prepare, take_along
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import see_talk
from tests.conversation_models.filled import fill
from tests.conversation_models.services.talks_made import Talks
from tests.pages.conftest import said

DAY = date(2026, 12, 1)


def prepared(talks: Talks, model: str):
    return prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, DAY, model))


def begun(talks: Talks, model: str):
    return conduct.open_talk(talks.desk, prepared(talks, model).id)


def button(screen, label: str):
    return next(each for each in screen.button if each.label == label)


def test_the_kind_of_talk_is_chosen_with_its_purpose(open_page, cast, talks: Talks) -> None:
    screen = open_page(cast.mentor, "prepare", student=cast.student.id)
    box = screen.selectbox(key=f"model-{cast.student.id}")
    assert box.value.id == "development"
    assert set(box.options) == {model.title.sv for model in library.models_for(cast.mentor)}
    screen = box.set_value(next(each for each in library.models_for(cast.mentor) if each.id == "care_call")).run()
    assert "Vi ringer första dagen" in said(screen)
    screen = button(screen, "Spara").click().run()
    (talk,) = prepare.talks_of(talks.desk, cast.student.id)
    assert (talk.model, talk.minutes) == ("care_call", 10)


def test_student_health_is_offered_the_talks_of_student_health(open_page, cast) -> None:
    screen = open_page(cast.counsellor, "prepare", student=cast.student.id)
    assert len(screen.selectbox(key=f"model-{cast.student.id}").options) == 12


def test_what_an_invitation_asks_is_chosen(open_page, cast, talks: Talks) -> None:
    talk = prepared(talks, "free_talk")
    screen = open_page(cast.mentor, "prepare", talk=talk.id)
    chosen = screen.multiselect[0]
    assert chosen.value == []
    screen = button(screen, "Bjud in eleven").click().run()
    assert "Välj minst ett underlag" in said(screen)
    screen.multiselect[0].set_value(["short_evaluation"])
    screen = button(screen, "Bjud in eleven").click().run()
    assert not screen.exception
    assert see_talk(talks.desk, talk.id).invitation.asks == ("short_evaluation",)


def test_an_instrument_is_added_written_in_and_stays(open_page, cast, talks: Talks) -> None:
    talk = begun(talks, "free_talk")
    screen = open_page(cast.mentor, "talk", talk=talk.id, step="added")
    assert screen.title[0].value == "Tillagt"
    radio = next(each for each in screen.radio if each.label == "Underlag")
    radio.set_value("miracle_question")
    screen = button(screen, "Lägg till i samtalet").click().run()
    assert "miracle_question" in see_talk(talks.desk, talk.id).talk.editions
    screen = button(screen, _take_away(screen)).click().run()
    assert "miracle_question" not in see_talk(talks.desk, talk.id).talk.editions
    added.add_instrument(talks.desk, talk.id, "miracle_question")
    fill(talks.desk, talk.id, "miracle_question", "Ett ord")
    screen = open_page(cast.mentor, "talk", talk=talk.id, step="added")
    assert not any(each.label.startswith("Ta bort") for each in screen.button)
    screen = next(each for each in screen.button if each.label.startswith("Tillbaka till")).click().run()
    assert screen.title[0].value == see_talk(talks.desk, talk.id).model.phases[0].title.sv


def _take_away(screen) -> str:
    return next(each.label for each in screen.button if each.label.startswith("Ta bort"))


def test_a_process_begins_where_it_ended(open_page, cast, store) -> None:
    health = Talks(Desk(store, cast.counsellor, access.now()), cast.student)
    first = begun(health, "return_to_school")
    phases = see_talk(health.desk, first.id).model.phases
    conduct.go_to_phase(health.desk, first.id, phases[4].id)
    conduct.close_talk(health.desk, first.id)
    following = prepared(health, "return_to_school")
    screen = open_page(cast.counsellor, "prepare", talk=following.id)
    assert screen.selectbox(key=f"begin-{following.id}").value == phases[4].id
    button(screen, "Börja samtalet").click().run()
    assert see_talk(health.desk, following.id).talk.phase == phases[4].id


def test_words_are_taken_along_as_they_are_shown(open_page, cast, store) -> None:
    health = Talks(Desk(store, cast.counsellor, access.now()), cast.student)
    talk = begun(health, "development")
    added.add_instrument(health.desk, talk.id, "functional_analysis")
    fill(health.desk, talk.id, "functional_analysis", "Säga till i tid")
    conduct.go_to_phase(health.desk, talk.id, "agreement")
    screen = open_page(cast.counsellor, "talk", talk=talk.id)
    screen = next(t for t in screen.toggle if t.label.startswith("Ta med något")).set_value(True).run()
    radio = next(each for each in screen.radio if each.label == "Vad vill ni ta med?")
    assert all("Säga till i tid" in each for each in radio.options)
    screen = radio.set_value(take_along.words_to_take(health.desk, talk.id)[0]).run()
    assert "Då kan mentorn läsa dem" in said(screen)
    button(screen, "Ta med de här orden").click().run()
    assert "Säga till i tid" in see_talk(health.desk, talk.id).value("development_agreement", "work_decision")
    assert agree.open_decisions(health.desk, cast.student.id) == []


def test_every_phase_of_every_talk_can_be_shown_and_closed(open_page, cast, store) -> None:
    health = Talks(Desk(store, cast.counsellor, access.now()), cast.student)
    for model in library.models_for(cast.counsellor):
        talk = begun(health, model.id)
        for phase in model.phases:
            conduct.go_to_phase(health.desk, talk.id, phase.id)
            screen = open_page(cast.counsellor, "talk", talk=talk.id)
            assert not screen.exception, (model.id, phase.id)
            assert screen.title[0].value == phase.title.sv
        closing = open_page(cast.counsellor, "close-talk", talk=talk.id)
        assert not closing.exception, model.id
        conduct.close_talk(health.desk, talk.id)
        assert not open_page(cast.counsellor, "closed-talk", talk=talk.id).exception, model.id


def test_what_is_written_is_read_back(open_page, cast, store) -> None:
    """The plan stands in two phases of the return to school; what is agreed in both is read aloud at the end."""
    health = Talks(Desk(store, cast.counsellor, access.now()), cast.student)
    talk = begun(health, "return_to_school")
    for name in ("planning", "trigger_circle"):
        fill(health.desk, talk.id, name, f"Ord i {name}")
    model = see_talk(health.desk, talk.id).model
    conduct.go_to_phase(health.desk, talk.id, model.phases[-1].id)
    screen = open_page(cast.counsellor, "talk", talk=talk.id)
    assert not screen.exception
    html = "".join(str(each.proto.json) for each in screen.get("bidi_component"))
    assert "Ord i planning" in html
    assert "Ord i trigger_circle" not in html, "what was explored is not what is agreed"


def test_a_talk_of_a_process_may_end_in_any_phase(open_page, cast, store) -> None:
    health = Talks(Desk(store, cast.counsellor, access.now()), cast.student)
    process, usual = begun(health, "return_to_school"), begun(health, "development")
    for talk, may in ((process, True), (usual, False)):
        screen = open_page(cast.counsellor, "talk", talk=talk.id)
        assert ("Avsluta samtalet" in [each.proto.label for each in screen.get("page_link")]) is may
