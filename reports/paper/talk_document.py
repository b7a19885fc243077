"""The paper of one talk, in the copy that its reader may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from reports.paper.blocks import (
    Block,
    Cell,
    Colour,
    ColourCell,
    Facts,
    Heading,
    Note,
    Paragraph,
    Quadrant,
    ScaleLine,
    SignatureLines,
    Table,
    TickLine,
    Together,
)
from reports.paper.blocks import Words as WordsBlock
from reports.paper.document import Document, render
from reports.paper.levels import LEVELS
from reports.paper.talk_paper import (
    AgreementArea,
    AgreementRow,
    ColourSaid,
    Copy,
    GeneralPart,
    Given,
    Level,
    OwnWords,
    ScaleAsked,
    State,
    SurveyRow,
    TalkPaper,
)
from reports.paper.wording import NBSP, dated
from translations import Language, Words, message, words

AnyRow = TypeVar("AnyRow", SurveyRow, AgreementRow)

COPIES: dict[Copy, str] = {
    "school": message("The school's copy"),
    "student": message("The student's copy"),
    "guardian": message("The guardian's copy"),
}
COLOURS: dict[Colour, str] = {
    "green": message("Green"),
    "yellow": message("Yellow"),
    "orange": message("Orange"),
    "red": message("Red"),
}
STATES: dict[State, str] = {
    "answered": "",
    "declined": message("Doesn't want to answer"),
    "empty": message("No answer"),
    "not_asked": message("Not asked"),
}
GIVEN: dict[Given, str] = {
    "alone": message("The student answered alone before the talk."),
    "together": message("The student answered in the talk."),
    "on_paper": message("The student answered on paper."),
    "by_phone": message("Told by phone, the same day."),
}


class NoGuardianCopy(Exception):
    """The student is of age and has not invited guardians: no copy is made for them."""

    code = "no_guardian_copy"


def talk_document(paper: TalkPaper, language: Language) -> bytes:
    """Raises NoGuardianCopy."""
    _ = words(language)
    if paper.copy == "guardian":
        paper = guardian_part(paper)
    document = Document(
        title=paper.title,
        under_title=" · ".join(text for text in (paper.student, paper.group, dated(paper.day, language)) if text),
        blocks=tuple(_blocks(paper, _)),
        created=paper.created,
        level=paper.level,
        school=paper.school,
        copy=_(COPIES[paper.copy]),
    )
    return render(document, language)


def guardian_part(paper: TalkPaper) -> TalkPaper:
    """What a guardian's copy holds. Raises NoGuardianCopy.

    The rows on leisure and health stand there only if the student includes them. Decisions stay: the form says
    beside each that it goes along. The student's own colours, own words, what the student brings up and
    the mentor's notes never do.
    """
    if not paper.guardians_take_part:
        raise NoGuardianCopy
    answers: TalkPaper = paper if paper.answers_for_guardian else _without_answers(paper)
    return replace(
        answers,
        survey_remarks=(),
        bring_up="",
        moves=(),
        words=(),
        notes=(),
        parts=tuple(_guardian_s(part) for part in paper.parts),
        read_back_words="",
        survey=tuple(replace(area, rows=_for_guardian(area.rows)) for area in answers.survey),
        scales=tuple(replace(scale, words=()) for scale in answers.scales),
        agreement=tuple(
            replace(area, rows=tuple(replace(row, own=None) for row in _for_guardian(area.rows)))
            for area in answers.agreement
        ),
        amendments=tuple(amendment for amendment in answers.amendments if amendment.for_guardian),
    )


def _guardian_s(part: GeneralPart) -> GeneralPart:
    return replace(part, sections=tuple(section for section in part.sections if section.for_guardian))


def _without_answers(paper: TalkPaper) -> TalkPaper:
    return replace(paper, survey=(), survey_given=None, survey_remarks=(), points=(), point_remarks=(), scales=())


def _for_guardian(rows: tuple[AnyRow, ...]) -> tuple[AnyRow, ...]:
    return tuple(row for row in rows if row.shared or not row.private)


def _blocks(paper: TalkPaper, _: Words) -> Iterator[Block]:
    yield _facts(paper, _)
    if paper.survey or paper.bring_up:
        yield from _survey(paper, _)
    if paper.points:
        yield Together((Heading(_("Where school is right now")), Quadrant(paper.points)))
        yield from map(Note, paper.point_remarks)
    if paper.scales:
        yield Heading(_("Scales"))
        for scale in paper.scales:
            yield from _scale(scale)
    for part in (part for part in paper.parts if part.sections):
        yield from _part(part, paper.level, _)
    yield from _written(_("The student's words"), paper.words)
    if paper.copy == "school":
        yield from _written(_("The mentor's notes"), paper.notes)
    if paper.agreement:
        yield from _agreement(paper, _)
    yield from _reading_back(paper, _)
    yield from _amendments(paper, _)
    yield from _signatures(paper, _)


def _facts(paper: TalkPaper, _: Words) -> Facts:
    found = (
        (_("Student"), paper.student),
        (_("Group"), paper.group),
        (_("School"), paper.school),
        (_("Date"), dated(paper.day, _.language)),
        (_("Place"), paper.place),
        (_("On paper"), paper.from_paper),
        (_("Taking part"), "\n".join(paper.participants)),
    )
    return Facts(tuple((name, value) for name, value in found if value))


def _survey(paper: TalkPaper, _: Words) -> Iterator[Block]:
    yield Heading(_("What the student says about school"))
    if paper.survey_given:
        yield Note(_(GIVEN[paper.survey_given]), with_next=True)
    yield from map(Note, paper.survey_remarks)
    for area in (area for area in paper.survey if area.rows):
        rows = tuple(_survey_row(row, _) for row in area.rows)
        yield Heading(area.title, level=2)
        yield Table((_("Row"), _("The student's answer"), _("What fits")), rows, (30, 36, 66))
    if paper.bring_up:
        yield Heading(_("I want to bring up"), level=2)
        yield WordsBlock(paper.bring_up)
    if paper.moves:
        yield Heading(_("Since last time"), level=2)
        yield from map(Paragraph, paper.moves)


def _survey_row(row: SurveyRow, _: Words) -> tuple[Cell, ...]:
    answer = _colour(row.said, _) if row.said else _(STATES[row.state])
    return row.name, answer, "\n".join(f"–{NBSP}{text}" for text in row.fits)


def _colour(said: ColourSaid, _: Words) -> ColourCell:
    return ColourCell(said.colour, _(COLOURS[said.colour]), said.meaning)


def _scale(scale: ScaleAsked) -> Iterator[Block]:
    line = ScaleLine(scale.low, scale.high, scale.low_words, scale.high_words, scale.points)
    yield Together((Heading(scale.topic, level=2), line))
    yield from map(Note, scale.remarks)
    for each in scale.words:
        yield WordsBlock(each.text, by=each.about)


def _part(part: GeneralPart, level: Level, _: Words) -> Iterator[Block]:
    """The level is said where it is another than the paper's own, which stands in its head."""
    yield Heading(part.title)
    if part.given:
        yield Note(_(GIVEN[part.given]), with_next=True)
    for section in part.sections:
        opening: tuple[Block, ...] = (Heading(section.title, level=2),)
        if section.level != level:
            opening += (Note(_(LEVELS[section.level]), with_next=True),)
        yield Together(opening, then=section.blocks)


