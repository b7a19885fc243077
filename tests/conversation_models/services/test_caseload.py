from datetime import date, timedelta

import pytest
from sqlalchemy import select

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import added, conduct, invite, rate, students, wishes
from conversation_models.services.access import Desk, Refused
from conversation_models.services.caseload import CARE_CALL, Event, Line, caseload, read_weeks
from conversation_models.storage import tables
from reports.caseload_paper import say_events
from tests.conversation_models.cast import NOW, TODAY
from tests.conversation_models.counting import counted
from tests.conversation_models.services.talks_made import AGREEMENT, Talks, change
from tests.reports.random_school import fill_school


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def line_of(talks: Talks, weeks: int = 6) -> Line:
    return next(line for line in caseload(talks.desk, weeks=weeks) if line.student_id == talks.student.id)


def decided(day: date) -> dict[tuple[str, str], str]:
    return {(AGREEMENT, "work_decision"): "Läxhjälp", (AGREEMENT, "work_follow_up"): day.isoformat()}


def test_by_name_as_swedish_sorts_and_each_once(talks: Talks, cast) -> None:
    lines = caseload(talks.desk)
    assert [(line.name, line.group) for line in lines] == [("Élodie Wåhlin", "IMA 1a"), ("Åsa Öberg", "IMA 1a")]


def test_no_talk_for_so_many_weeks(talks: Talks) -> None:
    talks.closed(TODAY - timedelta(weeks=5), {}, {})
    assert Event.NO_TALK not in line_of(talks, weeks=6).events
    assert line_of(talks, weeks=5).events == {Event.NO_TALK: TODAY - timedelta(weeks=5)}
    assert line_of(talks).last_talk == TODAY - timedelta(weeks=5)


def test_who_is_new_has_not_gone_without_a_talk_for_long(talks: Talks) -> None:
    assert line_of(talks).events == {}
    later = Talks(Desk(talks.store, talks.desk.actor, NOW + timedelta(weeks=7)), talks.student)
    assert line_of(later).events == {Event.NO_TALK: None}


def test_a_survey_that_is_sent_and_then_answered(talks: Talks) -> None:
    made = talks.prepared(TODAY)
    invite.invite(talks.desk, made.id)
    assert line_of(talks).events == {Event.UNANSWERED: TODAY}
    later = Talks(Desk(talks.store, talks.desk.actor, NOW + timedelta(days=9)), talks.student)
    assert line_of(later).events == {Event.EXPIRED: TODAY}
    talks.sent(made)
    assert line_of(talks).events == {Event.UNREAD: TODAY}
    conduct.see_talk(talks.desk, made.id)
    assert line_of(talks).events == {}


def test_an_invitation_that_was_taken_back_waits_for_nothing(talks: Talks) -> None:
    made = invite.invite(talks.desk, talks.prepared().id)
    invite.revoke(talks.desk, made.invitation.id)
    assert line_of(talks).events == {}


def test_what_is_to_be_opened_together_is_not_to_be_read(talks: Talks) -> None:
    talks.sent(talks.prepared(), may_read_before=False)
    assert line_of(talks).events == {}


def test_follow_ups_by_their_first_day(talks: Talks) -> None:
    for days in (-3, -9, 5, 40):
        talks.closed(TODAY - timedelta(days=10), {}, decided(TODAY + timedelta(days=days)))
    assert line_of(talks).events == {
        Event.OVERDUE: TODAY - timedelta(days=9),
        Event.DUE: TODAY + timedelta(days=5),
    }


def call(talks: Talks, day: date, *reached: tuple[str, str]) -> None:
    talk = talks.prepared(day)
    conduct.open_talk(talks.desk, talk.id)
    added.add_instrument(talks.desk, talk.id, CARE_CALL)
    for item, said in reached:
        place = Place(talk.id, CARE_CALL, item, Respondent.MENTOR, Manner.TOGETHER)
        conduct.save_in_talk(talks.desk, place, change(said))
    conduct.close_talk(talks.desk, talk.id)


def test_who_was_not_reached_by_the_latest_call(talks: Talks) -> None:
    first, second = TODAY - timedelta(days=3), TODAY - timedelta(days=1)
    call(talks, first, ("student_reached", "no_answer"), ("home_reached", "no_answer"))
    assert line_of(talks).events == {Event.NOT_REACHED: first}
    call(talks, second, ("home_reached", "talked"))
    assert line_of(talks).events == {}


def test_within_reach_only_and_a_stranger_group_is_refused(talks: Talks, desk, cast) -> None:
    names = {who: {line.name.split()[0] for line in caseload(desk(getattr(cast, who)))} for who in
             ("mentor", "colleague", "counsellor", "outsider", "far_counsellor")}  # fmt: skip
    both = {"Åsa", "Élodie"}
    assert names == {
        "mentor": both,
        "colleague": {"Élodie"},
        "counsellor": both,
        "outsider": {"Noor"},
        "far_counsellor": {"Noor"},
    }
    for actor, group in ((cast.mentor, cast.far_group.id), (cast.outsider, cast.group.id), (cast.mentor, "' OR 1")):
        with pytest.raises(Refused):
            caseload(desk(actor), group)
    with pytest.raises(Refused):
        caseload(desk(cast.administrator))


