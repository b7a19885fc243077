"""A student wants to talk with somebody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversation_models.services import invite, people, prepare, rate, wishes
from conversation_models.services.access import Desk, Refused, now
from conversation_models.storage import tables
from tests.access.canaries import stored_cells


@pytest.fixture
def desk(store, cast):
    return Desk(store, cast.mentor, now())


@pytest.fixture
def office(store, cast):
    return Desk(store, cast.administrator, now())


@pytest.fixture
def entry(store, desk, cast):
    talk = prepare.prepare_talk(desk, prepare.TalkPlan(cast.student.id, desk.today))
    return rate.find_by_token(store, invite.invite(desk, talk.id).token, now())


def with_code(store, entry):
    return rate.find_by_pass(store, rate.Pass(entry.invitation.id, "code", now()), now())


def logged(store):
    with store.reading() as unit:
        rows = unit.connection.execute(select(tables.log_entry).where(tables.log_entry.c.kind == "wish")).all()
    return [(row.actor_kind, row.action, row.at.hour if row.actor_kind == "student" else None) for row in rows]


def test_the_one_who_leads_the_talk_can_always_be_asked_and_then_those_listed(store, entry, office, cast):
    assert [each.name for each in wishes.adults_for(store, entry)] == [cast.mentor.name]
    wishes.put_on_list(office, cast.counsellor.id, "kuratorn")
    wishes.put_on_list(office, cast.mentor.id, "matteläraren")
    found = wishes.adults_for(store, entry)
    assert [(each.staff_id, each.role) for each in found] == [(cast.mentor.id, ""), (cast.counsellor.id, "kuratorn")]
    people.deactivate_staff(office, cast.counsellor.id)
    assert [each.staff_id for each in wishes.adults_for(store, entry)] == [cast.mentor.id]


def test_only_the_one_who_was_asked_sees_it_and_answers(store, desk, entry, office, cast):
    wishes.put_on_list(office, cast.counsellor.id, "kuratorn")
    made = wishes.make_wish(store, entry, cast.counsellor.id, now())
    assert wishes.wishes_to_me(desk) == []
    asked = Desk(store, cast.counsellor, now())
    (waiting,) = wishes.wishes_to_me(asked)
    assert (waiting.wish, waiting.student.id, waiting.group) == (made, cast.student.id, cast.group.name)
    with pytest.raises(Refused):
        wishes.answer_wish(desk, made.id, "Kom till mig")
    wishes.answer_wish(asked, made.id, "  Vi ses   i morgon ")
    wishes.answer_wish(asked, made.id, "Något annat")
    assert wishes.wishes_to_me(asked) == []
    (told,) = wishes.wishes_of(store, with_code(store, entry))
    assert (told.name, told.wish.seen_on, told.wish.answer) == (cast.counsellor.name, asked.today, "Vi ses i morgon")
    assert wishes.wishes_of(store, entry) == []  # the bare link
    assert logged(store) == [("student", "wish", 12), ("staff", "answer_wish", None)]
    assert not any(b"Vi ses" in cell for cell in stored_cells(store).values())


def test_asking_twice_is_once_until_it_is_seen(store, desk, entry, cast):
    first = wishes.make_wish(store, entry, cast.mentor.id, now())
    assert wishes.make_wish(store, entry, cast.mentor.id, now()) == first
    wishes.answer_wish(desk, first.id)
    assert wishes.make_wish(store, entry, cast.mentor.id, now()).id != first.id
    assert len(wishes.wishes_to_me(desk)) == 1


def test_nobody_else_can_be_asked_and_an_ended_link_asks_nobody(store, desk, entry, cast):
    for staff_id in (cast.counsellor.id, cast.outsider.id, "", "0" * 32):
        with pytest.raises(wishes.NobodyThere):
            wishes.make_wish(store, entry, staff_id, now())
    invite.revoke(desk, entry.invitation.id)
    ended = rate.find_by_token(store, "x", now()) or with_code(store, entry)
    assert wishes.adults_for(store, ended) == []
    with pytest.raises(wishes.NobodyThere):
        wishes.make_wish(store, ended, cast.mentor.id, now())


def test_the_list_takes_those_who_have_a_today_and_words_that_fit(office, cast):
    for staff_id, role, field in (
        (cast.administrator.id, "rektorn", "staff"),
        (cast.mentor.id, " ", "role"),
        (cast.mentor.id, "x" * 61, "role"),
    ):
        with pytest.raises(wishes.WishRefused) as refused:
            wishes.put_on_list(office, staff_id, role)
        assert [error.field for error in refused.value.errors] == [field]
    assert wishes.list_adults(office) == []
    wishes.put_on_list(office, cast.mentor.id, "läraren")
    wishes.put_on_list(office, cast.mentor.id, "matteläraren")
    assert [each.role for each in wishes.list_adults(office)] == ["matteläraren"]
    wishes.take_off_list(office, cast.mentor.id)
    assert wishes.list_adults(office) == []


def test_too_long_an_answer_is_not_cut(store, desk, entry, cast):
    made = wishes.make_wish(store, entry, cast.mentor.id, now())
    with pytest.raises(wishes.WishRefused):
        wishes.answer_wish(desk, made.id, "x" * 201)
    assert wishes.wishes_to_me(desk)[0].wish == made


def test_it_waits_as_long_as_it_takes(store, desk, entry, cast):
    made = wishes.make_wish(store, entry, cast.mentor.id, now() - timedelta(days=40))
    assert [each.wish for each in wishes.wishes_to_me(desk)] == [made]
