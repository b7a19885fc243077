"""What is added to a talk as it goes: each instrument with its form, and the library to choose from."""

import streamlit as st

from conversation_models.services import added
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.talk_view import TalkView
from instruments.model import Instrument, Level
from translations import message
from ui.sentences import say_talk_refused
from ui.session import Visit
from ui.talk_forms import TalkForm, show_form
from ui.talk_screen import View

GROUPS: dict[Level, str] = {
    "m": message("For the mentor and student health"),
    "e": message("For student health only"),
    "p": message("For you alone"),
}


def show_added(visit: Visit, view: TalkView, shown: View) -> None:
    """All the sections at once, also those that would wait for a phase: here there are no phases."""
    for instrument in view.added:
        sections = tuple(section.id for section in instrument.sections)
        form = TalkForm(((instrument, sections),), "talk", shown.manner, shown.turned, one_at_a_time=True)
        show_form(view, form, visit.language)
        if not shown.turned and _is_empty(view, instrument):
            _offer_to_remove(visit, view, instrument)
    if not shown.turned:
        _offer_to_add(visit, view)


def _offer_to_add(visit: Visit, view: TalkView) -> None:
    _ = visit.words
    found = added.instruments_to_add(visit.desk, view.talk.id)
    st.header(_("Add an instrument"), anchor=False)
    for level, title in GROUPS.items():
        names = {each.id: each for each in found if each.level == level}
        if not names:
            continue
        with st.expander(_(title)):
            _ask_which(visit, view, level, names)


def _ask_which(visit: Visit, view: TalkView, level: Level, names: dict[str, Instrument]) -> None:
    _ = visit.words
    with st.form(f"add-{level}-{view.talk.id}", enter_to_submit=False, border=False):
        chosen = st.radio(
            _("Instrument"),
            list(names),
            index=None,
            format_func=lambda each: names[each].title.say(visit.language),
            captions=[each.short.say(visit.language) for each in names.values()],
        )
        if st.form_submit_button(_("Add to the talk")) and chosen:
            added.add_instrument(visit.desk, view.talk.id, chosen)
            st.rerun()


def _offer_to_remove(visit: Visit, view: TalkView, instrument: Instrument) -> None:
    _ = visit.words
    label = _("Take away: {title}").format(title=instrument.title.say(visit.language))
    if st.button(label, key=f"remove-{view.talk.id}-{instrument.id}"):
        try:
            added.remove_instrument(visit.desk, view.talk.id, instrument.id)
        except TalkRefused as refused:
            st.error(say_talk_refused(_, refused))
        else:
            st.rerun()


def _is_empty(view: TalkView, instrument: Instrument) -> bool:
    """As far as this person can see; the service asks again."""
    return all(place.instrument != instrument.id for place in (*view.answers, *view.drafts))
