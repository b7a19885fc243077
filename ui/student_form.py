"""The fields of a student, for adding and for editing."""

from datetime import date

import streamlit as st

from conversation_models.domain.school import Group
from conversation_models.domain.student import Guardian, Student
from conversation_models.services.student_fields import NewGuardian, NewStudent
from translations import Words

GUARDIAN_FIELDS = 2


def ask_student(_: Words, groups: list[Group], today: date, student: Student | None = None) -> NewStudent | None:
    """What was typed, when it was just submitted; otherwise None. The service decides whether it will do."""
    key = student.id if student else "new"
    with st.form(f"student-{key}", enter_to_submit=False):
        given, family = _ask_names(_, student)
        group_id = _ask_group(_, groups, student)
        left, right = st.columns(2)
        birth_date = left.date_input(
            _("Birth date"),
            value=student.birth_date if student else None,
            min_value=date(today.year - 100, 1, 1),
            max_value=today,
            format="YYYY-MM-DD",
        )
        number = right.text_input(_("Personnummer, only if you need it"), value=_number(student), max_chars=20)
        left, right = st.columns(2)  # on a phone one row comes below the other, in the order of reading
        email = left.text_input(_("E-mail"), value=student.email if student else "", max_chars=200)
        phone = right.text_input(_("Phone"), value=student.phone if student else "", max_chars=40)
        guardians = _ask_guardians(_, student.guardians if student else ())
        submitted = st.form_submit_button(_("Save"), type="primary")
    if not submitted:
        return None
    return NewStudent(group_id, given, family, birth_date, number, email, phone, guardians)


def _ask_names(_: Words, student: Student | None) -> tuple[str, str]:
    left, right = st.columns(2)
    given = left.text_input(_("Given name"), value=student.given_name if student else "", max_chars=100)
    family = right.text_input(_("Family name"), value=student.family_name if student else "", max_chars=100)
    return given, family


def _ask_group(_: Words, groups: list[Group], student: Student | None) -> str:
    names = {group.id: group.name for group in groups}
    at = list(names).index(student.group_id) if student and student.group_id in names else None
    chosen = st.selectbox(
        _("Group"), list(names), index=at, format_func=lambda group_id: names[group_id], placeholder=_("Choose a group")
    )
    return chosen or ""


def _ask_guardians(_: Words, known: tuple[Guardian, ...]) -> tuple[NewGuardian, ...]:
    asked = []
    for number in range(max(GUARDIAN_FIELDS, len(known))):
        at = known[number] if number < len(known) else Guardian("", "")
        st.subheader(_("Guardian {number}").format(number=number + 1), anchor=False)
        name, phone, email = st.columns(3)
        asked.append(
            NewGuardian(
                name.text_input(_("Name"), value=at.name, key=f"guardian-{number}-name", max_chars=200),
                phone.text_input(_("Phone"), value=at.phone, key=f"guardian-{number}-phone", max_chars=40),
                email.text_input(_("E-mail"), value=at.email, key=f"guardian-{number}-email", max_chars=200),
            )
        )
    return tuple(asked)


def _number(student: Student | None) -> str:
    """Shown whole only here, where it may be mended."""
    return student.personnummer or "" if student else ""
