"""The fixed cast, and those at the edge of it: whose time is over, has not come, or who was somebody else before."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.report import GroundKind, Order, Report, ReportKind
from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.student import Guardian, Student
from conversation_models.domain.talk import Talk
from conversation_models.services import access, added, agree, conduct, invite
from conversation_models.services.access import Desk
from conversation_models.storage import mentorships, students
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Store, Unit
from reports.report_paper import make_report
from tests.access.rehearsal import Rehearsal
from tests.conversation_models.cast import SCHOOL_YEAR, Cast
from tests.conversation_models.services.talks_made import AGREED, Talks

AGO = timedelta(days=40)
NOT_THERE = "0" * 32
MALFORMED = "' OR 1=1 --"
ANSWERED_BY_STUDENT = "Jag vill prata om praktiken."


@dataclass(frozen=True)
class Aim:
    """What belongs to one student: ids to try. `token` opens the prepared talk's page."""

    student: str
    group: str
    prepared: str
    opened: str
    closed: str
    sent: str
    decision: str
    invitation: str
    mentorship: str
    token: str = ""
    report: str = ""


@dataclass(frozen=True)
class House:
    """What belongs to one school."""

    school: str
    group: str
    mentor: str
    former: str
    counsellor: str
    reach: str
    student: str


@dataclass(frozen=True)
class Tried:
    """A school in which everything is tried, by everybody."""

    store: Rehearsal
    now: datetime
    people: dict[str, Staff]
    students: dict[str, Student]
    aims: dict[str, Aim]
    houses: dict[str, House]

    def desk(self, who: str) -> Desk:
        return Desk(self.store, self.people[who], self.now)


def make_tried(store: Store, cast: Cast) -> Tried:
    now = datetime.now(UTC).replace(hour=11)
    with store.writing() as unit:
        everyone, young = _Edges(unit, cast, now.astimezone(access.SWEDEN).date()).everyone()
    aims = {name: _aim(store, everyone, student, now) for name, student in young.items()}
    with store.writing() as unit:
        students.archive(unit, young["archived"].id, now.date())
    aims |= {
        "missing": Aim(*[NOT_THERE] * 11),
        "malformed": Aim(*[MALFORMED] * 11),
    }
    return Tried(Rehearsal(store), now, everyone, young, aims, _houses(store, cast, everyone))


@dataclass(frozen=True)
class _Edges:
    unit: Unit
    cast: Cast
    today: date

    def everyone(self) -> tuple[dict[str, Staff], dict[str, Student]]:
        cast, mentor, counsellor = self.cast, Role.MENTOR, Role.COUNSELLOR
        young = {
            "own": cast.student,
            "shared": cast.shared,
            "nobodys": cast.unmentored,
            "far": cast.far,
            "archived": self.student("Ylva", "Ström"),
        }
        people = {
            "mentor": cast.mentor,
            "colleague": cast.colleague,
            "outsider": cast.outsider,
            "counsellor": cast.counsellor,
            "far_counsellor": cast.far_counsellor,
            "administrator": cast.administrator,
            "far_administrator": cast.far_administrator,
            "former_mentor": self.staff("hugo", mentor),
            "far_former_mentor": self.staff("idun", mentor, school_id=cast.far_school.id),
            "coming_mentor": self.staff("jon", mentor),
            "mentor_once_counsellor": self.staff("kim", mentor),
            "counsellor_without_reach": self.staff("lo", counsellor),
            "counsellor_once_mentor": self.staff("mio", counsellor),
            "deactivated_mentor": self.staff("nova", mentor, active=False),
            "deactivated_administrator": self.staff("olle", Role.ADMINISTRATOR, active=False),
            "newcomer": self.staff("pim", mentor, must_change=True),
        }
        for name, student in young.items():
            former = people["far_former_mentor" if name == "far" else "former_mentor"]
            self.mentors(former, student, until_on=self.today - timedelta(days=1))
            self.mentors(people["coming_mentor"], student, from_on=self.today + timedelta(days=2))
        for name in ("counsellor_once_mentor", "deactivated_mentor", "newcomer"):
            self.mentors(people[name], cast.student)
        self.mentors(cast.mentor, young["archived"])
        mentorships.give(self.unit, Reach(new_id(), people["mentor_once_counsellor"].id, school_id=cast.school.id))
        return people, young

    def staff(self, name: str, role: Role, *, school_id: str = "", active: bool = True, must_change=False) -> Staff:
        member = Staff(new_id(), school_id or self.cast.school.id, name, name.capitalize(), role, active=active)
        password_hash = accounts.account(self.unit, "alva").password_hash
        member = replace(member, must_change_password=must_change)
        accounts.add(self.unit, member, password_hash, datetime.now(UTC))
        return member

    def student(self, given: str, family: str) -> Student:
        guardian = Guardian(new_id(), f"Vuxen {family}", "070-174 06 07", "vuxen@example.org")
        group = self.cast.group
        student = Student(new_id(), group.school_id, group.id, given, family, date(2009, 3, 1), guardians=(guardian,))
        students.add(self.unit, student, datetime.now(UTC))
        return student

    def mentors(self, who: Staff, student: Student, from_on: date = SCHOOL_YEAR, until_on: date | None = None) -> None:
        mentorship_id = new_id()
        mentorships.add(self.unit, mentorship_id, who.id, student.id, from_on)
        if until_on:
            mentorships.end(self.unit, mentorship_id, until_on)


