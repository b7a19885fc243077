"""Staff, groups, mentors and what counsellors are given: an administrator's work, in the own school."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Mentorship, Reach
from conversation_models.domain.names import same_name, sort_key
from conversation_models.domain.school import Group, School
from conversation_models.domain.staff import Role, Staff
from conversation_models.services import access, passwords
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.field_errors import FieldError, FieldsRefused, read_text
from conversation_models.services.students import groups_within_reach
from conversation_models.storage import logs, mentorships, schools, sessions
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Unit

ONE_TIME_DAYS = 7
LONGEST_USERNAME, LONGEST_NAME, LONGEST_GROUP = 100, 200, 60
LANGUAGES = ("sv", "en")


class StaffRefused(FieldsRefused):
    """What is wrong with a person's fields or with what is asked of that person; nothing was written."""


class GroupRefused(FieldsRefused):
    """What is wrong with a group's name; nothing was written."""


@dataclass(frozen=True)
class NewStaff:
    username: str
    name: str
    role: Role
    language: str = "sv"


def see_school(desk: Desk) -> School:
    """The own school, for everyone who works there."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_STUDENT)
        found = schools.find(unit, desk.actor.school_id)
    if found is None:
        raise Refused(Right.SEE_STUDENT)
    return found


def set_language(desk: Desk, language: str) -> None:
    """One's own."""
    if language not in LANGUAGES:
        raise StaffRefused(FieldError("language", "unknown"))
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_STUDENT)
        mine = accounts.find(unit, desk.actor.id)
        if mine is None:
            raise Refused(Right.SEE_STUDENT)
        accounts.change(unit, replace(mine, language=language))


def list_staff(desk: Desk) -> list[Staff]:
    """Everyone of the own school, also those who have left, by name."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE)
        found = accounts.of_school(unit, desk.actor.school_id)
    return sorted(found, key=lambda each: sort_key(each.name))


def add_staff(desk: Desk, new: NewStaff) -> tuple[Staff, str]:
    """With a one-time password: shown once, to be changed at the first sign-in, dead after a week."""
    password = passwords.one_time_password()
    password_hash = passwords.hash_password(password)
    member = Staff(new_id(), desk.actor.school_id, "", "", new.role, must_change_password=True)
    with desk.writing() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE)
        member = _fit(unit, new, member)
        accounts.add(unit, member, password_hash, desk.now, desk.now + timedelta(days=ONE_TIME_DAYS))
        _log(desk, unit, "add", member.id)
    return member, password


def edit_staff(desk: Desk, staff_id: str, new: NewStaff) -> Staff:
    """A new role ends what the old one reached. Nobody changes the own role."""
    with desk.writing() as unit:
        before = _require(desk, unit, staff_id)
        after = _fit(unit, new, before)
        if after.role is not before.role:
            if staff_id == desk.actor.id:
                raise StaffRefused(FieldError("role", "own"))
            mentorships.end_all_of(unit, staff_id, desk.today - timedelta(days=1))
            mentorships.take_all(unit, staff_id)
            sessions.revoke_all(unit, staff_id, desk.now)
        accounts.change(unit, after)
        _log(desk, unit, "edit", staff_id)
    return after


def deactivate_staff(desk: Desk, staff_id: str) -> None:
    """Ends every session of that person at once. Nobody deactivates oneself, so that one administrator remains."""
    _set_active(desk, staff_id, active=False)


def activate_staff(desk: Desk, staff_id: str) -> None:
    _set_active(desk, staff_id, active=True)


def reset_password(desk: Desk, staff_id: str) -> str:
    """A one-time password; ends every session of that person."""
    password = passwords.one_time_password()
    password_hash = passwords.hash_password(password)
    with desk.writing() as unit:
        _require(desk, unit, staff_id)
        accounts.set_password(unit, staff_id, password_hash, until=desk.now + timedelta(days=ONE_TIME_DAYS))
        sessions.revoke_all(unit, staff_id, desk.now)
        _log(desk, unit, "reset_password", staff_id)
    return password


def list_groups(desk: Desk) -> list[Group]:
    """Those of the own school, for a counsellor those within reach; by name."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_STUDENT)
        found = groups_within_reach(desk, unit)
    return sorted(found, key=lambda each: sort_key(each.name))


