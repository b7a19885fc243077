"""The fields of somebody who works here, and what may be done with an account."""

import streamlit as st

from conversation_models.domain.staff import Role, Staff
from conversation_models.services import people
from conversation_models.services.people import NewStaff, StaffRefused
from translations import Words, message
from ui.sentences import say_errors, say_saved
from ui.session import Visit

ROLES = {
    Role.MENTOR: message("Mentor"),
    Role.COUNSELLOR: message("Counsellor"),
    Role.ADMINISTRATOR: message("Administrator"),
}
_PASSWORD = "staff.password"  # noqa: S105 - the place in the session, not a password


def ask_staff(_: Words, key: str, member: Staff | None = None) -> NewStaff | None:
    """What was typed, when it was just submitted; otherwise None."""
    with st.form(f"staff-{key}", enter_to_submit=False):
        name = st.text_input(_("Name"), value=member.name if member else "", max_chars=200, key=f"name-{key}")
        username = st.text_input(
            _("User name"), value=member.username if member else "", max_chars=100, key=f"user-{key}"
        )
        role = st.radio(
            _("Role"),
            list(ROLES),
            index=list(ROLES).index(member.role) if member else 0,
            format_func=lambda each: _(ROLES[each]),
            horizontal=True,
            key=f"role-{key}",
        )
        submitted = st.form_submit_button(_("Save"))
    return NewStaff(username, name, role, member.language if member else "sv") if submitted else None


def change_staff(visit: Visit, member: Staff) -> None:
    _ = visit.words
    try:
        new = ask_staff(_, member.id, member)
        if new:
            people.edit_staff(visit.desk, member.id, new)
            say_saved(_("The changes are saved."))
            st.rerun()
        _offer_password(visit, member)
        _offer_leaving(visit, member)
    except StaffRefused as refused:
        st.error(say_errors(_, refused.errors))


def show_password(_: Words) -> None:
    """The one-time password, until the page is left."""
    known = st.session_state.pop(_PASSWORD, None)
    if known:
        name, password = known
        st.success(_("Saved. Here is a one-time password. It is shown only now, so write it down."))
        st.text(_("For {name}:").format(name=name))
        st.code(password, language=None)
        st.text(_("It works for a week, and is changed at the first sign-in."))


def _offer_password(visit: Visit, member: Staff) -> None:
    _ = visit.words
    sure = st.checkbox(_("The old password shall stop working"), key=f"sure-password-{member.id}")
    if st.button(_("Make a new one-time password"), disabled=not sure) and sure:
        st.session_state[_PASSWORD] = (member.name, people.reset_password(visit.desk, member.id))
        st.rerun()


def _offer_leaving(visit: Visit, member: Staff) -> None:
    _ = visit.words
    if not member.active:
        if st.button(_("Let this person sign in again")):
            people.activate_staff(visit.desk, member.id)
            say_saved(_("Saved."))
            st.rerun()
        return
    sure = st.checkbox(_("This person shall be signed out at once, everywhere"), key=f"sure-leave-{member.id}")
    if st.button(_("Close the account"), disabled=not sure) and sure:
        people.deactivate_staff(visit.desk, member.id)
        say_saved(_("The account is closed. Talks and answers are kept."))
        st.rerun()
