"""Charts for the screen. Each comes with the words for those who do not see it, and with its table.

Show them with `st.plotly_chart(chart.figure, theme=None, config=theme.CONFIG, alt=chart.alt)`. No text of a user's is
in a figure: plotly reads a little HTML in its texts. Numbers of colours are never drawn; colours are words (matrix.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.labels import Spot, place_labels
from reports.numbers import Path, ScaleStop, ScaleTopic, Stop
from reports.tables import path_table, say_path, say_scale, scale_table
from reports.theme import ACCENT, INK, NORMAL, PAPER, RULE, SMALL, SOFT, template
from translations import Language, Words, words

LOW, HIGH, BORDER = 0.5, 10.5, 5.5
MARK = 30
DAYS_SHOWN = 8
SIDE = 560
LETTERS = {"A": (3.0, 8.0), "B": (8.0, 8.0), "C": (3.0, 3.0), "D": (8.0, 3.0)}


@dataclass(frozen=True)
class Chart:
    """`alt` says what the picture is and what it shows; `sentence` stands under it; `table` holds the same in words."""

    figure: go.Figure
    alt: str
    sentence: str
    table: pd.DataFrame


def path_chart(path: Path, language: Language, letters: bool = False) -> Chart:
    """The dated path through the quadrant. `letters` only where no student looks: in chart and table alike."""
    _ = words(language)
    sentence = say_path(path, language)
    complete = [stop for stop in path.stops if stop.is_complete]
    marks = _marks(complete)
    figure = go.Figure(
        data=[_path_marks(marks, complete, _)],
        layout=_square(_, [*_arrows(complete), *_days(marks, complete), *(_letters() if letters else ())]),
    )
    alt = _("Square with two scales from 1 to 10, and the talks as numbered points. {sentence}").format(
        sentence=sentence
    )
    return Chart(figure, alt, sentence, path_table(path, language, letters))


def scale_chart(scale: ScaleTopic, language: Language) -> Chart:
    """One topic: the number at each talk, and the level wished for. Higher is always more of what one wants."""
    _ = words(language)
    sentence = say_scale(scale, language)
    figure = go.Figure(
        data=[_line(scale, _("Now"), "now", _), _line(scale, _("Wanted"), "wanted", _)], layout=_ruler(scale)
    )
    alt = _("Scale from {low} to {high} over the talks. {sentence}").format(
        low=scale.low, high=scale.high, sentence=sentence
    )
    return Chart(figure, alt, sentence, scale_table(scale, language))


Marks = dict[Spot, list[Stop]]


def _marks(complete: Sequence[Stop]) -> Marks:
    """Talks with the same two answers share one mark."""
    marks: Marks = {}
    for stop in complete:
        marks.setdefault(_spot(stop), []).append(stop)
    return marks


def _spot(stop: Stop) -> Spot:
    return float(stop.ability.value or 0), float(stop.priority.value or 0)


def _path_marks(marks: Marks, complete: Sequence[Stop], _: Words) -> go.Scatter:
    latest = [complete[-1] in stops for stops in marks.values()]
    return go.Scatter(
        x=[x for x, _y in marks],
        y=[y for _x, y in marks],
        mode="markers+text",
        text=[", ".join(str(stop.number) for stop in stops) for stops in marks.values()],
        textfont={"size": SMALL, "color": [PAPER if last else INK for last in latest]},
        marker={
            "size": [MARK + 14 * (len(stops) - 1) for stops in marks.values()],
            "color": [ACCENT if last else PAPER for last in latest],
            "line": {"color": INK, "width": 1.5},
            "opacity": 1,
        },
        hoverinfo="text",
        hovertext=["<br>".join(_hover(stop, _) for stop in stops) for stops in marks.values()],
        cliponaxis=False,
        showlegend=False,
    )


def _hover(stop: Stop, _: Words) -> str:
    return _("{number}. {day}: important {priority}, belief {ability}").format(
        number=stop.number, day=stop.label, priority=stop.priority.text, ability=stop.ability.text
    )


def _arrows(complete: Sequence[Stop]) -> list[dict[str, Any]]:
    return [
        {
            "x": end[0], "y": end[1], "ax": start[0], "ay": start[1],
            "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
            "showarrow": True, "arrowhead": 2, "arrowsize": 1.4, "arrowwidth": 1.6, "arrowcolor": ACCENT,
            "standoff": MARK / 2 + 2, "startstandoff": MARK / 2 + 1, "text": "",
        }
        for start, end in pairwise(map(_spot, complete))
        if start != end
    ]  # fmt: skip


def _days(marks: Marks, complete: Sequence[Stop]) -> list[dict[str, Any]]:
    """The day beside each point; of many talks only the first and the latest, the others are in hover and table."""
    shown = complete if len(complete) <= DAYS_SHOWN else [complete[0], complete[-1]]
    texts = {spot: [stop.label for stop in stops if stop in shown] for spot, stops in marks.items()}
    paths = [*pairwise(map(_spot, complete))]
    return [
        {
            "x": label.spot[0], "y": label.spot[1], "text": label.text, "showarrow": False,
            "xanchor": label.anchor, "xshift": label.shift[0], "yshift": label.shift[1],
            "bgcolor": "rgba(255,255,255,0.85)", "font": {"size": SMALL, "color": INK},
        }
        for label in place_labels({spot: days for spot, days in texts.items() if days}, list(marks), paths)
    ]  # fmt: skip


def _letters() -> list[dict[str, Any]]:
    return [
        {"x": x, "y": y, "text": letter, "showarrow": False, "font": {"size": 40, "color": RULE}}
        for letter, (x, y) in LETTERS.items()
    ]


def _square(_: Words, annotations: list[dict[str, Any]]) -> dict[str, Any]:
    axis = {
        "range": [LOW, HIGH], "tickvals": list(range(1, 11)), "showgrid": False, "mirror": True, "showline": True,
        "constrain": "domain",
    }  # fmt: skip
    border = {"type": "line", "line": {"color": SOFT, "width": 1.5, "dash": "dot"}, "layer": "below"}
    return {
        "template": template(),
        "height": SIDE,
        "xaxis": axis | {"title": {"text": _("trust in my own ability")}},
        "yaxis": axis | {"title": {"text": _("how important school is")}, "scaleanchor": "x"},
        "shapes": [
            border | {"x0": BORDER, "x1": BORDER, "y0": LOW, "y1": HIGH},
            border | {"x0": LOW, "x1": HIGH, "y0": BORDER, "y1": BORDER},
        ],
        "annotations": annotations,
    }


def _line(scale: ScaleTopic, name: str, of: str, _: Words) -> go.Scatter:
    now = of == "now"
    numbers = [(stop.now if now else stop.wanted).value for stop in scale.stops]
    return go.Scatter(
        x=list(range(len(numbers))),
        y=numbers,
        name=name,
        mode="lines+markers+text" if now else "lines+markers",
        text=["" if number is None else str(number) for number in numbers] if now else None,
        textposition="bottom center",
        textfont={"size": NORMAL, "color": INK},
        line={"color": ACCENT if now else SOFT, "width": 3 if now else 2, "dash": "solid" if now else "dot"},
        marker={
            "size": 12 if now else 16,
            "symbol": "circle" if now else "diamond-open",
            "color": ACCENT if now else INK,
            "line": {"width": 2},
        },
        connectgaps=True,
        hoverinfo="text",
        hovertext=[_scale_hover(stop, _) for stop in scale.stops],
        cliponaxis=False,
    )


def _scale_hover(stop: ScaleStop, _: Words) -> str:
    return _("{day}: now {now}, wanted {wanted}").format(day=stop.label, now=stop.now.text, wanted=stop.wanted.text)


def _ruler(scale: ScaleTopic) -> dict[str, Any]:
    count = len(scale.stops)
    ends = [(scale.low, scale.low_words), (scale.high, scale.high_words)]
    return {
        "template": template(),
        "height": 380,
        "margin": {"l": 48, "r": 24, "t": 72, "b": 90 if count > 4 else 64},
        "xaxis": {
            "tickvals": list(range(count)),
            "ticktext": [stop.label for stop in scale.stops],
            "tickangle": -35 if count > 4 else 0,
            "range": [-0.5, max(count, 2) - 0.5],
            "showgrid": False,
        },
        "yaxis": {
            "range": [scale.low - 0.8, scale.high + 0.8],
            "tickvals": list(range(scale.low, scale.high + 1)),
        },
        "annotations": [
            {
                "x": 0, "xref": "paper", "xanchor": "left", "y": number, "yanchor": "middle", "showarrow": False,
                "text": f"{number}: {said}", "font": {"size": SMALL, "color": SOFT}, "bgcolor": PAPER, "xshift": 6,
            }
            for number, said in ends
        ],
    }  # fmt: skip
