"""Personnummer and coordination numbers, as people write them."""

from datetime import date

import pytest

from conversation_models.domain.personnummer import NotAPersonnummer, read_personnummer

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "digits", "born"),
    [
        ("20090517-2383", "200905172383", date(2009, 5, 17)),
        ("200905172383", "200905172383", date(2009, 5, 17)),
        (" 090517 - 2383 ", "200905172383", date(2009, 5, 17)),
        ("0905172383", "200905172383", date(2009, 5, 17)),
        ("811228-9874", "198112289874", date(1981, 12, 28)),
        ("811228+9874", "188112289874", date(1881, 12, 28)),
        ("090517\u20132383", "200905172383", date(2009, 5, 17)),
        ("701063-2391", "197010632391", date(1970, 10, 3)),
    ],
)
def test_it_becomes_twelve_digits_and_a_birth_date(text, digits, born):
    found = read_personnummer(text, TODAY)
    assert (found.digits, found.birth_date) == (digits, born)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("20090517-2384", "check_digit"),
        ("20090230-2385", "date"),
        ("20090517", "shape"),
        ("hej", "shape"),
        ("٢٠٠٩٠٥١٧٢٣٨٥", "shape"),
        ("20260311-2384", "future"),
        ("20090517-TF01", "temporary"),
        ("090517-T123", "temporary"),
    ],
)
def test_what_is_wrong_is_said(text, code):
    with pytest.raises(NotAPersonnummer) as wrong:
        read_personnummer(text, TODAY)
    assert wrong.value.code == code


def test_ten_digits_mean_the_latest_year_that_has_been():
    assert read_personnummer("260101-2392", TODAY).birth_date.year == 2026
    assert read_personnummer("270101-2391", TODAY).birth_date.year == 1927
