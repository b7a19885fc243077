"""Tries by phone: turned on for a while between two meetings, seen as they come, turned off again."""

import streamlit as st

from conversation_models.domain.answer import Manner
from conversation_models.domain.invitation import Invitation, InvitationStatus, NewInvitation
from conversation_models.services import tries
from conversation_models.services.talk_view import TalkView
from translations import message
from ui.invitation import show_ways_in
from ui.session import Visit
from ui.talk_forms import show_answers
from ui.text import day

DAYS = (7, 14, 30, 60)
OFF = (InvitationStatus.EXPIRED, InvitationStatus.REVOKED)
STATUS = {
    InvitationStatus.NOT_BEGUN: message("On. No try has been told yet."),
    InvitationStatus.BEGUN: message("On. The first try was told on {day}."),
    InvitationStatus.EXPIRED: message("The time is over. What was told is kept."),
    InvitationStatus.REVOKED: message("Off. What was told is kept."),
}


def show_tries(visit: Visit, view: TalkView) -> None:
    """Only where a ladder belongs to a process, and for those who read it."""
    if not tries.fits(view.talk):
        return
    _ = visit.words
    st.header(_("Tries by phone"), anchor=False)
    period = tries.period_of(visit.desk, view.talk.id)
    status = period.status(visit.desk.now) if period else None
    if period and status:
        st.text(_said(visit, period, status))
    else:
        st.text(_("The student can tell on the phone how a step went, the same day. Each try is saved with its day."))
    known: NewInvitation | None = st.session_state.get(_place(view))
    if known and period and known.invitation.id == period.id and status not in OFF:
        show_ways_in(visit, known, _("QR code that leads to the page for tries"))
    is_on = status is not None and status not in OFF
    _ask_period(visit, view, is_on=is_on)
    if is_on:
        _offer_end(visit, view)
    if view.by_phone(tries.LADDER):
        st.subheader(_("Told by phone"), anchor=False)
        show_answers(view, view.instruments[tries.LADDER], visit.language, Manner.PHONE)


def _said(visit: Visit, period: Invitation, status: InvitationStatus) -> str:
    _ = visit.words
    said = _(STATUS[status]).format(day=day(period.begun_on, visit.language) if period.begun_on else "")
    if status in OFF:
        return said
    return (
        said
        + " "
        + _("It works until {day}, or until the talk begins.").format(day=day(period.expires_at.date(), visit.language))
    )


def _ask_period(visit: Visit, view: TalkView, *, is_on: bool) -> None:
    """As long as until the meeting, where that is within reach."""
    _ = visit.words
    left = (view.talk.held_on - visit.desk.today).days
    usual = next((days for days in DAYS if days >= left), DAYS[-1])
    with st.form(f"tries-{view.talk.id}", enter_to_submit=False):
        days = st.selectbox(
            _("The student can tell tries for"),
            DAYS,
            index=DAYS.index(usual),
            format_func=lambda each: _.n("{n} day", "{n} days", each),
        )
        if is_on:
            st.text(_("With a new link the earlier link and code stop working."))
        if st.form_submit_button(_("Make a new link") if is_on else _("Turn on tries by phone")):
            st.session_state[_place(view)] = tries.turn_on(visit.desk, view.talk.id, days)
            st.rerun()


def _offer_end(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    with st.expander(_("Turn off tries by phone")):
        st.text(_("The link and the code stop working at once. What was told is kept."))
        if st.button(_("Turn off")):
            tries.turn_off(visit.desk, view.talk.id)
            st.rerun()


def _place(view: TalkView) -> str:
    return f"tries-of-{view.talk.id}"
