"""What a demonstration needs at every start: the school, fresh invitations, and who can sign in."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from conversation_models.domain.invitation import NewInvitation
from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import invite, prepare, students
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from conversation_models.storage import schools, tables
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Store
from fictional_school.build import STUDENTS, NotEmpty, build_school, is_fictional
from fictional_school.people import SCHOOL, STAFF


@dataclass(frozen=True)
class Demonstration:
    """`invitations` pairs each student's id with the link's token and the short code."""

    students: tuple[tuple[str, str], ...]
    invitations: tuple[tuple[str, NewInvitation], ...]

    def about(self, url: str) -> dict[str, Any]:
        """The one line of JSON other people's scripts rely on."""
        people = [{"role": each.role.value, "username": each.username, "password": each.password} for each in STAFF]
        links = [
            {"student": student, "url": f"{url}/s/{new.token}", "code": new.code} for student, new in self.invitations
        ]
        listed = [{"id": student, "group": group} for student, group in self.students]
        return {"url": url, "staff": people, "students": listed, "invitations": links}


def prepare_demonstration(store: Store, now: datetime, invitations: int) -> Demonstration:
    """Builds the school in an empty database. Raises NotEmpty when the database holds a real one."""
    known = is_fictional(store)
    if known is False:
        raise NotEmpty
    if known is None:
        build_school(store, now, max(STUDENTS, invitations * 5 // 4))
    return Demonstration(_listed(store), tuple(_invite(store, now, invitations)))


def _invite(store: Store, now: datetime, wanted: int) -> list[tuple[str, NewInvitation]]:
    invited: list[tuple[str, NewInvitation]] = []
    for mentor in _mentors(store):
        desk = Desk(store, mentor, now)
        for student in students.list_students(desk):
            if len(invited) == wanted:
                return invited
            talk_id = _talk_to_invite_to(desk, student.id)
            if talk_id and student.id not in {each for each, _ in invited}:
                invited.append((student.id, invite.invite(desk, talk_id)))
    return invited


def _talk_to_invite_to(desk: Desk, student_id: str) -> str | None:
    """The student's prepared talk, made where there is none; None when its survey is sent already."""
    for talk in prepare.talks_of(desk, student_id):
        if talk.status is TalkStatus.OPEN:
            return None
        if talk.status is TalkStatus.PREPARED:
            return talk.id if talk.may_read_before is None else None
    day = desk.today + timedelta(days=5)
    return prepare.prepare_talk(desk, TalkPlan(student_id, day, starts=time(10), place="Rum 114")).id


def _mentors(store: Store) -> list[Staff]:
    with store.reading() as unit:
        school = next(each for each in schools.every(unit) if each.name == SCHOOL)
        working = {each.username: each for each in accounts.of_school(unit, school.id)}
    return [working[each.username] for each in STAFF if each.role is Role.MENTOR]


def _listed(store: Store) -> tuple[tuple[str, str], ...]:
    student, group = tables.student, tables.class_group
    found = select(student.c.id, group.c.name).join(group, group.c.id == student.c.group_id).order_by(student.c.id)
    with store.reading() as unit:
        return tuple((row.id, row.name) for row in unit.connection.execute(found))
