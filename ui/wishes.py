"""Students who want to talk with just this person, and whom students may ask."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.domain.staff import Role, Staff
from conversation_models.domain.wish import TrustedAdult
from conversation_models.services import wishes
from conversation_models.services.wishes import Waiting, WishRefused
from ui.sentences import say_errors, say_saved
from ui.session import Visit
from ui.text import day, plain


def show_wishes(visit: Visit) -> bool:
    """True when there are any. Only those made to who is looking."""
    _, waiting = visit.words, wishes.wishes_to_me(visit.desk)
    if waiting:
        st.header(_("Want to talk with you"), anchor=False)
        st.text(_("Only you see this. What you write is shown to the student, with the day you saw it."))
    for each in waiting:
        _show_wish(visit, each)
    return bool(waiting)


def _show_wish(visit: Visit, waiting: Waiting) -> None:
    _, wish = visit.words, waiting.wish
    name = plain(waiting.student.name)
    with st.form(f"wish-{wish.id}", enter_to_submit=False):
        st.text(f"{waiting.student.name}, {waiting.group}: {day(wish.made_on, visit.language)}")
        words = st.text_input(
            _("A line to {name}, if you like").format(name=name),
            max_chars=wishes.LONGEST_ANSWER,
            placeholder=_("We meet after lunch tomorrow, in my room"),
            key=f"wish-words-{wish.id}",
        )
        if st.form_submit_button(_("Tell {name} that I have seen it").format(name=name)):
            try:
                wishes.answer_wish(visit.desk, wish.id, words)
            except WishRefused as refused:
                st.error(say_errors(_, refused.errors))
                return
            say_saved(_("The student is told that you have seen it."))
            st.rerun()


def show_list(visit: Visit, listed: Sequence[TrustedAdult]) -> None:
    _ = visit.words
    for adult in listed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{adult.name}, {adult.role}")
            if st.button(_("Take away: {name}").format(name=plain(adult.name)), key=f"unlist-{adult.staff_id}"):
                wishes.take_off_list(visit.desk, adult.staff_id)
                say_saved(_("Saved."))
                st.rerun()


def ask_for_more(visit: Visit, staff: Sequence[Staff], listed: Sequence[TrustedAdult]) -> None:
    """Raises WishRefused."""
    _, known = visit.words, {adult.staff_id for adult in listed}
    others = [each for each in staff if each.active and each.role is not Role.ADMINISTRATOR and each.id not in known]
    with st.form("list-adult", enter_to_submit=False, clear_on_submit=True):
        chosen = st.selectbox(
            _("Who"), others, index=None, format_func=lambda each: each.name, placeholder=_("Choose somebody")
        )
        role = st.text_input(
            _("Called by the students"), max_chars=wishes.LONGEST_ROLE, placeholder=_("the school nurse")
        )
        if st.form_submit_button(_("Add")) and chosen:
            wishes.put_on_list(visit.desk, chosen.id, role)
            say_saved(_("Saved."))
            st.rerun()
