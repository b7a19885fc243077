"""What a form is filled with, and the setting it is shown in."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from instruments.answers import Value
from instruments.items import Respondent
from translations import Language

if TYPE_CHECKING:
    from forms.rows import Row

Mode = Literal["student", "talk", "preparation"]
Manner = Literal["alone", "together", "paper", "phone"]


@dataclass(frozen=True)
class Earlier:
    """An answer from an earlier talk, with the day of that talk."""

    value: Value
    date: datetime.date


@dataclass(frozen=True)
class Fill:
    """By item id. `versions`: what a save must name as last seen (0: never saved). `own`: the student's own answer,
    given only once the student has brought it. `errors`: sentences, already in the reader's language.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    own: Mapping[str, Value] = field(default_factory=dict)
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """`save_url` is "/answers/<key>". `sections` None means every section that does not wait for a phase.

    `respondent` is whose answer it is where the item does not say so itself. `turned` leaves out what is the
    staff's own (notes), so that the screen can be turned to the student; the student's page always leaves it out.
    `title` False leaves out the instrument's heading and introduction. `lot` names the talk where the address does not:
    the numbers of new table rows are drawn from it. `items` None means every item that this setting shows.
    Introductions, helps and the talk's own sections speak to the student, so a guardian is shown none.
    """

    language: Language
    mode: Mode = "student"
    save_url: str = ""
    respondent: Respondent = "student"
    manner: Manner = "alone"
    sections: tuple[str, ...] | None = None
    one_at_a_time: bool = False
    read_only: bool = False
    turned: bool = False
    title: bool = True
    lot: str = ""
    items: frozenset[str] | None = None

    @property
    def for_student(self) -> bool:
        return self.mode == "student" or self.turned

    @property
    def for_guardian(self) -> bool:
        return self.mode == "student" and self.respondent == "guardian"

    def lot_of(self, row: "Row") -> str:
        """Never the same twice: a place's version grows with each save in its talk."""
        return f"{self.lot or self.save_url} {row.name} {row.respondent} {self.manner} {row.version}"
