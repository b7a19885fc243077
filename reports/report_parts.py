"""The parts of a student's report as blocks: the same for the preview on the screen and for the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.report import LEVELS, ReportKind
from conversation_models.services import compose, receiving
from conversation_models.services.asked import find_model
from conversation_models.services.compose import Material, Offered
from reports.agreements import Agreed, agreements_of
from reports.answer_blocks import Asked, answer_blocks
from reports.from_paper import say_all_from_paper
from reports.matrix import Matrix, matrix_rows
from reports.numbers import path_of, scale_topics
from reports.over_time import over_time
from reports.over_time_part import over_time_blocks
from reports.paper.blocks import Block, Heading, Note, PageBreak, Paragraph, Table, Together
from reports.paper.blocks import Words as WordsBlock
from reports.paper.wording import dated
from reports.record import AskedTalk, asked_talks
from reports.report_words import PARTS, say_part
from reports.student_paper import path_blocks, scale_blocks, survey_blocks
from reports.student_term import term_shift
from translations import Words


def part_blocks(found: Material, _: Words) -> Iterator[Block]:
    """Of the parts that were chosen and may stand, in their order."""
    offered = {each.part: each for each in found.offered}
    last = ""
    if found.order.parts:
        yield from map(Note, say_all_from_paper(found.history.talks, _.language))
    for part in found.order.parts:
        kind = part.partition(":")[0]
        if last == compose.OWN_PAGE:
            yield PageBreak()
        if kind in {"session", "words"} and kind != last and found.order.kind is ReportKind.TERM:
            yield Heading(_("Session reports") if kind == "session" else _("What we write ourselves about the term"))
        yield from MADE[_kind(part)](found, offered[part], _)
        last = kind


def _kind(part: str) -> str:
    kind = part.partition(":")[0]
    return "handover" if kind in compose.HANDOVER_PARTS else kind


def _talks(found: Material, _offered: Offered, _: Words) -> Iterator[Block]:
    """Days, kinds and who led; nothing of a talk that the receiver may not know of."""
    levels = LEVELS[found.order.receiver]
    held = [talk for talk in found.history.talks if receiving.is_open_to(talk, levels)]
    rows = tuple(
        (
            dated(talk.held_on, _.language),
            find_model(talk.model).title.say(_.language),
            found.history.names.get(talk.led_by, ""),
        )
        for talk in held
    )
    head = Paragraph(_.n("{n} talk in the term.", "{n} talks in the term.", len(held)))
    yield Together(
        (Heading(_(PARTS["talks"])), head), then=(Table((_("Day"), _("Talk"), _("Led by")), rows, (36, 84, 50)),)
    )


def _path(found: Material, _offered: Offered, _: Words) -> Iterator[Block]:
    """What the term's path says stands with its picture, never alone on the next page."""
    path = path_of(found.history, _.language)
    drawn = tuple(path_blocks(replace(path, priority_changes=(), ability_changes=()), _))
    said = term_shift(path, found.term, _.language).sentences if found.term else ()
    yield Together((*drawn, *map(Paragraph, said)))


def _survey(found: Material, _offered: Offered, _: Words) -> Iterator[Block]:
    matrix = matrix_rows(found.history, _.language)
    outside = found.order.receiver in receiving.OUTSIDE
    yield from survey_blocks(_without(matrix, receiving.private_rows()) if outside else matrix, _)
    if outside:
        yield Note(_("The rows on leisure and health do not leave the school."))


def _without(matrix: Matrix, items: frozenset[str]) -> Matrix:
    """Their answers are not there anyway; without this their names would be."""
    areas = (replace(area, rows=tuple(row for row in area.rows if row.item_id not in items)) for area in matrix.areas)
    return replace(matrix, areas=tuple(area for area in areas if area.rows))


def _scales(found: Material, _offered: Offered, _: Words) -> Iterator[Block]:
    yield Heading(_("Scales"))
    for scale in scale_topics(found.history, _.language):
        yield from scale_blocks(scale)


def _looked_at(found: Material, offered: Offered, _: Words) -> Iterator[Block]:
    yield from over_time_blocks(over_time(found.history, compose.READS[offered.part], _.language), _)


