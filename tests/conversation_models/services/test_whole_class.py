from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from conversation_models.domain.invitation import InvitationStatus
from conversation_models.domain.student import Student
from conversation_models.services import asked, board, conduct, invite, prepare, rate, slips, students, whole_class
from conversation_models.services.access import Desk, Refused
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.slips import NothingToPrint
from conversation_models.services.students import NewStudent
from conversation_models.services.whole_class import ClassPlan, ClassRefused, PlanRefused
from conversation_models.storage.tables import draft, invitation, log_entry, student, talk, talk_instrument
from tests.conversation_models.cast import NOW
from tests.conversation_models.services.talks_made import ANSWERED, Talks

HELD_ON = date(2026, 3, 20)
ASKS = ("development_survey", "priority_ability")
WRITTEN = (talk, talk_instrument, invitation, log_entry)


@pytest.fixture
def mentor(desk, cast) -> Desk:
    return desk(cast.mentor)


@pytest.fixture
def young(mentor: Desk, cast) -> list[Student]:
    """A class of thirty-five of Alva's, two of whom have the same given name."""
    names = [("Kim", "Ek"), ("Kim", "Lind"), *((f"Elev{n}", f"Nr{n}") for n in range(33))]
    return [students.add_student(mentor, NewStudent(cast.group.id, given, family)) for given, family in names]


def plan_for(chosen, **more) -> ClassPlan:
    return ClassPlan(tuple(each.id for each in chosen), HELD_ON, ASKS, **more)


def counted(desk: Desk) -> list[int]:
    with desk.store.reading() as unit:
        return [unit.connection.execute(select(func.count()).select_from(each)).scalar_one() for each in WRITTEN]


def test_a_class_is_prepared_and_invited_in_one_action(mentor: Desk, young) -> None:
    plan = plan_for(young)
    assert {each.why_not for each in whole_class.preview(mentor, plan)} == {""}
    made = whole_class.invite_class(mentor, plan)
    assert len(made) == len({each.token for each in made}) == len({each.code for each in made}) == 35
    assert {each.name for each in made} == {"Kim E", "Kim L", *(f"Elev{n}" for n in range(33))}
    for slip, of in ((made[0], rate.find_by_token), (made[-1], rate.find_by_token)):
        entry = of(mentor.store, slip.token, NOW)
        assert (entry.given_name, tuple(entry.editions), entry.talk.held_on) == (slip.name.split()[0], ASKS, HELD_ON)
        assert entry.closed is None
    lines = board.look(mentor, young[0].group_id)
    assert [line.status for line in lines if line.student in young] == [InvitationStatus.NOT_BEGUN] * 35


def test_the_students_own_prepared_talk_is_used(mentor: Desk, young) -> None:
    own = prepare.prepare_talk(mentor, TalkPlan(young[0].id, date(2026, 3, 12), place="Rum 4"))
    other = prepare.prepare_talk(mentor, TalkPlan(young[1].id, date(2026, 3, 12), model="mentor"))
    shown = {each.student.id: each.talk for each in whole_class.preview(mentor, plan_for(young[:2]))}
    assert shown[young[0].id].id == own.id
    assert shown[young[1].id] is None
    made = whole_class.invite_class(mentor, plan_for(young[:2]))
    assert {each.talk_id for each in made} & {own.id, other.id} == {own.id}
    assert {each.held_on for each in made} == {date(2026, 3, 12), HELD_ON}


def test_one_who_cannot_be_invited_stops_everybody_and_is_named(mentor: Desk, young, cast) -> None:
    Talks(mentor, young[3]).sent(Talks(mentor, young[3]).prepared())
    students.archive_student(mentor, young[4].id)
    before = counted(mentor)
    with pytest.raises(ClassRefused) as refused:
        whole_class.invite_class(mentor, plan_for(young[:6]))
    assert {(each.student.id, each.why_not) for each in refused.value.refused} == {
        (young[3].id, "sent"),
        (young[4].id, "archived"),
    }
    assert counted(mentor) == before
    left = [each.student for each in whole_class.preview(mentor, plan_for(young[:6])) if not each.why_not]
    assert len(whole_class.invite_class(mentor, plan_for(left))) == 4


def test_a_student_out_of_reach_stops_everybody(mentor: Desk, young, cast) -> None:
    before = counted(mentor)
    for deed in (whole_class.preview, whole_class.invite_class):
        with pytest.raises(Refused) as refused:
            deed(mentor, plan_for([*young[:3], cast.unmentored]))
        assert refused.value.student_id == cast.unmentored.id
    assert counted(mentor)[:3] == before[:3]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"student_ids": ()}, "student_ids"), ({"asks": ()}, "asks"), ({"held_on": date(2026, 3, 9)}, "held_on")],
)
def test_what_is_missing_or_past_is_said(mentor: Desk, young, change, field) -> None:
    with pytest.raises(PlanRefused) as refused:
        whole_class.invite_class(mentor, replace(plan_for(young[:2]), **change))
    assert [each.field for each in refused.value.errors] == [field]


def test_nobody_sends_what_they_may_not_read(desk, cast) -> None:
    mentor, counsellor = desk(cast.mentor), desk(cast.counsellor)
    above = set(whole_class.sendable_to_class(counsellor, "development")) - set(
        whole_class.sendable_to_class(mentor, "development")
    )
    assert above
    plan = replace(plan_for([cast.student]), asks=(min(above),))
    with pytest.raises(asked.NotAsked):
        whole_class.invite_class(mentor, plan)
    assert len(whole_class.invite_class(counsellor, plan)) == 1
    assert [line.status for line in board.look(mentor, cast.group.id) if line.student.id == cast.student.id] == [None]
    seen = [line.status for line in board.look(counsellor, cast.group.id) if line.student.id == cast.student.id]
    assert seen == [InvitationStatus.NOT_BEGUN]


