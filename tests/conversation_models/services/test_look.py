from datetime import UTC, date, datetime, timedelta

import pytest

from conversation_models.domain.answer import Manner
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import agree, conduct, look, move
from conversation_models.services.access import Refused
from conversation_models.storage.tables import log_entry
from tests.conversation_models.counting import counted
from tests.conversation_models.services.talks_made import AGREEMENT, GREEN, OWN, QUADRANT, RED, SURVEY, Talks


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def told(history: look.History, talk_id: str) -> dict:
    return {
        (each.instrument, each.item, each.manner): each.value
        for each in history.answers
        if each.talk_id == talk_id and each.state == "answered"
    }


def test_a_history_has_the_student_the_talks_by_day_and_what_was_said(talks: Talks, cast) -> None:
    second = talks.closed(date(2026, 3, 1), {(QUADRANT, "priority"): 4}, {(SURVEY, "workload"): RED})
    first = talks.closed(date(2025, 10, 1), {(SURVEY, "workload"): GREEN}, {(OWN, "notes_now"): "Hunden"})
    found = look.history(talks.desk, talks.student.id)
    assert (found.student, found.school, found.group) == (cast.student, cast.school, cast.group)
    assert [talk.id for talk in found.talks] == [first.id, second.id]
    assert found.talks[0].editions == first.editions
    assert told(found, first.id) == {
        (SURVEY, "workload", Manner.ALONE): GREEN,
        (OWN, "notes_now", Manner.TOGETHER): "Hunden",
    }
    assert told(found, second.id) == {
        (QUADRANT, "priority", Manner.ALONE): 4,
        (SURVEY, "workload", Manner.TOGETHER): RED,
    }
    assert found.names == {cast.mentor.id: "Alva"}


def test_what_was_answered_alone_has_a_day_and_no_hour(talks: Talks) -> None:
    talks.closed()
    found = look.history(talks.desk, talks.student.id)
    alone = {each.recorded_at for each in found.answers if each.manner is Manner.ALONE}
    assert alone == {datetime(2026, 3, 10, 12, tzinfo=UTC)}


def test_declined_and_empty_are_told_apart(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made, values={(SURVEY, "workload"): GREEN, (SURVEY, "peers"): {"declined": True}})
    conduct.open_talk(talks.desk, made.id)
    found = look.history(talks.desk, talks.student.id)
    states = {each.item: each.state for each in found.answers}
    assert (states["workload"], states["peers"], states["health"]) == ("answered", "declined", "empty")
    assert len(found.answers) == 13


def test_the_newest_sending_counts(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made, values={(SURVEY, "workload"): GREEN})
    talks.sent_again(made, {(SURVEY, "workload"): RED})
    conduct.open_talk(talks.desk, made.id)
    found = look.history(talks.desk, talks.student.id)
    assert told(found, made.id) == {(SURVEY, "workload", Manner.ALONE): RED}
    assert len(found.answers) == 13


def test_an_unsent_draft_and_a_prepared_talk_are_not_history(talks: Talks) -> None:
    begun, opened = talks.prepared(), talks.prepared()
    talks.begun(begun)
    talks.begun(opened)
    conduct.open_talk(talks.desk, opened.id)
    talks.write(opened, {(OWN, "notes_now"): "pågår"})
    found = look.history(talks.desk, talks.student.id)
    assert [(talk.id, talk.status) for talk in found.talks] == [(opened.id, TalkStatus.OPEN)]
    assert found.answers == ()


def test_decisions_and_amendments_belong_to_it(talks: Talks) -> None:
    made = talks.closed()
    agree.amend(talks.desk, made.id, SURVEY, "workload", "Gult, inte grönt.")
    found = look.history(talks.desk, talks.student.id)
    assert [each.words for each in found.decisions] == ["Läxhjälp på onsdagar"]
    assert [(each.words, each.author_name) for each in found.amendments] == [("Gult, inte grönt.", "Alva")]


def test_a_moved_talk_leaves_its_trace_on_both(talks: Talks, cast) -> None:
    made = talks.closed()
    move.move_talk(talks.desk, made.id, cast.shared.id, "Fel Öberg")
    here, there = (look.history(talks.desk, each.id) for each in (cast.student, cast.shared))
    assert (here.talks, here.answers, here.decisions) == ((), (), ())
    assert [talk.id for talk in there.talks] == [made.id]
    assert len(there.answers) == 13 + 4
    assert [each.reason for each in here.moves] == [each.reason for each in there.moves] == ["Fel Öberg"]


def test_a_history_takes_at_most_eight_queries_however_many_talks(talks: Talks) -> None:
    counts = []
    for day in (1, 2, 3):
        made = talks.closed(date(2026, 1, day))
        agree.amend(talks.desk, made.id, SURVEY, "workload", "Gult.")
        for minutes in (0, 20):
            desk = talks.later(days=day, minutes=minutes).desk
            with counted(talks.store) as statements:
                look.history(desk, talks.student.id)
            counts.append(len(statements))
    assert max(counts) == min(counts) == 8
    with counted(talks.store) as statements:
        look.history(desk, talks.student.id)
    assert len(statements) == 7


def test_the_record_of_a_talk_is_that_talk_alone(talks: Talks) -> None:
    other = talks.closed(date(2025, 10, 1), {(SURVEY, "workload"): RED}, {(AGREEMENT, "work_decision"): "Annat"})
    made = talks.closed()
    agree.amend(talks.desk, other.id, SURVEY, "workload", "Gult.")
    found = look.record_of_talk(talks.desk, made.id)
    assert [talk.id for talk in found.talks] == [made.id]
    assert {each.talk_id for each in found.answers} == {made.id}
    assert [each.words for each in found.decisions] == ["Läxhjälp på onsdagar"]
    assert found.amendments == ()


def test_the_record_of_a_prepared_talk_hides_what_is_to_be_opened_together(talks: Talks) -> None:
    hidden, shown = talks.prepared(), talks.prepared()
    talks.sent(hidden, may_read_before=False)
    talks.sent(shown)
    assert look.record_of_talk(talks.desk, hidden.id).answers == ()
    assert len(look.record_of_talk(talks.desk, shown.id).answers) == 13


def test_reading_is_logged(talks: Talks) -> None:
    made = talks.closed()
    later = talks.later(hours=1)
    look.history(later.desk, talks.student.id)
    look.record_of_talk(talks.later(hours=1, minutes=16).desk, made.id)
    seen = [row.at for row in talks.rows(log_entry, log_entry.c.action == "seen")]
    assert seen[-2:] == [later.desk.now, later.desk.now + timedelta(minutes=16)]


def test_strangers_and_administrators_are_refused_everywhere(talks: Talks, desk, cast) -> None:
    made = talks.closed()
    for actor in (*cast.strangers, cast.administrator):
        with pytest.raises(Refused):
            look.history(desk(actor), talks.student.id)
        with pytest.raises(Refused):
            look.record_of_talk(desk(actor), made.id)
    for missing in ("", "0" * 32, "\x00"):
        with pytest.raises(Refused):
            look.history(talks.desk, missing)
        with pytest.raises(Refused):
            look.record_of_talk(talks.desk, missing)


def test_the_counsellor_reads_what_the_mentor_wrote(talks: Talks, desk, cast) -> None:
    talks.closed()
    assert look.history(desk(cast.counsellor), talks.student.id) == look.history(talks.desk, talks.student.id)
