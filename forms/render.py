"""One instrument as one accessible HTML form. Works by itself in a POST; form.js adds saving at once.

The result is a fragment: page, <form> element and send button belong to the one who shows it.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from forms.pictures import picture_of
from forms.records import cells_of, laid_cards, places_of, records_of, written_cards
from forms.rows import areas_of
from forms.said import saving_words
from forms.setting import Earlier, Fill, Mode, Setting
from instruments.model import Instrument
from instruments.text import Text
from translations import Language, words

__all__ = ["Earlier", "Fill", "Mode", "Setting", "render_form"]

TEMPLATES = Path(__file__).parent / "templates"
_MAKING = Lock()


def render_form(instrument: Instrument, fill: Fill, setting: Setting) -> str:
    """HTML to be put into a page or a shadow root. Everything a person wrote is escaped."""
    areas = areas_of(instrument, fill, setting)
    on_page = frozenset(row.item.id for area in areas for row in area.rows)
    template = _templates().get_template("answers.html" if setting.read_only else "form.html")
    return template.render(
        _=words(setting.language),
        say=_sayer(setting.language),
        day=_day_sayer(setting.language),
        instrument=instrument,
        setting=setting,
        areas=areas,
        asked=" ".join(row.name for area in areas for row in area.rows),
        saving=_saving_json(setting.language),
        picture_of=lambda section: picture_of(instrument, section, fill, setting, on_page),
        laid_cards=lambda item, value: laid_cards(item, value, setting.language),
        places_of=places_of,
        written_cards=written_cards,
        records_of=records_of,
        cells_of=cells_of,
    )


def _templates() -> Environment:
    """A class that opens the page at once would else make each template as many times as there are threads."""
    with _MAKING:
        return _all_templates()


@cache
def _all_templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in made.list_templates(["html"]):
        made.get_template(name)
    return made


@cache
def _saving_json(language: Language) -> str:
    return json.dumps(saving_words(language), ensure_ascii=False, separators=(",", ":"))


def _sayer(language: Language) -> Callable[[Text], str]:
    return lambda text: text.say(language)


def _day_sayer(language: Language) -> Callable[[date | str], str]:
    def say_day(day: date | str) -> str:
        found = date.fromisoformat(day) if isinstance(day, str) else day
        return format_date(found, "d MMMM y", locale="sv_SE" if language == "sv" else "en_GB")

    return say_day
