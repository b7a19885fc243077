"""Small things said the same way on several pages: a talk in one line, a status in a word, a student's facts."""

from datetime import date

import streamlit as st

from conversation_models.domain.agreement import Decision, DecisionStatus
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.models import load_models
from conversation_models.services import asked
from conversation_models.services.talk_view import TalkView
from instruments.model import Instrument
from translations import Words, message
from ui import places
from ui.session import Visit
from ui.text import clock, day, plain

TALK_STATUS = {
    TalkStatus.PREPARED: message("prepared"),
    TalkStatus.OPEN: message("going on"),
    TalkStatus.CLOSED: message("closed"),
}
DECISION_STATUS = {
    DecisionStatus.OPEN: message("open"),
    DecisionStatus.DONE: message("done"),
    DecisionStatus.PARTLY: message("partly done"),
    DecisionStatus.CHANGED: message("we changed it"),
    DecisionStatus.DROPPED: message("no longer relevant"),
}
AREAS = ("work", "environment", "support", "wellbeing")
PLACE_OF_TALK = {
    TalkStatus.PREPARED: places.PREPARE,
    TalkStatus.OPEN: places.TALK,
    TalkStatus.CLOSED: places.CLOSED_TALK,
}


def talk_title(visit: Visit, talk: Talk) -> str:
    return load_models()[talk.model].title.say(visit.language)


def when_and_where(visit: Visit, talk: Talk) -> str:
    _ = visit.words
    length = _("on paper") if talk.entered_on else _.n("{n} minute", "{n} minutes", talk.minutes)
    parts = (day(talk.held_on, visit.language), clock(talk.starts), length, talk.place)
    return " · ".join(part for part in parts if part)


def area_title(visit: Visit, area: str) -> str:
    """As the agreement's own form says it."""
    sections = asked.find_instrument(asked.AGREEMENT).sections
    return next((section.title.say(visit.language) for section in sections if section.id == area), "")


def decided_in(visit: Visit, decision: Decision) -> str:
    """The area of the agreement, or the instrument in which it is a row; "" for what was taken along by itself."""
    if decision.instrument:
        return asked.find_instrument(decision.instrument).title.say(visit.language)
    return area_title(visit, decision.area)


def own_instrument_of(view: TalkView) -> Instrument:
    """What is written along the talk itself: checklist, notes, the student's own words."""
    return view.instruments[view.model.own_id]


def said_day(visit: Visit, iso: str) -> str:
    return day(date.fromisoformat(iso), visit.language)


def talk_link(visit: Visit, talk: Talk, name: str = "") -> None:
    """ "Name: 3 mars 2026, prepared", leading to where that talk is right now."""
    when = f"{day(talk.held_on, visit.language)} {clock(talk.starts)}".strip()
    _ = visit.words
    status = _(TALK_STATUS[talk.status])
    if talk.entered_on:
        status = _("{status}, on paper").format(status=status)
    label = f"{plain(name) or talk_title(visit, talk)}, {when} ({status})"
    places.link(PLACE_OF_TALK[talk.status], visit, label, talk=talk.id)


def student_link(visit: Visit, student: Student, note: str = "") -> None:
    label = plain(student.name) + (f" · {plain(note)}" if note else "")
    places.link(places.STUDENT, visit, label, student=student.id)


def show_facts(visit: Visit, student: Student, group: str) -> None:
    """As a list of words, each line text: nothing a user typed is read as Markdown."""
    _ = visit.words
    facts = [
        (_("Group"), group),
        (_("Born"), day(student.birth_date, visit.language)),
        (_("Personnummer"), student.masked_personnummer),
        (_("E-mail"), student.email),
        (_("Phone"), student.phone),
    ]
    st.text("\n".join(f"{name}: {value}" for name, value in facts if value))
    st.text(_guardian_lines(_, student, visit.desk.today))


def _guardian_lines(_: Words, student: Student, today: date) -> str:
    taking_part = student.guardians_on(today)
    if not taking_part:
        return _("No guardian takes part.")
    lines = [", ".join(part for part in (each.name, each.phone, each.email) if part) for each in taking_part]
    return "\n".join([_("Guardians:"), *lines])
