"""A student's talks on one time axis: when, what was answered in them, what was agreed and followed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.services.access import SWEDEN
from conversation_models.services.asked import find_model, own_instrument_id
from reports.charts import Chart
from reports.paper.wording import dated
from reports.record import AGREEMENT, QUADRANT, SCALE, SURVEY, in_order
from reports.text_table import text_table
from reports.theme import ACCENT, INK, PAPER, SMALL, axis, drawn, layout, trace
from translations import Language, Words, message, words

if TYPE_CHECKING:
    from conversation_models.services.look import History

LANE = 52
# A short time has ticks within the month: the day is said there, so that no two of them look the same.
TICKS = [{"dtickrange": [None, "M1"], "value": "%-d/%-m"}, {"dtickrange": ["M1", None], "value": "%Y-%m"}]
TALKS, SURVEYS, NUMBERS, OTHERS = message("Talks"), message("The survey"), message("Scales"), message("Other forms")
AGREED, FOLLOWED, TO_FOLLOW = message("Agreed"), message("Followed up"), message("To follow up")
# Told apart without colour: each lane has a shape of its own.
SHAPES = {
    TALKS: "circle", SURVEYS: "square", NUMBERS: "diamond", OTHERS: "pentagon",
    AGREED: "triangle-up", FOLLOWED: "star", TO_FOLLOW: "triangle-down-open",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    lane: str
    on: date
    text: str


def time_line(history: History, today: date, language: Language) -> Chart:
    """Lanes without a mark are left out. The table has the same, day by day."""
    _ = words(language)
    marks = sorted(_marks(history, _), key=lambda mark: (mark.on, list(SHAPES).index(mark.lane)))
    lanes = [lane for lane in SHAPES if any(mark.lane == lane for mark in marks)]
    figure = drawn(data=[_lane(lane, marks, lanes) for lane in lanes], layout=_layout(lanes, today, _))
    alt = _("A time axis with the talks, what was answered in them, and what was agreed and followed up.")
    held = sum(mark.lane == TALKS for mark in marks)
    first, last = (dated(mark.on, language) for mark in (marks[0], marks[-1])) if marks else ("", "")
    sentence = _("{talks}, from {first} to {last}.").format(
        talks=_.n("{n} talk", "{n} talks", held), first=first, last=last
    )
    rows = [[dated(mark.on, language), _(mark.lane), mark.text] for mark in marks]
    return Chart(figure, f"{alt} {sentence}", sentence, text_table([_("Day"), _("What"), _("Which")], rows))


def _marks(history: History, _: Words) -> list[Mark]:
    talks = in_order(history.talks)
    numbers = {talk.id: place for place, talk in enumerate(talks, start=1)}
    found = [
        Mark(TALKS, talk.held_on, f"{numbers[talk.id]}. {find_model(talk.model).title.say(_.language)}")
        for talk in talks
    ]
    days = {talk.id: talk.held_on for talk in talks}
    answered = {(answer.talk_id, answer.instrument) for answer in history.answers if answer.state != "empty"}
    lane_of = {SURVEY: SURVEYS, QUADRANT: NUMBERS, SCALE: NUMBERS}
    along = {own_instrument_id(find_model(talk.model)) for talk in talks} | {AGREEMENT}
    told = {(lane_of.get(name, OTHERS), talk_id) for talk_id, name in answered if name not in along}
    found += [Mark(lane, days[talk_id], f"{numbers[talk_id]}.") for lane, talk_id in told]
    for decision in history.decisions:
        found.append(Mark(AGREED, days[decision.talk_id], f"{numbers[decision.talk_id]}."))
        if decision.status is DecisionStatus.OPEN:
            found += [Mark(TO_FOLLOW, decision.follow_up, "")] if decision.follow_up else []
        elif decision.followed_at:
            found.append(Mark(FOLLOWED, decision.followed_at.astimezone(SWEDEN).date(), ""))
    return list(dict.fromkeys(found))


def _lane(lane: str, marks: Sequence[Mark], lanes: Sequence[str]) -> dict[str, Any]:
    here = [mark for mark in marks if mark.lane == lane]
    height = len(lanes) - lanes.index(lane)
    numbered = lane == TALKS
    return trace(
        x=[mark.on.isoformat() for mark in here],
        y=[height] * len(here),
        mode="markers+text" if numbered else "markers",
        text=[mark.text.partition(".")[0] for mark in here] if numbered else None,
        textfont={"size": SMALL, "color": PAPER},
        marker={
            "symbol": SHAPES[lane],
            "size": 26 if numbered else 14,
            "color": ACCENT if numbered else INK,
            "opacity": 1,
        },
        hoverinfo="skip",
        cliponaxis=False,
        showlegend=False,
    )


def _layout(lanes: Sequence[str], today: date, _: Words) -> dict[str, Any]:
    return layout(
        height=LANE * len(lanes) + 70,
        margin={"l": 130, "r": 32, "t": 16, "b": 44},
        xaxis=axis(type="date", tickformatstops=TICKS, showgrid=True),
        yaxis=axis(
            tickvals=[len(lanes) - place for place in range(len(lanes))],
            ticktext=[_(lane) for lane in lanes],
            range=[0.4, len(lanes) + 0.6],
            showgrid=True,
        ),
        shapes=[
            {
                "type": "line", "x0": today.isoformat(), "x1": today.isoformat(), "yref": "paper", "y0": 0, "y1": 1,
                "line": {"color": INK, "width": 1, "dash": "dot"},
            }
        ],
    )  # fmt: skip
