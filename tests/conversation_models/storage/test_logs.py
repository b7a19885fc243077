"""The log, read back."""

from datetime import timedelta

from conversation_models.domain.log_entry import LogEntry
from conversation_models.storage import logs
from tests.conversation_models.cast import NOW


def entry(cast, minutes=0, actor="", action="seen", student="", denied=False):
    at, student_id = NOW + timedelta(minutes=minutes), student or cast.student.id
    return LogEntry(at, "staff", actor or cast.mentor.id, action, "student", student_id, student_id, denied)


def test_entries_come_back_whole_and_newest_first(store, cast):
    written = [entry(cast, minute) for minute in (3, 1, 2)]
    with store.writing() as unit:
        for each in written:
            logs.add(unit, each)
        logs.add(unit, entry(cast, student=cast.far.id))
    with store.reading() as unit:
        found = logs.of_student(unit, cast.student.id)
        assert found == sorted(written, key=lambda each: each.at, reverse=True)
        assert logs.of_student(unit, cast.student.id, most=1) == found[:1]
        assert len(logs.newest(unit)) == 4
        assert logs.newest(unit, most=1)[0].student_id == cast.far.id


def test_noted_means_this_person_this_student_this_action_lately_and_allowed(store, cast):
    others = [
        entry(cast, actor=cast.colleague.id),
        entry(cast, action="edit"),
        entry(cast, student=cast.shared.id),
        entry(cast, denied=True),
        entry(cast, minutes=-20),
    ]
    since = NOW - timedelta(minutes=15)
    with store.writing() as unit:
        for each in others:
            logs.add(unit, each)
        assert not logs.noted_since(unit, cast.mentor.id, "seen", cast.student.id, since)
        logs.add(unit, entry(cast))
        assert logs.noted_since(unit, cast.mentor.id, "seen", cast.student.id, since)


def test_a_school_reads_what_concerns_it(store, cast):
    concerns = [
        entry(cast, student=cast.far.id),
        entry(cast, actor=cast.outsider.id, denied=True),
        LogEntry(NOW, "anyone", "", "sign_in", "staff", "", None, True),
    ]
    far = [entry(cast, actor=cast.outsider.id, student=cast.far.id)]
    with store.writing() as unit:
        for each in (*concerns, *far):
            logs.add(unit, each)
        assert logs.newest_of_school(unit, cast.school.id) == concerns[::-1]
        assert logs.newest_of_school(unit, cast.far_school.id) == [*far, concerns[2], concerns[1], concerns[0]]
