"""A group's term in pictures: every student's path in one square, and the moves from square to square as flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import cos, pi, sin, sqrt
from typing import Any

from conversation_models.domain.names import sort_key
from conversation_models.services.group_term import GroupTerm, Shift
from instruments.model import Group
from instruments.readings import Point
from reports.charts import SIDE, Chart, letter_marks, square
from reports.group_counts import LETTERS, GroupCounts
from reports.group_tables import MEANINGS, moves_of_group, say_count, say_group, shift_table
from reports.theme import ACCENT, FAINT, INK, PAPER, SMALL, SOFT, axis, drawn, layout, trace
from translations import Language, Words, words

MOST_PATHS = 60
APART, CELL = 0.19, 0.46  # between students who gave the same two answers; how far they may be moved from them
ROOMY = 800  # where numbers stand on the discs
WIDEST = 34.0  # pixels, of the largest flow
Spot = tuple[float, float]


def paths_chart(found: GroupTerm, language: Language) -> Chart:
    """From an open ring at the first complete answer to a filled disc at the last, the path between thin.

    Who gave the same two answers stand close beside each other. Numbers are those of the table; no name is in it.
    """
    _ = words(language)
    numbers = numbered(found)
    shifts = {shift.student_id: shift for shift in found.compared}
    ordered = [shifts[student_id] for student_id in numbers]
    spots = _spots(ordered)
    figure = drawn(
        data=[_paths(spots), _starts(spots), _ends(spots, numbers, named=bool(found.names), _=_)],
        layout=square(_, letter_marks()) | {"height": ROOMY if found.names else SIDE},
    )
    alt = _(
        "Square with two scales from 1 to 10. A ring is where a student was at the first talk of the term, "
        "a disc where at the last."
    )
    sentence = _.n("{n} student's path.", "{n} students' paths.", len(ordered))
    return Chart(figure, f"{alt} {sentence}", sentence, shift_table(found, numbers, language))


def numbered(found: GroupTerm) -> dict[str, int]:
    """Each compared student's number in picture and table: by name where names are asked for, so that nobody is sorted
    by what they answered; without names by where they began, so that the order says nothing of who they are."""
    in_order = sorted(found.compared, key=lambda shift: (_where(shift.start), _where(shift.end), shift.student_id))
    if found.names:
        in_order.sort(key=lambda shift: sort_key(found.names[shift.student_id]))
    return {shift.student_id: number for number, shift in enumerate(in_order, start=1)}


def flows_chart(counts: GroupCounts, language: Language) -> Chart:
    """From the four squares at the start to those at the end: the wider, the more students; the number stands on it.

    Dotted: all of them near the border.
    """
    _ = words(language)
    flows = [
        (start, end, count.known)
        for start in LETTERS
        for end in LETTERS
        for count in [counts.moves.get((start, end))]
        if count and count.known
    ]
    figure = drawn(data=_flows(flows, counts), layout=_two_columns(flows, counts, _))
    alt = _("Lines from the four squares at the start of the term to those at the end, with the number of students.")
    sentence = say_group(counts, language)
    return Chart(figure, f"{alt} {sentence}", sentence, moves_of_group(counts, language))


def _where(point: Point) -> Spot:
    return float(point.ability or 0), float(point.priority or 0)


def _spots(shifts: Sequence[Shift]) -> list[list[Spot]]:
    """Where each path's points are drawn: those on one number are spread in a spiral around it, always in one way."""
    taken: dict[Spot, int] = defaultdict(int)
    found = []
    for shift in shifts:
        path: list[Spot] = []
        for point in shift.points:
            place = taken[_where(point)]
            taken[_where(point)] += 1
            path.append(_beside(_where(point), place))
        found.append(path)
    return found


def _beside(spot: Spot, place: int) -> Spot:
    """A sunflower's seeds: even distances, without a direction of its own."""
    far = min(APART * sqrt(place), CELL)
    turn = place * pi * (3 - sqrt(5))
    return spot[0] + far * cos(turn), spot[1] + far * sin(turn)


