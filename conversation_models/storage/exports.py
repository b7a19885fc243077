"""What a person takes out of the house, read in few queries: closed talks with everything this reader may read in them.

What is private to its author never leaves the house, so it is not asked for here, not even by the author.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from conversation_models.domain.agreement import Amendment, Decision
from conversation_models.domain.talk import TalkStatus
from conversation_models.storage import agreements, answers
from conversation_models.storage.answers import Stored
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from conversation_models.storage.tables import amendment, answer, class_group, decision, school, student, talk


@dataclass(frozen=True)
class Wanted:
    """`students` is a condition on `student`. Without days: every talk."""

    students: ColumnElement[bool]
    seen: Seen
    first: date | None = None
    last: date | None = None

    @property
    def held(self) -> ColumnElement[bool]:
        """A condition on `talk`: closed, held on those days, known to this reader."""
        conditions = [talk.c.status == TalkStatus.CLOSED.value, self._known]
        conditions.append(talk.c.student_id.in_(select(student.c.id).where(self.students)))
        if self.first is not None:
            conditions.append(talk.c.held_on >= self.first)
        if self.last is not None:
            conditions.append(talk.c.held_on <= self.last)
        return and_(*conditions)

    @property
    def read(self) -> ColumnElement[bool]:
        """A condition on `answer`."""
        return answer.c.level.in_(self.seen.levels)

    @property
    def _known(self) -> ColumnElement[bool]:
        """One above the reader's level only when it holds something for them."""
        here = (answer.c.talk_id == talk.c.id, answer.c.state != "empty", self.read)
        agreed = (decision.c.talk_id == talk.c.id, decision.c.level.in_(self.seen.levels))
        told = or_(exists().where(*here).correlate(talk), exists().where(*agreed).correlate(talk))
        return or_(talk.c.model.in_(self.seen.models), told)


@dataclass(frozen=True)
class TalkRow:
    talk_id: str
    student_id: str
    model: str
    held_on: date
    entered_on: date | None


@dataclass(frozen=True)
class PersonRow:
    student_id: str
    group: str
    school: str


def is_anybody_there(unit: Unit, students: ColumnElement[bool]) -> bool:
    return unit.connection.execute(select(student.c.id).where(students).limit(1)).first() is not None


def talks_in(unit: Unit, wanted: Wanted) -> list[TalkRow]:
    """By the day they were held."""
    columns = (talk.c.id, talk.c.student_id, talk.c.model, talk.c.held_on, talk.c.entered_on)
    found = select(*columns).where(wanted.held).order_by(talk.c.held_on, talk.c.id)
    return [TalkRow(*row) for row in unit.connection.execute(found)]


def people_of(unit: Unit, wanted: Wanted) -> list[PersonRow]:
    """Those with such a talk."""
    here = select(talk.c.student_id).where(wanted.held)
    found = (
        select(student.c.id, class_group.c.name, school.c.name)
        .join(class_group, class_group.c.id == student.c.group_id)
        .join(school, school.c.id == student.c.school_id)
        .where(student.c.id.in_(here))
    )
    return [PersonRow(*row) for row in unit.connection.execute(found)]


def count_answers(unit: Unit, wanted: Wanted) -> int:
    found = select(func.count()).select_from(answer).join(talk).where(wanted.held, wanted.read)
    return int(unit.connection.execute(found).scalar_one())


def answers_in(unit: Unit, wanted: Wanted) -> Iterable[Stored]:
    """The newest of each place: what was sent alone and what was said together stand side by side."""
    return answers.newest(answers.where(unit, wanted.held, wanted.read)).values()


def decisions_in(unit: Unit, wanted: Wanted) -> list[Decision]:
    return agreements.decisions(unit, wanted.held, decision.c.level.in_(wanted.seen.levels))


def amendments_in(unit: Unit, wanted: Wanted) -> list[Amendment]:
    return agreements.amendments(unit, wanted.held, amendment.c.level.in_(wanted.seen.levels))
