"""Names sorted and found as in Swedish."""

from conversation_models.domain.names import matches, same_name, sort_key


def test_swedish_order():
    wanted = [
        "3b", "Ahmed", "al-Amin", "Andersson", "Edvin", "Élodie", "Elsa", "Müller", "Myra", "Naïma", "O'Hara", "Ohlin",
        "Vera", "Vik", "Wera", "Zoë", "Åberg", "Ärlig", "Öberg", "Ødegård", "Østen", "Öz", "Юлія", "مريم",
    ]  # fmt: skip
    assert sorted(sorted(wanted), key=sort_key) == wanted


def test_accents_and_capitals_decide_only_between_equals():
    assert sorted(["andré", "Andre", "andre", "Andrea"], key=sort_key) == ["Andre", "andre", "andré", "Andrea"]


def test_two_ways_to_write_one_letter_are_one_name():
    assert same_name("A\u030asa  \u00d6berg ") == same_name("åsa öberg")


def test_a_search_is_forgiving_about_accents_but_not_about_swedish_letters():
    assert matches("Élodie Wåhlin", "elo wå")
    assert matches("Élodie Wåhlin", "ELODIE")
    assert matches("al-Amin", "al amin")
    assert matches("O'Hara", "ohara")
    assert matches("Anything", "")
    assert not matches("Åsa", "asa")
    assert not matches("Wahl", "vahl")
