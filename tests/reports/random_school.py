"""A school with random talks written straight into the tables: all that may stand there, also what is rare."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import insert, update

from conversation_models.domain.ids import new_id
from conversation_models.domain.student import Student
from conversation_models.storage import mentorships, students, tables
from conversation_models.storage.store import Store
from tests.conversation_models.cast import SCHOOL_YEAR, TODAY, Cast

FIRST_DAY = date(2025, 9, 1)
SURVEY_ROWS = ("workload", "content", "peers", "leisure", "health")
COLOURS = ("green", "yellow", "orange", "red")
STATUSES = ("closed", "closed", "closed", "closed", "open", "prepared")
DECIDED = ("open", "open", "done", "partly", "dropped")


def fill_school(store: Store, cast: Cast, seed: int, count: int = 40) -> list[Student]:
    """Students in both groups of the near school, six of seven Alva's, with up to thirteen talks each."""
    random = Random(seed)
    made = [_student(cast, random, number) for number in range(count)]
    with store.writing() as unit:
        for number, each in enumerate(made):
            students.add(unit, each, datetime(2025, 8, 18, 8, tzinfo=UTC))
            if number % 7:
                mentorships.add(unit, new_id(), cast.mentor.id, each.id, SCHOOL_YEAR)
            if number % 11 == 5:
                students.archive(unit, each.id, random.choice((date(2025, 12, 1), date(2026, 2, 1))))
        for each in made:
            for _talk in range(random.randrange(14)):
                _add_talk(unit, cast, each.id, random)
    return made


def _student(cast: Cast, random: Random, number: int) -> Student:
    group = random.choice((cast.group, cast.group, cast.other_group))
    return Student(new_id(), group.school_id, group.id, f"Elev {number:02}", random.choice(("Ek", "Ål", "Zander")))


def _add_talk(unit, cast: Cast, student_id: str, random: Random) -> None:
    day = FIRST_DAY + timedelta(days=random.randrange(200))
    talk_id, status = new_id(), random.choice(STATUSES)
    above = random.random() < 0.15
    at = datetime.combine(day, time(9), UTC)
    unit.connection.execute(
        insert(tables.talk).values(
            id=talk_id, student_id=student_id, model="return_to_school" if above else "development",
            led_by=cast.counsellor.id if above else cast.mentor.id, held_on=day, minutes=45, created_at=at,
            status="open" if status == "closed" else status, phase="", may_read_before=random.choice((True, False)),
            created_by=cast.mentor.id, unread=random.choice(("m", "", None)),
        )
    )  # fmt: skip
    asked = [name for name in ("priority_ability", "development_survey") if random.random() < 0.85]
    for name in asked:
        pinned = {"talk_id": talk_id, "instrument": name, "edition": 1}
        unit.connection.execute(insert(tables.talk_instrument).values(pinned))
        for item in ("priority", "ability") if name == "priority_ability" else SURVEY_ROWS:
            for _time in range(random.choice((0, 1, 1, 1, 2, 3))):
                _add_answer(unit, random, (talk_id, name, item), at)
    for _decision in range(random.choice((0, 0, 1, 2))):
        _add_decision(unit, random, talk_id, day)
    if random.random() < 0.3:
        _add_invitation(unit, random, talk_id, cast, at)
    if status == "closed":
        unit.connection.execute(update(tables.talk).where(tables.talk.c.id == talk_id).values(status="closed"))


def _add_answer(unit, random: Random, where: tuple[str, str, str], at: datetime) -> None:
    state = random.choice(("answered",) * 7 + ("declined", "empty"))
    value = None
    if state == "answered":
        value = str(random.randint(1, 10)) if where[1] == "priority_ability" else _colour(random, where[2])
    unit.connection.execute(
        insert(tables.answer).values(
            talk_id=where[0], instrument=where[1], edition=1, item=where[2], respondent="student",
            manner=random.choice(("alone", "together", "paper")), state=state, value=value, level="m", version=1,
            client="x", sequence=1, recorded_at=at + timedelta(days=random.randint(-3, 3)),
        )
    )  # fmt: skip


def _colour(random: Random, item: str) -> str:
    colour = random.choice(COLOURS)
    fits = f'["{colour}.{random.randint(1, 3)}"]' if random.random() < 0.6 else "[]"
    return f'{{"colour":"{colour}","fits":{fits}}}'


def _add_decision(unit, random: Random, talk_id: str, day: date) -> None:
    decision_id, level = new_id(), random.choice(("m", "m", "e"))
    words = {
        name: unit.cipher.seal("Ord", "decision", name, decision_id, level=level) for name in ("words", "responsible")
    }
    unit.connection.execute(
        insert(tables.decision).values(
            id=decision_id, talk_id=talk_id, area="work", level=level, status=random.choice(DECIDED),
            follow_up=random.choice((None, TODAY - timedelta(days=3), TODAY, TODAY + timedelta(days=20), day)), **words,
        )
    )  # fmt: skip


def _add_invitation(unit, random: Random, talk_id: str, cast: Cast, at: datetime) -> None:
    invitation_id = new_id()
    unit.connection.execute(
        insert(tables.invitation).values(
            id=invitation_id, talk_id=talk_id, token_hash=invitation_id, code_hash=invitation_id,
            code=unit.cipher.seal("0" * 10, "invitation", "code", invitation_id),
            created_by=cast.mentor.id, created_at=at, expires_at=at + timedelta(days=random.choice((7, 300))),
            begun_on=random.choice((None, at.date())), sent_on=random.choice((None, None, at.date())),
            revoked_at=random.choice((None, None, None, at)), asks="development_survey",
        )
    )  # fmt: skip
