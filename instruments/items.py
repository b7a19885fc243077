"""One small class per kind of item. `kind` is the tag that a definition names.

What an answer to each kind looks like stands in its docstring; `answers.check` is
the only place that decides whether a value fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from instruments.text import Id, Part, Text

Colour = Literal["green", "yellow", "orange", "red"]
Respondent = Literal["student", "guardian", "mentor", "counsellor"]
SchoolForm = Literal["upper_secondary", "compulsory"]
COLOURS: tuple[Colour, ...] = ("green", "yellow", "orange", "red")


class AnyItem(Part):
    """What every kind has.

    `by` says whose item it is when it is not everyone's. An item by a mentor or a counsellor
    never stands on the student's page or on the view turned towards the student. `flows_on` says that the
    answer may be taken into an agreement, by active choice; without it, it never leaves its instrument. With a
    `school_form` it is asked in schools of that form only.
    """

    secret: ClassVar[bool] = False

    id: Id
    label: Text
    help: Text | None = None
    may_decline: bool = True
    by: Respondent | None = None
    flows_on: bool = False
    school_form: SchoolForm | None = None


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
    """A whole number from `low` to `high`; the ends are always worded.

    More is more, unless `lower_is_easier` says that it measures how hard something is: then it never shares an
    axis with the others.
    """

    kind: Literal["scale"] = "scale"
    low: int
    high: int
    low_words: Text
    high_words: Text
    words_at: dict[int, Text] = Field(default_factory=dict)
    lower_is_easier: bool = False

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


class Option(Part):
    """One thing to choose. `help` explains it where the text alone does not. With a `school_form` it can be chosen
    in schools of that form only."""

    id: Id
    text: Text
    help: Text | None = None
    school_form: SchoolForm | None = None


def _different(options: Sequence[Option | Card | GivenRow | Column]) -> None:
    for name, times in Counter(option.id for option in options).items():
        if times > 1:
            raise PydanticCustomError("duplicate_id", "the id {name} is used twice", {"name": name})


class ChoiceItem(AnyItem):
    """The id of one option, a str."""

    kind: Literal["choice"] = "choice"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=30)]

    @model_validator(mode="after")
    def _options_differ(self) -> ChoiceItem:
        """A posted form says "declined" for "I do not want to answer", in the same field as the options."""
        _different(self.options)
        if any(option.id == "declined" for option in self.options):
            raise PydanticCustomError("declined_option", "an option is called declined")
        return self

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)


class ChoicesItem(AnyItem):
    """Ids of the chosen options, a list of str in the definition's order. None chosen is empty."""

    kind: Literal["choices"] = "choices"
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=40)]

    @model_validator(mode="after")
    def _options_differ(self) -> ChoicesItem:
        _different(self.options)
        return self

    def option(self, option_id: str) -> Option:
        return next(option for option in self.options if option.id == option_id)


class Card(Part):
    """A card of a deck. `id` stays when the words on it change."""

    id: Id
    text: Text


class CardsItem(AnyItem):
    """{"picked": ["calm", "own.1"], "own": ["words of a blank card"]}.

    `picked` is in the order the student laid them, most important first; "own.1" is the first of the blank
    cards that were written on. A blank card that was written on but not picked stays in `own`.
    """

    secret: ClassVar[bool] = True

    kind: Literal["cards"] = "cards"
    deck: Literal["white", "blue"]
    cards: Annotated[tuple[Card, ...], Field(min_length=2, max_length=60)]
    blank: Annotated[int, Field(ge=0, le=10)] = 3

    @model_validator(mode="after")
    def _cards_differ(self) -> CardsItem:
        _different(self.cards)
        return self

    def card(self, card_id: str) -> Card:
        return next(card for card in self.cards if card.id == card_id)


class GivenRow(Part):
    """A row that a definition names: a subject, a day of the week, a step that always comes."""

    id: Id
    text: Text
    help: Text | None = None


Column: TypeAlias = Annotated[
    ScaleItem | TextItem | LineItem | DateItem | TickItem | ChoiceItem, Field(discriminator="kind")
]


Outcome = Literal["done", "partly", "changed", "dropped"]


class FollowUp(Part):
    """Which columns of a row say what is to be done, by whom, and on which day to look at it again.

    Of the days in `on` the first that is written counts. `status` names a column in which people say how it went, and
    `ends` which of its options mean that nothing is left to follow up.
    """

    what: Id
    who: Id | None = None
    on: Annotated[tuple[Id, ...], Field(min_length=1)]
    status: Id | None = None
    ends: dict[Id, Outcome] = Field(default_factory=dict)


class TableItem(AnyItem):
    """Rows of small fields: [{"row": "monday", "sleep": "22-07"}, {"row": "own.4071552980", "what": "…"}].

    `row` is the id of a given row, or "own.N" for one that was added. N is drawn by lot where the row is made and stays
    that row's number for good, also when it is taken along to the next talk; small numbers are from before that. A
    field that is empty is left out, and a row without any field is left out too. Given rows come first, in the
    definition's order; added ones as they were laid. Nothing in a row can be declined by itself. `longest` is the
    number of rows that can be added: 0 when the given ones are all there are. `add` is what the button says.
    `carry` offers the rows of last time again, for what goes on from talk to talk: goals, steps, tasks. With a
    `follow_up` a row with a day is open until somebody says what became of it.
    """

    secret: ClassVar[bool] = True

    kind: Literal["table"] = "table"
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=10)]
    rows: tuple[GivenRow, ...] = ()
    longest: Annotated[int, Field(ge=0, le=60)] = 20
    add: Text | None = None
    carry: bool = False
    follow_up: FollowUp | None = None

    @model_validator(mode="after")
    def _follow_up_has_its_columns(self) -> TableItem:
        if self.follow_up:
            kinds = {column.id: column for column in self.columns}
            said = [self.follow_up.what, *([self.follow_up.who] if self.follow_up.who else [])]
            status = kinds.get(self.follow_up.status or "")
            options = {option.id for option in status.options} if isinstance(status, ChoiceItem) else set()
            fits = (
                all(isinstance(kinds.get(name), LineItem | TextItem) for name in said)
                and all(isinstance(kinds.get(name), DateItem) for name in self.follow_up.on)
                and (self.follow_up.status is None or bool(options))
                and set(self.follow_up.ends) <= options
            )
            if not fits:
                raise PydanticCustomError("follow_up_columns", "a follow-up names columns that are not there")
        return self

    @model_validator(mode="after")
    def _rows_and_columns(self) -> TableItem:
        _different(self.rows)
        _different(self.columns)
        if any(column.id == "row" for column in self.columns):
            raise PydanticCustomError("column_row", "a column is called row")
        if bool(self.longest) != (self.add is not None):
            raise PydanticCustomError(
                "table_add", "a table has rows to add but no words for it, or the other way round"
            )
        if not self.rows and not self.longest:
            raise PydanticCustomError("table_empty", "a table has no rows and none can be added")
        return self

    def column(self, column_id: str) -> Column:
        return next(column for column in self.columns if column.id == column_id)

    def given(self, row_id: str) -> GivenRow | None:
        return next((row for row in self.rows if row.id == row_id), None)


Item: TypeAlias = Annotated[
    ColourItem
    | JointColourItem
    | ScaleItem
    | TextItem
    | LineItem
    | DateItem
    | TickItem
    | ChoiceItem
    | ChoicesItem
    | CardsItem
    | TableItem,
    Field(discriminator="kind"),
]