def _aim(store: Store, everyone: dict[str, Staff], student: Student, now: datetime) -> Aim:
    """Talks that were made forty days ago by whoever mentored the student then, and no longer does."""
    with store.reading() as unit:
        former = next(each for each in mentorships.of_student(unit, student.id) if each.until_on)
    desk = Desk(store, next(each for each in everyone.values() if each.id == former.mentor.id), now - AGO)
    talks = Talks(desk, student)
    closed = _closed(talks)
    opened = conduct.open_talk(desk, talks.prepared(desk.today + timedelta(days=1)).id)
    sent = talks.prepared(desk.today + timedelta(days=2))
    talks.sent(sent, may_read_before=False)
    prepared = talks.prepared(desk.today + timedelta(days=60))
    invited = invite.invite(desk, prepared.id, days=60)
    decision = agree.decisions_of(desk, closed.id)[0]
    return Aim(
        student.id,
        student.group_id,
        prepared.id,
        opened.id,
        closed.id,
        sent.id,
        decision.id,
        invited.invitation.id,
        former.id,
        invited.token,
        _report(desk, closed).id,
    )


def _closed(talks: Talks) -> Talk:
    """With a session report in it."""
    talk = talks.prepared(talks.desk.today)
    talks.sent(talk)
    conduct.open_talk(talks.desk, talk.id)
    added.add_instrument(talks.desk, talk.id, "session_report")
    talks.write(talk, AGREED | {("session_report", "did"): "Vi gick till biblioteket."})
    return conduct.close_talk(talks.desk, talk.id)


def _report(desk: Desk, talk: Talk) -> Report:
    parts = (f"session:{talk.id}",)
    order = Order(ReportKind.SESSION, talk.student_id, talk.id, parts=parts, ground=GroundKind.OWN)
    return make_report(desk, order, "sv")


def _houses(store: Store, cast: Cast, people: dict[str, Staff]) -> dict[str, House]:
    near, far = cast.counsellor.id, cast.far_counsellor.id
    with store.reading() as unit:
        given = {each: mentorships.reaches_of(unit, each)[0].id for each in (near, far)}
    former, far_former = people["former_mentor"].id, people["far_former_mentor"].id
    return {
        "near": House(cast.school.id, cast.group.id, cast.mentor.id, former, near, given[near], cast.student.id),
        "far": House(cast.far_school.id, cast.far_group.id, cast.outsider.id, far_former, far, given[far], cast.far.id),
        "missing": House(*[NOT_THERE] * 7),
    }
