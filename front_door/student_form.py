"""The form on the student's page: what was posted, and how what is known is drawn."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from conversation_models.domain.answer import Conflict, Draft
from conversation_models.services import asked, rate
from conversation_models.services.passes import make_seal_key
from forms.assets import needs_more
from forms.read import read_form
from forms.render import Fill, Setting, render_form
from forms.said import say_refusal
from front_door.say_answer import say_answer
from instruments.errors import AnswerError
from instruments.items import TableItem
from instruments.model import Instrument
from translations import LANGUAGES, Language, words

CLIENT = re.compile(r"page-[0-9a-f]{16}")
SEEN = re.compile(r"[a-z0-9_]{1,60}\.[a-z0-9_]{1,60}")
Key = rate.Key
MINUTES_A_QUESTION = 3
ANYBODYS = "-the-key-of-whoever-opens-it-"
ANYBODYS_URL = f"/answers/{ANYBODYS}"


@dataclass(frozen=True)
class Sheet:
    """A posted form. `versions` are those the page was drawn with, so that two devices notice each other."""

    values: Mapping[Key, Any]
    versions: Mapping[Key, int]
    client: str
    sends: bool
    may_read_before: bool | None


@dataclass(frozen=True)
class Form:
    """What the page shows: drafts from the database, or what was posted and could not be taken, with the reason."""

    drafts: Mapping[Key, Draft] = field(default_factory=dict)
    posted: Mapping[Key, Any] | None = None
    versions: Mapping[Key, int] = field(default_factory=dict)
    errors: Mapping[Key, str] = field(default_factory=dict)
    read_only: bool = False
    choice_missing: bool = False
    chosen: bool | None = None

    @classmethod
    def of_refused(cls, sheet: Sheet, errors: Mapping[Key, AnswerError], language: Language) -> "Form":
        said = {key: say_refusal(error.code, error.values, language) for key, error in errors.items()}
        return cls(posted=sheet.values, versions=sheet.versions, errors=said, chosen=sheet.may_read_before)

    @classmethod
    def of_conflicts(cls, sheet: Sheet, conflicts: Mapping[Key, Conflict], language: Language) -> "Form":
        """The other device's answer is told in words; what stands in the field is kept, and counts the next time."""
        _ = words(language)
        told = _("On another device you answered: {answer}. What stands here now counts when you go on.")
        versions = {**sheet.versions, **{key: conflict.version for key, conflict in conflicts.items()}}
        said = {
            key: told.format(answer=say_answer(*key, conflict.value, language)) for key, conflict in conflicts.items()
        }
        return cls(posted=sheet.values, versions=versions, errors=said, chosen=sheet.may_read_before)

    def value(self, key: Key) -> Any:
        if self.posted is not None:
            return self.posted.get(key)
        return self.drafts[key].value if key in self.drafts else None

    def version(self, key: Key) -> int:
        if self.posted is not None:
            return self.versions.get(key, 0)
        return self.drafts[key].version if key in self.drafts else 0


def read_sheet(entry: rate.Entry, posted: Mapping[str, Sequence[str]]) -> Sheet:
    """Only what is asked here; anything else in the post is left aside. A guardian does not choose when it is read."""
    wanted = set(_keys(entry))
    values = {key: value for key, value in read_form(_instruments(entry), posted).items() if key in wanted}
    client = _one(posted, "client")
    return Sheet(
        values,
        _read_versions(_one(posted, "seen")),
        client if CLIENT.fullmatch(client) else _new_client(),
        _one(posted, "action") == "send",
        True if entry.is_guardian else {"before": True, "together": False}.get(_one(posted, "reading")),
    )


