"""The parts of the talk's screen: phases at the side, the form in the middle, support and offers for the mentor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from conversation_models.domain.answer import Manner
from conversation_models.models import Phase
from conversation_models.services import agree, conduct
from conversation_models.services.talk_view import TalkView
from instruments.model import Instrument
from instruments.text import Text
from ui import cards, places
from ui.charts import show_numbers
from ui.decisions import show_decision
from ui.from_home import show_from_home
from ui.pause import offer_pause
from ui.session import Visit
from ui.talk_forms import TalkForm, show_form, show_written

ADDED = "added"
LEADS_TO = re.compile(r"(?:phase|on)-(.+)")  # the keys of the buttons that lead to a phase, or to what was added
FITS = 8  # so many phases stand beside the talk on a tablet without being folded


@dataclass(frozen=True)
class View:
    """How the screen is used right now. `manner`: how what is answered now is given."""

    turned: bool = False
    manner: Manner = Manner.TOGETHER


def follow_tap(visit: Visit, talk_id: str) -> None:
    """Goes where the mentor tapped before anything is read and drawn: the screen is there after one run, not two.

    In a session that has just begun Streamlit knows of a tap only where its button is drawn; then it is followed there.
    """
    for key in st.session_state:
        if (found := LEADS_TO.fullmatch(str(key))) and st.session_state[key] is True:
            _go_to(visit, talk_id, found[1])


def show_phases(visit: Visit, view: TalkView) -> None:
    """Any phase can be gone to at any time: a talk does not follow a form. Last, what is added as the talk goes.

    Of a long talk the one before and the one after stand open, and the others lie folded: the phase that the talk is in
    is always in sight.
    """
    _ = visit.words
    phases = view.model.phases
    at = [phase.id for phase in phases].index(view.talk.phase)
    first, last = (max(at - 1, 0), at + 2) if len(phases) > FITS else (0, len(phases))
    _show_folded(visit, view, _("Earlier parts"), phases[:first])
    for phase in phases[first:last]:
        _show_phase(visit, view, phase)
    _show_folded(visit, view, _("Later parts"), phases[last:])
    title = _("Added") if view.added else _("Add an instrument")
    _show_step(visit, view, ADDED, title, here=is_at_added())


def _show_folded(visit: Visit, view: TalkView, called: str, phases: Sequence[Phase]) -> None:
    if phases:
        with st.expander(f"{called} ({len(phases)})"):
            for phase in phases:
                _show_phase(visit, view, phase)


def _show_phase(visit: Visit, view: TalkView, phase: Phase) -> None:
    here = phase.id == view.talk.phase and not is_at_added()
    _show_step(visit, view, phase.id, phase.title.say(visit.language), here=here)


def is_at_added() -> bool:
    """The step with what was added lies in the address: the phase in which the talk is stays where it is."""
    return places.asked("step") == ADDED


def ask_phase(visit: Visit, view: TalkView) -> str | None:
    """For a process: where to begin, as it is where the last talk of it ended. None: at the beginning."""
    _ = visit.words
    if not view.model.process:
        return None
    ids = [phase.id for phase in view.model.phases]
    return st.selectbox(
        _("Begin in"),
        ids,
        index=ids.index(view.begins_in),
        format_func=lambda each: view.model.phase(each).title.say(visit.language),
        key=f"begin-{view.talk.id}",
    )


def ask_view(visit: Visit, view: TalkView, phase: Phase | None) -> View:
    """What helps the mentor lies under buttons at the side, and is away while the screen is turned.

    `phase` None: at what was added. A talk that was held on paper is only typed in.
    """
    _ = visit.words
    if view.talk.entered_on:
        return View(manner=Manner.PAPER)
    turned = st.toggle(_("Turned towards the student"), key=f"turned-{view.talk.id}")
    offer_pause(_)
    if turned:
        return View(turned=True)
    if phase:
        with st.popover(_("Support for you"), width="stretch"):
            st.markdown(_bullets(visit, phase.support))
    with st.popover(_("Worried about the student?"), width="stretch"):
        st.markdown(_bullets(visit, view.model.worry))
    if view.from_home:
        with st.popover(_("From home"), width="stretch"):
            show_from_home(visit, view)
    asks = bool(phase.instruments if phase else view.added)
    paper = asks and st.toggle(_("From paper"), key=f"paper-{view.talk.id}")
    return View(manner=Manner.PAPER if paper else Manner.TOGETHER)


def show_forms(visit: Visit, view: TalkView, phase: Phase, shown: View) -> None:
    """The instruments of the phase, one row at a time, then what is written along the talk."""
    if phase.kind == "opening":
        _show_opening(visit, view, turned=shown.turned)
    if phase.kind == "reading_back":
        _show_agreed(visit, view, phase, turned=shown.turned)
    asked = asked_in(view, phase)
    if asked:
        fresh = str(st.session_state.get(_taken(view), 0))
        one_at_a_time = phase.kind != "reading_back" and shown.manner is not Manner.PAPER
        tells = any(instrument.offers for instrument, _sections in asked)
        form = TalkForm(asked, "talk", shown.manner, shown.turned, one_at_a_time, fresh, tells)
        show_form(view, form, visit.language)
    if phase.words or (phase.notes and not shown.turned):
        own = cards.own_instrument_of(view)
        manner = Manner.PAPER if view.talk.entered_on else Manner.TOGETHER
        form = TalkForm(((own, (phase.id,)),), manner=manner, turned=shown.turned, bare=True)
        show_form(view, form, visit.language)


def show_offers(visit: Visit, view: TalkView, phase: Phase) -> None:
    """Measures as proposals. Neither the letter of the group nor a name for it is shown, to anybody."""
    _ = visit.words
    if phase.kind != "agreeing" or not view.offers or conduct.AGREEMENT not in view.instruments:
        return
    with st.expander(_("Proposals to offer")), st.form(f"offers-{view.talk.id}", enter_to_submit=False, border=False):
        st.text(_("Offer one when the student wants a proposal. It is added to the decision, where you can change it."))
        words = {offer.id: offer.text.say(visit.language) for offer in view.offers}
        offer_id = st.radio(_("Proposal"), list(words), index=None, format_func=lambda each: words[each])
        area = st.selectbox(_("Belongs to"), cards.AREAS, format_func=lambda each: cards.area_title(visit, each))
        if st.form_submit_button(_("Take into the agreement")) and offer_id:
            conduct.take_offer(visit.desk, view.talk.id, area, offer_id)
            st.session_state[_taken(view)] = st.session_state.get(_taken(view), 0) + 1
            st.rerun()


def show_earlier(visit: Visit, view: TalkView, phase: Phase) -> None:
    """Small charts, only when asked for."""
    _ = visit.words
    if phase.kind == "exploring" and st.toggle(_("Show earlier talks"), key=f"earlier-{view.talk.id}"):
        show_numbers(visit, view.student.id)


def show_way_on(visit: Visit, view: TalkView) -> None:
    """To the next phase; after the last one to the end. Each talk of a process may end in any phase."""
    _ = visit.words
    ids = [phase.id for phase in view.model.phases]
    at = ids.index(view.talk.phase)
    if is_at_added():
        title = view.model.phase(view.talk.phase).title.say(visit.language)
        if st.button(_("Back to: {title}").format(title=title), key=f"on-{view.talk.phase}"):
            _go_on(visit, view, view.talk.phase)
    elif at + 1 < len(ids):
        following = view.model.phases[at + 1]
        if st.button(
            _("Go on to: {title}").format(title=following.title.say(visit.language)), key=f"on-{following.id}"
        ):
            _go_on(visit, view, following.id)
    if at + 1 == len(ids) or view.model.process:
        places.link(places.CLOSE_TALK, visit, _("Close the talk"), talk=view.talk.id)


def _show_opening(visit: Visit, view: TalkView, *, turned: bool) -> None:
    """What was agreed last time and is still open; and what the mentor wants to open with."""
    _ = visit.words
    decisions = agree.open_decisions(visit.desk, view.student.id)
    if decisions:
        st.header(_("Agreed last time"), anchor=False)
    for decision in decisions:
        with st.container(border=True):
            show_decision(visit, decision)
    own = cards.own_instrument_of(view)
    words = view.value(own.id, "observations")
    if words and not turned:
        st.header(_("What I want to open with"), anchor=False)
        st.text(words)


def _show_agreed(visit: Visit, view: TalkView, phase: Phase, *, turned: bool) -> None:
    """Read aloud from here: the decisions in their own words, and what else was written when agreeing."""
    _ = visit.words
    for instrument, sections in _to_read_back(view, phase):
        show_written(view, instrument, sections, visit.language, turned=turned)
    if conduct.AGREEMENT not in view.instruments:
        return
    agreed = [(area, view.value(conduct.AGREEMENT, f"{area}_decision")) for area in cards.AREAS]
    agreed = [(area, words) for area, words in agreed if words]
    if not agreed:
        st.info(_("Nothing is decided yet. That is fine too: then say so, and when you meet next."))
    for area, words in agreed:
        with st.container(border=True):
            st.subheader(cards.area_title(visit, area), anchor=False)
            st.text(words)
            st.text(_who_and_when(visit, view, area))


def _to_read_back(view: TalkView, phase: Phase) -> list[tuple[Instrument, tuple[str, ...] | None]]:
    """What the phases before it ask in which one agrees; in a talk without any, all before it. And what was added."""
    before = view.model.phases[: view.model.phases.index(phase)]
    chosen = [each for each in before if each.kind == "agreeing"] or before
    asked = [each for one in chosen for each in asked_in(view, one)]
    added = [(each, tuple(section.id for section in each.sections)) for each in view.added if each.level != "p"]
    once = {(instrument.id, sections): (instrument, sections) for instrument, sections in (*asked, *added)}
    return [each for each in once.values() if each[0].id != conduct.AGREEMENT]


def _who_and_when(visit: Visit, view: TalkView, area: str) -> str:
    _ = visit.words
    who = view.value(conduct.AGREEMENT, f"{area}_responsible")
    when = view.value(conduct.AGREEMENT, f"{area}_follow_up")
    said = [_("{name} sees to it").format(name=who)] if who else []
    return " · ".join([*said, *([_("follow up {day}").format(day=cards.said_day(visit, when))] if when else [])])


def asked_in(view: TalkView, phase: Phase) -> tuple[tuple[Instrument, tuple[str, ...] | None], ...]:
    """The instruments of a phase, each with its sections, as far as they are for this person's eyes."""
    found: list[tuple[Instrument, tuple[str, ...] | None]] = []
    for use in phase.instruments:
        instrument = view.instruments.get(use.id)
        if instrument is None:
            continue
        usual = tuple(section.id for section in instrument.sections if section.phase is None)
        known = {section.id for section in instrument.sections}
        here = tuple(each for each in use.sections if each in known) if use.sections else usual
        if here:
            found.append((instrument, here if use.sections else None))
    return tuple(found)


def _show_step(visit: Visit, view: TalkView, step: str, title: str, *, here: bool) -> None:
    _ = visit.words
    label = _("{title} (here)").format(title=title) if here else title
    kind: Literal["primary", "secondary"] = "primary" if here else "secondary"
    if st.button(label, key=f"phase-{step}", type=kind, width="stretch", wrap=True) and not here:
        _go_on(visit, view, step)


def _bullets(visit: Visit, lines: Sequence[Text]) -> str:
    return "\n".join(f"- {line.say(visit.language)}" for line in lines)


def _go_on(visit: Visit, view: TalkView, step: str) -> None:
    _go_to(visit, view.talk.id, step)
    st.rerun()


def _go_to(visit: Visit, talk_id: str, step: str) -> None:
    if step == ADDED:
        st.query_params["step"] = ADDED
        return
    st.query_params.pop("step", None)
    conduct.go_to_phase(visit.desk, talk_id, step)


def _taken(view: TalkView) -> str:
    return f"taken-{view.talk.id}"
