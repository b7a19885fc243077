"""The search for messages finds them, else the test of the catalogues would pass on nothing."""

import pytest

from tests.translations.extraction import GluedMessage, Said, said_in_python, said_in_template


def test_python_messages_are_found_with_their_lines() -> None:
    source = '_("Save")\npage._("Close").format()\n_.n("{n} talk", "{n} talks", 2)\nWHY = {"a": message("Too long")}\n'
    assert set(said_in_python(source, "x.py")) == {
        Said("Save", None, "x.py:1"),
        Said("Close", None, "x.py:2"),
        Said("{n} talk", "{n} talks", "x.py:3"),
        Said("Too long", None, "x.py:4"),
    }


def test_text_around_messages_is_not_taken_for_one() -> None:
    assert said_in_python('log("Save")\n_(sentence)\nn("{n}", "{n}", 1)\n', "x.py") == []


@pytest.mark.parametrize(
    "source",
    ['_(f"Saved {time}")', '_("Saved {time}".format(time=time))', '_("Saved " + time)', "_.n(one, many, 3)"],
)
def test_a_glued_message_is_refused(source: str) -> None:
    with pytest.raises(GluedMessage, match=r"x\.py:1"):
        said_in_python(source, "x.py")


def test_template_messages_are_found_with_their_lines() -> None:
    source = "<h1>{{ _('Hello') }}</h1>\n{{ _.n('{n} row', '{n} rows', rows|length) }}\n{{ name }}"
    found = said_in_template(source, "x.html")
    assert found == [Said("Hello", None, "x.html:1"), Said("{n} row", "{n} rows", "x.html:2")]


@pytest.mark.parametrize("source", ["{{ _('Hello ' ~ name) }}", "{{ _('Hello ' + name) }}", "{{ _.n(one, many, 2) }}"])
def test_a_glued_message_in_a_template_is_refused(source: str) -> None:
    with pytest.raises(GluedMessage, match=r"x\.html:1"):
        said_in_template(source, "x.html")
