"""How each kind of item is looked at over the talks. Numbers as lines, everything else as words with their days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from conversation_models.domain.names import same_name
from instruments.items import CardsItem, ChoicesItem, LineItem, ScaleItem
from instruments.readings import DatedNumber, Listed, ThenAndNow, changes, kept_gone_new, listed
from reports.looked_at import DatedWords, Grid, Reading, Turn, answered
from reports.numbers import Number, ScaleStop, ScaleTopic
from reports.over_rows import read_table
from reports.paper.wording import quoted
from reports.sayings import say_entry, say_listed, say_unlaid, say_value
from reports.sentences import MANNERS, NOT_ASKED, STATES, say_changes
from translations import Words

TOPIC, NOW, WANTED = "topic", "now", "wanted"
NO_NUMBER = Number(None, "")
Read: TypeAlias = Callable[[Sequence[Turn], Words], Reading]


def read_words(turns: Sequence[Turn], _: Words) -> Reading:
    """The words of the talks beside each other, as they were written."""
    said = [DatedWords(turn.label, say_value(turn.item, turn.value, _.language)) for turn in _not_empty(turns)]
    return _reading(turns, _, words=tuple(said))


def read_moves(turns: Sequence[Turn], _: Words) -> Reading:
    """From this word to that word, with the days; and what each talk said."""
    rows = tuple(
        (turn.label, say_value(turn.item, turn.value, _.language), _given(turn, _)) for turn in _not_empty(turns)
    )
    grid = Grid(_label(turns, _), (_("Talk"), _("Answer"), _("How it was given")), rows)
    return _reading(turns, _, sentences=(_say_move(answered(turns), _),), grids=(grid,))


def read_scale(turns: Sequence[Turn], _: Words) -> Reading:
    """A line; one for each topic where the scale has a topic beside it, with the wanted level where that is asked."""
    by_topic: dict[str, list[Turn]] = {}
    for turn in _not_empty(turns):
        by_topic.setdefault(same_name(_topic(turn)), []).append(turn)
    scales = tuple(_scale_of(of_one, _) for of_one in reversed(by_topic.values()))
    return _reading(turns, _, scales=scales)


def read_list(turns: Sequence[Turn], _: Words) -> Reading:
    """Then and now: kept, gone, new; cards with the place they were laid in."""
    given = answered(turns)
    sentences: tuple[str, ...] = ()
    if len(given) > 1:
        before, after = map(_entries, given[-2:])
        sentences = tuple(say_then_and_now(kept_gone_new(before, after), given[-2].label, given[-1].label, _))
    unlaid = [said for turn in given[-1:] for said in [say_unlaid(turn.value, _.language)] if said]
    return _reading(turns, _, sentences=(*sentences, *unlaid), grids=(_list_grid(_not_empty(turns), _),))


def say_then_and_now(change: ThenAndNow, before: str, after: str, _: Words) -> Iterable[str]:
    """ "Since 3 March 2026: ..." in three sentences at most."""
    yield _("{after}, beside {before}:").format(after=after, before=before)
    for said, entries in (
        (_("Kept: {entries}."), change.kept),
        (_("Gone: {entries}."), change.gone),
        (_("New: {entries}."), change.new),
    ):
        if entries:
            yield said.format(entries="; ".join(say_listed(entries, _.language)))


def _entries(turn: Turn) -> tuple[Listed, ...]:
    return listed(turn.item, turn.value) if isinstance(turn.item, ChoicesItem | CardsItem) else ()


def _list_grid(turns: Sequence[Turn], _: Words) -> Grid:
    """One row for each thing that was ever listed, the latest talk's first; one column a talk."""
    lists = [{entry.key: (place, entry) for place, entry in enumerate(_entries(turn), start=1)} for turn in turns]
    names = {key: say_entry(entry, _.language) for here in reversed(lists) for key, (_place, entry) in here.items()}
    names |= {key: say_entry(entry, _.language) for here in lists for key, (_place, entry) in here.items()}
    numbered = isinstance(turns[-1].item, CardsItem)
    rows = tuple(
        (
            name,
            *(
                _place(here[key][0], numbered) if key in here else _missing(turn, _)
                for turn, here in zip(turns, lists, strict=True)
            ),
        )
        for key, name in names.items()
    )
    head = _("Card") if numbered else _("Row")
    return Grid(_label(turns, _), (head, *(turn.label for turn in turns)), rows)


