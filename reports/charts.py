"""Charts for the screen. Each comes with the words for those who do not see it, and with its table.

Show them with `st.plotly_chart(chart.figure, theme=None, config=theme.CONFIG, alt=chart.alt)`. No text of a user's is
in a figure: plotly reads a little HTML in its texts. Numbers of colours are never drawn; colours are words (matrix.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import plotly.graph_objects as go

from reports.labels import Spot, place_labels
from reports.numbers import Path, ScaleStop, ScaleTopic, Stop
from reports.sentences import EASIER
from reports.tables import path_table, say_path, say_scale, scale_table
from reports.text_table import TextTable
from reports.theme import ACCENT, FAINT, INK, PAPER, SMALL, SOFT, axis, drawn, layout, trace
from translations import Language, Words, words

LOW, HIGH, BORDER = 0.5, 10.5, 5.5
MARK = 30
DAYS_SHOWN, MANY_DAYS = 8, 4
STRIP = 0.85
SIDE = 560
LETTERS = {"A": (3.0, 8.0), "B": (8.0, 8.0), "C": (3.0, 3.0), "D": (8.0, 3.0)}


@dataclass(frozen=True)
class Chart:
    """`alt` says what the picture is and what it shows; `sentence` stands under it; `table` holds the same in words."""

    figure: go.Figure
    alt: str
    sentence: str
    table: TextTable


def path_chart(path: Path, language: Language, letters: bool = False) -> Chart:
    """The dated path through the quadrant. `letters` only where no student looks: in chart and table alike."""
    _ = words(language)
    sentence = say_path(path, language)
    complete = [stop for stop in path.stops if stop.is_complete]
    marks = _marks(complete)
    figure = drawn(
        data=[_arrows(marks, complete), _path_marks(marks, complete, _)],
        layout=square(_, [*(letter_marks() if letters else ()), *_days(marks, complete)]),
    )
    alt = _("Square with two scales from 1 to 10, and the talks as numbered points.")
    return Chart(figure, f"{alt} {sentence}", sentence, path_table(path, language, letters))


def scale_chart(scale: ScaleTopic, language: Language) -> Chart:
    """One topic: the number at each talk, and the level wished for. Whether lower is easier stands at the axis."""
    _ = words(language)
    sentence = say_scale(scale, language)
    wanted = [_wanted(scale, _)] if any(stop.wanted.value is not None for stop in scale.stops) else []
    figure = drawn(data=[*wanted, _now(scale, _)], layout=_ruler(scale, _))
    alt = _("Scale from {low} to {high} over the talks.").format(low=scale.low, high=scale.high)
    return Chart(figure, f"{alt} {sentence}", sentence, scale_table(scale, language))


Marks = dict[Spot, list[Stop]]


def _marks(complete: Sequence[Stop]) -> Marks:
    """Talks with the same two answers share one mark."""
    marks: Marks = {}
    for stop in complete:
        marks.setdefault(_spot(stop), []).append(stop)
    return marks


def _spot(stop: Stop) -> Spot:
    return float(stop.ability.value or 0), float(stop.priority.value or 0)


def _path_marks(marks: Marks, complete: Sequence[Stop], _: Words) -> dict[str, Any]:
    latest = [complete[-1] in stops for stops in marks.values()]
    return trace(
        x=[x for x, _y in marks],
        y=[y for _x, y in marks],
        mode="markers+text",
        text=[_numbers(stops) for stops in marks.values()],
        textfont={"size": SMALL, "color": [PAPER if last else INK for last in latest]},
        marker={
            "size": [_width(stops) for stops in marks.values()],
            "color": [ACCENT if last else PAPER for last in latest],
            "line": {"color": INK, "width": 1.5},
            "opacity": 1,
        },
        hoverinfo="text",
        hovertext=["<br>".join(_hover(stop, _) for stop in stops) for stops in marks.values()],
        cliponaxis=False,
        showlegend=False,
    )


def _numbers(stops: Sequence[Stop]) -> str:
    """ "2–4" for talks in a row, else "1, 7"."""
    numbers = [stop.number for stop in stops]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join(map(str, numbers))


def _width(stops: Sequence[Stop]) -> float:
    return max(MARK, 12 + 8 * len(_numbers(stops)))


def _hover(stop: Stop, _: Words) -> str:
    return _("{number}. {day}: important {priority}, belief {ability}").format(
        number=stop.number, day=stop.label, priority=stop.priority.text, ability=stop.ability.text
    )


def _arrows(marks: Marks, complete: Sequence[Stop]) -> dict[str, Any]:
    """From talk to talk, as one line with heads: an annotation for each arrow would cost ten times more."""
    spots = [spot for spot, _same in groupby(map(_spot, complete))]
    return trace(
        x=[x for x, _y in spots],
        y=[y for _x, y in spots],
        mode="lines+markers",
        line={"color": ACCENT, "width": 1.8},
        marker={
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, *(16 for _spot in spots[1:])],
            "standoff": [_width(marks[spot]) / 2 for spot in spots],
            "color": ACCENT,
            "opacity": 1,
        },
        hoverinfo="skip",
        showlegend=False,
    )


def _days(marks: Marks, complete: Sequence[Stop]) -> list[dict[str, Any]]:
    """The day beside each point; of many talks only the first and the latest, the others are in hover and table."""
    shown = complete if len(complete) <= DAYS_SHOWN else [complete[0], complete[-1]]
    texts = {spot: [stop.label for stop in stops if stop in shown] for spot, stops in marks.items()}
    widths = {spot: _width(stops) for spot, stops in marks.items()}
    paths = [*pairwise(map(_spot, complete))]
    return [
        {
            "x": label.spot[0], "y": label.spot[1], "text": label.text, "showarrow": False,
            "xanchor": label.anchor, "xshift": label.shift[0], "yshift": label.shift[1],
            "bgcolor": "rgba(255,255,255,0.85)", "font": {"size": SMALL, "color": INK},
        }
        for label in place_labels({spot: days for spot, days in texts.items() if days}, widths, paths)
    ]  # fmt: skip


def letter_marks() -> list[dict[str, Any]]:
    return [
        {"x": x, "y": y, "text": letter, "showarrow": False, "font": {"size": 40, "color": FAINT}}
        for letter, (x, y) in LETTERS.items()
    ]


def square(_: Words, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    one_to_ten: dict[str, Any] = {
        "range": [LOW, HIGH],
        "tickvals": list(range(1, 11)),
        "showgrid": False,
        "mirror": True,
        "showline": True,
        "constrain": "domain",
    }
    border = {"type": "line", "line": {"color": SOFT, "width": 1.5, "dash": "dot"}, "layer": "below"}
    return layout(
        height=SIDE,
        xaxis=axis(title=_("trust in my own ability"), **one_to_ten),
        yaxis=axis(title=_("how important school is"), scaleanchor="x", **one_to_ten),
        shapes=[
            border | {"x0": BORDER, "x1": BORDER, "y0": LOW, "y1": HIGH},
            border | {"x0": LOW, "x1": HIGH, "y0": BORDER, "y1": BORDER},
        ],
        annotations=annotations,
    )


def _now(scale: ScaleTopic, _: Words) -> dict[str, Any]:
    numbers = [stop.now.value for stop in scale.stops]
    return trace(
        x=list(range(len(numbers))),
        y=numbers,
        name=_("Now"),
        mode="lines+markers+text",
        text=["" if number is None else str(number) for number in numbers],
        textfont={"size": SMALL, "color": PAPER},
        line={"color": ACCENT, "width": 3},
        marker={"size": 26, "symbol": "circle", "color": ACCENT},
        connectgaps=True,
        hoverinfo="text",
        hovertext=[_scale_hover(stop, _) for stop in scale.stops],
    )


def _wanted(scale: ScaleTopic, _: Words) -> dict[str, Any]:
    """A ring, so that it is seen around the number when the two are the same."""
    return trace(
        x=list(range(len(scale.stops))),
        y=[stop.wanted.value for stop in scale.stops],
        name=_("Wanted"),
        mode="lines+markers",
        line={"color": SOFT, "width": 2, "dash": "dot"},
        marker={"size": 34, "symbol": "circle-open", "color": INK, "line": {"width": 2}},
        connectgaps=True,
        hoverinfo="text",
        hovertext=[_scale_hover(stop, _) for stop in scale.stops],
    )


def _scale_hover(stop: ScaleStop, _: Words) -> str:
    if not stop.wanted.text:
        return _("{question}: {answer}").format(question=stop.label, answer=stop.now.text)
    return _("{day}: now {now}, wanted {wanted}").format(day=stop.label, now=stop.now.text, wanted=stop.wanted.text)


def _ruler(scale: ScaleTopic, _: Words) -> dict[str, Any]:
    """The words of the two ends stand in strips of their own above and below the numbers."""
    count = len(scale.stops)
    many = count > MANY_DAYS
    return layout(
        height=460 if many else 420,
        margin={"l": 48, "r": 24, "t": 56, "b": 110 if many else 48},
        xaxis=axis(
            tickvals=list(range(count)),
            ticktext=[stop.label for stop in scale.stops],
            tickangle=-40 if many else 0,
            range=[-0.5, max(count, 2) - 0.5],
            showgrid=False,
        ),
        yaxis=axis(
            tickvals=list(range(scale.low, scale.high + 1)),
            range=[scale.low - 2 * STRIP, scale.high + 2 * STRIP],
            title=_(EASIER) if scale.lower_is_easier else "",
        ),
        annotations=[
            _end_words(f"{scale.high}: {scale.high_words}", scale.high + STRIP),
            _end_words(f"{scale.low}: {scale.low_words}", scale.low - STRIP),
        ],
    )


def _end_words(text: str, y: float) -> dict[str, Any]:
    font = {"size": SMALL, "color": SOFT}
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "text": text, "showarrow": False, "font": font}
