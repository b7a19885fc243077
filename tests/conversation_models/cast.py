"""The fixed cast. Alva mentors; Bo is a colleague who reaches some; Charlie works elsewhere and must never get in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.school import Group, School
from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.student import Guardian, Student
from conversation_models.services import passwords
from conversation_models.storage import mentorships, schools, students
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Store, Unit

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
SCHOOL_YEAR = date(2025, 8, 18)
PASSWORD = "tre gula kanoter vid bryggan"


@dataclass(frozen=True)
class Cast:
    """`student` and `shared` are Alva's (Bo mentors `shared` too), `unmentored` is nobody's, `far` is Charlie's.

    Dana, the counsellor, is given the group IMA 1a: she reaches `student` and `shared`, not `unmentored` in IMA 1b.
    """

    school: School
    far_school: School
    group: Group
    other_group: Group
    far_group: Group
    mentor: Staff
    colleague: Staff
    outsider: Staff
    counsellor: Staff
    administrator: Staff
    far_counsellor: Staff
    far_administrator: Staff
    student: Student
    shared: Student
    unmentored: Student
    far: Student

    @property
    def strangers(self) -> tuple[Staff, ...]:
        """Those who reach none of `student`'s things."""
        return self.colleague, self.outsider, self.far_counsellor, self.far_administrator


def make_cast(store: Store) -> Cast:
    password_hash = passwords.hash_password(PASSWORD)
    with store.writing() as unit:
        return _Casting(unit, password_hash).everyone()


@dataclass(frozen=True)
class _Casting:
    unit: Unit
    password_hash: str

    def everyone(self) -> Cast:
        school, far_school = self.school("Björkskolan", "upper_secondary"), self.school("Ekskolan", "compulsory")
        group, other = self.group(school, "IMA 1a"), self.group(school, "IMA 1b")
        far_group = self.group(far_school, "9b")
        mentor, colleague = self.staff(school, "alva", Role.MENTOR), self.staff(school, "bo", Role.MENTOR)
        outsider = self.staff(far_school, "charlie", Role.MENTOR)
        counsellor = self.staff(school, "dana", Role.COUNSELLOR)
        far_counsellor = self.staff(far_school, "farah", Role.COUNSELLOR)
        mentorships.give(self.unit, Reach(new_id(), counsellor.id, group_id=group.id))
        mentorships.give(self.unit, Reach(new_id(), far_counsellor.id, school_id=far_school.id))
        return Cast(
            school,
            far_school,
            group,
            other,
            far_group,
            mentor,
            colleague,
            outsider,
            counsellor,
            self.staff(school, "eira", Role.ADMINISTRATOR),
            far_counsellor,
            self.staff(far_school, "gun", Role.ADMINISTRATOR),
            self.student(group, "Åsa", "Öberg", date(2009, 5, 17), mentor),
            self.student(group, "Élodie", "Wåhlin", date(2008, 2, 28), mentor, colleague),
            self.student(other, "Vera", "Ek", None),
            self.student(far_group, "Noor", "al-Amin", date(2010, 1, 2), outsider),
        )

    def school(self, name: str, form: str) -> School:
        school = School(new_id(), name, form)
        schools.add(self.unit, school)
        return school

    def group(self, school: School, name: str) -> Group:
        group = Group(new_id(), school.id, name)
        schools.add_group(self.unit, group)
        return group

    def staff(self, school: School, username: str, role: Role) -> Staff:
        member = Staff(new_id(), school.id, username, username.capitalize(), role)
        accounts.add(self.unit, member, self.password_hash, NOW)
        return member

    def student(self, group: Group, given: str, family: str, born: date | None, *mentors: Staff) -> Student:
        student = Student(
            new_id(),
            group.school_id,
            group.id,
            given,
            family,
            born,
            email=f"{group.id[-6:]}@example.org",
            phone="070-174 06 05",
            guardians=(Guardian(new_id(), f"Vuxen {family}", "070-174 06 06", "vuxen@example.org"),),
        )
        students.add(self.unit, student, NOW)
        for mentor in mentors:
            mentorships.add(self.unit, new_id(), mentor.id, student.id, SCHOOL_YEAR)
        return student
