"""Several scales of one instrument on one time axis, as one small line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.looked_at import LineSet, Reading, ReadSection
from reports.numbers import Number, ScaleStop, ScaleTopic
from reports.record import AskedTalk
from reports.tables import say_scale
from translations import Words

SEVERAL = 3
Axis = tuple[int, int, bool]


def lines_together(sections: Sequence[ReadSection], talks: Sequence[AskedTalk], _: Words) -> tuple[LineSet, ...]:
    """One set for each kind of axis that at least three scales share. Lower is easier is never on another's."""
    name = _("All of them on one time axis")
    return tuple(
        LineSet(name, tuple(_line(each, talks) for each in readings), (False,) * len(readings))
        for readings in _shared(sections).values()
    )


def without_own_charts(sections: Sequence[ReadSection], _: Words) -> tuple[ReadSection, ...]:
    """A scale that is drawn together with others says its numbers and its changes in words."""
    drawn = {reading.item_id for readings in _shared(sections).values() for reading in readings}
    return tuple(
        replace(section, readings=tuple(_said(each, _) if each.item_id in drawn else each for each in section.readings))
        for section in sections
    )


def _shared(sections: Sequence[ReadSection]) -> dict[Axis, list[Reading]]:
    found: dict[Axis, list[Reading]] = {}
    for reading in (reading for section in sections for reading in section.readings):
        if len(reading.scales) == 1 and not reading.scales[0].topic:
            scale = reading.scales[0]
            found.setdefault((scale.low, scale.high, scale.lower_is_easier), []).append(reading)
    return {axis: readings for axis, readings in found.items() if len(readings) >= SEVERAL}


def _line(reading: Reading, talks: Sequence[AskedTalk]) -> ScaleTopic:
    """With a stop at every talk, so that all lines have the same days."""
    stops = {stop.talk_id: stop for stop in reading.scales[0].stops}
    missing = Number(None, "–")
    every = tuple(
        stops.get(talk.talk.id) or ScaleStop(talk.talk.id, talk.on, talk.label, missing, Number(None, ""))
        for talk in talks
    )
    return replace(reading.scales[0], topic=reading.title, stops=every)


def _said(reading: Reading, _: Words) -> Reading:
    said = [text for scale in reading.scales for text in (say_scale(scale, _.language), *scale.changes)]
    return replace(reading, sentences=tuple(said), scales=())
