"""One student in one term: where they stood at its first and its last complete answer, said with its rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

from conversation_models.domain.term import Term
from instruments.readings import TWO_STEPS
from reports.numbers import Path, Stop
from reports.sentences import TRUST
from translations import Language, Words, message, words

STEPS = {
    "moved": message("two steps or more"),
    "little": message("less than two steps"),
    "same": message("the same"),
}


@dataclass(frozen=True)
class TermShift:
    """`sentences` name days and numbers, and the rule they follow; never a letter."""

    first: Stop | None
    last: Stop | None
    sentences: tuple[str, ...]


def terms_with_answers(path: Path, terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Those in which both questions were answered at some talk."""
    return tuple(term for term in terms if any(stop.is_complete and term.holds(stop.on) for stop in path.stops))


def term_shift(path: Path, term: Term, language: Language) -> TermShift:
    """Compares the first and the last talk of the term where both questions were answered."""
    _ = words(language)
    here = [stop for stop in path.stops if stop.is_complete and term.holds(stop.on)]
    if not here:
        return TermShift(None, None, (_("Both questions were not answered at any talk of the term."),))
    first, last = here[0], here[-1]
    if first is last:
        return TermShift(first, last, (_("Both questions were answered at one talk only: too few talks to say."),))
    scales = (
        (_("How important school is"), first.priority.value, last.priority.value),
        (_("Belief that I can manage it"), first.ability.value, last.ability.value),
    )
    said = tuple(_say(name, (before or 0, after or 0), (first.label, last.label), _) for name, before, after in scales)
    return TermShift(first, last, said)


def up_to(path: Path, number: int) -> Path:
    """The path as it was after so many talks: what is said of the latest answers is left out."""
    return replace(path, stops=path.stops[:number], priority_changes=(), ability_changes=())


def _say(name: str, numbers: tuple[int, int], days: tuple[str, str], _: Words) -> str:
    before, after = numbers
    moved = abs(after - before)
    rule = "same" if not moved else "moved" if moved >= TWO_STEPS else "little"
    said = _("{scale}: {before} ({first}) and {after} ({last}), {rule}.").format(
        scale=name, before=before, first=days[0], after=after, last=days[1], rule=_(STEPS[rule])
    )
    return f"{said} {_(TRUST)}" if after < before else said