def add_group(desk: Desk, name: str) -> Group:
    with desk.writing() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE)
        group = Group(new_id(), desk.actor.school_id, _group_name(desk, unit, name))
        schools.add_group(unit, group)
        logs.add(unit, desk.entry("add", "group", group.id))
    return group


def rename_group(desk: Desk, group_id: str, name: str) -> None:
    with desk.writing() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE)
        _require_own_group(desk, unit, group_id)
        schools.rename_group(unit, group_id, _group_name(desk, unit, name, but=group_id))
        logs.add(unit, desk.entry("rename", "group", group_id))


def mentors_of(desk: Desk, student_id: str) -> list[Mentorship]:
    """Newest first, also those that are over."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_STUDENT, student_id)
        return mentorships.of_student(unit, student_id)


def assign_mentor(desk: Desk, student_id: str, staff_id: str, from_on: date) -> None:
    """Beside those the student has. Someone who is the mentor already stays it."""
    with desk.writing() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE, student_id)
        _require_mentor(_require(desk, unit, staff_id))
        _begin_mentorship(desk, unit, student_id, staff_id, from_on)


def end_mentorship(desk: Desk, mentorship_id: str, until_on: date) -> None:
    """`until_on` is the last day."""
    with desk.writing() as unit:
        access.require(desk, unit, Right.MANAGE_PEOPLE)
        found = mentorships.find(unit, mentorship_id)
        if found is None:
            raise Refused(Right.MANAGE_PEOPLE)
        access.require(desk, unit, Right.MANAGE_PEOPLE, found.student_id)
        mentorships.end(unit, mentorship_id, until_on)
        logs.add(unit, desk.entry("end_mentor", "staff", found.mentor.id, found.student_id))


def students_mentored_by(desk: Desk, staff_id: str) -> list[Mentorship]:
    """Current ones: what a hand-over can choose from."""
    with desk.reading() as unit:
        _require(desk, unit, staff_id)
        found = mentorships.of_staff(unit, staff_id)
    return [each for each in found if each.is_current(desk.today)]


def hand_over(desk: Desk, from_staff: str, to_staff: str, student_ids: list[str], on: date) -> None:
    """A new school year: the new mentor begins `on`, the old one's reach ends the day before. All or none."""
    if from_staff == to_staff:
        raise StaffRefused(FieldError("to_staff", "same"))
    with desk.writing() as unit:
        _require(desk, unit, from_staff)
        _require_mentor(_require(desk, unit, to_staff))
        going = {
            each.student_id: each
            for each in mentorships.of_staff(unit, from_staff)
            if each.until_on is None or each.until_on >= on
        }
        for student_id in student_ids:
            access.require(desk, unit, Right.MANAGE_PEOPLE, student_id)
            if student_id not in going:
                raise StaffRefused(FieldError("student_ids", "not_mentored", {"student_id": student_id}))
            mentorships.end(unit, going[student_id].id, on - timedelta(days=1))
            _begin_mentorship(desk, unit, student_id, to_staff, on)


def give_reach(desk: Desk, counsellor_id: str, school_id: str | None = None, group_id: str | None = None) -> Reach:
    """The whole own school or one of its groups. Given twice it is there once."""
    with desk.writing() as unit:
        counsellor = _require(desk, unit, counsellor_id)
        if counsellor.role is not Role.COUNSELLOR or (school_id is None) == (group_id is None):
            raise StaffRefused(FieldError("reach", "counsellor_and_one"))
        if school_id is not None and school_id != desk.actor.school_id:
            raise Refused(Right.MANAGE_PEOPLE)
        if group_id is not None:
            _require_own_group(desk, unit, group_id)
        wanted = Reach(new_id(), counsellor_id, school_id, group_id)
        for given in mentorships.reaches_of(unit, counsellor_id):
            if (given.school_id, given.group_id) == (school_id, group_id):
                return given
        mentorships.give(unit, wanted)
        _log(desk, unit, "give_reach", counsellor_id)
    return wanted


