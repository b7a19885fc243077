"""Signing in, and everything that ends a session."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from conversation_models.domain.ids import new_id
from conversation_models.domain.staff import Role
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import passwords, people, sign_in, throttle
from conversation_models.services.field_errors import FieldsRefused
from conversation_models.services.passwords import PasswordRefused
from conversation_models.services.sign_in import SetUpRefused, SignInRefused
from conversation_models.storage import logs, tables
from conversation_models.storage.store import open_store
from tests.conversation_models.cast import NOW, PASSWORD

ADDRESS = "192.0.2.7"
GOOD = "fyra röda mössor i hallen"


def minutes(number):
    return NOW + timedelta(minutes=number)


def signed_in(store, username="alva", now=NOW):
    return sign_in.sign_in(store, username, PASSWORD, ADDRESS, now)


def refused_code(store, username, password, now=NOW, address=ADDRESS):
    with pytest.raises(SignInRefused) as refused:
        sign_in.sign_in(store, username, password, address, now)
    return refused.value.code


def test_a_right_password_gives_a_session_that_can_be_found(store, cast):
    done = signed_in(store, "  Alva ")
    assert len(done.token) >= 43
    found = sign_in.find_session(store, done.token, minutes(1))
    assert found == done.session
    assert found.staff == cast.mentor


def test_neither_token_nor_password_lie_in_the_database(store, cast):
    done = signed_in(store)
    with store.reading() as unit:
        rows = [unit.connection.execute(select(table)).all() for table in (tables.staff_session, tables.staff)]
    assert done.token not in str(rows)
    assert PASSWORD not in str(rows)


@pytest.mark.parametrize(
    ("username", "password"),
    [("alva", "fel"), ("nobody", PASSWORD), ("", ""), ("alva", "x" * 100_000), ("alva", "\ud800"), ("\x00", PASSWORD)],
)
def test_whatever_is_wrong_the_answer_is_the_same(store, username, password):
    assert refused_code(store, username, password) == "wrong"


def test_a_password_is_the_same_however_its_letters_are_composed(store, cast, desk):
    _, once = people.add_staff(desk(cast.administrator), people.NewStaff("kim", "Kim", Role.MENTOR))
    token = sign_in.sign_in(store, "kim", once, ADDRESS, NOW).token
    sign_in.change_password(store, token, once, "sju gröna båtar på ån", NOW)
    assert sign_in.sign_in(store, "kim", "sju gro\u0308na ba\u030atar pa\u030a a\u030an", ADDRESS, NOW).token


def test_an_account_slows_down_after_five_failures_but_never_for_good(store):
    for _ in range(5):
        assert refused_code(store, "alva", "fel") == "wrong"
    with pytest.raises(SignInRefused) as refused:
        signed_in(store)
    assert (refused.value.code, refused.value.retry_after_seconds) == ("throttled", 1)
    later = NOW
    for _ in range(20):
        later += timedelta(seconds=61)
        assert refused_code(store, "alva", "fel", later) == "wrong"
    with pytest.raises(SignInRefused) as refused:
        signed_in(store, now=later)
    assert refused.value.retry_after_seconds == 60
    assert signed_in(store, now=later + timedelta(seconds=60)).session.staff.username == "alva"


def test_a_sign_in_forgets_the_failures_of_its_account(store):
    for _ in range(4):
        refused_code(store, "alva", "fel")
    signed_in(store)
    for _ in range(4):
        refused_code(store, "alva", "fel")
    assert signed_in(store)


def test_one_slow_account_does_not_slow_another(store):
    for _ in range(6):
        refused_code(store, "alva", "fel")
    assert signed_in(store, "bo")


def test_guesses_sent_side_by_side_are_counted_one_by_one(store):
    """Otherwise a hundred at once would be checked before the first failure is written."""

    def guess(number):
        try:
            sign_in.sign_in(store, "alva", f"gissning {number}", f"198.51.100.{number}", NOW)
        except SignInRefused as refused:
            return refused.code

    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(guess, range(60)))
    assert codes.count("wrong") <= 5 + passwords.MOST_AT_ONCE
    assert set(codes) == {"wrong", "throttled"}


def test_an_address_is_generous_to_a_whole_school_and_then_slows_down(store):
    for number in range(50):
        assert refused_code(store, f"name{number}", "fel") == "wrong"
    assert refused_code(store, "one-more", "fel") == "throttled"
    assert sign_in.sign_in(store, "alva", PASSWORD, "203.0.113.9", NOW)
    assert signed_in(store, now=NOW + timedelta(seconds=2))


def test_an_ipv6_customer_is_one_address():
    keys = {throttle.address_key(f"2001:db8:1:2::{tail}") for tail in ("1", "2:3", "ffff")}
    assert keys == {"2001:0db8:0001:0002"}
    assert throttle.address_key("::ffff:192.0.2.7") == "192.0.2.7"
    assert throttle.address_key("unix") == "unix"


def test_a_quarter_without_activity_ends_it(store):
    token = signed_in(store).token
    assert sign_in.find_session(store, token, minutes(14.9))
    assert sign_in.find_session(store, token, minutes(15)) is None


def test_looking_does_not_keep_it_alive_but_activity_does(store):
    token = signed_in(store).token
    for minute in range(1, 15):
        sign_in.find_session(store, token, minutes(minute))
    assert sign_in.find_session(store, token, minutes(15)) is None
    touched = sign_in.touch(store, token, minutes(14))
    assert sign_in.time_left(touched, minutes(14)) == timedelta(minutes=15)
    assert sign_in.find_session(store, token, minutes(28))
    assert sign_in.touch(store, token, minutes(29)) is None


def test_activity_is_written_at_most_once_a_minute(store):
    token = signed_in(store).token
    sign_in.touch(store, token, minutes(0.9))
    assert stored(store)[0].seen_at == NOW
    sign_in.touch(store, token, minutes(1))
    assert stored(store)[0].seen_at == minutes(1)


def stored(store):
    with store.reading() as unit:
        return unit.connection.execute(select(tables.staff_session)).all()


def test_eight_hours_end_it_however_active(store):
    token = signed_in(store).token
    for minute in range(10, 480, 10):
        assert sign_in.touch(store, token, minutes(minute)), minute
    session = sign_in.find_session(store, token, minutes(479))
    assert sign_in.time_left(session, minutes(479)) == timedelta(minutes=1)
    assert sign_in.touch(store, token, minutes(480)) is None


def test_an_open_talk_gives_an_hour_and_a_closed_one_does_not(store, cast):
    token = signed_in(store).token
    talk_id = with_talk(store, cast, TalkStatus.OPEN)
    sign_in.hold_open(store, token, talk_id)
    assert sign_in.find_session(store, token, minutes(59))
    assert sign_in.find_session(store, token, minutes(60)) is None
    with store.writing() as unit:
        unit.connection.execute(update(tables.talk).values(status=TalkStatus.CLOSED.value))
    assert sign_in.find_session(store, token, minutes(16)) is None
    assert sign_in.find_session(store, token, minutes(14))


def with_talk(store, cast, status):
    talk_id = new_id()
    values = {"id": talk_id, "student_id": cast.student.id, "model": "development", "led_by": cast.mentor.id}
    values |= {"held_on": NOW.date(), "minutes": 45, "status": status.value, "phase": "", "created_at": NOW}
    with store.writing() as unit:
        unit.connection.execute(tables.talk.insert().values(**values, created_by=cast.mentor.id))
    return talk_id


def test_leaving_the_talk_brings_the_quarter_back(store, cast):
    token = signed_in(store).token
    sign_in.hold_open(store, token, with_talk(store, cast, TalkStatus.OPEN))
    sign_in.hold_open(store, token, None)
    assert sign_in.find_session(store, token, minutes(15)) is None


def test_signing_out_ends_one_session_and_everywhere_ends_all(store, cast):
    one, two, three = (signed_in(store).token for _ in range(3))
    other = signed_in(store, "bo").token
    sign_in.sign_out(store, one, NOW)
    assert [bool(sign_in.find_session(store, token, NOW)) for token in (one, two, three)] == [False, True, True]
    sign_in.sign_out_everywhere(store, cast.mentor.id, NOW)
    assert [bool(sign_in.find_session(store, token, NOW)) for token in (two, three, other)] == [False, False, True]


def test_an_unknown_token_is_nobody(store):
    for token in ("", "x" * 43, "\ud800", "\x00"):
        assert sign_in.find_session(store, token, NOW) is None
        assert sign_in.touch(store, token, NOW) is None
        sign_in.sign_out(store, token, NOW)


def test_a_deactivated_person_is_out_at_once_and_cannot_come_back(store, cast, desk):
    token = signed_in(store).token
    people.deactivate_staff(desk(cast.administrator), cast.mentor.id)
    assert sign_in.find_session(store, token, NOW) is None
    assert refused_code(store, "alva", PASSWORD) == "wrong"


def test_a_one_time_password_works_a_week_and_must_be_changed(store, cast, desk):
    added, once = people.add_staff(desk(cast.administrator), people.NewStaff("kim", "Kim", Role.MENTOR))
    done = sign_in.sign_in(store, "kim", once, ADDRESS, minutes(0))
    assert done.session.staff.must_change_password
    with pytest.raises(SignInRefused):
        sign_in.sign_in(store, "kim", once, ADDRESS, NOW + timedelta(days=7))
    other = sign_in.sign_in(store, "kim", once, ADDRESS, NOW).token
    sign_in.change_password(store, done.token, once, GOOD, NOW)
    assert not sign_in.find_session(store, done.token, NOW).staff.must_change_password
    assert sign_in.find_session(store, other, NOW) is None
    assert refused_code(store, "kim", once) == "wrong"
    assert sign_in.sign_in(store, "kim", GOOD, ADDRESS, NOW + timedelta(days=30)).session.staff.id == added.id


def test_changing_needs_the_old_password_and_counts_guesses(store):
    token = signed_in(store).token
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in.change_password(store, token, "fel", GOOD, NOW)
    with pytest.raises(SignInRefused) as refused:
        sign_in.change_password(store, token, PASSWORD, GOOD, NOW)
    assert refused.value.code == "throttled"
    with pytest.raises(SignInRefused):
        sign_in.change_password(store, "no session", PASSWORD, GOOD, NOW)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("fjorton tecken", "too_short"),
        ("x y" * 70, "too_long"),
        ("Lösenord 12345678", "common"),
        ("aaaaaaaaaaaaaaaab", "common"),
        ("qwertyuiopåasdfghjklöä", "common"),
        ("jag heter alva och bor här", "holds_username"),
        (PASSWORD, "same_as_before"),
    ],
)
def test_a_weak_new_password_is_refused_with_its_reason(store, password, code):
    token = signed_in(store).token
    with pytest.raises(PasswordRefused) as refused:
        sign_in.change_password(store, token, PASSWORD, password, NOW)
    assert refused.value.code == code
    assert signed_in(store)


def test_a_hash_made_with_weaker_parameters_is_renewed(store, monkeypatch):
    before = hash_of(store)
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    signed_in(store)
    after = hash_of(store)
    assert (before != after, "m=16,t=2" in after) == (True, True)
    assert signed_in(store)


def hash_of(store):
    with store.reading() as unit:
        found = select(tables.staff.c.password_hash).where(tables.staff.c.username == "alva")
        return unit.connection.execute(found).scalar_one()


def test_the_real_parameters_are_those_recommended():
    real = PasswordHasher()
    assert (real.type.name, real.memory_cost, real.time_cost, real.parallelism) == ("ID", 65536, 3, 4)


def test_sign_ins_and_failures_are_logged_without_what_was_typed(store, cast):
    signed_in(store)
    refused_code(store, "alva", "hemligt ord")
    refused_code(store, "den okända", "hemligt ord")
    with store.reading() as unit:
        entries = [entry for entry in logs.newest(unit) if entry.action == "sign_in"]
    assert [(entry.actor_kind, entry.actor_id, entry.denied) for entry in entries] == [
        ("anyone", "", True),
        ("staff", cast.mentor.id, True),
        ("staff", cast.mentor.id, False),
    ]
    assert "hemligt" not in str(entries)
    assert "okända" not in str(entries)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_store(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    store = open_store(tmp_path / "empty", url)
    yield store
    store.close()


def set_up(store, token, username="eira", password=GOOD, school="Björkskolan"):
    return sign_in.create_first_administrator(store, token, username, "Eira", password, school, "upper_secondary", NOW)


def test_the_first_administrator_comes_in_once_with_the_newest_token(empty_store):
    assert sign_in.needs_setup(empty_store)
    old, token = sign_in.make_setup_token(empty_store, NOW), sign_in.make_setup_token(empty_store, NOW)
    for wrong in (old, "", "x" * 43):
        with pytest.raises(SetUpRefused):
            set_up(empty_store, wrong)
    first = set_up(empty_store, token)
    assert (first.role, first.username) == (Role.ADMINISTRATOR, "eira")
    assert not sign_in.needs_setup(empty_store)
    assert sign_in.make_setup_token(empty_store, NOW) is None
    with pytest.raises(SetUpRefused):
        set_up(empty_store, token, "two")
    assert sign_in.sign_in(empty_store, "eira", GOOD, ADDRESS, NOW).session.staff == first


def test_a_set_up_with_something_missing_leaves_the_token_good(empty_store):
    token = sign_in.make_setup_token(empty_store, NOW)
    with pytest.raises(FieldsRefused):
        set_up(empty_store, token, school=" ")
    with pytest.raises(PasswordRefused):
        set_up(empty_store, token, password="kort")
    assert sign_in.needs_setup(empty_store)
    assert set_up(empty_store, token)


def test_there_is_no_default_account(empty_store):
    for username in ("admin", "administrator", "root", "demo"):
        assert refused_code(empty_store, username, username) == "wrong"
