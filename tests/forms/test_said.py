"""Every refusal of an answer has a sentence, and it can be said with the values it comes with."""

import re
from pathlib import Path

import pytest

from forms.said import REFUSED, say_refusal
from instruments import answers
from instruments.answers import AnswerError, check
from tests.forms.definitions import every_kind

CODES = set(re.findall(r'AnswerError\(\s*"(\w+)"', Path(answers.__file__).read_text(encoding="utf-8")))


def test_every_code_of_the_instruments_has_a_sentence() -> None:
    assert set(REFUSED) == CODES != set()


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("note", {"declined": True}), ("words", 3), ("words", "x" * 201), ("words", "\ud800"), ("number", "7"),
        ("number", 11), ("day", "igår"), ("yes", "ja"), ("row", "green"), ("row", {"colour": "blue"}),
        ("row", {"colour": "red", "fits": ["red.7"]}), ("row", {"colour": "red", "fits": ["green.1"]}),
    ],
)  # fmt: skip
def test_a_refusal_is_said_whole_in_both_languages(item: str, value: object) -> None:
    with pytest.raises(AnswerError) as refused:
        check(every_kind().item(item), value)
    sentences = {say_refusal(refused.value.code, refused.value.values, language) for language in ("sv", "en")}
    assert len(sentences) == 2
    assert not any("{" in sentence for sentence in sentences)
