"""Which talks were held on paper and typed in afterwards, said the same way on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable

from conversation_models.domain.talk import Talk
from reports.paper.wording import dated
from translations import Language, words


def say_from_paper(talk: Talk, language: Language) -> str:
    """ "" for a talk that was held here."""
    _ = words(language)
    if talk.entered_on is None:
        return ""
    return _("Held on paper on {day}, typed in on {entered}.").format(
        day=dated(talk.held_on, language), entered=dated(talk.entered_on, language)
    )


def say_all_from_paper(talks: Iterable[Talk], language: Language) -> tuple[str, ...]:
    """A sentence each, by the day they were held."""
    said = (say_from_paper(talk, language) for talk in sorted(talks, key=lambda talk: (talk.held_on, talk.id)))
    return tuple(sentence for sentence in said if sentence)
