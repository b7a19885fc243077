"""What guardians sent, each from a page of their own. For staff's eyes: never on a screen turned to the student."""

import streamlit as st

from conversation_models.domain.answer import Answer
from conversation_models.services.talk_view import TalkView
from forms.render import Fill, Setting, render_form
from instruments.answers import DECLINED, Value
from instruments.model import Instrument
from ui.form_mount import mount_form
from ui.session import Visit
from ui.text import plain


def show_from_home(visit: Visit, view: TalkView) -> None:
    """Guardian by guardian, in the words that were asked."""
    _ = visit.words
    named = {each.id: each.name for each in view.student.guardians}
    told = [each for each in view.from_home if each.state != "empty"]
    for guardian_id in dict.fromkeys(each.guardian_id for each in told):
        own = [each for each in told if each.guardian_id == guardian_id]
        name = named.get(guardian_id) or _("Guardian")
        st.header(_("{name} answered from home").format(name=plain(name)), anchor=False)
        for instrument in view.instruments.values():
            _show(visit, view, instrument, [each for each in own if each.instrument == instrument.id])


def _show(visit: Visit, view: TalkView, instrument: Instrument, told: list[Answer]) -> None:
    if not told:
        return
    setting = Setting(
        language=visit.language,
        mode="talk",
        respondent="guardian",
        sections=tuple(section.id for section in instrument.sections),
        items=frozenset(each.item for each in told),
        read_only=True,
    )
    html = render_form(instrument, Fill(values={each.item: _value(each) for each in told}), setting)
    mount_form(html, f"home-{view.talk.id}-{instrument.id}-{told[0].guardian_id}", fresh=visit.language)


def _value(answer: Answer) -> Value:
    value: Value = dict(DECLINED) if answer.state == "declined" else answer.value
    return value
