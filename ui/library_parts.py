"""The parts of the library's pages."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.models import TalkModel
from conversation_models.services import library
from forms.render import Fill, Setting, render_form
from instruments.catalogue import LAST_OWN_EDITION
from instruments.model import Instrument, Level
from instruments.text import Language, Text
from translations import Words, message
from ui import places
from ui.form_mount import mount_form
from ui.session import Visit

READERS: dict[Level, str] = {
    "m": message("The mentor and student health read the answers."),
    "e": message("Only student health reads the answers."),
    "p": message("Only the one who writes reads the answers. They are never printed with a talk."),
}
LANGUAGES: dict[Language, str] = {"sv": message("Swedish"), "en": message("English")}


def show_facts(visit: Visit, instrument: Instrument) -> None:
    _ = visit.words
    lines = [_.n("{n} minute", "{n} minutes", instrument.minutes), *readers_of(_, instrument)]
    if instrument.alone:
        lines.append(_("The student can answer alone, on a phone."))
    lines.append(_("Languages: {names}").format(names=", ".join(_(LANGUAGES[each]) for each in instrument.languages)))
    source = ", ".join(part for part in (instrument.source.name, instrument.source.page) if part)
    lines.append(_("Follows: {source}").format(source=source))
    if instrument.source.note:
        lines.append(instrument.source.note.say(visit.language))
    st.text("\n".join(lines))


def readers_of(_: Words, instrument: Instrument) -> list[str]:
    """Who reads the answers; where a part of it has a level of its own, that part by name."""
    said = [_(READERS[instrument.level])]
    for section in instrument.sections:
        if section.level and section.level != instrument.level:
            said.append(f"{section.title.say(_.language)}: {_(READERS[section.level])}")
    return said


def show_guide(visit: Visit, instrument: Instrument) -> None:
    _ = visit.words
    st.header(_("What the one who answers reads first"), anchor=False)
    st.text(instrument.intro.say(visit.language))
    if instrument.guide:
        st.header(_("In the talk"), anchor=False)
        st.markdown(_bullets(visit, instrument.guide))


def show_edition_list(visit: Visit, instrument: Instrument) -> None:
    """A talk keeps the edition that it was prepared with, so earlier ones are still in use."""
    _ = visit.words
    st.header(_("Editions"), anchor=False)
    for edition in library.editions_of(instrument.id):
        number = edition.instrument.edition
        whose = _("the school's own wording") if number > LAST_OWN_EDITION else _("the product's own")
        now = _("asked in new talks") if number == instrument.edition else _("kept for the talks that asked it")
        st.text(_("Edition {number}: {whose}, {now}").format(number=number, whose=whose, now=now))


def show_form_to_read(visit: Visit, instrument: Instrument) -> None:
    """As it looks in a talk. Nothing can be filled in: every field is disabled, and there is nowhere to save."""
    sections = tuple(section.id for section in instrument.sections)
    html = render_form(instrument, Fill(), Setting(visit.language, "preparation", sections=sections))
    mount_form(f"<fieldset disabled>{html}</fieldset>", f"library-{instrument.id}", fresh=visit.language)


def show_model(visit: Visit, model: TalkModel) -> None:
    _ = visit.words
    st.text(model.purpose.say(visit.language))
    st.text(_.n("{n} minute", "{n} minutes", model.minutes))
    if model.level == "e":
        st.text(_("Student health prepares and holds this talk."))
    st.header(_("Who takes part"), anchor=False)
    st.markdown(_bullets(visit, model.participants))
    st.header(_("Before the talk"), anchor=False)
    st.markdown(_bullets(visit, [line.text for line in model.preparation]))
    known = {each.id: each for each in library.instruments_for(visit.desk.actor)}
    for phase in model.phases:
        st.header(phase.title.say(visit.language), anchor=False)
        for name in dict.fromkeys(use.id for use in phase.instruments if use.id in known):
            places.link(places.INSTRUMENT, visit, known[name].title.say(visit.language), instrument=name)
        st.markdown(_bullets(visit, phase.support))
    st.header(_("Before you part"), anchor=False)
    st.markdown(_bullets(visit, model.closing))


def _bullets(visit: Visit, lines: Sequence[Text]) -> str:
    return "\n".join(f"- {line.say(visit.language)}" for line in lines)
