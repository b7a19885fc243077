from datetime import UTC, date, datetime, timedelta

import pytest

from conversation_models.services import agree, conduct, invite_guardian, rate, students
from conversation_models.services.access import Desk, Refused
from conversation_models.storage.tables import log_entry
from reports.paper.talk_document import NoGuardianCopy
from reports.student_paper import student_paper
from reports.talk_paper import talk_paper
from tests.conversation_models.services.talks_made import AGREEMENT, OWN, QUADRANT, SCALE, SURVEY
from tests.reports.paper.papers import opened, text_of

FEBRUARY, MARCH, MAY = date(2026, 2, 3), date(2026, 3, 12), date(2026, 5, 20)
RED, YELLOW = {"colour": "red", "fits": ["red.1"]}, {"colour": "yellow", "fits": []}
SENT = {
    (SURVEY, "workload"): RED,
    (SURVEY, "content"): {"declined": True},
    (SURVEY, "leisure"): RED,
    (SURVEY, "health"): YELLOW,
    (SURVEY, "bring_up"): "Jag vill prata om <b>praktiken</b>.",
    (QUADRANT, "priority"): 4,
    (QUADRANT, "ability"): 2,
}
WRITTEN = {
    (SCALE, "topic"): "Komma upp",
    (SCALE, "now"): 3,
    (SCALE, "wanted"): 7,
    (SCALE, "holds_up"): "Bussen går senare nu.",
    (OWN, "notes_opening"): "Åsa kom i god tid.",
    (OWN, "words_looking"): "Det är bättre när det är tyst.",
    (AGREEMENT, "workload"): {"colour": "orange"},
    (AGREEMENT, "leisure"): {"colour": "red"},
    (AGREEMENT, "health"): {"colour": "yellow"},
    (AGREEMENT, "work_decision"): "Två uppgifter i taget",
    (AGREEMENT, "work_responsible"): "Alva",
    (AGREEMENT, "work_follow_up"): "2026-04-02",
    (AGREEMENT, "read_back_right"): True,
    (AGREEMENT, "read_back_words"): "Ja, men flytta fredagen",
}


@pytest.fixture
def closed(talks):
    return talks.closed(MARCH, SENT, WRITTEN)


def paper(talks, talk, copy="school", language="sv", desk=None) -> str:
    return text_of(talk_paper(desk or talks.desk, talk.id, copy, language))


def test_the_school_s_copy_says_what_was_answered_agreed_and_written(talks, closed):
    said = paper(talks, closed)
    for expected in (
        "Åsa Öberg · IMA 1a · 12 mars 2026",
        "Alva (höll i samtalet)",
        "Eleven svarade själv före samtalet.",
        "Hur mycket jag har att göra Röd",
        "Vill inte svara",
        "Inget svar",
        "livet utanför tar skolan",
        "Jag vill prata om <b>praktiken</b>.",
        "1 12 mars 2026 2 4",
        "nu 3, vill till 7",
        "Bussen går senare nu.",
        "Åsa kom i god tid.",
        "Det är bättre när det är tyst.",
        "Två uppgifter i taget",
        "2 april 2026",
        "Ja, men flytta fredagen",
        "Elev: Åsa Öberg",
        "Vårdnadshavare: Vuxen Öberg",
    ):
        assert expected in said


def test_the_student_s_copy_has_no_notes_of_the_mentor_s(talks, closed):
    said = paper(talks, closed, "student")
    assert "Åsa kom i god tid." not in said
    assert "Det är bättre när det är tyst." in said
    assert "Jag vill prata om" in said


def test_the_guardian_s_copy_has_neither_answers_nor_own_words_nor_leisure_and_health(talks, closed):
    said = paper(talks, closed, "guardian")
    assert "Två uppgifter i taget" in said
    assert "Hur mycket jag har att göra Orange" in said
    for left_out in (
        *("Skola och fritid", "går inte ihop", "livet utanför", "Hur jag mår", "hindrar mig", "Röd", "praktiken"),
        *("tyst", "god tid", "fredagen", "Bussen", "Tilltro", "vill till"),
    ):
        assert left_out not in said