def reaches_of(desk: Desk, counsellor_id: str) -> list[Reach]:
    with desk.reading() as unit:
        _require(desk, unit, counsellor_id)
        return mentorships.reaches_of(unit, counsellor_id)


def take_reach(desk: Desk, counsellor_id: str, reach_id: str) -> None:
    with desk.writing() as unit:
        _require(desk, unit, counsellor_id)
        if reach_id not in {each.id for each in mentorships.reaches_of(unit, counsellor_id)}:
            raise Refused(Right.MANAGE_PEOPLE)
        mentorships.take(unit, reach_id)
        _log(desk, unit, "take_reach", counsellor_id)


def _set_active(desk: Desk, staff_id: str, *, active: bool) -> None:
    with desk.writing() as unit:
        before = _require(desk, unit, staff_id)
        if staff_id == desk.actor.id:
            raise StaffRefused(FieldError("active", "own"))
        accounts.change(unit, replace(before, active=active))
        if not active:
            sessions.revoke_all(unit, staff_id, desk.now)
        _log(desk, unit, "activate" if active else "deactivate", staff_id)


def _require(desk: Desk, unit: Unit, staff_id: str) -> Staff:
    """Someone of the own school."""
    access.require(desk, unit, Right.MANAGE_PEOPLE)
    found = accounts.find(unit, staff_id)
    if found is None or found.school_id != desk.actor.school_id:
        raise Refused(Right.MANAGE_PEOPLE)
    return found


def _require_mentor(member: Staff) -> None:
    if member.role is not Role.MENTOR or not member.active:
        raise StaffRefused(FieldError("staff_id", "not_a_mentor"))


def _require_own_group(desk: Desk, unit: Unit, group_id: str) -> None:
    group = schools.find_group(unit, group_id)
    if group is None or group.school_id != desk.actor.school_id:
        raise Refused(Right.MANAGE_PEOPLE)


def _begin_mentorship(desk: Desk, unit: Unit, student_id: str, staff_id: str, from_on: date) -> None:
    others = (each for each in mentorships.of_student(unit, student_id) if each.mentor.id == staff_id)
    if not any(each.is_current(from_on) for each in others):
        mentorships.add(unit, new_id(), staff_id, student_id, from_on)
        logs.add(unit, desk.entry("assign_mentor", "staff", staff_id, student_id))


def _fit(unit: Unit, new: NewStaff, before: Staff) -> Staff:
    """Raises StaffRefused with every error at once."""
    errors: list[FieldError] = []
    username = read_text("username", new.username, errors, LONGEST_USERNAME, needed=True)
    name = read_text("name", new.name, errors, LONGEST_NAME, needed=True)
    after = replace(before, username=same_name(username), name=name, role=new.role, language=new.language)
    taken = accounts.account(unit, after.username)
    if taken is not None and taken.staff.id != before.id:
        errors.append(FieldError("username", "taken"))
    if new.language not in LANGUAGES:
        errors.append(FieldError("language", "unknown"))
    if errors:
        raise StaffRefused(*errors)
    return after


def _group_name(desk: Desk, unit: Unit, name: str, but: str = "") -> str:
    errors: list[FieldError] = []
    clean = read_text("name", name, errors, LONGEST_GROUP, needed=True)
    if errors:
        raise GroupRefused(*errors)
    others = (each for each in schools.groups_of(unit, desk.actor.school_id) if each.id != but)
    if any(same_name(each.name) == same_name(clean) for each in others):
        raise GroupRefused(FieldError("name", "taken"))
    return clean


def _log(desk: Desk, unit: Unit, action: str, staff_id: str) -> None:
    logs.add(unit, desk.entry(action, "staff", staff_id))
