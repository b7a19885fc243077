"""The slips that were just made: printed, or shown one by one. Nobody knows their links and codes afterwards."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.services.slips import Slip
from ui.address import code_page, student_link
from ui.post_form import post_button
from ui.qr_code import as_svg_data
from ui.session import Visit
from ui.text import day, plain

_MADE, _AT = "slips.made", "slips.at"


def keep_slips(made: Sequence[Slip]) -> None:
    """Until they are put away, or this screen ends."""
    st.session_state[_MADE] = tuple(made)
    st.session_state[_AT] = 0


def show_slips(visit: Visit) -> bool:
    """Nothing when none were just made. True while they are shown one by one: then the screen is turned to a student,
    and nobody else's name may stand there."""
    _ = visit.words
    made: tuple[Slip, ...] = st.session_state.get(_MADE, ())
    if not made:
        return False
    with st.container(border=True):
        st.header(_.n("{n} slip to hand out", "{n} slips to hand out", len(made)), anchor=False)
        st.text(
            _(
                "No e-mail or message is sent from here: you hand out the slips. Links and codes are shown only now. "
                "Slips that are made later get new codes, and then these stop working."
            )
        )
        with st.container(horizontal=True):
            fields = [field for slip in made for field in (("token", slip.token), ("code", slip.code))]
            post_button(_("Print the slips (PDF)"), "/papers/slips.pdf", fields, "print-slips", new_tab=True)
            if st.button(_("Put the slips away")):
                st.session_state.pop(_MADE)
                st.rerun()
        one_by_one = st.toggle(_("Show them one by one"), key="slips-one-by-one")
        if one_by_one:
            _show_one(visit, made)
    return one_by_one


def _show_one(visit: Visit, made: tuple[Slip, ...]) -> None:
    _ = visit.words
    at = min(st.session_state.get(_AT, 0), len(made) - 1)
    slip = made[at]
    st.header(plain(slip.name), anchor=False)
    st.text(_("{number} of {count}").format(number=at + 1, count=len(made)))
    with st.container(horizontal=True):
        if st.button(_("Previous"), disabled=at == 0):
            _go(at - 1)
        if st.button(_("Next"), type="primary", disabled=at + 1 == len(made)):
            _go(at + 1)
    st.image(as_svg_data(student_link(slip.token)), width=320, alt=_("QR code that leads to the student's questions"))
    st.text(_("Short code, typed at {address}").format(address=code_page()))
    st.header(slip.code, anchor=False)
    st.text(_("It works until {day}.").format(day=day(slip.until, visit.language)))
    offer_hand_over(visit, slip.talk_id)


def offer_hand_over(visit: Visit, talk_id: str) -> None:
    """The way from a staff screen to a student's page on the same device, and no way back."""
    _ = visit.words
    st.text(
        _("Hand over: you are signed out on this device, and the student's questions open. You sign in afterwards.")
    )
    post_button(_("Hand over this device"), "/hand-over", [("talk", talk_id)], f"hand-over-{talk_id}")


def _go(to: int) -> None:
    st.session_state[_AT] = to
    st.rerun()