def draw(entry: rate.Entry, form: Form, key: str, language: Language) -> dict[str, Any]:
    """What the template needs beside the entry: the forms' HTML, and the hidden fields that belong to them."""
    keys = _keys(entry)
    seen = {f"{name}.{item}": form.version((name, item)) for name, item in keys}
    chosen = form.chosen if form.chosen is not None else entry.talk.may_read_before
    return {
        "fragments": [_fragment(one, form, _setting(entry, one, form, key, language)) for one in _instruments(entry)],
        "minutes": _minutes(entry),
        "seen": json.dumps(seen, separators=(",", ":")),
        "client": _new_client(),
        # The browser draws nothing before this row: what stands above it is then not laid out and painted twice.
        "first_row": "-".join(keys[0]),
        "chosen": chosen,
        # A lent device goes back to staff: there what is not saved lives in the page only.
        "seal_key": "" if form.read_only or entry.way == "lent" else make_seal_key(entry.token_hash),
        "look": "student-more" if needs_more(_instruments(entry)) else "student",
    }


def languages_of(entry: rate.Entry) -> tuple[Language, ...]:
    """Those that everything asked here is written in; Swedish where they have none in common."""
    asked_here = _instruments(entry)
    return tuple(one for one in LANGUAGES if all(one in each.languages for each in asked_here)) or ("sv",)


def _setting(entry: rate.Entry, instrument: Instrument, form: Form, key: str, language: Language) -> Setting:
    setting = Setting(
        language,
        save_url=f"/answers/{key}",
        one_at_a_time=not form.errors,
        read_only=form.read_only,
        lot=entry.talk.id,
    )
    if not entry.is_guardian:
        return setting
    own = frozenset(item.id for item in asked.items_alone(instrument.id, instrument.edition, "guardian"))
    return replace(setting, respondent="guardian", items=own, one_at_a_time=False)


def _fragment(instrument: Instrument, form: Form, setting: Setting) -> str:
    begun = form.posted is not None or any(name == instrument.id for name, _ in form.drafts)
    if begun or any(isinstance(item, TableItem) for item in instrument.items()):
        return render_form(instrument, _fill(instrument, form), setting)
    anybodys = replace(setting, save_url=ANYBODYS_URL, lot="")
    drawn = _unanswered(instrument.id, instrument.edition, anybodys)
    return drawn.replace(ANYBODYS, escape(setting.save_url.rpartition("/")[2]))


@asked.remembered
def _unanswered(instrument_id: str, edition: int, setting: Setting) -> str:
    """Drawn once for all who have answered nothing yet: a class opens it in the same moment. Rows of a table are
    numbered by the talk, so an instrument with a table is drawn for each."""
    instrument = asked.find_instrument(instrument_id, edition)
    return render_form(instrument, _fill(instrument, Form()), setting)


def _minutes(entry: rate.Entry) -> int:
    """Of a guardian's few questions, a few for each: an instrument's own minutes are those of the whole talk."""
    if entry.is_guardian:
        return MINUTES_A_QUESTION * len(_keys(entry))
    return sum(one.minutes for one in _instruments(entry))


def _fill(instrument: Instrument, form: Form) -> Fill:
    keys = {item.id: (instrument.id, item.id) for item in instrument.items()}
    return Fill(
        values={item: form.value(key) for item, key in keys.items()},
        versions={item: form.version(key) for item, key in keys.items()},
        errors={item: form.errors[key] for item, key in keys.items() if key in form.errors},
    )


def _instruments(entry: rate.Entry) -> list[Instrument]:
    return [asked.find_instrument(name, edition) for name, edition in entry.editions.items()]


def _keys(entry: rate.Entry) -> list[Key]:
    who = entry.invitation.respondent.value
    return [
        (name, item.id) for name, edition in entry.editions.items() for item in asked.items_alone(name, edition, who)
    ]


def _read_versions(text: str) -> dict[Key, int]:
    """Empty when a page posts none of it, or something else: then its answers are written over what is there."""
    try:
        read = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    pairs = read.items() if isinstance(read, dict) else ()
    sound = [(name, number) for name, number in pairs if SEEN.fullmatch(name) and type(number) is int and number >= 0]
    return {(name.partition(".")[0], name.partition(".")[2]): number for name, number in sound}


def _one(posted: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(posted.get(name, ())), "")


def _new_client() -> str:
    return f"page-{secrets.token_hex(8)}"
