"""The parts of a closed talk's page."""

import streamlit as st

from conversation_models.domain.answer import Manner
from conversation_models.services import agree
from conversation_models.services.talk_view import TalkView
from instruments.items import Item
from instruments.model import Instrument
from translations import message
from ui.papers import paper_link
from ui.sentences import say_saved
from ui.session import Visit
from ui.talk_forms import answers_of, show_answers
from ui.text import moment

MANNERS = {
    Manner.ALONE: message("Answered alone, before the talk"),
    Manner.PHONE: message("Told by phone, day by day"),
    Manner.TOGETHER: message("Written together, in the talk"),
    Manner.PAPER: message("Answered on paper"),
}
COPIES = {
    "school": message("The school's copy (PDF)"),
    "student": message("The student's copy (PDF)"),
    "guardian": message("The guardian's copy (PDF)"),
}


def show_papers(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    st.header(_("On paper"), anchor=False)
    guardians = bool(view.student.guardians_on(visit.desk.today))
    with st.container(horizontal=True):
        for copy, title in COPIES.items():
            if copy != "guardian" or guardians:
                paper_link(_(title), f"/papers/talk/{view.talk.id}.pdf?copy={copy}")


def show_everything(visit: Visit, view: TalkView) -> None:
    """Each instrument with the words that were asked then; closed at first, so that nothing is read over a shoulder."""
    _ = visit.words
    st.header(_("Everything that was said"), anchor=False)
    for instrument in view.instruments.values():
        for manner, words in MANNERS.items():
            answers = answers_of(view, instrument, manner)
            if any(answer.state != "empty" for answer in answers.values()):
                with st.expander(f"{instrument.title.say(visit.language)} · {_(words).lower()}"):
                    show_answers(view, instrument, visit.language, manner)


def show_amendments(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    amendments = agree.amendments_of(visit.desk, view.talk.id)
    if amendments:
        st.header(_("Corrections"), anchor=False)
    for amendment in amendments:
        with st.container(border=True):
            st.text(f"{_label(visit, view, amendment.instrument, amendment.item)}:")
            st.text(amendment.words)
            st.text(f"{amendment.author_name} · {moment(amendment.recorded_at, visit.language)}")


def ask_amendment(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    rows = [(name, item.id) for name, instrument in view.instruments.items() for item in instrument.items()]
    with st.expander(_("Correct something")), st.form(f"amend-{view.talk.id}", enter_to_submit=False, border=False):
        st.text(_("What stands is kept. The correction is shown beside it with your name and the time."))
        row = st.selectbox(
            _("What is it about?"),
            rows,
            index=None,
            format_func=lambda each: _label(visit, view, *each),
            placeholder=_("Choose a row"),
        )
        words = st.text_area(_("What it should say"), max_chars=5_000)
        if st.form_submit_button(_("Save the correction")):
            if row is None or not words.strip():
                st.error(_("Choose a row and write what it should say, then save."))
                return
            agree.amend(visit.desk, view.talk.id, *row, words)
            say_saved(_("The correction is saved."))
            st.rerun()


def _label(visit: Visit, view: TalkView, instrument_id: str, item_id: str) -> str:
    instrument: Instrument = view.instruments[instrument_id]
    item: Item = instrument.item(item_id)
    return f"{instrument.title.say(visit.language)} · {item.label.say(visit.language)}"
