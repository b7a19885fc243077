"""Keys on paper and back."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversation_models.services.recovery_sheet import (
    GROUPS_A_KEY,
    LETTERS,
    Mistyped,
    is_on_sheet,
    recovery_sheet,
    restore_keys,
)
from conversation_models.storage.keys import Keys

KEYS = Keys({1: secrets.token_bytes(32)})


@given(st.dictionaries(st.integers(1, 255), st.binary(min_size=32, max_size=32), min_size=1, max_size=4))
def test_any_keys_come_back(roots):
    sheet = recovery_sheet(Keys(roots))
    assert len(sheet.groups) == GROUPS_A_KEY * len(roots)
    assert restore_keys(list(sheet.groups)) == Keys(roots)


def test_how_it_is_typed_does_not_matter():
    groups = [f" {group.lower()} ".replace("-", "") for group in recovery_sheet(KEYS).groups]
    misread = [group.replace("1", "l").replace("0", "o") for group in groups]
    assert restore_keys(misread) == KEYS


def test_a_slip_of_the_pen_is_found_in_its_group():
    """One wrong letter is let through by its group's check once in 1024; then the whole key's check finds it."""
    groups = list(recovery_sheet(KEYS).groups)
    found = []
    for number, group in enumerate(groups, start=1):
        for letter in LETTERS:
            if letter != group[3]:
                wrong = [*groups[: number - 1], group[:3] + letter + group[4:], *groups[number:]]
                with pytest.raises(Mistyped) as mistyped:
                    restore_keys(wrong)
                found.append(mistyped.value.group == number)
    assert sum(found) >= len(found) - 3


def test_groups_that_changed_places_or_are_missing_make_no_key():
    groups = list(recovery_sheet(KEYS).groups)
    for wrong in ([groups[1], groups[0], *groups[2:]], groups[:-1], [], [*groups, *groups], ["", *groups[1:]]):
        with pytest.raises(Mistyped):
            restore_keys(wrong)


def test_two_groups_show_that_someone_holds_the_paper():
    groups = recovery_sheet(KEYS).groups
    assert is_on_sheet(KEYS, 2, groups[1].lower())
    assert not is_on_sheet(KEYS, 1, groups[1])
    assert not is_on_sheet(KEYS, 0, groups[0])
    assert not is_on_sheet(KEYS, 8, groups[0])
    assert recovery_sheet(KEYS).fingerprint != recovery_sheet(Keys({1: secrets.token_bytes(32)})).fingerprint
