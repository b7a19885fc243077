"""What flows on: only what is marked so, only by choice, only in the very words that were shown."""

from dataclasses import replace
from datetime import date

import pytest

from conversation_models.services import added, agree, analyse, asked, conduct, prepare, take_along
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.take_along import Flowing, StaysHere, Target
from conversation_models.services.talk_view import see_talk
from instruments.catalogue import load
from tests.conversation_models.filled import a_model, fill
from tests.conversation_models.services.talks_made import AGREEMENT, Talks

CIRCLE, ANALYSIS, LADDER = "trigger_circle", "functional_analysis", "practice_ladder"
# By hand: what may leave a circle, an analysis or a ladder (instruments.md, "What flows on"), and nothing else may.
MAY_LEAVE = {
    (ANALYSIS, "instead"): "what one could do instead",
    (ANALYSIS, "skill"): "a skill to practise",
    (ANALYSIS, "adults"): "what adults change",
    (LADDER, "steps"): "a step",
    (CIRCLE, "other_action"): "another way to act",
    (CIRCLE, "worked_action"): "what was done the time it worked",
    (CIRCLE, "adults"): "what adults change",
}


@pytest.fixture
def health(desk, cast) -> Talks:
    return Talks(desk(cast.counsellor), cast.student)


@pytest.fixture
def talk(health: Talks, with_model):
    """An open talk of student health, in which everything is written, without an agreement."""
    with_model(a_model("above", "e", CIRCLE, ANALYSIS, LADDER))
    opened = conduct.open_talk(
        health.desk, prepare.prepare_talk(health.desk, TalkPlan(health.student.id, date(2026, 3, 12), "above")).id
    )
    for name in (CIRCLE, ANALYSIS, LADDER):
        fill(health.desk, opened.id, name, f"Orden i {name}")
    return opened


def test_only_alternatives_skills_steps_and_what_adults_change_are_marked() -> None:
    """In every edition of every instrument: whoever marks one more has to say so here too."""
    marked = {
        (edition.instrument.id, item.id)
        for edition in load().all_editions()
        for item in edition.instrument.items()
        if item.flows_on
    }
    assert marked == set(MAY_LEAVE)


def test_nothing_marked_so_is_a_number_or_a_colour() -> None:
    kinds = {item.kind for edition in load().all_editions() for item in edition.instrument.items() if item.flows_on}
    assert kinds <= {"text", "line", "choice", "choices", "table", "cards", "date"}


def test_everything_else_is_refused_by_the_service(health: Talks, talk) -> None:
    """Thoughts, triggers, feelings, function: with their own words, in any row, and with words that flow elsewhere."""
    flowing = take_along.words_to_take(health.desk, talk.id)
    tried = 0
    for name in (CIRCLE, ANALYSIS, LADDER):
        for item in asked.find_instrument(name).items():
            if item.flows_on:
                continue
            for row in ("", "own.1"):
                for words in (f"Orden i {name}", flowing[0].words, ""):
                    with pytest.raises(StaysHere):
                        take_along.take_along(health.desk, talk.id, Flowing(name, item.id, row, words), Target())
                    tried += 1
    assert tried > 60
    assert agree.open_decisions(health.desk, health.student.id) == []


def test_words_that_are_not_exactly_those_that_stand_there_are_refused(health: Talks, talk) -> None:
    (first, *_) = take_along.words_to_take(health.desk, talk.id)
    for other in (replace(first, words=first.words + "!"), replace(first, row="own.9"), replace(first, instrument="x")):
        with pytest.raises(StaysHere):
            take_along.take_along(health.desk, talk.id, other, Target())


def test_without_an_agreement_the_words_become_an_open_decision_that_the_mentor_reads(
    health: Talks, talk, desk, cast
) -> None:
    mentor = desk(cast.mentor)
    skill = next(each for each in take_along.words_to_take(health.desk, talk.id) if each.item == "skill")
    target = Target("", "Dana", date(2026, 3, 20))
    take_along.take_along(health.desk, talk.id, skill, target)
    take_along.take_along(health.desk, talk.id, skill, target)
    (decision,) = agree.open_decisions(health.desk, health.student.id)
    assert (decision.words, decision.responsible, decision.follow_up) == (skill.words, "Dana", date(2026, 3, 20))
    assert (decision.area, decision.level) == ("", "m")
    assert agree.open_decisions(mentor, cast.student.id) == [], "before the talk is closed the mentor knows of nothing"
    conduct.close_talk(health.desk, talk.id)
    assert [each.words for each in agree.open_decisions(mentor, cast.student.id)] == [skill.words]
    view = see_talk(mentor, talk.id)
    assert (view.instruments, view.answers) == ({}, {}), "the decision alone"


