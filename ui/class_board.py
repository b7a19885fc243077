"""The board of a class: who has not begun, has begun, has sent; by day and never by the hour, and never an answer."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.domain.invitation import InvitationStatus
from conversation_models.services import board
from conversation_models.services.board import Line
from conversation_models.services.desk_talks import TalkRefused
from translations import message
from ui import cards, places
from ui.invitation import USUAL_DAYS, VALID_DAYS
from ui.sentences import say_saved, say_talk_refused
from ui.session import Visit, find_visit
from ui.slips import keep_slips
from ui.text import day, plain

EVERY = 15  # seconds
# In this order: what is left to do stands first. A sign, then the word; colour says nothing here.
COLUMNS = (
    (InvitationStatus.NOT_BEGUN, "○", message("Not begun"), message("works until {day}")),
    (InvitationStatus.BEGUN, "◐", message("Begun"), message("began {day}")),
    (InvitationStatus.EXPIRED, "◌", message("Out of date"), message("worked until {day}")),
    (InvitationStatus.REVOKED, "–", message("Taken back"), ""),
    (InvitationStatus.SENT, "✓", message("Sent"), message("sent {day}")),
    (None, "·", message("Not invited"), ""),
)


@st.fragment(run_every=EVERY)
def show_board(group_id: str) -> None:
    """Looks again by itself; only what has changed moves. Who is at the screen is asked each time."""
    visit = find_visit()
    if visit is None:
        st.rerun()
    _ = visit.words
    lines = board.look(visit.desk, group_id)
    sent = sum(line.status is InvitationStatus.SENT for line in lines)
    invited = sum(line.status is not None for line in lines)
    with st.container(key="board"):
        st.text(_("{sent} of {invited} have sent. This page looks again by itself.").format(sent=sent, invited=invited))
        for status, sign, title, when in COLUMNS:
            here = [line for line in lines if line.status is status]
            if here:
                st.subheader(" ".join((sign, _(title), f"({len(here)})")), anchor=False)
                _show_lines(visit, here, _(when) if when else "")


def _show_lines(visit: Visit, lines: Sequence[Line], when: str) -> None:
    """A day that all of them share is said once."""
    shared = bool(when) and len(lines) > 1 and len({line.on for line in lines}) == 1
    if shared:
        said = when.format(day=day(lines[0].on, visit.language))
        st.text(said[:1].upper() + said[1:])
    with st.container(horizontal=True):
        for line in lines:
            _show_line(visit, line, "" if shared else when)


def _show_line(visit: Visit, line: Line, when: str) -> None:
    name = plain(line.student.name)
    label = f"{name}, {when.format(day=day(line.on, visit.language))}" if when else name
    if line.talk is None:
        places.link(places.STUDENT, visit, label, student=line.student.id)
    else:
        places.link(cards.PLACE_OF_TALK[line.talk.status], visit, label, talk=line.talk.id)


def offer_new_slips(visit: Visit, lines: Sequence[Line]) -> None:
    """Reminding is handing out a new slip: nothing is sent from here."""
    _ = visit.words
    waiting = [line for line in lines if line.talk and line.status is not InvitationStatus.SENT]
    if not waiting:
        return
    with st.expander(_("Remind: new slips for those who have not sent")):
        st.text(
            _(
                "Nobody gets an e-mail or a message: reminding is to hand out a new slip, or to show it. "
                "Their earlier links and codes stop working. What they have written stays."
            )
        )
        with st.form("remind", enter_to_submit=False, border=False):
            chosen = _ask_whom(visit, waiting)
            days = st.selectbox(
                _("Works for"),
                VALID_DAYS,
                index=VALID_DAYS.index(USUAL_DAYS),
                format_func=lambda each: _.n("{n} day", "{n} days", each),
            )
            submitted = st.form_submit_button(_("Make new slips"))
        if submitted and chosen:
            try:
                keep_slips(board.renew(visit.desk, chosen, days))
            except TalkRefused as refused:
                st.error(say_talk_refused(_, refused))
            else:
                st.rerun()


def offer_closing(visit: Visit, lines: Sequence[Line]) -> None:
    _ = visit.words
    alive = [line for line in lines if line.talk and line.status in board.ALIVE]
    if not alive:
        return
    with st.expander(_("Close: nobody answers any more")):
        st.text(_("Links and codes of those you choose stop working at once. What is sent stays."))
        with st.form("close", enter_to_submit=False, border=False):
            chosen = _ask_whom(visit, alive)
            sure = st.checkbox(_("Yes, close for these"))
            submitted = st.form_submit_button(_("Close for those chosen"))
        if submitted and chosen and sure:
            board.close(visit.desk, chosen)
            say_saved(_.n("Closed for {n} student.", "Closed for {n} students.", len(chosen)))
            st.rerun()
        elif submitted:
            st.error(_("Choose students, and tick that you are sure."))


def _ask_whom(visit: Visit, lines: Sequence[Line]) -> list[str]:
    """The ids of their talks; everybody, unless somebody is taken away."""
    _ = visit.words
    names = {line.talk.id: line.student.name for line in lines if line.talk}
    return st.multiselect(
        _("Students"),
        list(names),
        default=list(names),
        format_func=lambda each: names.get(each, ""),
        placeholder=_("Choose students"),
    )
