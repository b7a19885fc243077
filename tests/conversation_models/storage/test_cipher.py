"""A sealed value opens in its own place with its own key, and nowhere else."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from conversation_models.storage import students, tables
from conversation_models.storage.cipher import Cipher, Unreadable
from conversation_models.storage.keys import Keys

KEYS = Keys({1: secrets.token_bytes(32)})
CIPHER = Cipher(KEYS)
PLACE = ("student", "given_name", "id1")


@given(st.text())
def test_any_text_comes_back(text):
    sealed = CIPHER.seal(text, *PLACE)
    assert CIPHER.open(sealed, *PLACE) == text
    assert len(text) < 4 or text.encode() not in sealed


def test_the_same_text_is_never_sealed_the_same():
    assert len({CIPHER.seal("ja", *PLACE) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "place",
    [("guardian", "given_name", "id1"), ("student", "family_name", "id1"), ("student", "given_name", "id2"), ()],
)
def test_it_opens_in_no_other_place(place):
    with pytest.raises(Unreadable):
        CIPHER.open(CIPHER.seal("Åsa", *PLACE), *place)


def test_a_place_cannot_be_put_together_from_other_parts():
    with pytest.raises(Unreadable):
        CIPHER.open(CIPHER.seal("Åsa", "a", "bc"), "ab", "c")


def test_each_level_has_its_own_key():
    sealed = CIPHER.seal("Åsa", *PLACE, level="h")
    with pytest.raises(Unreadable):
        CIPHER.open(sealed, *PLACE, level="m")


def test_one_changed_bit_anywhere_is_noticed():
    sealed = CIPHER.seal("Åsa", *PLACE)
    for at in range(1, len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(Unreadable):
            CIPHER.open(bytes(changed), *PLACE)


def test_a_newer_key_seals_and_the_old_one_still_opens():
    old = CIPHER.seal("Åsa", *PLACE)
    both = Cipher(Keys({1: KEYS.roots[1], 2: secrets.token_bytes(32)}))
    new = both.seal("Åsa", *PLACE)
    assert both.open(old, *PLACE) == both.open(new, *PLACE) == "Åsa"
    with pytest.raises(Unreadable):
        CIPHER.open(new, *PLACE)
    assert both.blind_index("Åsa") != CIPHER.blind_index("Åsa"), "it is made anew when the keys change"


def test_a_blind_index_needs_the_key():
    other = Cipher(Keys({1: secrets.token_bytes(32)}))
    assert CIPHER.blind_index("200905172383") == CIPHER.blind_index("200905172383")
    assert CIPHER.blind_index("200905172383") != other.blind_index("200905172383")


def test_two_students_sealed_names_changed_about_do_not_open(store, cast):
    student = tables.student
    with store.writing() as unit:
        found = select(student.c.given_name).where(student.c.id == cast.far.id)
        stolen = unit.connection.execute(found).scalar_one()
        unit.connection.execute(update(student).where(student.c.id == cast.student.id).values(given_name=stolen))
    with store.reading() as unit, pytest.raises(Unreadable):
        students.find(unit, cast.student.id)
    with store.reading() as unit:
        assert students.find(unit, cast.far.id) == cast.far


def test_two_columns_of_one_student_changed_about_do_not_open(store, cast):
    student = tables.student
    with store.writing() as unit:
        changed = update(student).where(student.c.id == cast.student.id)
        unit.connection.execute(changed.values(given_name=student.c.family_name))
    with store.reading() as unit, pytest.raises(Unreadable):
        students.find(unit, cast.student.id)
