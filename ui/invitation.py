"""The student's invitation: link, QR code and short code while they are known, and how far it has come."""

import streamlit as st

from conversation_models.domain.invitation import Invitation, InvitationStatus, NewInvitation
from conversation_models.services import invite
from conversation_models.services.asked import find_instrument
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.talk_view import TalkView
from translations import message
from ui.address import code_page, student_link
from ui.qr_code import as_svg_data
from ui.sentences import say_talk_refused
from ui.session import Visit
from ui.slips import offer_hand_over
from ui.text import day

VALID_DAYS = (1, 3, 7, 14, 30)
USUAL_DAYS = 7
STATUS = {
    InvitationStatus.NOT_BEGUN: message("The student is invited and has not begun to answer."),
    InvitationStatus.BEGUN: message("The student began to answer on {day}."),
    InvitationStatus.SENT: message("The student sent the answers on {day}."),
    InvitationStatus.EXPIRED: message("The invitation is out of date."),
    InvitationStatus.REVOKED: message("The invitation is taken back."),
}
ALIVE = (InvitationStatus.NOT_BEGUN, InvitationStatus.BEGUN)


def show_invitation(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    st.header(_("The student's questions"), anchor=False)
    if view.invitation and view.invitation_status:
        st.text(_said_status(visit, view.invitation, view.invitation_status))
    else:
        st.text(
            _("The student is not invited yet. The questions take about ten minutes and can be answered on a phone.")
        )
    known = st.session_state.get(_place(view))
    if known and view.invitation and known.invitation.id == view.invitation.id and view.invitation_status in ALIVE:
        show_ways_in(visit, known, _("QR code that leads to the student's questions"))
    _offer_new(visit, view)
    if view.invitation_status is not InvitationStatus.SENT:
        with st.expander(_("Answer on this device")):
            offer_hand_over(visit, view.talk.id)
    if view.invitation and view.invitation_status in ALIVE:
        _offer_revoke(visit, view.invitation)


def _said_status(visit: Visit, invitation: Invitation, status: InvitationStatus) -> str:
    """The day, never the hour."""
    _ = visit.words
    on = invitation.sent_on if status is InvitationStatus.SENT else invitation.begun_on
    said = _(STATUS[status]).format(day=day(on, visit.language) if on else "")
    if status in ALIVE:
        said += " " + _("It works until {day}.").format(day=day(invitation.expires_at.date(), visit.language))
    return said


def show_ways_in(visit: Visit, known: NewInvitation, leads_to: str, how: str = "") -> None:
    """Only now: the database keeps no more than their hashes."""
    _ = visit.words
    link = student_link(known.token)
    with st.container(border=True):
        picture, words = st.columns([1, 2])
        picture.image(as_svg_data(link), width=220, alt=leads_to)
        with words:
            usual = _("Let the student point the camera at the square, send the link, or read the code aloud.")
            st.text(how or usual)
            st.text(_("Link"))
            st.code(link, language=None, wrap_lines=True)
            st.text(_("Short code, typed at {address}").format(address=code_page()))
            st.code(known.code, language=None)
            st.text(_("They are shown only now. If they get lost, make a new invitation."))


def _offer_new(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    if view.invitation_status is InvitationStatus.SENT:
        return
    with st.form(f"invite-{view.talk.id}", enter_to_submit=False):
        names = invite.sendable(visit.desk, view.talk.id)
        usual = view.invitation.asks if view.invitation else view.model.before
        chosen = st.multiselect(
            _("What the student is asked"),
            names,
            default=[name for name in usual if name in names],
            format_func=lambda each: find_instrument(each, view.talk.editions.get(each)).title.say(visit.language),
            placeholder=_("Choose forms"),
        )
        days = st.selectbox(
            _("Works for"),
            VALID_DAYS,
            index=VALID_DAYS.index(USUAL_DAYS),
            format_func=lambda each: _.n("{n} day", "{n} days", each),
        )
        shows_earlier = st.checkbox(
            _("After the code, the student may also look at own answers from earlier talks"),
            value=bool(view.invitation and view.invitation.shows_earlier),
        )
        if view.invitation_status in ALIVE:
            st.text(
                _("With a new invitation the earlier link and code stop working. What the student has written stays.")
            )
        label = _("Make a new invitation") if view.invitation else _("Invite the student")
        if st.form_submit_button(label):
            try:
                st.session_state[_place(view)] = invite.invite(visit.desk, view.talk.id, days, chosen, shows_earlier)
            except TalkRefused as refused:
                st.error(say_talk_refused(_, refused))
            else:
                st.rerun()


def _offer_revoke(visit: Visit, invitation: Invitation) -> None:
    _ = visit.words
    with st.expander(_("Take the invitation back")):
        st.text(_("The link and the code stop working at once."))
        if st.button(_("Take back")):
            invite.revoke(visit.desk, invitation.id)
            st.rerun()


def _place(view: TalkView) -> str:
    return f"invitation-{view.talk.id}"
