"""Builds the fictional school in an empty database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.school import Group, School
from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.student import Guardian, Student
from conversation_models.services.asked import find_model, pin_editions
from conversation_models.services.passwords import hash_password
from conversation_models.storage import mentorships, schools, staff, students, tables
from conversation_models.storage.store import Store, Unit
from fictional_school.calendar import coming_day, school_day, talk_days
from fictional_school.people import FAMILY_NAMES, GIVEN_NAMES, GROUPS, GUARDIAN_NAMES, SCHOOL, STAFF, FictionalStaff
from fictional_school.stories import STORIES, Story, other_talks, random_step
from fictional_school.told import Teller
from fictional_school.write import write

STUDENTS = 60
SEED = 2019
SHARED_STUDENTS = 4
TALKS_A_PORTION = 400
Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """The database already holds a school: nothing fictional is mixed into it."""


@dataclass(frozen=True)
class Built:
    school: School
    groups: dict[str, Group]
    staff: dict[str, Staff]
    students: tuple[Student, ...]


def is_fictional(store: Store) -> bool | None:
    """True when the database holds the fictional school, False when it holds another one, None when it is empty."""
    with store.reading() as unit:
        names = unit.connection.execute(select(tables.school.c.name)).scalars().all()
    return SCHOOL in names if names else None


def build_people(store: Store, now: datetime, count: int = STUDENTS) -> Built:
    """The school, its groups, staff and students, without a talk. Raises NotEmpty."""
    if is_fictional(store) is not None:
        raise NotEmpty
    random, today = Random(SEED), now.date()
    school = School(new_id(), SCHOOL, "upper_secondary")
    groups = {name: Group(new_id(), school.id, name) for name in GROUPS}
    working = {each.username: _staff(each, school) for each in STAFF}
    hashes = {each.username: hash_password(each.password) for each in STAFF}
    born = tuple(_student(number, school, groups, today, random) for number in range(count))
    with store.writing() as unit:
        schools.add(unit, school)
        for group in groups.values():
            schools.add_group(unit, group)
        for each in working.values():
            staff.add(unit, each, hashes[each.username], now)
        for student in born:
            students.add(unit, student, now)
        _give_access(unit, Built(school, groups, working, born), today)
    return Built(school, groups, working, born)


def build_school(store: Store, now: datetime, count: int = STUDENTS) -> Built:
    """The whole fictional school with two terms of talks; dates count back from today."""
    built = build_people(store, now, count)
    random = Random(SEED)
    teller = _teller(store, now.date(), random)
    for number, student in enumerate(built.students):
        story, mentor = STORIES[number % len(STORIES)], _mentor_of(built, student)
        for day, step in zip(talk_days(now.date(), len(story.steps), random), story.steps, strict=True):
            teller.tell(student.id, mentor.id, day, step)
        if story.steps and number % 7 == 0:
            teller.tell_sent(student.id, mentor.id, coming_day(now.date(), random), story.steps[-1])
    for talk in other_talks():
        first = next(number for number, story in enumerate(STORIES) if story.name == talk.story)
        student = built.students[first]
        by = _mentor_of(built, student) if talk.by == "mentor" else built.staff[talk.by]
        teller.tell_other(student.id, by.id, school_day(now.date() - timedelta(weeks=talk.weeks)), talk)
    write(store, teller.rows)
    return built


def seed_talks(store: Store, built: Built, now: datetime, talks: int, progress: Progress) -> None:
    """So many closed talks for each student, for measurements; tells how far it has come."""
    random, total, done = Random(SEED), len(built.students) * talks, 0
    teller = _teller(store, now.date(), random)
    for student in built.students:
        for day in _spread_days(now.date(), talks):
            teller.tell(student.id, _mentor_of(built, student).id, day, random_step(random))
        if len(teller.rows.talks) >= TALKS_A_PORTION:
            write(store, teller.rows)
            done += len(teller.rows.talks)
            progress(done, total)
            teller = _teller(store, now.date(), random)
    write(store, teller.rows)
    progress(total, total)


def _teller(store: Store, today: date, random: Random) -> Teller:
    return Teller(store.cipher, pin_editions(find_model("development")), today, random)


def _spread_days(today: date, count: int) -> Iterator[date]:
    yield from (today - timedelta(days=30 * number + 5) for number in range(count, 0, -1))


def _staff(fictional: FictionalStaff, school: School) -> Staff:
    return Staff(new_id(), school.id, fictional.username, fictional.name, fictional.role)


def _student(number: int, school: School, groups: dict[str, Group], today: date, random: Random) -> Student:
    given, family = GIVEN_NAMES[number % len(GIVEN_NAMES)], FAMILY_NAMES[number * 7 % len(FAMILY_NAMES)]
    if number >= len(GIVEN_NAMES):
        family = f"{family}-{FAMILY_NAMES[number * 11 % len(FAMILY_NAMES)]}"
    story = STORIES[number % len(STORIES)]
    guardians = tuple(
        Guardian(new_id(), f"{random.choice(GUARDIAN_NAMES)} {family}", f"070-{random.randint(1740605, 1740699)}")
        for _ in range(random.choice((1, 2, 2)))
    )
    group = groups[GROUPS[number * len(GROUPS) // STUDENTS % len(GROUPS)]]
    return Student(new_id(), school.id, group.id, given, family, _born(story, today, random), guardians=guardians)


def _born(story: Story, today: date, random: Random) -> date:
    """Sixteen or seventeen; who turned eighteen did so three weeks ago."""
    if story.adult:
        day = today - timedelta(days=21)
        return day.replace(year=day.year - 18, day=min(day.day, 28))
    return today - timedelta(days=365 * 16 + random.randint(10, 640))


def _give_access(unit: Unit, built: Built, today: date) -> None:
    since = today - timedelta(days=400)
    for student in built.students:
        mentorships.add(unit, new_id(), _mentor_of(built, student).id, student.id, since)
    for student in built.students[:SHARED_STUDENTS]:
        mentorships.add(unit, new_id(), built.staff["elin"].id, student.id, since)
    for each in built.staff.values():
        if each.role is Role.COUNSELLOR:
            mentorships.give(unit, Reach(new_id(), each.id, built.school.id, None))


def _mentor_of(built: Built, student: Student) -> Staff:
    group = next(name for name, each in built.groups.items() if each.id == student.group_id)
    return next(built.staff[each.username] for each in STAFF if each.role is Role.MENTOR and group in each.groups)
