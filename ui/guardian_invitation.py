"""Each guardian's invitation: who can be asked what is asked of guardians, and how far each has come."""

import streamlit as st

from conversation_models.domain.invitation import Invitation, InvitationStatus
from conversation_models.services import invite, invite_guardian
from conversation_models.services.asked import find_instrument
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.invite_guardian import Invitable
from conversation_models.services.talk_view import TalkView
from translations import message
from ui.invitation import ALIVE, USUAL_DAYS, VALID_DAYS, show_ways_in
from ui.sentences import say_talk_refused
from ui.session import Visit
from ui.text import day

STATUS = {
    InvitationStatus.NOT_BEGUN: message("Invited, and has not begun to answer."),
    InvitationStatus.BEGUN: message("Began to answer on {day}."),
    InvitationStatus.SENT: message("Sent the answers on {day}."),
    InvitationStatus.EXPIRED: message("The invitation is out of date."),
    InvitationStatus.REVOKED: message("The invitation is taken back."),
}


def show_guardians(visit: Visit, view: TalkView) -> None:
    """Nothing where no guardian is known, or where nothing is asked of guardians for this person's eyes."""
    _ = visit.words
    names = invite_guardian.askable(visit.desk, view.talk.id)
    if not view.student.guardians or not names:
        return
    st.header(_("Guardians"), anchor=False)
    invitables = invite_guardian.invitables(visit.desk, view.talk.id)
    if not invitables:
        st.text(_("The student is 18. Guardians take part only if the student wants them to."))
        return
    st.text(_("A guardian can answer what is asked of guardians, on a page of their own."))
    st.text(_("Nobody there sees what the student or another guardian answers."))
    for each in invitables:
        with st.container(border=True):
            _show_one(visit, view, each, names)


def _show_one(visit: Visit, view: TalkView, each: Invitable, names: list[str]) -> None:
    _ = visit.words
    st.text(f"{each.guardian.name}: {_said_status(visit, each)}")
    known = st.session_state.get(_place(view, each))
    if known and each.invitation and known.invitation.id == each.invitation.id and each.status in ALIVE:
        leads_to = _("QR code that leads to the guardian's questions")
        how = _("Send the link, or the code, to this guardian alone. Another guardian gets an invitation of their own.")
        show_ways_in(visit, known, leads_to, how)
    if each.status is InvitationStatus.SENT:
        return
    with st.expander(_("Make a new invitation") if each.invitation else _("Invite")):
        _ask_new(visit, view, each, names)
    if each.invitation and each.status in ALIVE:
        _offer_revoke(visit, each.invitation)


def _offer_revoke(visit: Visit, invitation: Invitation) -> None:
    _ = visit.words
    with st.expander(_("Take the invitation back")):
        st.text(_("The link and the code stop working at once."))
        if st.button(_("Take back"), key=f"back-{invitation.id}"):
            invite.revoke(visit.desk, invitation.id)
            st.rerun()


def _said_status(visit: Visit, each: Invitable) -> str:
    """The day, never the hour."""
    _ = visit.words
    if each.invitation is None or each.status is None:
        return _("not invited")
    on = each.invitation.sent_on if each.status is InvitationStatus.SENT else each.invitation.begun_on
    said = _(STATUS[each.status]).format(day=day(on, visit.language) if on else "")
    if each.status in ALIVE:
        said += " " + _("It works until {day}.").format(day=day(each.invitation.expires_at.date(), visit.language))
    return said


def _ask_new(visit: Visit, view: TalkView, each: Invitable, names: list[str]) -> None:
    _ = visit.words
    with st.form(f"invite-{view.talk.id}-{each.guardian.id}", enter_to_submit=False, border=False):
        usual = each.invitation.asks if each.invitation else [name for name in names if name in view.talk.editions]
        chosen = st.multiselect(
            _("What the guardian is asked"),
            names,
            default=[name for name in usual if name in names],
            format_func=lambda name: find_instrument(name, view.talk.editions.get(name)).title.say(visit.language),
            placeholder=_("Choose forms"),
        )
        days = st.selectbox(
            _("Works for"),
            VALID_DAYS,
            index=VALID_DAYS.index(USUAL_DAYS),
            format_func=lambda many: _.n("{n} day", "{n} days", many),
        )
        if st.form_submit_button(_("Make the invitation")):
            try:
                made = invite_guardian.invite_guardian(visit.desk, view.talk.id, each.guardian.id, chosen, days)
            except TalkRefused as refused:
                st.error(say_talk_refused(_, refused))
            else:
                st.session_state[_place(view, each)] = made
                st.rerun()


def _place(view: TalkView, each: Invitable) -> str:
    return f"invitation-{view.talk.id}-{each.guardian.id}"
