"""One item of every kind, with two answers and words that must show wherever it is printed or looked at."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, get_args

from conversation_models.domain.answer import Answer, Manner, Respondent
from conversation_models.domain.school import Group, School
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services.look import History
from instruments.answers import check, state_of
from instruments.items import Item
from instruments.model import Instrument
from reports.looked_at import Turn
from reports.record import AskedTalk, Told

KINDS = tuple(kind.model_fields["kind"].default for kind in get_args(get_args(Item)[0]))
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def both(words: str) -> dict[str, str]:
    return {"sv": words, "en": f"{words} (en)"}


def colours(**more: Any) -> list[dict[str, Any]]:
    words = {"green": "lagom", "yellow": "på gränsen", "orange": "för lite", "red": "för mycket"}
    return [{"colour": colour, "word": both(word)} | more for colour, word in words.items()]


def scale(name: str, label: str, **more: Any) -> dict[str, Any]:
    ends = {"low": 0, "high": 10, "low_words": both("inte alls"), "high_words": both("så mycket det går")}
    return {"kind": "scale", "id": name, "label": both(label), **ends, **more}


OPTIONS = [
    {"id": name, "text": both(words)} for name, words in (("bus", "Bussen"), ("walk", "Till fots"), ("lift", "Skjuts"))
]
CARDS = [{"id": name, "text": both(words)} for name, words in (("calm", "Lugn"), ("music", "Musik"), ("dog", "Hund"))]
STATEMENTS = [
    choice | {"statements": [{"id": f"{choice['colour']}.1", "text": both(f"mening om {choice['word']['sv']}")}]}
    for choice in colours()
]
COLUMNS = [
    {"kind": "line", "id": "what", "label": both("Situation")},
    scale("now", "Just nu", lower_is_easier=True),
    {"kind": "tick", "id": "done", "label": both("Klart")},
    {"kind": "choice", "id": "way", "label": both("Sätt"), "options": OPTIONS},
    {"kind": "date", "id": "day", "label": both("Dag")},
    {"kind": "text", "id": "how", "label": both("Hur det gick")},
]


@dataclass(frozen=True)
class Sample:
    """`label` and `shown` are on every paper and screen of the answer `after`; `blank` on the empty form."""

    definition: dict[str, Any]
    before: Any
    after: Any
    shown: tuple[str, ...]
    over_time: tuple[str, ...]
    blank: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.definition["label"]["sv"]


SAMPLES: dict[str, Sample] = {
    "colour": Sample(
        {"kind": "colour", "id": "a", "label": both("Hur mycket jag har"), "choices": STATEMENTS},
        {"colour": "green", "fits": []}, {"colour": "red", "fits": ["red.1"]},
        ("Röd", "för mycket", "mening om för mycket"), ("lagom", "för mycket"), ("på gränsen", "mening om lagom"),
    ),
    "joint_colour": Sample(
        {"kind": "joint_colour", "id": "a", "label": both("Vår färg"), "choices": colours()},
        {"colour": "green"}, {"colour": "orange"}, ("Orange", "för lite"), ("lagom", "för lite"), ("på gränsen",),
    ),
    "scale": Sample(
        scale("a", "Hur jobbigt", lower_is_easier=True), 8, 4, ("4", "så mycket det går"),
        ("8", "4", "Lägre är lättare"),
        ("0", "10", "inte alls", "Lägre är lättare"),
    ),
    "text": Sample({"kind": "text", "id": "a", "label": both("Berätta")}, "Det var tyst.", "Det är ljust nu.",
                   ("Det är ljust nu.",), ("Det var tyst.", "Det är ljust nu.")),
    "line": Sample({"kind": "line", "id": "a", "label": both("Vem")}, "Elin", "Amir", ("Amir",), ("Elin", "Amir")),
    "date": Sample({"kind": "date", "id": "a", "label": both("När")}, "2026-03-01", "2026-05-02", ("2 maj 2026",),
                   ("1 mars 2026", "2 maj 2026")),
    "tick": Sample({"kind": "tick", "id": "a", "label": both("Det stämmer")}, False, True, ("Ikryssat",),
                   ("Inte ikryssat", "Ikryssat")),
    "choice": Sample({"kind": "choice", "id": "a", "label": both("Hur kommer du hit"), "options": OPTIONS},
                     "bus", "walk",
                     ("Till fots",), ("Bussen", "Till fots"), ("Bussen", "Till fots", "Skjuts")),
    "choices": Sample({"kind": "choices", "id": "a", "label": both("Vad hjälper"), "options": OPTIONS},
                      ["bus", "walk"], ["walk", "lift"], ("Till fots", "Skjuts"),
                      ("Kvar: Till fots", "Inte längre: Bussen", "Nytt: Skjuts"), ("Bussen", "Till fots", "Skjuts")),
    "cards": Sample({"kind": "cards", "id": "a", "label": both("Sådan är jag"), "deck": "blue", "cards": CARDS,
                     "blank": 2},
                    {"picked": ["calm", "music"], "own": []}, {"picked": ["own.1", "calm"], "own": ["Modig"]},
                    ("Modig", "Lugn"), ("Kvar: Lugn", "Inte längre: Musik", "Nytt: Modig"), ("Lugn", "Musik", "Hund")),
    "table": Sample({"kind": "table", "id": "a", "label": both("Situationer"), "columns": COLUMNS, "carry": True,
                     "rows": [{"id": "gate", "text": both("Grinden")}], "add": both("Lägg till"), "longest": 5},
                    [{"row": "gate", "now": 7}, {"row": "own.1", "what": "Matsalen", "now": 9}],
                    [{"row": "gate", "now": 3, "done": True, "way": "walk", "day": "2026-05-02"},
                     {"row": "own.1", "what": "Korridoren", "how": "Det gick"}],
                    ("Grinden", "3", "Ja", "Till fots", "2 maj 2026", "Korridoren", "Det gick"),
                    ("Kvar: Grinden", "Inte längre: Matsalen", "Nytt: Korridoren", "3 (ändrat; förut: 7)", "✓ Ikryssat",
                     "Lägre är lättare"),
                    ("Grinden", "Situation", "Just nu (0–10)", "Klart", "Bussen", "Dag", "Hur det gick")),
}  # fmt: skip


def instrument_of(definition: dict[str, Any], **more: Any) -> Instrument:
    section = {"id": "all", "title": both("Avsnittet"), "items": [definition]}
    return Instrument.model_validate(
        {
            "id": "sample",
            "edition": 1,
            "level": "m",
            "source": {"name": "test"},
            "title": both("Ett underlag"),
            "short": both("Kort"),
            "intro": both("Så här"),
            "respondents": ["student"],
            "minutes": 5,
            "sections": [section],
        }
        | more
    )


def a_talk(day: date, number: int = 1, editions: dict[str, int] | None = None, model: str = "free_talk") -> Talk:
    return Talk(f"{number:032x}", "0" * 32, model, "1" * 32, day, status=TalkStatus.CLOSED, editions=editions or {})


def told(talk: Talk, instrument: Instrument, item_id: str, value: Any) -> Answer:
    """As it is kept once the talk is closed."""
    kept, item = check(instrument.item(item_id), value), instrument.item(item_id)
    respondent = Respondent(item.by or instrument.respondents[0])
    state = state_of(kept)
    return Answer(
        talk.id, instrument.id, instrument.edition, item_id, respondent, Manner.TOGETHER, state,
        kept if state == "answered" else None, NOON,
    )  # fmt: skip


def turns_of(sample: Sample, *values: Any) -> list[Turn]:
    instrument = instrument_of(sample.definition)
    days = [date(2026, 3, 3), date(2026, 5, 12), date(2026, 9, 1)]
    talks = []
    for number, (day, value) in enumerate(zip(days, values, strict=False), start=1):
        talk = a_talk(day, number)
        label = f"{day.day} {('mars', 'maj', 'september')[number - 1]} {day.year}"
        talks.append(AskedTalk(talk, label, instrument, {"a": Told(told(talk, instrument, "a", value))}))
    return [Turn(talk, instrument.item("a")) for talk in talks]


EMPTY = History(
    Student("0" * 32, "2" * 32, "3" * 32, "Åsa", "Öberg", date(2009, 5, 17)),
    School("2" * 32, "Björkskolan", "upper_secondary"),
    Group("3" * 32, "2" * 32, "IMA 1a"),
    names={"1" * 32: "Alva"},
)


def history_of(instrument: Instrument, *filled: dict[str, Any]) -> History:
    """One closed talk for each set of answers."""
    talks = [
        a_talk(date(2026, 1 + 2 * number, 12), number + 1, {instrument.id: instrument.edition})
        for number in range(len(filled))
    ]
    answers = [
        told(talk, instrument, item_id, value)
        for talk, values in zip(talks, filled, strict=True)
        for item_id, value in values.items()
    ]
    return replace(EMPTY, talks=tuple(talks), answers=tuple(answers))