def test_the_archived_are_gone_and_nobodys_record_is_opened_by_looking(talks: Talks, cast) -> None:
    caseload(talks.desk)
    assert talks.rows(tables.log_entry, tables.log_entry.c.action == "seen") == []
    students.archive_student(talks.desk, cast.student.id)
    assert {line.student_id for line in caseload(talks.desk)} == {cast.shared.id}


def test_a_wish_to_talk_stands_only_with_the_one_who_was_asked_until_it_is_answered(talks: Talks, cast) -> None:
    made = talks.prepared(TODAY)
    entry = rate.find_by_token(talks.store, invite.invite(talks.desk, made.id).token, NOW)
    wish = wishes.make_wish(talks.store, entry, cast.mentor.id, NOW)
    assert line_of(talks).events == {Event.WISH: TODAY, Event.UNANSWERED: TODAY}
    assert next(iter(line_of(talks).events)) is Event.WISH
    counsellors = caseload(Desk(talks.store, cast.counsellor, NOW))
    assert cast.student.id in {line.student_id for line in counsellors}
    assert not any(Event.WISH in line.events for line in counsellors)
    assert any("Vill prata med dig" in said for said in say_events(line_of(talks), 6, "sv"))
    assert not any("Vill prata" in said for said in say_events(line_of(talks), 6, "sv", printed=True))
    wishes.answer_wish(talks.desk, wish.id, "På torsdag")
    assert Event.WISH not in line_of(talks).events


def test_six_queries_however_many_and_one_for_a_counsellors_reach(talks: Talks, cast) -> None:
    numbers = []
    for seed in (1, 2):
        fill_school(talks.store, cast, seed, count=9)
        with counted(talks.store) as statements:
            caseload(talks.desk)
        numbers.append(len(statements))
    assert numbers == [6, 6]
    with counted(talks.store) as statements:
        caseload(Desk(talks.store, cast.counsellor, NOW))
    assert len(statements) == 7, "a counsellor's reach is read first"


def test_the_same_as_row_by_row(store, cast) -> None:
    """A second program, slow and obvious, over raw rows: who has which event, for a mentor and for a counsellor."""
    made = {student.id for student in fill_school(store, cast, seed=21, count=30)}
    told = 0
    for actor in (cast.mentor, cast.counsellor):
        for line in caseload(Desk(store, actor, NOW), weeks=4):
            if line.student_id in made:
                expected = by_hand(store, actor, line.student_id)
                assert line.events == expected, line.name
                told += len(expected)
    assert told > 40


def by_hand(store, actor, student_id: str) -> dict[Event, date | None]:
    with store.reading() as unit:
        held, decided_rows, invited = (
            unit.connection.execute(select(table)).all() for table in (tables.talk, tables.decision, tables.invitation)
        )
    mine = [talk for talk in held if talk.student_id == student_id]
    knows = [talk for talk in mine if talk.model == "development" or actor.role == "counsellor"]
    found: dict[Event, date | None] = {}
    for event, day in (*no_talk(knows), *unanswered(knows, invited), *due(actor, mine, knows, decided_rows)):
        found[event] = min(day, found.get(event) or day) if day else None
    return found


def no_talk(knows: list) -> list[tuple[Event, date | None]]:
    closed = [talk.held_on for talk in knows if talk.status == "closed"]
    long_ago = not closed or max(closed) <= TODAY - timedelta(weeks=4)
    return [(Event.NO_TALK, max(closed, default=None))] if long_ago else []


def unanswered(knows: list, invited: list) -> list[tuple[Event, date | None]]:
    found: list[tuple[Event, date | None]] = []
    for talk in knows:
        for row in invited:
            waits = row.talk_id == talk.id and row.sent_on is None and row.revoked_at is None
            if waits and talk.status == "prepared":
                found.append((Event.EXPIRED if row.expires_at <= NOW else Event.UNANSWERED, row.created_at.date()))
        if talk.status == "prepared" and "m" in (talk.unread or "") and talk.may_read_before:
            found.append((Event.UNREAD, talk.held_on))
    return found


def due(actor, mine: list, knows: list, decided_rows: list) -> list[tuple[Event, date | None]]:
    levels = {"m"} if actor.role == "mentor" else {"m", "e"}
    seen = {talk.id for talk in mine if talk in knows or talk.status == "closed"}
    days = [
        row.follow_up
        for row in decided_rows
        if row.talk_id in seen and row.level in levels and row.status == "open" and row.follow_up
    ]
    soon = TODAY + timedelta(days=14)
    return [(Event.OVERDUE if day < TODAY else Event.DUE, day) for day in days if day <= soon]


@pytest.mark.parametrize(
    ("written", "weeks"), [("6", 6), ("52", 52), ("53", 6), ("0", 6), ("-1", 6), ("x", 6), ("", 6), ("²", 6)]
)
def test_what_an_address_asks_for(written: str, weeks: int) -> None:
    assert read_weeks(written) == weeks
