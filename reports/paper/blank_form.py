"""A blank form of any instrument, to print and fill in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from instruments.items import (
    AnyItem,
    ColourItem,
    DateItem,
    Item,
    JointColourItem,
    LineItem,
    Respondent,
    ScaleItem,
    TextItem,
    TickItem,
)
from instruments.model import Instrument, Section
from reports.paper.blocks import (
    Block,
    ColourCell,
    Heading,
    Note,
    Paragraph,
    ScaleBoxes,
    SignatureLines,
    Table,
    TickLine,
    Together,
    WritingLines,
)
from reports.paper.document import Document, render
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
    for section in instrument.sections:
        yield from _section(section, _)
    if any(isinstance(item, JointColourItem) for item in instrument.items()):
        people = ((_("Student"), ""), (_("Guardian, if the student is under 18"), ""))
        yield Together((Heading(_("Agreed between")), SignatureLines(people)))
    yield Note(_("After {name}. The wording is the product's own.").format(name=instrument.source.name))


def _section(section: Section, _: Words) -> Iterator[Block]:
    """Who fills it in is said once when it is the same for the whole section."""
    writers = {item.by for item in section.items}
    opening: list[Block] = [Heading(section.title.say(_.language))]
    if section.help:
        opening.append(Note(section.help.say(_.language)))
    if len(writers) == 1:
        opening += _said_by(section.items[0], _)
    for index, item in enumerate(section.items):
        said_by = _said_by(item, _) if len(writers) > 1 else ()
        yield Together((*(opening if index == 0 else ()), *_asked(item, _), *said_by, *_answered(item, _)))


def _said_by(item: Item, _: Words) -> tuple[Block, ...]:
    return (Note(_(BY[item.by])),) if item.by else ()


def _asked(item: Item, _: Words) -> Iterator[Block]:
    if not isinstance(item, TickItem | LineItem | DateItem):
        yield Heading(item.label.say(_.language), level=2)
    if item.help:
        yield Note(item.help.say(_.language))


def _answered(item: Item, _: Words) -> Iterator[Block]:
    yield from _answer_space(item, _)
    if item.may_decline and isinstance(item, ColourItem | ScaleItem):
        yield TickLine(_("I don't want to answer"))


def _answer_space(item: Item, _: Words) -> Iterator[Block]:
    match item:
        case ColourItem():
            yield _colour_columns(item, _)
        case JointColourItem():
            yield _joint_columns(item, _)
        case ScaleItem():
            said = tuple((number, text.say(_.language)) for number, text in sorted(item.words_at.items()))
            low, high = item.low_words.say(_.language), item.high_words.say(_.language)
            yield ScaleBoxes(item.low, item.high, low, high, said)
        case TextItem():
            yield WritingLines(item.rows)
        case TickItem():
            yield TickLine(_label(item, _))
        case LineItem() | DateItem():
            yield WritingLines(1, _label(item, _))


def _colour_columns(item: ColourItem, _: Words) -> Table:
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
    return Table((), (cells,), (1, 1, 1, 1), row_heads=False)


def _joint_columns(item: JointColourItem, _: Words) -> Table:
    cells = tuple(
        ColourCell(choice.colour, _(COLOURS[choice.colour]), choice.word.say(_.language), box=True)
        for choice in item.choices
    )
    return Table((), (cells,), (1, 1, 1, 1), row_heads=False)


def _label(item: AnyItem, _: Words) -> str:
    return item.label.say(_.language)