def _place(place: int, numbered: bool) -> str:
    return f"{place}." if numbered else "✓"


def _missing(turn: Turn, _: Words) -> str:
    return "–" if turn.state == "answered" else _(STATES[turn.state])


def _scale_of(turns: Sequence[Turn], _: Words) -> ScaleTopic:
    item = turns[-1].item
    if not isinstance(item, ScaleItem):
        raise TypeError(item)
    stops = tuple(
        ScaleStop(turn.talk.talk.id, turn.on, turn.label, _number(turn, item.id, _), _wanted(turn, _)) for turn in turns
    )
    numbers = [DatedNumber(stop.on, stop.now.value) for stop in stops]
    return ScaleTopic(
        _topic(turns[-1]),
        item.low,
        item.high,
        item.low_words.say(_.language),
        item.high_words.say(_.language),
        stops,
        say_changes(changes(numbers), _.language, item.lower_is_easier),
        item.lower_is_easier,
    )


def _topic(turn: Turn) -> str:
    """What the scale is about, where a line beside it says so."""
    section = turn.talk.instrument.section_of(turn.item.id)
    asks = any(item.id == TOPIC and isinstance(item, LineItem) for item in section.items)
    topic = turn.talk.value(TOPIC) if asks else None
    return topic if isinstance(topic, str) else ""


def is_told_beside(turn: Turn) -> bool:
    """A topic and a wanted level are told with the scale they belong to."""
    items = {item.id: item for item in turn.talk.instrument.section_of(turn.item.id).items}
    if turn.item.id == TOPIC:
        return isinstance(turn.item, LineItem) and any(isinstance(item, ScaleItem) for item in items.values())
    return turn.item.id == WANTED and isinstance(turn.item, ScaleItem) and isinstance(items.get(NOW), ScaleItem)


def _wanted(turn: Turn, _: Words) -> Number:
    items = {item.id: item for item in turn.talk.instrument.section_of(turn.item.id).items}
    asks = turn.item.id == NOW and isinstance(items.get(WANTED), ScaleItem)
    return _number(turn, WANTED, _) if asks else NO_NUMBER


def _number(turn: Turn, item_id: str, _: Words) -> Number:
    told = turn.talk.told.get(item_id)
    if told is None:
        return Number(None, _(NOT_ASKED))
    value, given = told.value, _(MANNERS[told.answer.manner])
    if isinstance(value, int) and not isinstance(value, bool):
        return Number(value, str(value), given)
    return Number(None, say_value(turn.talk.instrument.item(item_id), value, _.language), given)


def _say_move(given: Sequence[Turn], _: Words) -> str:
    if not given:
        return _("No answer yet.")
    last = given[-1]
    now = quoted(say_value(last.item, last.value, _.language), _.language)
    earlier = given[-2] if len(given) > 1 else None
    if earlier is None:
        return _("{day}: {answer}.").format(day=last.label, answer=now)
    if earlier.value == last.value:
        return _("The same as last time: {answer} ({before_day} and {after_day}).").format(
            answer=now, before_day=earlier.label, after_day=last.label
        )
    return _("From {before} ({before_day}) to {after} ({after_day}).").format(
        before=quoted(say_value(earlier.item, earlier.value, _.language), _.language),
        before_day=earlier.label,
        after=now,
        after_day=last.label,
    )


def _not_empty(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.state != "empty"]


def _given(turn: Turn, _: Words) -> str:
    return _(MANNERS[turn.talk.told[turn.item.id].answer.manner])


def _label(turns: Sequence[Turn], _: Words) -> str:
    return turns[-1].item.label.say(_.language)


def _reading(
    turns: Sequence[Turn],
    _: Words,
    sentences: tuple[str, ...] = (),
    words: tuple[DatedWords, ...] = (),
    scales: tuple[ScaleTopic, ...] = (),
    grids: tuple[Grid, ...] = (),
) -> Reading:
    item = turns[-1].item
    return Reading(item.id, item.kind, _label(turns, _), sentences, words, scales, (), grids)


# One a kind; a test names the kind that is forgotten here.
READINGS: dict[str, Read] = {
    "colour": read_moves,
    "joint_colour": read_moves,
    "scale": read_scale,
    "text": read_words,
    "line": read_words,
    "date": read_moves,
    "tick": read_moves,
    "choice": read_moves,
    "choices": read_list,
    "cards": read_list,
    "table": read_table,
}