@pytest.mark.parametrize(
    ("tick", "there", "away"),
    [("include_leisure", "Skola och fritid", "Hur jag mår"), ("include_health", "Hur jag mår", "Skola och fritid")],
)
def test_leisure_and_health_go_along_one_by_one_if_the_student_includes_them(talks, tick, there, away):
    talk = talks.closed(MARCH, SENT, WRITTEN | {(AGREEMENT, tick): True})
    said = paper(talks, talk, "guardian")
    assert there in said
    assert away not in said


def test_an_adult_s_guardians_get_no_copy_and_no_line_unless_invited(talks, closed):
    grown = Desk(talks.store, talks.desk.actor, datetime(2027, 5, 17, 9, tzinfo=UTC))
    with pytest.raises(NoGuardianCopy):
        talk_paper(grown, closed.id, "guardian", "sv")
    assert "Vårdnadshavare" not in paper(talks, closed, desk=grown)
    day_before = Desk(talks.store, talks.desk.actor, grown.now - timedelta(days=1))
    assert "Vårdnadshavare: Vuxen Öberg" in paper(talks, closed, "guardian", desk=day_before)
    students.invite_guardians(grown, talks.student.id, True)
    assert "Vårdnadshavare: Vuxen Öberg" in paper(talks, closed, "guardian", desk=grown)


def test_no_guardian_copy_leaves_no_trace_of_a_paper(talks, closed):
    grown = Desk(talks.store, talks.desk.actor, datetime(2027, 5, 17, 9, tzinfo=UTC))
    with pytest.raises(NoGuardianCopy):
        talk_paper(grown, closed.id, "guardian", "sv")
    assert talks.rows(log_entry, log_entry.c.action == "print") == []


def test_a_paper_shows_the_way_up_to_its_talk_and_never_past_it(talks, closed):
    talks.closed(FEBRUARY, {(SURVEY, "workload"): YELLOW, (QUADRANT, "priority"): 8, (QUADRANT, "ability"): 5}, {})
    later = {(SCALE, "topic"): "komma  UPP", (SCALE, "now"): 6, (SCALE, "wanted"): 8}
    last = talks.closed(MAY, {(QUADRANT, "priority"): 6, (QUADRANT, "ability"): 6}, later)
    said = paper(talks, closed)
    assert "från ”på gränsen” (3 februari 2026) till ”för mycket” (12 mars 2026)." in said
    assert "1 3 februari 2026 5 8" in said
    assert "8 (3 februari 2026), 4 (12 mars 2026). En lägre siffra kan betyda mer förtroende." in said
    assert "maj" not in said
    assert "nu 3, vill till 7" in paper(talks, last)
    assert "nu 6, vill till 8" in paper(talks, last)


def test_what_was_changed_in_the_talk_is_told_apart(talks):
    talk = talks.prepared(MARCH)
    talks.sent(talk, True, SENT)
    conduct.open_talk(talks.desk, talk.id)
    talks.write(talk, {(SURVEY, "workload"): YELLOW, (SURVEY, "peers"): YELLOW})
    conduct.close_talk(talks.desk, talk.id)
    said = paper(talks, talk)
    assert "Hur mycket jag har att göra: före samtalet, själv: ■ Röd: för mycket." in said
    assert "Kamraterna i gruppen: tillsammans, i samtalet." in said


def test_amendments_stand_with_author_time_and_what_they_correct(talks, closed):
    later = talks.later(hours=2)
    agree.amend(later.desk, closed.id, AGREEMENT, "work_decision", "Tre uppgifter i taget")
    agree.amend(later.desk, closed.id, AGREEMENT, "health", "Det blev fel färg")
    agree.amend(later.desk, closed.id, OWN, "notes_opening", "Det var torsdag")
    said = paper(talks, closed)
    assert "Två uppgifter i taget" in said
    assert "Skolarbetet, Vad vi bestämmer: Tre uppgifter i taget" in said
    assert "Alva, 10 mars 2026 12:00" in said
    assert "Det blev fel färg" in said
    guardian = paper(talks, closed, "guardian")
    assert "Tre uppgifter i taget" in guardian
    assert "Det blev fel färg" not in guardian
    for copy in ("student", "guardian"):
        assert "Det var torsdag" not in paper(talks, closed, copy)