def test_with_an_agreement_the_words_stand_below_its_decision(health: Talks) -> None:
    talk = conduct.open_talk(health.desk, health.prepared().id)
    added.add_instrument(health.desk, talk.id, ANALYSIS)
    fill(health.desk, talk.id, ANALYSIS, "Säga till i tid")
    health.write(talk, {(AGREEMENT, "support_decision"): "Läxhjälp"})
    skill = next(each for each in take_along.words_to_take(health.desk, talk.id) if each.item == "skill")
    take_along.take_along(health.desk, talk.id, skill, Target("support"))
    take_along.take_along(health.desk, talk.id, skill, Target("support"))
    assert see_talk(health.desk, talk.id).value(AGREEMENT, "support_decision") == "Läxhjälp\nSäga till i tid"
    with pytest.raises(asked.NotAsked):
        take_along.take_along(health.desk, talk.id, skill, Target("nowhere"))


def test_a_step_of_the_ladder_is_taken_row_by_row(health: Talks, talk) -> None:
    steps = [each for each in take_along.words_to_take(health.desk, talk.id) if each.instrument == LADDER]
    assert [each.row for each in steps] == ["own.1"]
    assert not any(letter.isdigit() for letter in steps[0].words), "how hard a step is stays in the ladder"


def test_a_mentor_is_offered_nothing_of_what_the_mentor_does_not_read(health: Talks, desk, cast) -> None:
    mentor = Talks(desk(cast.mentor), cast.student)
    talk = conduct.open_talk(mentor.desk, mentor.prepared().id)
    added.add_instrument(health.desk, talk.id, ANALYSIS)
    fill(health.desk, talk.id, ANALYSIS, "Hemligt")
    assert take_along.words_to_take(mentor.desk, talk.id) == []
    (first, *_) = take_along.words_to_take(health.desk, talk.id)
    with pytest.raises(StaysHere):
        take_along.take_along(mentor.desk, talk.id, first, Target("work"))


def test_nothing_is_taken_along_from_a_closed_talk(health: Talks, talk) -> None:
    (first, *_) = take_along.words_to_take(health.desk, talk.id)
    conduct.close_talk(health.desk, talk.id)
    with pytest.raises(TalkRefused):
        take_along.take_along(health.desk, talk.id, first, Target())


def test_an_action_of_the_circle_opens_an_analysis_and_nothing_else_of_it_comes_along(health, talk) -> None:
    found = analyse.actions_of(health.desk, talk.id)
    assert [each.item for each in found] == ["action", "other_action", "worked_action"]
    before = see_talk(health.desk, talk.id).value(ANALYSIS, "behaviour")
    analyse.begin_analysis(health.desk, talk.id, found[0])
    after = see_talk(health.desk, talk.id).value(ANALYSIS, "behaviour")
    assert after == (before if found[0].words in before else f"{before}\n{found[0].words}")
    analyse.begin_analysis(health.desk, talk.id, found[0])
    assert see_talk(health.desk, talk.id).value(ANALYSIS, "behaviour") == after
    for other in (replace(found[0], item="thought"), replace(found[0], words="Något annat")):
        with pytest.raises(StaysHere):
            analyse.begin_analysis(health.desk, talk.id, other)


def test_a_talk_without_an_analysis_has_no_action_to_look_closer_at(health, with_model) -> None:
    with_model(a_model("circle_only", "e", CIRCLE))
    plan = TalkPlan(health.student.id, date(2026, 3, 12), "circle_only")
    opened = conduct.open_talk(health.desk, prepare.prepare_talk(health.desk, plan).id)
    fill(health.desk, opened.id, CIRCLE, "Orden")
    assert analyse.actions_of(health.desk, opened.id) == []
