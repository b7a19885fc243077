"""What the paper of a talk says, as plain data in the language of the paper. Nothing here knows the database.

Whoever fills it in has already asked services/access what this reader may see; the one thing decided
here is what a guardian's copy leaves out (`talk_document.guardian_part`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from reports.paper.blocks import Block, Colour, QuadrantPoint, ScalePoint

Copy = Literal["school", "student", "guardian"]
State = Literal["answered", "declined", "empty", "not_asked"]
Given = Literal["alone", "together", "on_paper", "by_phone"]
Level = Literal["m", "e", "p"]


@dataclass(frozen=True)
class ColourSaid:
    """A colour and what it means in its row ("för mycket"). The colour's own name is added on the paper."""

    colour: Colour
    meaning: str


@dataclass(frozen=True)
class SurveyRow:
    """`private`: leisure and health; `shared`: the student includes it in the guardian's copy."""

    name: str
    state: State
    said: ColourSaid | None = None
    fits: tuple[str, ...] = ()
    private: bool = False
    shared: bool = False


@dataclass(frozen=True)
class SurveyArea:
    title: str
    rows: tuple[SurveyRow, ...]


@dataclass(frozen=True)
class OwnWords:
    """A question or a phase, and what was written under it, as typed."""

    about: str
    text: str


@dataclass(frozen=True)
class ScaleAsked:
    """One topic with every talk it was asked in, up to this one. `words`: the questions around the scale."""

    topic: str
    low: int
    high: int
    low_words: str
    high_words: str
    points: tuple[ScalePoint, ...]
    words: tuple[OwnWords, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgreementRow:
    """`own`: the student's colour, only if the student brought it. None in `joint`: none was agreed."""

    name: str
    own: ColourSaid | None
    joint: ColourSaid | None
    private: bool = False
    shared: bool = False


@dataclass(frozen=True)
class AgreementArea:
    title: str
    rows: tuple[AgreementRow, ...]
    decision: str = ""
    responsible: str = ""
    follow_up: date | None = None


@dataclass(frozen=True)
class Amendment:
    """What was corrected after the talk was closed. `for_guardian`: it is about something on their copy."""

    text: str
    author: str
    when: datetime
    for_guardian: bool = False


@dataclass(frozen=True)
class GeneralSection:
    """A section of an instrument with its answers. `for_guardian`: all of it is guardians' own."""

    title: str
    level: Level
    blocks: tuple[Block, ...]
    for_guardian: bool = False


@dataclass(frozen=True)
class GeneralPart:
    """An instrument that has no part of its own here. `level` is the highest of what is printed of it."""

    title: str
    level: Level
    sections: tuple[GeneralSection, ...]
    given: Given | None = None


@dataclass(frozen=True)
class TalkPaper:
    """One talk.

    `title` is the name of the talk; `level` who may read it; `created` the moment the paper was made (with a time
    zone), which is all that may differ between two prints. `guardians_take_part` is False from the eighteenth
    birthday unless the student invites them: no line to sign, and no guardian's copy can be made.
    `answers_for_guardian`: the guardian's copy also has the survey, the quadrant and the scales.
    `notes` are the mentor's and stand on the school's copy only. `from_paper` says of a talk that was held on paper
    when it was typed in.
    """

    title: str
    school: str
    student: str
    group: str
    day: date
    created: datetime
    copy: Copy
    level: Level = "m"
    place: str = ""
    from_paper: str = ""
    participants: tuple[str, ...] = ()
    guardians_take_part: bool = True
    guardians: tuple[str, ...] = ()
    answers_for_guardian: bool = False
    survey: tuple[SurveyArea, ...] = ()
    survey_given: Given | None = None
    survey_remarks: tuple[str, ...] = ()
    bring_up: str = ""
    moves: tuple[str, ...] = ()
    points: tuple[QuadrantPoint, ...] = ()
    point_remarks: tuple[str, ...] = ()
    scales: tuple[ScaleAsked, ...] = ()
    parts: tuple[GeneralPart, ...] = ()
    words: tuple[OwnWords, ...] = ()
    notes: tuple[OwnWords, ...] = ()
    agreement: tuple[AgreementArea, ...] = ()
    read_back_right: bool | None = None
    read_back_words: str = ""
    amendments: tuple[Amendment, ...] = ()
