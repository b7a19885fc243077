"""Who is at the screen. Asked again on every run: the open socket outlives a session that was ended elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from conversation_models.domain.staff import StaffSession
from conversation_models.services import access, badge, house, sign_in
from conversation_models.services.access import Desk, Right
from translations import Language, Words, is_language, words

DEFAULT_LANGUAGE: Language = "sv"
_HELD = "session.held_talk"


@dataclass(frozen=True)
class Visit:
    """One run of one person's screen."""

    desk: Desk
    session: StaffSession

    @property
    def language(self) -> Language:
        chosen = self.desk.actor.language
        return chosen if is_language(chosen) else DEFAULT_LANGUAGE

    @property
    def words(self) -> Words:
        return words(self.language)


_OF_THIS_RUN: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def during(visit: Visit) -> Iterator[None]:
    """Within it `enter` asks nobody anew: it is the same run. A fragment's own run lies outside, and asks."""
    mark = _OF_THIS_RUN.set(visit)
    try:
        yield
    finally:
        _OF_THIS_RUN.reset(mark)


def find_visit() -> Visit | None:
    """None when the badge is missing or forged, or when the session has ended."""
    store, now = house.current_store(), access.now()
    session_id = badge.read_badge(store.keys, _worn_badge(), now)
    session = sign_in.find_session_by_id(store, session_id, now) if session_id else None
    return Visit(Desk(store, session.staff, now), session) if session else None


def enter(right: Right | None = None) -> Visit:
    """What every page asks first. Raises Refused, which the frame says, when this person may not be here."""
    visit = _OF_THIS_RUN.get() or find_visit()
    if visit is None:
        st.stop()
    if right is not None:
        access.demand(visit.desk, right)
    return visit


def refuse(visit: Visit) -> None:
    """The same words whether the thing exists or not."""
    _ = visit.words
    st.title(_("Not for you to see"))
    st.info(_("This page is not there for you. If you think it should be, ask your administrator."))
    st.stop()


def note_activity(visit: Visit) -> None:
    """Moves the idle limit. The heartbeat never comes here: it is not activity."""
    sign_in.touch_by_id(visit.desk.store, visit.session.id, visit.desk.now)


def hold_session(visit: Visit, talk_id: str | None) -> None:
    """While a talk is on the screen the idle limit is an hour. Written once, not at every run."""
    if st.session_state.get(_HELD) != talk_id:
        sign_in.hold_open_by_id(visit.desk.store, visit.session.id, talk_id)
        st.session_state[_HELD] = talk_id


def _worn_badge() -> str | None:
    worn = dict(st.user).get(badge.FIELD)
    return worn if isinstance(worn, str) else None
