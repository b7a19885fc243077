"""A talk's instruments as forms: what stands in them, whose they are, and where they save."""

from dataclasses import dataclass

from conversation_models.domain.answer import Answer, Manner, Place, Respondent
from conversation_models.services.talk_view import TalkView
from forms.render import Earlier, Fill, Mode, Setting, render_form
from instruments.answers import DECLINED, Value, state_of
from instruments.items import JointColourItem
from instruments.model import Instrument, Section
from translations import Language
from ui.form_mount import mount_form

STAFF = ("mentor", "counsellor")


@dataclass(frozen=True)
class TalkForm:
    """What is asked in one place of the talk's screen, as one run of questions, each instrument with its sections.

    Sections None: all that wait for no phase. `fresh` draws it anew when it changes. `bare`:
    without the sections' titles.
    """

    asked: tuple[tuple[Instrument, tuple[str, ...] | None], ...]
    mode: Mode = "talk"
    manner: Manner = Manner.TOGETHER
    turned: bool = False
    one_at_a_time: bool = False
    fresh: str = ""
    tells: bool = False
    bare: bool = False


def show_form(view: TalkView, form: TalkForm, language: Language) -> None:
    """Mounts the form where the page is now."""
    html = [_render(view, form, instrument, sections, language) for instrument, sections in form.asked]
    names = "-".join(f"{instrument.id}.{'.'.join(sections or ())}" for instrument, sections in form.asked)
    key = f"form-{view.talk.id}-{names}-{form.manner.value}"
    mount_form("\n".join(html), key, fresh=f"{form.turned} {language} {form.fresh}", tells=form.tells, bare=form.bare)


def _render(
    view: TalkView, form: TalkForm, instrument: Instrument, sections: tuple[str, ...] | None, language: Language
) -> str:
    setting = Setting(
        language=language,
        mode=form.mode,
        save_url=f"/answers/{view.talk.id}",
        respondent=instrument.respondents[0],
        manner=form.manner.value,
        sections=sections,
        one_at_a_time=form.one_at_a_time,
        turned=form.turned,
    )
    return render_form(instrument, fill_of(view, instrument, form.manner), setting)


def show_answers(view: TalkView, instrument: Instrument, language: Language, manner: Manner) -> None:
    """The same questions with what was answered, to be read only."""
    setting = Setting(
        language=language,
        mode="talk",
        respondent=instrument.respondents[0],
        manner=manner.value,
        sections=tuple(section.id for section in instrument.sections),
        read_only=True,
    )
    values = {item: _value(answer) for item, answer in answers_of(view, instrument, manner).items()}
    key = f"read-{view.talk.id}-{instrument.id}-{manner.value}"
    mount_form(render_form(instrument, Fill(values=values), setting), key, fresh=language)


def show_written(
    view: TalkView, instrument: Instrument, sections: tuple[str, ...] | None, language: Language, *, turned: bool
) -> None:
    """What stands in the open talk right now, to be read aloud: only where something does."""
    values = {item.id: view.value(instrument.id, item.id) for item in instrument.items()}
    values = {item: value for item, value in values.items() if state_of(value) == "answered"}
    shown = sections or tuple(section.id for section in instrument.sections if section.phase is None)
    shown = tuple(each.id for each in instrument.sections if each.id in shown and _says(each, values))
    if shown:
        setting = Setting(language=language, mode="talk", sections=shown, read_only=True, turned=turned)
        html = render_form(instrument, Fill(values=values), setting)
        key = f"written-{view.talk.id}-{instrument.id}-{'-'.join(shown)}"
        mount_form(html, key, fresh=f"{language} {turned} {sorted(values.items())}")


def _says(section: Section, values: dict[str, Value]) -> bool:
    return any(item.id in values for item in section.items)


def answers_of(view: TalkView, instrument: Instrument, manner: Manner) -> dict[str, Answer]:
    """By item: what was answered in this manner, staff's own lines among what was written together."""
    return {
        place.item: answer
        for place, answer in view.answers.items()
        if place.instrument == instrument.id and place.manner is manner
    }


def fill_of(view: TalkView, instrument: Instrument, manner: Manner) -> Fill:
    values: dict[str, Value] = {}
    versions: dict[str, int] = {}
    staffs = Manner.PAPER if view.talk.entered_on else Manner.TOGETHER
    for item in instrument.items():
        respondent = Respondent(instrument.respondent_of(item.id))
        given = staffs if respondent in STAFF else manner
        draft = view.drafts.get(Place(view.talk.id, instrument.id, item.id, respondent, given))
        if draft is not None:
            values[item.id], versions[item.id] = draft.value, draft.version
    return Fill(values=values, versions=versions, own=_own(view, instrument), earlier=_earlier(view, instrument))


def _own(view: TalkView, instrument: Instrument) -> dict[str, Value]:
    """What the student answered alone: to the same row, or to the survey row that a row of the agreement follows."""
    by_phone = {item: _value(answer) for item, answer in view.by_phone(instrument.id).items()}
    own = by_phone | {
        item: _value(answer) for item, answer in view.own(instrument.id).items() if answer.state != "empty"
    }
    for item in instrument.items():
        if isinstance(item, JointColourItem) and item.prefill and item.follows:
            followed, row = item.follows.split(".")
            answer = view.own(followed).get(row)
            if answer is not None and answer.state == "answered":
                own[item.id] = {"colour": answer.value["colour"]}
    return own


def _earlier(view: TalkView, instrument: Instrument) -> dict[str, Earlier]:
    return {
        item: Earlier(found.answer.value, found.held_on)
        for (name, item), found in view.earlier.items()
        if name == instrument.id
    }


def _value(answer: Answer) -> Value:
    value: Value = dict(DECLINED) if answer.state == "declined" else answer.value
    return value