def test_what_is_begun_and_not_sent_is_on_no_paper(talks):
    talk = talks.prepared(MARCH)
    talks.begun(talk, SENT)
    assert "praktiken" not in paper(talks, talk)
    conduct.open_talk(talks.desk, talk.id)
    conduct.close_talk(talks.desk, talk.id)
    assert "praktiken" not in paper(talks, talk)


def test_what_waits_to_be_opened_together_is_on_no_paper(talks):
    talk = talks.prepared(MARCH)
    talks.sent(talk, False, SENT)
    assert "praktiken" not in paper(talks, talk)


def test_two_moments_two_papers_and_one_moment_the_same_bytes(talks, closed):
    first = talk_paper(talks.desk, closed.id, "school", "sv")
    assert first == talk_paper(talks.desk, closed.id, "school", "sv")
    with opened(talk_paper(talks.desk, closed.id, "school", "en")) as pdf:
        assert pdf.Root.Lang == "en"


def test_each_paper_is_logged_with_its_kind_and_nothing_of_its_content(talks, closed):
    for copy in ("school", "student", "guardian"):
        talk_paper(talks.desk, closed.id, copy, "sv")
    student_paper(talks.desk, talks.student.id, "sv")
    rows = talks.rows(log_entry, log_entry.c.action == "print")
    assert [(row.kind, row.object_id, row.actor_id) for row in rows] == [
        ("paper_school", closed.id, talks.desk.actor.id),
        ("paper_student", closed.id, talks.desk.actor.id),
        ("paper_guardian", closed.id, talks.desk.actor.id),
        ("paper_history", talks.student.id, talks.desk.actor.id),
    ]


def test_no_stranger_gets_a_paper(talks, closed, cast, desk):
    for stranger in (*cast.strangers, cast.administrator):
        for copy in ("school", "student", "guardian"):
            with pytest.raises(Refused):
                talk_paper(desk(stranger), closed.id, copy, "sv")
        with pytest.raises(Refused):
            student_paper(desk(stranger), talks.student.id, "sv")
        with pytest.raises(Refused):
            talk_paper(desk(stranger), "0" * 32, "school", "sv")
    assert talks.rows(log_entry, log_entry.c.action == "print") == []


def test_a_counsellor_with_reach_gets_it(talks, closed, cast, desk):
    assert "Två uppgifter i taget" in paper(talks, closed, desk=desk(cast.counsellor))


def test_a_student_over_time_on_paper(talks, closed):
    talks.closed(MAY, {(SURVEY, "workload"): YELLOW, (QUADRANT, "priority"): 6, (QUADRANT, "ability"): 6}, {})
    said = text_of(student_paper(talks.desk, talks.student.id, "sv"))
    for expected in (
        "Åsa Öberg · IMA 1a",
        "2 20 maj 2026 6 6",
        "Rad 12 mars 2026 20 maj 2026",
        "Vill inte svara",
        "från ”för mycket” (12 mars 2026) till ”på gränsen” (20 maj 2026).",
        "1 beslut, 1 av dem är inte uppföljt än.",
        "Två uppgifter i taget",
    ):
        assert expected in said


def test_what_one_guardian_sent_from_home_stands_on_the_schools_copy_alone(talks):
    """Another guardian may be handed the guardian's copy, and the student the student's."""
    talk, guardian = talks.prepared(MARCH), talks.student.guardians[0]
    made = invite_guardian.invite_guardian(talks.desk, talk.id, guardian.id, ["home_school_meeting"])
    entry = rate.find_by_token(talks.store, made.token, talks.desk.now)
    words = {("home_school_meeting", "home_words"): "Läxorna tar hela kvällen"}
    rate.send_all(talks.store, entry, words, "page", True, talks.desk.now)
    conduct.open_talk(talks.desk, talk.id)
    conduct.close_talk(talks.desk, talk.id)
    school = paper(talks, talk)
    assert "Läxorna tar hela kvällen" in school
    assert f"{guardian.name} svarade hemifrån" in school
    for copy in ("student", "guardian"):
        assert "Läxorna" not in paper(talks, talk, copy)