def _written(heading: str, texts: tuple[OwnWords, ...]) -> Iterator[Block]:
    if texts:
        yield Heading(heading)
    for each in texts:
        yield WordsBlock(each.text, by=each.about)


def _agreement(paper: TalkPaper, _: Words) -> Iterator[Block]:
    yield Heading(_("What we agreed"))
    for area in (area for area in paper.agreement if area.rows or _decision(area, _).pairs):
        yield Heading(area.title, level=2)
        if area.rows:
            yield _agreement_table(area, _)
        facts = _decision(area, _)
        if facts.pairs:
            yield facts


def _reading_back(paper: TalkPaper, _: Words) -> Iterator[Block]:
    """What was said of it is kept on paper too where no area of the agreement says anything, or the tick is missing."""
    if paper.read_back_right is not None or paper.read_back_words:
        yield Heading(_("Reading back"), level=2 if paper.agreement else 1)
    if paper.read_back_right is not None:
        yield TickLine(_("The student says that this is right."), paper.read_back_right)
    if paper.read_back_words:
        yield WordsBlock(paper.read_back_words, by=_("The student's words"))


def _agreement_table(area: AgreementArea, _: Words) -> Table:
    if any(row.own for row in area.rows):
        rows = tuple((row.name, _own(row, _), _joint(row, _)) for row in area.rows)
        return Table((_("Row"), _("The student's own"), _("Joint colour")), rows, (40, 46, 46))
    return Table((_("Row"), _("Joint colour")), tuple((row.name, _joint(row, _)) for row in area.rows), (40, 92))


def _own(row: AgreementRow, _: Words) -> Cell:
    return _colour(row.own, _) if row.own else "–"


def _joint(row: AgreementRow, _: Words) -> Cell:
    return _colour(row.joint, _) if row.joint else _("No colour agreed")


def _decision(area: AgreementArea, _: Words) -> Facts:
    found = (
        (_("Decision"), area.decision),
        (_("Responsible"), area.responsible),
        (_("Follow-up"), dated(area.follow_up, _.language) if area.follow_up else ""),
    )
    return Facts(tuple((name, value) for name, value in found if value))


def _amendments(paper: TalkPaper, _: Words) -> Iterator[Block]:
    if paper.amendments:
        yield Heading(_("Added after the talk was closed"))
    for each in paper.amendments:
        when = f"{dated(each.when.date(), _.language)} {each.when:%H:%M}"
        yield WordsBlock(each.text, by=f"{each.author}, {when}")


def _signatures(paper: TalkPaper, _: Words) -> Iterator[Block]:
    """What stands on student health's level is nobody's to sign."""
    if paper.level != "m":
        return
    people = [(_("Student"), paper.student)]
    if paper.guardians_take_part:
        people += [(_("Guardian"), name) for name in paper.guardians or ("",)]
    yield Together((Heading(_("Agreed between")), SignatureLines(tuple(people))))