def test_the_board_tells_the_day_and_never_an_answer(mentor: Desk, young, cast) -> None:
    made = {each.talk_id: each for each in whole_class.invite_class(mentor, plan_for(young[:3]))}
    begun, sent, _ = list(made.values())
    rate.save_all(mentor.store, rate.find_by_token(mentor.store, begun.token, NOW), ANSWERED, "phone", NOW)
    entry = rate.find_by_token(mentor.store, sent.token, NOW)
    rate.save_all(mentor.store, entry, ANSWERED, "phone", NOW)
    rate.send(mentor.store, entry, True, NOW)
    lines = {line.talk.id: line for line in board.look(mentor, cast.group.id) if line.talk}
    assert {line.status.value: line.on for line in lines.values()} == {
        "begun": date(2026, 3, 10),
        "sent": date(2026, 3, 10),
        "not_begun": date(2026, 3, 17),
    }
    later = Desk(mentor.store, mentor.actor, NOW + timedelta(days=8))
    statuses = sorted(line.status.value for line in board.look(later, cast.group.id) if line.talk)
    assert statuses == ["expired", "expired", "sent"]
    assert "praktiken" not in repr(board.look(later, cast.group.id))


def test_the_board_shows_those_within_reach_only(desk, cast) -> None:
    assert {line.student.id for line in board.look(desk(cast.mentor), cast.group.id)} == {
        cast.student.id,
        cast.shared.id,
    }
    assert {line.student.id for line in board.look(desk(cast.colleague), cast.group.id)} == {cast.shared.id}
    assert board.look(desk(cast.outsider), cast.group.id) == []
    assert board.look(desk(cast.mentor), "' OR 1=1") == []
    with pytest.raises(Refused):
        board.look(desk(cast.administrator), cast.group.id)


def test_renewing_gives_new_slips_and_keeps_what_is_written(mentor: Desk, young) -> None:
    first = whole_class.invite_class(mentor, plan_for(young[:3]))
    entry = rate.find_by_token(mentor.store, first[0].token, NOW)
    rate.save_all(mentor.store, entry, ANSWERED, "phone", NOW)
    second = board.renew(mentor, [each.talk_id for each in first], 14)
    assert [each.name for each in second] == [each.name for each in first]
    assert rate.find_by_token(mentor.store, first[0].token, NOW).closed == "revoked"
    opened = rate.find_by_token(mentor.store, second[0].token, NOW)
    assert len(rate.open_entry(mentor.store, opened).values) == len(ANSWERED)
    assert {each.until for each in second} == {date(2026, 3, 24)}


def test_those_who_have_sent_get_no_new_slip_and_then_nobody_does(mentor: Desk, young) -> None:
    first = whole_class.invite_class(mentor, plan_for(young[:3]))
    rate.send(mentor.store, rate.find_by_token(mentor.store, first[1].token, NOW), True, NOW)
    with pytest.raises(TalkRefused, match="sent_already"):
        board.renew(mentor, [each.talk_id for each in first])
    assert rate.find_by_token(mentor.store, first[0].token, NOW).closed is None


def test_closing_stops_those_who_have_not_sent(mentor: Desk, young, cast) -> None:
    first = whole_class.invite_class(mentor, plan_for(young[:3]))
    rate.send(mentor.store, rate.find_by_token(mentor.store, first[1].token, NOW), True, NOW)
    board.close(mentor, [each.talk_id for each in first])
    statuses = {line.talk.id: line.status.value for line in board.look(mentor, cast.group.id) if line.talk}
    assert [statuses[each.talk_id] for each in first] == ["revoked", "sent", "revoked"]


def test_a_slip_is_printed_from_what_was_just_made_and_logged_once_each(mentor: Desk, young, desk, cast) -> None:
    made = whole_class.invite_class(mentor, plan_for(young[:3]))
    ways = [(each.token, each.code) for each in made]
    assert slips.read_slips(mentor, ways) == made
    with mentor.store.reading() as unit:
        kinds = select(func.count()).where(log_entry.c.action == "print", log_entry.c.kind == "paper_slip")
        assert unit.connection.execute(kinds).scalar_one() == 3
    with pytest.raises(Refused):
        slips.read_slips(desk(cast.colleague), ways)
    invite.revoke(mentor, invite.invitations_of(mentor, made[2].talk_id)[0].id)
    assert slips.read_slips(mentor, ways) == made[:2]
    mixed = [(made[0].token, made[1].code), ("x" * 43, made[1].code), (made[1].token, "ABC"), ways[2]]
    with pytest.raises(NothingToPrint):
        slips.read_slips(mentor, mixed)


def test_no_answer_is_touched(mentor: Desk, young) -> None:
    made = whole_class.invite_class(mentor, plan_for(young[:2]))
    conduct.open_talk(mentor, made[0].talk_id)
    with pytest.raises(TalkRefused, match="not_prepared"):
        board.renew(mentor, [made[0].talk_id])
    with mentor.store.reading() as unit:
        assert unit.connection.execute(select(func.count()).select_from(draft)).scalar_one() == 0
        assert unit.connection.execute(select(func.count()).select_from(student)).scalar_one() >= 35