def _agreements(found: Material, _offered: Offered, _: Words) -> Iterator[Block]:
    agreed = agreements_of(found.agreed, _.language).decisions
    open_still = [each for each in agreed if each.decision.status is DecisionStatus.OPEN]
    followed = [each for each in agreed if each.decision.status is not DecisionStatus.OPEN]
    yield Heading(_("What we agreed"))
    for title, decisions, outcome in (
        (_("Followed up"), followed, True),
        (_("Still open"), open_still, False),
    ):
        if decisions:
            table = _decisions(decisions, outcome=outcome, _=_)
            yield Together((Heading(title, level=2),), then=(table,))


def _decisions(decisions: list[Agreed], *, outcome: bool, _: Words) -> Table:
    last = _("What came of it") if outcome else _("Follow-up")
    rows = tuple(
        (
            each.talk,
            each.decision.words,
            each.decision.responsible,
            "\n".join(filter(None, (each.status, each.decision.outcome))) if outcome else each.follow_up or "–",
        )
        for each in decisions
    )
    return Table((_("Talk"), _("Decision"), _("Responsible"), last), rows, (38, 62, 28, 42))


def _session(found: Material, offered: Offered, _: Words) -> Iterator[Block]:
    talk = _asked(found, offered, compose.SESSION, _)
    if talk is None:
        return
    blocks: tuple[Block, ...] = tuple(
        WordsBlock(str(talk.value(item)), by=talk.instrument.item(item).label.say(_.language))
        for item in compose.SESSION_ITEMS
        if isinstance(talk.value(item), str)
    )
    added = tuple(
        WordsBlock(each.words, by=f"{each.author_name}, {dated(each.recorded_at.date(), _.language)}")
        for each in found.history.amendments
        if each.talk_id == talk.talk.id
    )
    if added:
        blocks += (Note(_("Added after the talk was closed"), with_next=True), *added)
    title = say_part(offered, _.language)
    yield Together((Heading(title, level=2 if found.order.kind is ReportKind.TERM else 1),), then=blocks)


def _written(found: Material, offered: Offered, _: Words) -> Iterator[Block]:
    talk = _asked(found, offered, compose.TERM, _)
    if talk is not None:
        item = offered.part.partition(":")[2]
        yield from answer_blocks([Asked(talk.instrument.item(item), talk.value(item))], _)


def _handed_over(found: Material, offered: Offered, _: Words) -> Iterator[Block]:
    talk = _asked(found, offered, compose.HANDOVER, _)
    if talk is not None:
        said = WordsBlock(str(talk.value(offered.part)), by=talk.instrument.item(offered.part).label.say(_.language))
        yield Together((Heading(say_part(offered, _.language)),), then=(said,))


def _own_page(found: Material, offered: Offered, _: Words) -> Iterator[Block]:
    """A page of the student's own: nothing else stands on it."""
    talk = _asked(found, offered, compose.HANDOVER, _)
    if talk is None:
        return
    yield PageBreak()
    yield Heading(say_part(offered, _.language))
    yield Note(_("Every word on this page is the student's own."))
    for item in compose.OWN_ITEMS:
        if isinstance(talk.value(item), str):
            label = talk.instrument.item(item).label.say(_.language)
            yield Together((Heading(label, level=2),), then=(WordsBlock(str(talk.value(item))),))


def _taken(found: Material, offered: Offered, _: Words) -> Iterator[Block]:
    name = offered.part.partition(":")[2]
    talk = _asked(found, offered, name, _)
    if talk is not None:
        yield Heading(say_part(offered, _.language))
        yield Note(_("Chosen to be taken along: what can be done instead, the skill, the step, what adults change."))
        told = [Asked(item, talk.value(item.id)) for item in talk.instrument.items() if item.id in talk.told]
        yield from answer_blocks([each for each in told if each.value], _)


def _asked(found: Material, offered: Offered, instrument: str, _: Words) -> AskedTalk | None:
    talks = asked_talks(found.history, instrument, _.language)
    return next((talk for talk in talks if offered.talk and talk.talk.id == offered.talk.id), None)


MADE: dict[str, Callable[[Material, Offered, Words], Iterator[Block]]] = {
    "talks": _talks,
    "path": _path,
    "survey": _survey,
    "scales": _scales,
    "skills": _looked_at,
    "thermometer": _looked_at,
    "agreements": _agreements,
    "session": _session,
    "words": _written,
    "handover": _handed_over,
    "own_page": _own_page,
    "taken": _taken,
}
