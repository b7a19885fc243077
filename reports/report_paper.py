"""A report as a document: shown before it is made, made, and printed again as it was shown. Raises ReportRefused."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conversation_models.domain.report import Order, Report, ReportKind
from conversation_models.services import compose, made_reports
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.compose import Material
from reports import group_report
from reports.composed import Composed, Made, language_of, made_as
from reports.group_tables import term_name
from reports.paper.blocks import Facts
from reports.paper.document import Document, render
from reports.paper.levels import Level
from reports.paper.wording import dated
from reports.report_parts import part_blocks
from reports.report_words import KINDS, say_ground, say_receiver
from translations import Language, Words, words


@dataclass(frozen=True)
class ComposedReport(Composed):
    found: Material


def compose_report(desk: Desk, order: Order, language: Language) -> ComposedReport:
    """The preview: parts that may not stand are left out of it, and are named in `found.refused`."""
    read_on = desk.today if order.has_read else None
    return _composed(compose.material(desk, order), Made(desk.actor.name, desk.now, read_on), language)


def make_report(desk: Desk, order: Order, language: Language) -> Report:
    """Written down as it is previewed. Raises ReportRefused, Refused."""
    composed = compose_report(desk, order, language)
    if composed.found.refused:
        raise composed.found.refused[0]
    return made_reports.write_down(desk, composed.found.order, composed.fingerprint, language)


def make_and_print(desk: Desk, order: Order, language: Language) -> bytes | None:
    """Of those of the parts that there is something of, read once and made at once. None when there is none."""
    composed = compose_report(desk, order, language)
    if not composed.found.order.parts:
        return None
    found = replace(composed.found, refused=tuple(each for each in composed.found.refused if each.code != "not_there"))
    made = made_reports.write_down(desk, found.order, composed.fingerprint, language, found)
    pdf = render(composed.document, language)
    made_reports.note_report_paper(desk, made.id, composed.fingerprint)
    return pdf


def report_pdf(desk: Desk, report_id: str) -> bytes:
    """The PDF of one that was made, asked anew of everybody's rights; logged. Raises Refused, ReportRefused."""
    report = made_reports.find_report(desk, report_id)
    again = group_report.composed_again if report.order.kind is ReportKind.GROUP else composed_again
    composed: Composed = again(desk, report)
    pdf = render(composed.document, language_of(report))
    made_reports.note_report_paper(desk, report_id, composed.fingerprint)
    return pdf


def composed_again(desk: Desk, report: Report) -> ComposedReport:
    """Raises ReportRefused when the receiver may no longer have it."""
    found = compose.material(desk, report.order)
    if found.refused:
        raise found.refused[0]
    return _composed(found, made_as(report), language_of(report))


def _composed(found: Material, made: Made, language: Language) -> ComposedReport:
    _ = words(language)
    content = tuple(part_blocks(found, _))
    document = Document(
        title=_title(found, _),
        under_title=" · ".join((found.history.student.name, found.history.group.name)),
        blocks=(_facts(found, made, _), *content),
        created=made.at.astimezone(SWEDEN),
        level=_level(found),
        school=found.history.school.name,
        copy=say_receiver(replace(found.order, receiver_name=""), language),
    )
    return ComposedReport(content, document, found)


def _level(found: Material) -> Level:
    return "e" if found.level == "e" else "m"


def _title(found: Material, _: Words) -> str:
    if found.term:
        return f"{_(KINDS[found.order.kind])}, {term_name(found.term, _.language).lower()}"
    return _(KINDS[found.order.kind])


def _facts(found: Material, made: Made, _: Words) -> Facts:
    order, history = found.order, found.history
    day = dated(made.at.astimezone(SWEDEN).date(), _.language)
    pairs = [
        (_("Student"), history.student.name),
        (_("Group"), history.group.name),
        (_("School"), history.school.name),
        (_("For"), say_receiver(order, _.language)),
        (_("On this ground"), say_ground(order, _.language)),
        (_("Made"), _("{day}, by {name}").format(day=day, name=made.by)),
    ]
    if order.kind is not ReportKind.HANDOVER:
        pairs.append((_("The student has read it"), _read(found, made, _)))
    else:
        pairs.append((_("Approved"), _("The student has approved each part by itself.")))
    if order.starts_on:
        pairs.append((_("The student begins"), dated(order.starts_on, _.language)))
    if order.follow_up:
        pairs.append((_("We follow up"), dated(order.follow_up, _.language)))
    return Facts(tuple(pairs))


def _read(found: Material, made: Made, _: Words) -> str:
    if made.read_on:
        return _("Yes, {day}").format(day=dated(made.read_on, _.language))
    return _("Yes, in the session report") if found.read else _("Not noted yet")
