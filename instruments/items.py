"""One small class per kind of item. `kind` is the tag that a definition names.

What an answer to each kind looks like stands in its docstring; `answers.check` is
the only place that decides whether a value fits.
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from instruments.text import Id, Part, Text

Colour = Literal["green", "yellow", "orange", "red"]
Respondent = Literal["student", "guardian", "mentor", "counsellor"]
COLOURS: tuple[Colour, ...] = ("green", "yellow", "orange", "red")


class AnyItem(Part):
    """What every kind has.

    `by` says whose item it is when it is not everyone's. An item by a mentor or a counsellor
    never stands on the student's page or on the view turned towards the student.
    """

    secret: ClassVar[bool] = False

    id: Id
    label: Text
    help: Text | None = None
    may_decline: bool = True
    by: Respondent | None = None


class Statement(Part):
    """A sentence the student may mark as fitting. `id` is the colour and a number: "red.2".

    `word` replaces the colour's word when this statement is marked, for rows where one colour
    has causes that point in opposite directions.
    """

    id: Annotated[str, Field(pattern=r"^(green|yellow|orange|red)\.[1-9]$")]
    text: Text
    word: Text | None = None


class Choice(Part):
    """One colour of a row. `word` is the direction: what this colour means in this row."""

    colour: Colour
    word: Text
    statements: tuple[Statement, ...] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _statements_belong(self) -> Choice:
        expected = tuple(f"{self.colour}.{number}" for number in range(1, len(self.statements) + 1))
        if tuple(statement.id for statement in self.statements) != expected:
            raise PydanticCustomError("statement_ids", "the statements' ids do not follow their colour")
        return self


class JointChoice(Part):
    colour: Colour
    word: Text


AnyChoice = TypeVar("AnyChoice", Choice, JointChoice)


def _all_four(choices: tuple[AnyChoice, ...]) -> None:
    if tuple(choice.colour for choice in choices) != COLOURS:
        raise PydanticCustomError("four_colours", "a row has not the four colours in their order")
    for words in ([choice.word.sv for choice in choices], [choice.word.en for choice in choices]):
        if max(Counter(words).values()) > 1:
            raise PydanticCustomError("same_word", "two colours of a row have the same word")


class ColourItem(AnyItem):
    """{"colour": "green", "fits": ["green.1"]}; `fits` are marked statements of that colour."""

    kind: Literal["colour"] = "colour"
    choices: tuple[Choice, ...]

    @model_validator(mode="after")
    def _four_colours(self) -> ColourItem:
        _all_four(self.choices)
        return self

    def choice(self, colour: str) -> Choice:
        return next(choice for choice in self.choices if choice.colour == colour)


class JointColourItem(AnyItem):
    """{"colour": "green"}: the colour two people agree on, never the student's own answer.

    `follows` names the survey row it looks back at ("development_survey.workload"); `prefill` says
    whether the student's own colour may be offered there. `guardian_copy_if` names the tick without
    which this row is left out of a guardian's copy.
    """

    kind: Literal["joint_colour"] = "joint_colour"
    choices: tuple[JointChoice, ...]
    follows: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")] | None = None
    prefill: bool = False
    guardian_copy_if: Id | None = None

    @model_validator(mode="after")
    def _four_colours(self) -> JointColourItem:
        _all_four(self.choices)
        if self.prefill and self.follows is None:
            raise PydanticCustomError("prefill_without_follows", "a row is prefilled but follows nothing")
        return self

    def choice(self, colour: str) -> JointChoice:
        return next(choice for choice in self.choices if choice.colour == colour)


class ScaleItem(AnyItem):
    """A whole number from `low` to `high`. More is more; the ends are always worded."""

    kind: Literal["scale"] = "scale"
    low: int
    high: int
    low_words: Text
    high_words: Text
    words_at: dict[int, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends(self) -> ScaleItem:
        if not 0 <= self.low < self.high <= 10:
            raise PydanticCustomError("scale_ends", "a scale does not go upward inside 0-10")
        if any(not self.low < number < self.high for number in self.words_at):
            raise PydanticCustomError("words_at", "a word stands at an end of the scale or outside it")
        return self


class TextItem(AnyItem):
    """A str of several lines, in the answerer's own words."""

    secret: ClassVar[bool] = True

    kind: Literal["text"] = "text"
    rows: Annotated[int, Field(ge=2, le=30)] = 4
    longest: Annotated[int, Field(ge=1, le=20_000)] = 20_000


class LineItem(AnyItem):
    """A str of one line."""

    secret: ClassVar[bool] = True

    kind: Literal["line"] = "line"
    longest: Annotated[int, Field(ge=1, le=500)] = 200


class DateItem(AnyItem):
    """A day, "YYYY-MM-DD"."""

    kind: Literal["date"] = "date"


class TickItem(AnyItem):
    """True or False."""

    kind: Literal["tick"] = "tick"


Item: TypeAlias = Annotated[
    ColourItem | JointColourItem | ScaleItem | TextItem | LineItem | DateItem | TickItem,
    Field(discriminator="kind"),
]
