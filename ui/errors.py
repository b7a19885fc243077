"""When a script breaks: one sentence in the user's language, an id for the log, and nothing of anybody."""

import logging
from secrets import token_hex

import streamlit as st

from translations import words
from ui.session import DEFAULT_LANGUAGE, find_visit

log = logging.getLogger(__name__)


def say_error(error: BaseException) -> bool:
    """For `st.App(on_script_error=...)`. Says True: Streamlit's own display, with its links outward, stays away.

    The log gets the kind of error and where in the code, never its text: that may hold what somebody wrote.
    """
    name = token_hex(4)
    log.error("error %s: %s at %s", name, type(error).__name__, _where(error))
    visit = find_visit()
    _ = visit.words if visit else words(DEFAULT_LANGUAGE)
    st.error(
        _(
            "Something went wrong here. What was saved is still there. Load the page again; if it happens once more, "
            "tell your administrator this number: {number}"
        ).format(number=name)
    )
    return True


def _where(error: BaseException) -> str:
    places = []
    trace = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-6:]))
