"""Sentences that tables, charts and papers share: colours as words, how it was given, numbers with their days."""

from __future__ import annotations

from collections.abc import Iterable

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.answer import Manner
from instruments.items import Colour
from instruments.readings import Change, Rule, Said
from reports.paper.wording import dated, quoted
from translations import Language, Words, message, words

# The shapes of the forms and the paper: circle, triangle, diamond, square.
SYMBOLS: dict[Colour, str] = {"green": "●", "yellow": "▲", "orange": "◆", "red": "■"}
COLOURS: dict[Colour, str] = {
    "green": message("Green"),
    "yellow": message("Yellow"),
    "orange": message("Orange"),
    "red": message("Red"),
}
DECLINED, EMPTY, NOT_ASKED = message("Doesn't want to answer"), message("Left empty"), message("Not asked")
STATES = {"declined": DECLINED, "empty": EMPTY, "not_asked": NOT_ASKED}
MANNERS: dict[Manner, str] = {
    Manner.ALONE: message("alone, before the talk"),
    Manner.TOGETHER: message("together, in the talk"),
    Manner.PAPER: message("on paper"),
    Manner.PHONE: message("by phone, the same day"),
}
STATUSES: dict[DecisionStatus, str] = {
    DecisionStatus.OPEN: message("Still open"),
    DecisionStatus.DONE: message("Done"),
    DecisionStatus.PARTLY: message("Partly done"),
    DecisionStatus.CHANGED: message("Changed"),
    DecisionStatus.DROPPED: message("No longer relevant"),
}
RULES: dict[Rule, str] = {
    "two_steps": message("Two steps or more since the answer before: {numbers}."),
    "twice_in_a_row": message("The same way twice in a row: {numbers}."),
    "since_the_first": message("Two steps or more since the first answer: {numbers}."),
    "too_few": message("Too few answers to see a direction: {numbers}."),
}
TRUST, EASIER = message("A lower number can mean more trust."), message("Lower is easier.")


def say_said(said: Said, _: Words) -> str:
    """ "◆ Orange: för lite", or which of the ways it was not answered in. Symbol and word say what the colour does."""
    if said.colour is None:
        return _(STATES[said.state])
    colour, meaning = _(COLOURS[said.colour]), say_meaning(said, _.language)
    return _("{symbol} {colour}: {meaning}").format(symbol=SYMBOLS[said.colour], colour=colour, meaning=meaning)


def say_meaning(said: Said, language: Language) -> str:
    """What the colour means in its row; two causes that were both marked stand beside each other."""
    return "; ".join(word.say(language) for word in said.words)


def say_moved(name: str, before: tuple[Said, str], after: tuple[Said, str], _: Words) -> str:
    """From word to word, each with its day. When both have the same word, the colours' names tell them apart."""
    words_before, words_after = say_meaning(before[0], _.language), say_meaning(after[0], _.language)
    if words_before == words_after:
        words_before, words_after = say_said(before[0], _), say_said(after[0], _)
    return _("{row}: from {before} ({before_day}) to {after} ({after_day}).").format(
        row=name,
        before=quoted(words_before, _.language),
        before_day=before[1],
        after=quoted(words_after, _.language),
        after_day=after[1],
    )


def say_changes(changes: Iterable[Change], language: Language, lower_is_easier: bool = False) -> tuple[str, ...]:
    """Each rule that holds, with its numbers and their days. Beside every fall: it can mean more trust.

    Where lower is easier, that is said instead.
    """
    _ = words(language)
    return tuple(_say_change(change, lower_is_easier, _) for change in changes)


def say_changes_of(scale: str, changes: Iterable[Change], language: Language) -> tuple[str, ...]:
    """The same where several scales are told together: each sentence begins with the name of its scale."""
    _ = words(language)
    return tuple(_("{scale}. {change}").format(scale=scale, change=said) for said in say_changes(changes, language))


def _say_change(change: Change, lower_is_easier: bool, _: Words) -> str:
    if not change.numbers:
        return _("No answer yet.")
    numbers = ", ".join(
        _("{number} ({day})").format(number=number, day=dated(day, _.language))
        for number, day in zip(change.numbers, change.dates, strict=True)
    )
    said = _(RULES[change.rule]).format(numbers=numbers)
    if lower_is_easier:
        return f"{said} {_(EASIER)}"
    fell = change.direction == "down" or (len(change.numbers) > 1 and change.numbers[-1] < change.numbers[-2])
    return f"{said} {_(TRUST)}" if fell else said
