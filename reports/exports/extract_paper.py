"""The extract to read: the same rows as in the JSON file, talk by talk, each part with its author and its level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.asked import find_instrument
from conversation_models.services.extracts import Extract
from instruments.model import Instrument
from reports.exports.extract_rows import THE_PROGRAM, Row, editions_of, marked
from reports.exports.extract_words import LIMITS, PARTS, say_code
from reports.exports.said_words import LEVELS
from reports.paper.blocks import Block, Facts, Heading, Note, Paragraph, Table, Together
from reports.paper.blocks import Words as WordsBlock
from reports.paper.document import Document, render
from reports.paper.wording import dated
from translations import Language, Words, message, words

LONG = 160  # letters: more than that stands under its question
FIELDS: dict[str, str] = {
    "kind": message("Report"),
    "name": message("Name"), "form": message("Form of school"), "given_name": message("Given name"),
    "family_name": message("Family name"), "birth_date": message("Born"), "personnummer": message("Personnummer"),
    "email": message("E-mail"), "phone": message("Phone"), "guardians_invited": message("Guardians invited at 18"),
    "archived_on": message("Archived"), "created_at": message("Written in"), "staff_id": message("Whom"),
    "from_on": message("From"), "until_on": message("Until"), "led_by": message("Led by"),
    "held_on": message("Held on"), "entered_on": message("Typed in on"), "starts": message("Begins"),
    "place": message("Place"), "minutes": message("Minutes"), "status": message("Status"),
    "opened_at": message("Opened"), "closed_at": message("Closed"), "created_by": message("By"),
    "may_read_before": message("May be read before the talk"), "expires_at": message("Works until"),
    "revoked_at": message("Taken back"), "begun_on": message("Begun"), "sent_on": message("Sent"),
    "asks": message("Asks"), "shows_earlier": message("Shows earlier answers"), "words": message("Words"),
    "responsible": message("Responsible"), "follow_up": message("Follow-up"), "outcome": message("How it went"),
    "followed_by": message("Followed up by"), "followed_at": message("Followed up"), "reason": message("Reason"),
    "moved_by": message("Moved by"), "moved_at": message("Moved"), "made_on": message("Made on"),
    "seen_on": message("Seen on"), "answer": message("Answer"), "author_id": message("Written by"),
    "recorded_at": message("When"), "from_student": message("From"), "to_student": message("To"),
    "phase": message("Phase"), "receiver": message("For"), "receiver_name": message("Receiver"),
    "ground": message("On this ground"), "ground_words": message("What allows it"),
    "starts_on": message("The student begins"), "followed": message("The follow-up after the start"),
    "made_by": message("By"), "made_at": message("Made"), "read_on": message("Read by the student"),
}  # fmt: skip
STANDING = ("school", "class_group", "student", "guardian", "mentorship")
LATER = ("report", "wish", "talk_move")
OF_A_TALK = ("invitation", "decision", "amendment")


def extract_paper(extract: Extract, desk: Desk, language: Language) -> bytes:
    _ = words(language)
    document = Document(
        title=_("Everything that is kept about a student"),
        under_title=" · ".join((extract.student.name, dated(desk.today, language))),
        blocks=tuple(_blocks(extract, _)),
        created=desk.now.astimezone(SWEDEN),
        level="e" if "e" in extract.levels else "m",
        school=str(extract.parts["school"][0]["name"]),
        copy=_("Taken out by {name}").format(name=extract.taken_by.name),
    )
    return render(document, language)


def _blocks(extract: Extract, _: Words) -> Iterator[Block]:
    yield Paragraph(_("Test what is secret before it is handed out: own words may tell about others."))
    yield Heading(_("What is not here"))
    for limit in extract.limits:
        yield Paragraph(_(LIMITS[limit]))
    for part in STANDING:
        yield from _facts(extract, part, _)
    for talk in sorted(marked(extract, "talk", _.language), key=lambda row: (row["held_on"], row["id"])):
        yield from _talk(extract, talk, _)
    for part in LATER:
        yield from _facts(extract, part, _)
    if "log_entry" in extract.parts:
        yield from _log(extract, _)


def _facts(extract: Extract, part: str, _: Words, talk_id: str = "") -> Iterator[Block]:
    """Of that talk only, where one is named."""
    shown = [row for row in marked(extract, part, _.language) if not talk_id or row["talk_id"] == talk_id]
    if shown:
        yield Heading(_(PARTS[part]), level=2 if talk_id else 1)
    for row in shown:
        yield Together((Note(_mark(row["author"], row["level"], _)), _fields(row, part, _)))


def _fields(row: Row, part: str, _: Words) -> Facts:
    """What kind of talk it was stands above its fields."""
    said = (name for name in FIELDS if row.get(name) not in (None, "") and (part, name) != ("talk", "kind"))
    return Facts(tuple((_(FIELDS[name]), say_code(part, name, row, _.language) or _say(row[name], _)) for name in said))


def _talk(extract: Extract, talk: Row, _: Words) -> Iterator[Block]:
    yield Heading(f"{dated(talk['held_on'], _.language)} · {talk['kind']}")
    yield Note(_mark(talk["author"], talk["level"], _), with_next=True)
    yield _fields(talk, "talk", _)
    for part in ("answer", "draft"):
        here = [row for row in marked(extract, part, _.language) if row["talk_id"] == talk["id"]]
        for _key, rows in groupby(sorted(here, key=_alike), key=_alike):
            yield from _given(extract, part, list(rows), _)
    for part in OF_A_TALK:
        yield from _facts(extract, part, _, talk["id"])


def _alike(row: Row) -> tuple[str, ...]:
    """What stands under one heading."""
    return row["instrument"], row["author"], row["given"], row["level"], row["author_id"] or ""


def _given(extract: Extract, part: str, rows: Sequence[Row], _: Words) -> Iterator[Block]:
    first = rows[0]
    instrument = find_instrument(first["instrument"], editions_of(extract)[first["talk_id"], first["instrument"]])
    rows = _in_order(instrument, rows, _)
    yield Heading(instrument.title.say(_.language), level=2)
    by = f"{first['author']}, {first['given']}"
    if first["author_id"]:
        by = _("{answered}; typed in by {name}").format(answered=by, name=first["author_id"])
    yield Note(_mark(by, first["level"], _), with_next=True)
    if part == "draft":
        yield Note(_(PARTS["draft"]), with_next=True)
    for is_long, some in groupby(rows, key=lambda row: len(row["said"]) > LONG or "\n" in row["said"]):
        if is_long:
            for row in some:
                yield Together((Heading(row["asked"], level=3),), then=(WordsBlock(row["said"]),))
        else:
            yield Table((), tuple((row["asked"], row["said"]) for row in some), (68, 102))


def _in_order(instrument: Instrument, rows: Sequence[Row], _: Words) -> list[Row]:
    """As the form asks. A question that it asks in several sections is told with its section."""
    place = {item.id: number for number, item in enumerate(instrument.items())}
    often = Counter(item.label.say(_.language) for item in instrument.items())
    section = {item: instrument.section_of(item).title.say(_.language) for item in place}
    return [
        row | {"asked": f"{section[row['item']]}: {row['asked']}"} if often[row["asked"]] > 1 else row
        for row in sorted(rows, key=lambda row: place[row["item"]])
    ]


def _log(extract: Extract, _: Words) -> Iterator[Block]:
    """Who, by name; each row of it stands in the JSON file."""
    rows = extract.parts["log_entry"]
    who = sorted({row["actor_id"] for row in rows if row["actor_id"]})
    yield Heading(_(PARTS["log_entry"]))
    yield Note(_mark(_(THE_PROGRAM), "m", _), with_next=True)
    yield Paragraph(
        _.n(
            "{n} row, by: {names}. It stands in the JSON file.", "{n} rows, by: {names}. They stand in the JSON file.",
            len(rows),
        ).format(names=", ".join(who) or "–")
    )  # fmt: skip


def _mark(author: str, level: str, _: Words) -> str:
    return _("{author} · {level}").format(author=author, level=_(LEVELS[level]))


def _say(value: Any, _: Words) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{dated(value.astimezone(SWEDEN).date(), _.language)} {value.astimezone(SWEDEN):%H:%M}"
    if isinstance(value, date):
        return dated(value, _.language)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
