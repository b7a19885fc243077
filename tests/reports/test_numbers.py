from datetime import date
from random import Random

import pytest

from conversation_models.services import look
from reports.numbers import path_of, scale_topics
from reports.tables import path_table, say_path, say_scale, scale_table
from tests.conversation_models.services.talks_made import QUADRANT, SCALE
from tests.reports import raw_rows
from tests.tables import frame

TRUST = "En lägre siffra kan betyda mer förtroende."


def history(talks):
    return look.history(talks.desk, talks.student.id)


def numbers(priority, ability) -> dict:
    return {(QUADRANT, "priority"): priority, (QUADRANT, "ability"): ability}


def scale(topic, now, wanted=None) -> dict:
    return {(SCALE, "topic"): topic, (SCALE, "now"): now, (SCALE, "wanted"): wanted}


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize("seed", [3, 4])
def test_the_path_is_what_the_raw_rows_say(talks, seed):
    random = Random(seed)
    options = [None, {"declined": True}, *range(4, 8)]
    for month in (5, 2, 8, 3, 6):
        sent = numbers(random.choice(options), random.choice(options)) if random.random() < 0.8 else {}
        written = numbers(random.choice(options), random.choice(options)) if random.random() < 0.5 else {}
        talks.closed(date(2026, month, 11), sent, written)
    path = path_of(history(talks), "sv")
    assert [(s.on, s.priority.value, s.ability.value, s.group, s.near_border) for s in path.stops] == raw_rows.path_of(
        talks.store, talks.student.id
    )


def test_a_letter_that_changes_without_two_steps_is_near_the_border(talks):
    for month, (priority, ability) in enumerate([(5, 5), (6, 5), (6, 8), (5, 8)], start=2):
        talks.closed(date(2026, month, 11), numbers(priority, ability), {})
    path = path_of(history(talks), "sv")
    assert [(stop.group, stop.near_border) for stop in path.stops] == [
        ("C", False),
        ("A", True),
        ("B", False),
        ("D", True),
    ]


def test_letters_stand_in_the_table_only_when_asked_for(talks):
    talks.closed(date(2026, 2, 11), numbers(5, 5), {})
    talks.closed(date(2026, 3, 11), numbers(6, 5), {})
    path = path_of(history(talks), "sv")
    assert list(path_table(path, "sv").columns) == [
        "#",
        "Samtal",
        "Hur viktig skolan är",
        "Tro på att jag klarar den",
        "Hur svaret gavs",
    ]
    assert not frame(path_table(path, "sv")).isin(list("ABCD")).any(axis=None)
    staff = frame(path_table(path, "sv", letters=True))
    assert list(staff["Grupp"]) == ["C", "A"]
    assert list(staff["Nära gränsen"]) == ["", "Nära gränsen: ingen av skalorna har ändrats två steg"]


def test_unanswered_questions_say_in_which_way(talks):
    talks.closed(date(2026, 2, 11), numbers({"declined": True}, None), {})
    talks.closed(date(2026, 3, 11), {}, {})
    table = frame(path_table(path_of(history(talks), "sv"), "sv"))
    assert list(table["Hur viktig skolan är"]) == ["Vill inte svara", "Inte tillfrågad"]
    assert list(table["Tro på att jag klarar den"]) == ["Lämnade tomt", "Inte tillfrågad"]
    assert say_path(path_of(history(talks), "sv"), "sv") == "De två frågorna är inte besvarade än."


def test_each_rule_that_holds_names_its_days_in_the_order_of_the_talks(talks):
    talks.closed(date(2026, 6, 1), numbers(9, 2), {})
    talks.closed(date(2026, 2, 1), numbers(4, 2), {})
    talks.closed(date(2026, 4, 1), numbers(5, 3), {})
    talks.closed(date(2026, 5, 1), numbers(None, {"declined": True}), {})
    path = path_of(history(talks), "sv")
    assert [plain(said) for said in path.priority_changes] == [
        "Hur viktig skolan är. Minst två steg sedan förra svaret: 5 (1 april 2026), 9 (1 juni 2026).",
        "Hur viktig skolan är. Åt samma håll två gånger i rad: 4 (1 februari 2026), 5 (1 april 2026), 9 (1 juni 2026).",
        "Hur viktig skolan är. Minst två steg sedan det första svaret: 4 (1 februari 2026), 9 (1 juni 2026).",
    ]
    assert path.ability_changes == ()


def test_beside_every_fall_stands_what_it_can_mean(talks):
    for month, number in ((2, 9), (3, 7), (4, 4)):
        talks.closed(date(2026, month, 1), numbers(number, number), scale("Sova", number, 8))
    path, [sleep] = path_of(history(talks), "sv"), scale_topics(history(talks), "sv")
    for said in (*path.priority_changes, *path.ability_changes, *sleep.changes):
        assert said.endswith(TRUST)
    assert len(sleep.changes) == 3
    assert say_path(path, "sv").endswith(TRUST)
    assert say_scale(sleep, "sv").endswith(TRUST)


def test_a_rise_says_nothing_about_trust(talks):
    for month, number in ((2, 4), (3, 7), (4, 9)):
        talks.closed(date(2026, month, 1), numbers(number, number), scale("Sova", number, 8))
    path, [sleep] = path_of(history(talks), "sv"), scale_topics(history(talks), "sv")
    said = (*path.priority_changes, *sleep.changes, say_path(path, "sv"), say_scale(sleep, "sv"))
    assert not any(TRUST in each for each in said)


def test_the_same_topic_is_one_line_whatever_capitals_and_spaces(talks):
    talks.closed(date(2026, 2, 1), {}, scale("Sova  på natten", 3, 7))
    talks.closed(date(2026, 3, 1), {}, scale("Matte", 5, None))
    talks.closed(date(2026, 4, 1), {}, scale("SOVA på natten ", {"declined": True}, 8))
    sleep, maths = scale_topics(history(talks), "sv")
    assert sleep.topic.strip() == "SOVA på natten"
    assert [(stop.now.value, stop.wanted.value) for stop in sleep.stops] == [(3, 7), (None, 8)]
    assert list(frame(scale_table(sleep, "sv"))["Nu"]) == ["3", "Vill inte svara"]
    assert [plain(said) for said in maths.changes] == ["För få svar för att se en riktning: 5 (1 mars 2026)."]
    assert plain(say_scale(maths, "sv")) == "Matte: 5 (1 mars 2026)."


def test_a_talk_without_a_scale_question_makes_no_line(talks):
    talks.closed(date(2026, 2, 1), {}, {})
    assert scale_topics(history(talks), "sv") == ()
