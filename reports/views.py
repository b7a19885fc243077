"""The student's view and staff's beside each other, where both answered. A difference is a subject to talk about.

Two things are views of the same: a survey row and the row of the agreement that looks back at it; and, within one part
of a form or one phase of a talk, what the student wrote and what staff wrote. Neither is ever called right or wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from instruments.answers import state_of
from instruments.items import JointColourItem
from instruments.model import Instrument, Level, Section
from instruments.readings import said
from reports.agreements import own_colour
from reports.looked_at import Grid
from reports.record import AGREEMENT, SURVEY, AskedTalk, asked_talks
from reports.sayings import say_value
from reports.sentences import say_said
from translations import Language, Words, message, words

if TYPE_CHECKING:
    from conversation_models.services.look import History

TITLE = message("The student's view and the mentor's, beside each other")
BOTH_RIGHT = message("Two people can see one thing in two ways. What differs is a subject to talk about, no mistake.")
SAME, DIFFERS = message("= The same"), message("≠ Differs: a subject to talk about")
STAFF = frozenset({"mentor", "counsellor"})
OWN_WORDS, STAFF_SAYS = frozenset({"text"}), frozenset({"text", "choices"})


@dataclass(frozen=True)
class ColourView:
    """A row of the survey: the student's own colour, and the one that stands in the agreement of the same talk."""

    talk: str
    row: str
    own: str
    agreed: str
    differs: bool


@dataclass(frozen=True)
class WordsView:
    """One part of a form, or one phase of a talk, in which both wrote something."""

    talk: str
    about: str
    student: str
    staff: str
    level: Level


@dataclass(frozen=True)
class Views:
    """By talk, the latest first."""

    colours: tuple[ColourView, ...]
    written: tuple[WordsView, ...]

    @property
    def is_empty(self) -> bool:
        return not self.colours and not self.written

    @property
    def level(self) -> Level:
        """The highest of what stands in them."""
        return "e" if any(each.level == "e" for each in self.written) else "m"


def views_of(history: History, language: Language) -> Views:
    """Only of what this reader may read, so a part of which one side is hidden is not here at all."""
    _ = words(language)
    colours = [view for talk in asked_talks(history, AGREEMENT, language) for view in _colours(talk, history, _)]
    names = dict.fromkeys(answer.instrument for answer in history.answers)
    talks = [talk for name in names for talk in asked_talks(history, name, language)]
    talks.sort(key=lambda talk: (talk.on, talk.talk.id), reverse=True)
    return Views(tuple(reversed(colours)), tuple(view for talk in talks for view in _written(talk, _)))


def colour_grid(views: Views, language: Language) -> Grid:
    _ = words(language)
    columns = (_("Talk"), _("Row"), _("The student's own"), _("In the agreement, together"), _("To talk about"))
    rows = tuple(
        (each.talk, each.row, each.own, each.agreed, _(DIFFERS if each.differs else SAME)) for each in views.colours
    )
    return Grid(_("Colours of the survey and of the agreement"), columns, rows)


def words_grid(views: Views, language: Language) -> Grid:
    _ = words(language)
    columns = (_("Talk"), _("About"), _("The student"), _("Mentor or counsellor"))
    rows = tuple((each.talk, each.about, each.student, each.staff) for each in views.written)
    return Grid(_("What both wrote about the same"), columns, rows)


def say_views(views: Views, language: Language) -> tuple[str, ...]:
    _ = words(language)
    subjects = dict.fromkeys(each.row for each in views.colours if each.differs)
    if not subjects:
        return (_(BOTH_RIGHT),)
    return _(BOTH_RIGHT), _("To talk about: {subjects}.").format(subjects="; ".join(subjects))


def _colours(talk: AskedTalk, history: History, _: Words) -> Iterator[ColourView]:
    survey = next((each for each in asked_talks(history, SURVEY, _.language) if each.talk.id == talk.talk.id), None)
    for item in talk.instrument.items():
        if not isinstance(item, JointColourItem):
            continue
        own, agreed = own_colour(item, survey), said(item, talk.value(item.id))
        if own is not None and own.colour and agreed.colour:
            texts = (item.label.say(_.language), say_said(own, _), say_said(agreed, _))
            yield ColourView(talk.label, *texts, differs=own.colour != agreed.colour)


def _written(talk: AskedTalk, _: Words) -> Iterator[WordsView]:
    for section in talk.instrument.sections:
        student = _said_by(talk, section, frozenset({"student"}), OWN_WORDS, _)
        staff = _said_by(talk, section, STAFF, STAFF_SAYS, _)
        if student and staff:
            about = f"{talk.instrument.title.say(_.language)}: {section.title.say(_.language)}"
            level = section.level or talk.instrument.level
            yield WordsView(talk.label, about, "\n".join(student), "\n".join(staff), level)


def _said_by(talk: AskedTalk, section: Section, who: frozenset[str], kinds: frozenset[str], _: Words) -> Sequence[str]:
    """Each with its question, where it is not the only one."""
    asks: Instrument = talk.instrument
    items = [item for item in section.items if item.kind in kinds and asks.respondent_of(item.id) in who]
    told = [item for item in items if state_of(talk.value(item.id)) == "answered"]
    pattern = _("{question}: {answer}")
    return [
        pattern.format(question=item.label.say(_.language), answer=say_value(item, talk.value(item.id), _.language))
        for item in told
    ]
