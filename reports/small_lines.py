"""Several lines on one time axis, each in a band of its own: one figure, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.charts import MANY_DAYS, Chart
from reports.looked_at import LineSet
from reports.numbers import ScaleStop, ScaleTopic
from reports.sentences import EASIER
from reports.tables import lines_table, say_scale
from reports.theme import ACCENT, INK, PAPER, SMALL, axis, drawn, layout, trace
from translations import Language, Words, words

BAND, BETWEEN = 92, 1.6  # pixels a band; its height in units where a scale is 1 high
NAME_ROOM = 0.34


def small_lines_chart(lines: LineSet, language: Language) -> Chart:
    """Bands are numbered; what somebody wrote stands beside the figure, never in it."""
    _ = words(language)
    bottoms = [BETWEEN * place for place in reversed(range(len(lines.lines)))]
    figure = drawn(data=[_marks(lines.lines, bottoms, _)], layout=_bands(lines, bottoms, _))
    sentence = "\n".join(
        _("{number}. {said}").format(number=number, said=say_scale(line, language))
        for number, line in enumerate(lines.lines, start=1)
    )
    alt = _("{name}: a small line for each row, from {low} to {high}, over the talks.").format(
        name=lines.name, low=lines.lines[0].low, high=lines.lines[0].high
    )
    return Chart(figure, f"{alt} {sentence}", sentence, lines_table(lines.lines, language))


def _marks(lines: Sequence[ScaleTopic], bottoms: Sequence[float], _: Words) -> dict[str, Any]:
    """All lines as one trace, with a gap between one line and the next."""
    x: list[int | None] = []
    y: list[float | None] = []
    numbers: list[str] = []
    hover: list[str] = []
    for place, (line, bottom) in enumerate(zip(lines, bottoms, strict=True), start=1):
        for index, stop in enumerate(line.stops):
            if stop.now.value is not None:
                x.append(index)
                y.append(bottom + (stop.now.value - line.low) / (line.high - line.low))
                numbers.append(str(stop.now.value))
                hover.append(_hover(place, stop, _))
        x.append(None)
        y.append(None)
        numbers.append("")
        hover.append("")
    return trace(
        x=x,
        y=y,
        mode="lines+markers+text",
        text=numbers,
        textfont={"size": SMALL, "color": PAPER},
        line={"color": ACCENT, "width": 2.5},
        marker={"size": 24, "symbol": "circle", "color": ACCENT},
        connectgaps=False,
        cliponaxis=False,
        hoverinfo="text",
        hovertext=hover,
        showlegend=False,
    )


def _hover(place: int, stop: ScaleStop, _: Words) -> str:
    return _("{number}. {day}: {now}").format(number=place, day=stop.label, now=stop.now.text)


def _bands(lines: LineSet, bottoms: Sequence[float], _: Words) -> dict[str, Any]:
    scale = lines.lines[0]
    count, days = len(lines.lines), [stop.label for stop in scale.stops]
    many = len(days) > MANY_DAYS
    return layout(
        height=BAND * count + (150 if many else 90),
        margin={"l": 64, "r": 24, "t": 12, "b": 110 if many else 48},
        xaxis=axis(
            tickvals=list(range(len(days))),
            ticktext=days,
            tickangle=-40 if many else 0,
            range=[-0.5, max(len(days), 2) - 0.5],
            showgrid=False,
        ),
        yaxis=axis(
            tickvals=[edge for bottom in bottoms for edge in (bottom, bottom + 1)],
            ticktext=[str(end) for _bottom in bottoms for end in (scale.low, scale.high)],
            range=[-0.25, BETWEEN * count],
            title=_(EASIER) if scale.lower_is_easier else "",
        ),
        annotations=[
            _name(number, "" if own else line.topic, bottom)
            for number, (line, own, bottom) in enumerate(zip(lines.lines, lines.own, bottoms, strict=True), start=1)
        ],
    )


def _name(number: int, name: str, bottom: float) -> dict[str, Any]:
    text = f"{number}. {name}" if name else f"{number}."
    font = {"size": SMALL, "color": INK}
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "y": bottom + 1 + NAME_ROOM,
        "text": text, "showarrow": False, "font": font,
    }  # fmt: skip
