"""How a student may move over two terms. A story tells, talk by talk, what was answered and agreed."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from instruments.definitions import read_yaml

HERE = Path(__file__).parent

ROWS = (
    "workload", "content", "peers", "cooperation", "leisure", "study_plan", "guidance", "staff", "purpose", "health",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One talk of a story. A row that is missing was left empty; None means "don't want to answer"."""

    colours: dict[str, str | None]
    priority: int | None
    ability: int | None
    bring_up: str = ""
    scale: tuple[str, int, int] | None = None
    decisions: dict[str, tuple[str, str]] = field(default_factory=dict)
    alone: bool = True


@dataclass(frozen=True)
class Story:
    name: str
    steps: tuple[Step, ...]
    adult: bool = False


def _rows(pattern: str) -> dict[str, str | None]:
    """One letter a row: g y o r, "-" for declined, "." for left empty."""
    names = {"g": "green", "y": "yellow", "o": "orange", "r": "red"}
    return {row: names.get(letter) for row, letter in zip(ROWS, pattern, strict=True) if letter != "."}


@dataclass(frozen=True)
class OtherTalk:
    """A talk of another model than the development talk, as written in more_talks.yaml."""

    story: str
    weeks: int
    model: str
    by: str
    phase: str
    answers: dict[str, dict[str, Any]]


def other_talks() -> tuple[OtherTalk, ...]:
    """In the file's order: the first student of each story is the one they were held with."""
    return tuple(
        OtherTalk(each["story"], told["weeks"], told["model"], told["by"], told.get("phase", ""), told["answers"])
        for each in read_yaml(HERE / "more_talks.yaml")
        for told in each["talks"]
    )


MORNINGS = "Att komma iväg på morgonen"
CLASSROOM = "Att vara kvar i klassrummet"
SHOW = "Att fråga när jag inte förstår"

UP = Story(
    "up",
    (
        Step(_rows("rryyrorryr"), 4, 2, "Jag orkar inte alla ämnen samtidigt.", (MORNINGS, 2, 6),
             {"work": ("Vi börjar med tre ämnen: svenska, matte och bild.", "Mentor")}),
        Step(_rows("yryyryyyyr"), 6, 4, "Det är lättare när jag vet vad som händer på lektionen.", (MORNINGS, 4, 7),
             {"work": ("Mentor skickar dagens plan på morgonen.", "Mentor"),
              "support": ("Samma vuxen möter vid dörren två dagar i veckan.", "Elevassistent")}),
        Step(_rows("yyygyyggyy"), 7, 6, "", (MORNINGS, 6, 8),
             {"work": ("Engelskan läggs till, en lektion i veckan.", "Mentor och elev")}),
        Step(_rows("gyggyggggy"), 8, 7, "Jag vill prata om praktik.", (MORNINGS, 7, 8),
             {"wellbeing": ("Studiebesök på två praktikplatser.", "Syv")}),
    ),
)  # fmt: skip
DOWN = Story(
    "down",
    (
        Step(_rows("ggyggggygy"), 8, 7, "", (SHOW, 7, 8), {}),
        Step(_rows("yyyoyggygy"), 7, 5, "Jag sitter ofta själv.", (SHOW, 5, 8),
             {"environment": ("Vi provar fasta grupper i verkstaden.", "Mentor")}),
        Step(_rows("ryooryyoyr"), 5, 3, "Det har varit mycket hemma.", (SHOW, 3, 7),
             {"environment": ("Elev och mentor äter lunch ihop på tisdagar.", "Mentor"),
              "wellbeing": ("Tid hos kuratorn nästa vecka.", "Kurator")}),
    ),
)  # fmt: skip
STUCK = Story(
    "stuck",
    (
        Step(_rows("yyoyyoyyoo"), 3, 6, "Jag ser inte vad det ska vara bra för.", None,
             {"wellbeing": ("Prata med syv om andra vägar.", "Syv")}),
        Step(_rows("yyoyyoyyoo"), 3, 6, "", None, {"wellbeing": ("Nytt möte med syv, nu med förslag.", "Syv")}),
        Step(_rows("yyoyyoyyro"), 4, 6, "Samma som sist.", None,
             {"work": ("En uppgift i veckan får handla om bilar.", "Mentor")}),
    ),
)  # fmt: skip
WAVES = Story(
    "waves",
    (
        Step(_rows("ygygygyggy"), 6, 5, "", (CLASSROOM, 5, 8),
             {"support": ("Återkoppling varje fredag.", "Undervisande lärare")}),
        Step(_rows("ryyyryyyyr"), 5, 3, "Proven ligger för tätt.", (CLASSROOM, 3, 8),
             {"work": ("Högst ett prov i veckan.", "Mentor")}),
        Step(_rows("ygyyygyggy"), 6, 6, "", (CLASSROOM, 6, 8),
             {"work": ("Vi behåller planen från sist.", "Mentor och elev")}),
        Step(_rows("ggygygyggo"), 7, 6, "", (CLASSROOM, 6, 8), {}),
    ),
)  # fmt: skip
ABSENT = Story("absent", (Step(_rows("r...r....r"), 5, 1, "", (MORNINGS, 1, 5),
               {"work": ("Undervisning på distans två förmiddagar.", "Mentor")}, alone=False),))  # fmt: skip
HALF = Story(
    "half",
    (
        Step(_rows("yy.g......"), 6, None, "", None, {}),
        Step(_rows("yyyg..yg.."), 6, 5, "", None, {"support": ("Enkäten görs tillsammans nästa gång.", "Mentor")}),
    ),
)
DECLINED = Story(
    "declined",
    (
        Step(_rows("gyg------g"), 7, 7, "", None, {}),
        Step(_rows("gyg-y-g--g"), 7, 8, "Jag vill inte skriva om hemma.", None, {}),
    ),
)
STEADY = Story(
    "steady",
    (
        Step(_rows("gggggggggg"), 9, 8, "", None, {}),
        Step(_rows("oggggggggg"), 9, 9, "Jag skulle vilja ha svårare uppgifter.", (SHOW, 8, 8),
             {"work": ("Elevens egen fördjupning i historia.", "Ämneslärare")}),
        Step(_rows("gggggggggg"), 9, 9, "", (SHOW, 9, 9), {}),
    ),
)  # fmt: skip
TURNED_18 = Story("turned_18", UP.steps[:3], adult=True)
NEW = Story("new", ())

STORIES = (UP, DOWN, STUCK, WAVES, ABSENT, HALF, DECLINED, STEADY, TURNED_18, NEW)


def random_step(random: Random) -> Step:
    """One made-up talk, for measurements where only the amount matters."""
    pattern = "".join(random.choices("gyor-.", weights=(35, 30, 15, 12, 4, 4), k=len(ROWS)))
    decisions = {"work": ("Vi följer planen en månad till.", "Mentor")} if random.random() < 0.5 else {}
    scale = (MORNINGS, random.randint(0, 10), 7)
    return Step(_rows(pattern), random.randint(1, 10), random.randint(1, 10), "", scale, decisions)
