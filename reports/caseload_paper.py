"""The caseload in words, and on paper: one line a student, events and days only."""

from __future__ import annotations

from conversation_models.services import caseload, papers
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.caseload import Event, Line
from reports.paper.blocks import Note, Paragraph, Table
from reports.paper.document import Document, render
from reports.paper.wording import dated
from translations import Language, message, words

EVENTS: dict[Event, str] = {
    Event.WISH: message("Wants to talk with you, asked on {day}"),
    Event.NOT_REACHED: message("Called on {day}, nobody answered"),
    Event.OVERDUE: message("Follow-up on {day} has passed"),
    Event.DUE: message("To follow up on {day}"),
    Event.UNANSWERED: message("Survey sent on {day}, not answered yet"),
    Event.EXPIRED: message("Survey sent on {day}, the link is no longer good"),
    Event.UNREAD: message("Answers to read before the talk on {day}"),
}
KINDS: dict[Event, str] = {
    Event.WISH: message("Wants to talk with you"),
    Event.NO_TALK: message("No talk for a while"),
    Event.NOT_REACHED: message("Not reached"),
    Event.OVERDUE: message("Follow-up that has passed"),
    Event.DUE: message("Follow-up within two weeks"),
    Event.UNANSWERED: message("Survey not answered"),
    Event.EXPIRED: message("Survey whose link has ended"),
    Event.UNREAD: message("Answers to read"),
}


def say_events(line: Line, weeks: int, language: Language, printed: bool = False) -> tuple[str, ...]:
    """What waits, in the order of the events; nothing when nothing does. `printed`: without a wish to talk, which is
    for one pair of eyes while a paper may lie about."""
    _ = words(language)
    return tuple(
        _.n("No talk for {n} week or more", "No talk for {n} weeks or more", weeks)
        if event is Event.NO_TALK
        else _(EVENTS[event]).format(day=dated(day, language) if day else "")
        for event, day in line.events.items()
        if not (printed and event is Event.WISH)
    )


def say_last_talk(line: Line, language: Language) -> str:
    _ = words(language)
    if line.last_talk is None:
        return _("No talk yet")
    return _("Last talk {day}").format(day=dated(line.last_talk, language))


def caseload_paper(desk: Desk, group_id: str, weeks: int, language: Language) -> bytes:
    """The PDF for one's own desk; logged. Raises Refused."""
    _ = words(language)
    lines = caseload.caseload(desk, group_id, weeks)
    rows = tuple(
        (
            line.name,
            line.group,
            dated(line.last_talk, language) if line.last_talk else "–",
            "; ".join(say_events(line, weeks, language, printed=True)) or "–",
        )
        for line in lines
    )
    document = Document(
        title=_("Caseload"),
        under_title=dated(desk.today, language),
        blocks=(
            Paragraph(_.n("{n} student", "{n} students", len(lines))),
            Note(_("Events and days only, for the one who printed it. Keep it locked in, and tear it up afterwards.")),
            Table((_("Student"), _("Group"), _("Last talk"), _("Waits")), rows, (38, 14, 30, 88), small=True),
        ),
        created=desk.now.astimezone(SWEDEN),
        copy=desk.actor.name,
    )
    pdf = render(document, language)
    papers.note_caseload_paper(desk, group_id)
    return pdf