def _paths(spots: Iterable[Sequence[Spot]]) -> dict[str, Any]:
    """All paths as one trace, with a gap between one and the next."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for path in spots:
        xs += [*(round(x, 3) for x, _y in path), None]
        ys += [*(round(y, 3) for _x, y in path), None]
    return trace(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": SOFT, "width": 1.2},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _starts(spots: Sequence[Sequence[Spot]]) -> dict[str, Any]:
    ring = {"size": 9, "color": PAPER, "line": {"color": INK, "width": 1.5}, "opacity": 1}
    return _marks([path[0] for path in spots], marker=ring, hoverinfo="skip")


def _ends(spots: Sequence[Sequence[Spot]], numbers: Mapping[str, int], *, named: bool, _: Words) -> dict[str, Any]:
    """With the table's number where names are asked for."""
    disc = {"size": 18 if named else 10, "color": ACCENT, "line": {"color": PAPER, "width": 1}, "opacity": 1}
    text = [str(number) for number in numbers.values()]
    more = {"mode": "markers+text", "text": text, "textfont": {"size": 11, "color": PAPER}} if named else {}
    return _marks([path[-1] for path in spots], marker=disc, hoverinfo="skip", **more)


def _marks(spots: Sequence[Spot], **more: Any) -> dict[str, Any]:
    told = {"x": [round(x, 3) for x, _y in spots], "y": [round(y, 3) for _x, y in spots], "mode": "markers"}
    return trace(**(told | {"showlegend": False, "cliponaxis": False} | more))


Flow = tuple[Group, Group, int]


def _height(letter: Group) -> int:
    return len(LETTERS) - LETTERS.index(letter)


def _flows(flows: Sequence[Flow], counts: GroupCounts) -> list[dict[str, Any]]:
    most = max((many for _start, _end, many in flows), default=1)
    return [
        trace(
            x=[0, 1],
            y=[_height(start), _height(end)],
            mode="lines",
            line={
                "color": ACCENT if start != end else FAINT,
                "width": round(max(2.0, WIDEST * many / most), 1),
                "dash": "dot" if counts.near_in.get((start, end)) == many else "solid",
            },
            opacity=0.75,
            hoverinfo="skip",
            showlegend=False,
        )
        for start, end, many in flows
    ]


def _two_columns(flows: Sequence[Flow], counts: GroupCounts, _: Words) -> dict[str, Any]:
    ends = [_end(letter, side, _) for letter in LETTERS for side in (0, 1)]
    return layout(
        height=SIDE - 60,
        margin={"l": 24, "r": 24, "t": 48, "b": 16},
        xaxis=axis(range=[-0.62, 1.62], showticklabels=False, showgrid=False),
        yaxis=axis(range=[0.4, len(LETTERS) + 0.6], showticklabels=False, showgrid=False),
        annotations=[
            *ends,
            *(_number(flow, counts, _) for flow in flows),
            _head(0, _("First talk of the term")),
            _head(1, _("Last talk of the term")),
        ],
    )


def _end(letter: Group, side: int, _: Words) -> dict[str, Any]:
    letter_said, _colon, meaning = _(MEANINGS[letter]).partition(": ")
    first, _comma, second = meaning.partition(", ")
    return {
        "x": side, "y": _height(letter), "text": f"<b>{letter_said}</b> {first},<br>{second}", "showarrow": False,
        "xanchor": "left" if side else "right", "xshift": 14 if side else -14, "align": "left" if side else "right",
        "font": {"size": SMALL, "color": INK},
    }  # fmt: skip


def _number(flow: Flow, counts: GroupCounts, _: Words) -> dict[str, Any]:
    """Along the line, those of one start at different distances, so that none covers another."""
    start, end, _many = flow
    along = 0.14 + 0.09 * LETTERS.index(end)
    text = say_count(counts.moves[start, end], _.language)
    near = counts.near_in.get((start, end), 0)
    return {
        "x": along, "y": _height(start) + along * (_height(end) - _height(start)),
        "text": f"{text} (≈ {near})" if near else text, "showarrow": False, "bgcolor": PAPER, "borderpad": 1,
        "font": {"size": SMALL, "color": INK},
    }  # fmt: skip


def _head(side: int, text: str) -> dict[str, Any]:
    return {
        "x": side, "y": len(LETTERS) + 0.55, "text": text, "showarrow": False, "yanchor": "bottom",
        "xanchor": "left" if side else "right", "font": {"size": SMALL, "color": SOFT},
    }  # fmt: skip
