"""The library's instruments, and a small one with every kind of item, of students and of staff."""

from functools import cache

from instruments.catalogue import load
from instruments.model import Instrument


def both(words: str) -> dict[str, str]:
    return {"sv": words, "en": f"{words} (en)"}


def colours(**more: object) -> list[dict]:
    words = {"green": "lagom", "yellow": "på gränsen", "orange": "för lite", "red": "för mycket"}
    return [{"colour": colour, "word": both(word)} | more for colour, word in words.items()]


@cache
def every_kind() -> Instrument:
    with_statements = [
        choice
        | {
            "statements": [
                {"id": f"{choice['colour']}.{n}", "text": both(f"{choice['colour']} mening {n}")} for n in (1, 2)
            ]
        }
        for choice in colours()
    ]
    items = [
        {"kind": "colour", "id": "row", "label": both("En rad"), "help": both("Hjälp"), "choices": with_statements},
        {"kind": "scale", "id": "number", "label": both("En siffra"), "low": 0, "high": 10,
         "low_words": both("lägst"), "high_words": both("högst"), "words_at": {5: both("mitt emellan")}},
        {"kind": "text", "id": "words", "label": both("Egna ord"), "longest": 200},
        {"kind": "line", "id": "who", "label": both("Vem")},
        {"kind": "date", "id": "day", "label": both("När")},
        {"kind": "joint_colour", "id": "joint", "label": both("Vår färg"), "choices": colours(), "prefill": True,
         "follows": "everything.row"},
        {"kind": "tick", "id": "yes", "label": both("Ta med")},
        {"kind": "text", "id": "note", "label": both("Min anteckning"), "by": "mentor", "may_decline": False},
    ]  # fmt: skip
    return Instrument.model_validate(
        {
            "id": "everything",
            "edition": 1,
            "level": "m",
            "source": {"name": "test"},
            "title": both("Allt"),
            "short": both("Allt"),
            "intro": both("Varje slags fråga."),
            "respondents": ["student"],
            "minutes": 5,
            "sections": [{"id": "all", "title": both("Allt"), "items": items}],
        }
    )


def instruments() -> list[Instrument]:
    catalogue = load()
    return [*(catalogue.instrument(name) for name in catalogue.ids()), every_kind()]
