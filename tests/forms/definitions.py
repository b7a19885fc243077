"""The library's instruments, and small ones with every kind of item, of students and of staff."""

from functools import cache

from instruments.answers import Value
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
    return small("everything", "Allt", items)


def small(name: str, title: str, items: list[dict]) -> Instrument:
    return Instrument.model_validate(
        {
            "id": name,
            "edition": 1,
            "level": "m",
            "source": {"name": "test"},
            "title": both(title),
            "short": both(title),
            "intro": both("Varje slags fråga."),
            "respondents": ["student"],
            "minutes": 5,
            "sections": [{"id": "all", "title": both(title), "items": items}],
        }
    )


def named(**texts: str) -> list[dict]:
    return [{"id": name, "text": both(text)} for name, text in texts.items()]


@cache
def more_kinds() -> Instrument:
    """Options, cards and tables: one table of given rows only, one where rows are added, one of both."""
    level = [*named(zero="Noll", one="Ett"), {"id": "two", "text": both("Två"), "help": both("Hjälp till två")}]
    deck = named(calm="Lugn", order="Ordning", friend="En vän", music="Musik", walk="Gå en sväng", light="Ljust")
    scale = {"kind": "scale", "low": 0, "high": 10, "low_words": both("lätt"), "high_words": both("svårt")}
    goals = [
        {"kind": "line", "id": "goal", "label": both("Vad")},
        {"kind": "text", "id": "how", "label": both("Hur")},
        {"kind": "date", "id": "on", "label": both("När")},
        scale | {"id": "hard", "label": both("Hur svårt")},
        {"kind": "choice", "id": "whose", "label": both("Vems"), "options": named(mine="Mitt", schools="Skolans")},
        {"kind": "tick", "id": "done", "label": both("Klart")},
    ]
    week = [{"kind": "line", "id": name, "label": both(word)} for name, word in (("sleep", "Sömn"), ("meals", "Mat"))]
    days = [*named(monday="Måndag", tuesday="Tisdag"), {"id": "sunday", "text": both("Söndag"), "help": both("Vila")}]
    items = [
        {"kind": "choice", "id": "level", "label": both("Vilken nivå"), "help": both("Välj en"), "options": level},
        {"kind": "choices", "id": "helps", "label": both("Vad som hjälper"), "options": level},
        {"kind": "cards", "id": "deck", "label": both("Vad jag behöver"), "deck": "blue", "cards": deck, "blank": 2},
        {"kind": "table", "id": "week", "label": both("Min vecka"), "columns": week, "longest": 0,
         "rows": days},
        {"kind": "table", "id": "goals", "label": both("Mina mål"), "columns": goals, "longest": 4,
         "add": both("Lägg till ett mål"), "carry": True},
        {"kind": "table", "id": "subjects", "label": both("Mina ämnen"), "columns": week[:1],
         "rows": named(maths="Matte"), "add": both("Lägg till ett ämne"), "carry": True, "help": both("Hjälp ämnen")},
    ]  # fmt: skip
    return small("more", "Mer", items)


# A value of each kind, the item it answers, and the words by which it is read again.
SAMPLES: dict[str, tuple[str, Value, list[str]]] = {
    "colour": ("row", {"colour": "orange", "fits": ["orange.2"]}, ["för lite", "orange mening 2"]),
    "joint_colour": ("joint", {"colour": "red"}, ["för mycket"]),
    "scale": ("number", 7, ["7", "på en skala från 0 till 10"]),
    "text": ("words", "Egna ord\nmed mera", ["Egna ord\nmed mera"]),
    "line": ("who", "Åsa", ["Åsa"]),
    "date": ("day", "2026-03-12", ["12 mars 2026"]),
    "tick": ("yes", True, ["ja"]),
    "choice": ("level", "two", ["Två"]),
    "choices": ("helps", ["zero", "two"], ["Noll", "Två"]),
    "cards": ("deck", {"picked": ["music", "own.2", "calm"], "own": ["", "Min katt"]}, ["Musik", "Min katt", "Lugn"]),
    "table": (
        "goals",
        [
            {"row": "own.2", "goal": "Komma till tio", "hard": 0, "whose": "mine", "done": True},
            {"row": "own.5", "goal": "Äta lunch", "how": "Med Bo", "on": "2026-03-12"},
        ],
        ["Komma till tio", "0", "Mitt", "ja", "Äta lunch", "Med Bo", "12 mars 2026"],
    ),
}


def instruments() -> list[Instrument]:
    catalogue = load()
    return [*(catalogue.instrument(name) for name in catalogue.ids()), every_kind(), more_kinds()]
