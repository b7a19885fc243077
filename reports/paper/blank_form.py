"""A blank form of any instrument, to print and fill in by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from instruments.items import (
    AnyItem,
    CardsItem,
    ChoiceItem,
    ChoicesItem,
    ColourItem,
    DateItem,
    Item,
    JointColourItem,
    LineItem,
    Respondent,
    ScaleItem,
    TableItem,
    TextItem,
    TickItem,
)
from instruments.model import Instrument, Section
from reports.paper.blank_table import blank_table
from reports.paper.blocks import (
    Block,
    CardBoxes,
    ColourCell,
    Heading,
    Note,
    Paragraph,
    Picture,
    ScaleBoxes,
    SignatureLines,
    Table,
    TickLine,
    Together,
    WritingLines,
)
from reports.paper.document import Document, render
from reports.paper.levels import LEVELS
from reports.paper.talk_document import COLOURS
from translations import Language, Words, message, words

FOREVER = datetime(2026, 1, 1, tzinfo=UTC)

BY: dict[Respondent, str] = {
    "student": message("The student fills this in."),
    "guardian": message("A guardian fills this in."),
    "mentor": message("The mentor fills this in."),
    "counsellor": message("The counsellor fills this in."),
}


def blank_form(instrument: Instrument, language: Language, school: str = "", created: datetime = FOREVER) -> bytes:
    """An edition never changes, so its blank form is the same file every time unless `created` says otherwise."""
    _ = words(language)
    document = Document(
        title=instrument.title.say(language),
        under_title=instrument.short.say(language),
        blocks=tuple(_blocks(instrument, _)),
        created=created,
        level=instrument.level,
        school=school,
        copy=_("Edition {number}").format(number=instrument.edition),
    )
    return render(document, language)


def _blocks(instrument: Instrument, _: Words) -> Iterator[Block]:
    yield WritingLines(1, _("Name"))
    yield WritingLines(1, _("Group and date"))
    yield Paragraph(instrument.intro.say(_.language))
    for section in (section for section in instrument.sections if section.printed):
        yield from _section(section, instrument, _)
    if any(isinstance(item, JointColourItem) for item in instrument.items()):
        people = ((_("Student"), ""), (_("Guardian, if the student is under 18"), ""))
        yield Together((Heading(_("Agreed between")), SignatureLines(people)))
    yield Note(_("After {name}. The wording is the product's own.").format(name=instrument.source.name))


def _section(section: Section, instrument: Instrument, _: Words) -> Iterator[Block]:
    """Who fills it in is said once when it is the same for the whole section."""
    writers = {item.by for item in section.items}
    opening: list[Block] = [Heading(section.title.say(_.language))]
    if section.level and section.level != instrument.level:
        opening.append(Note(_(LEVELS[section.level])))
    if section.help:
        opening.append(Note(section.help.say(_.language)))
    if len(writers) == 1:
        opening += _said_by(section.items[0], _)
    if section.picture:
        yield Together((*opening, Picture(instrument, section)))
        opening = []
    for index, item in enumerate(section.items):
        said_by = _said_by(item, _) if len(writers) > 1 else ()
        yield _kept_together((*(opening if index == 0 else ()), *_asked(item, _), *said_by), item, _)


def _kept_together(before: tuple[Block, ...], item: Item, _: Words) -> Together:
    """A question and its space. What may be longer than a page begins under its question and goes on."""
    space = tuple(_answered(item, _))
    if not isinstance(item, TableItem | CardsItem):
        return Together((*before, *space))
    notes = tuple(takewhile(lambda block: isinstance(block, Note), space))
    return Together((*before, *notes), then=space[len(notes) :])


def _said_by(item: Item, _: Words) -> tuple[Block, ...]:
    return (Note(_(BY[item.by])),) if item.by else ()


def _asked(item: Item, _: Words) -> Iterator[Block]:
    if not isinstance(item, TickItem | LineItem | DateItem):
        yield Heading(item.label.say(_.language), level=3)
    if item.help:
        yield Note(item.help.say(_.language))


def _answered(item: Item, _: Words) -> Iterator[Block]:
    yield from ANSWER_SPACES[item.kind](item, _)
    if item.may_decline and not isinstance(item, TextItem | LineItem | DateItem | TickItem | JointColourItem):
        yield TickLine(_("I don't want to answer"))


def _scale_boxes(item: ScaleItem, _: Words) -> Iterator[Block]:
    said = tuple((number, text.say(_.language)) for number, text in sorted(item.words_at.items()))
    yield ScaleBoxes(item.low, item.high, item.low_words.say(_.language), item.high_words.say(_.language), said)
    if item.lower_is_easier:
        yield Note(_("Lower is easier."))


def _options(item: ChoiceItem | ChoicesItem, _: Words) -> Iterator[Block]:
    yield Note(_("Tick one.") if isinstance(item, ChoiceItem) else _("Tick all that fit."))
    for option in item.options:
        text = option.text.say(_.language)
        help_ = option.help.say(_.language) if option.help else ""
        yield TickLine(_("{option}: {help}").format(option=text, help=help_) if help_ else text)


def _cards(item: CardsItem, _: Words) -> Iterator[Block]:
    yield Note(_("Tick the cards that fit. Then number them in the squares: 1 is the one that matters most."))
    if item.blank:
        yield Note(_("You can write your own cards on the empty ones."))
    yield CardBoxes(tuple(card.text.say(_.language) for card in item.cards), item.blank)


def _colour_columns(item: ColourItem, _: Words) -> Iterator[Block]:
    """The statements belong to their colour; any number of them may be ticked."""
    cells = tuple(
        ColourCell(
            choice.colour,
            _(COLOURS[choice.colour]),
            choice.word.say(_.language),
            tuple(statement.text.say(_.language) for statement in choice.statements),
            box=True,
            boxes=True,
        )
        for choice in item.choices
    )
    yield Table((), (cells,), (1, 1, 1, 1), row_heads=False)


def _joint_columns(item: JointColourItem, _: Words) -> Iterator[Block]:
    cells = tuple(
        ColourCell(choice.colour, _(COLOURS[choice.colour]), choice.word.say(_.language), box=True)
        for choice in item.choices
    )
    yield Table((), (cells,), (1, 1, 1, 1), row_heads=False)


def _label(item: AnyItem, _: Words) -> str:
    return item.label.say(_.language)


def _written_after_label(item: AnyItem, _: Words) -> Iterator[Block]:
    yield WritingLines(1, _label(item, _))


def _lines(item: TextItem, _: Words) -> Iterator[Block]:
    yield WritingLines(item.rows)


def _tick(item: TickItem, _: Words) -> Iterator[Block]:
    yield TickLine(_label(item, _))


# One a kind; a test names the kind that is forgotten here.
ANSWER_SPACES: dict[str, Callable[[Any, Words], Iterator[Block]]] = {
    "colour": _colour_columns,
    "joint_colour": _joint_columns,
    "scale": _scale_boxes,
    "text": _lines,
    "line": _written_after_label,
    "date": _written_after_label,
    "tick": _tick,
    "choice": _options,
    "choices": _options,
    "cards": _cards,
    "table": blank_table,
}
