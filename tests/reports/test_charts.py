"""What a chart says without being seen, and, in Chromium, what is seen."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from plotly.offline import get_plotlyjs

from instruments.readings import Point
from reports.charts import Chart, path_chart, scale_chart
from reports.labels import place_labels
from reports.numbers import Number, Path, ScaleStop, ScaleTopic, Stop
from reports.theme import CONFIG
from tests.tables import frame

NASTY = "<img src=x onerror=alert(1)> <a href='https://example.org'>hej</a> $x$ %{x}"


def number(value: int | None) -> Number:
    return Number(value, "Vill inte svara" if value is None else str(value), "på papper")


def path(*pairs: tuple[int | None, int | None]) -> Path:
    stops = [
        Stop(
            place,
            date(2026, place, 1),
            f"1 månad {place}",
            number(priority),
            number(ability),
            Point(priority, ability).group,
            False,
        )
        for place, (priority, ability) in enumerate(pairs, start=1)
    ]
    return Path(tuple(stops), (), ())


def scale(*pairs: tuple[int | None, int | None], topic: str = "Sova") -> ScaleTopic:
    stops = [
        ScaleStop("talk", date(2026, place, 1), f"1 månad {place}", number(now), number(wanted))
        for place, (now, wanted) in enumerate(pairs, start=1)
    ]
    return ScaleTopic(topic, 0, 10, "så svårt som det kan vara", "precis som jag vill ha det", tuple(stops), ())


def drawn(chart: Chart) -> dict[str, Any]:
    return json.loads(chart.figure.to_json())


def every(part: Any, key: str) -> Iterator[Any]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == key:
                yield value
            yield from every(value, key)
    elif isinstance(part, list):
        for each in part:
            yield from every(each, key)


def test_the_four_squares_are_equal_and_the_axes_speak_of_belief() -> None:
    layout = drawn(path_chart(path((4, 2)), "sv"))["layout"]
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"] == [0.5, 10.5]
    assert layout["yaxis"]["scaleanchor"] == "x"
    assert {line["x0"] + line["x1"] for line in layout["shapes"]} == {11.0}
    assert layout["xaxis"]["title"]["text"] == "tilltro till min förmåga"
    assert layout["yaxis"]["title"]["text"] == "hur viktig skolan är"


def test_points_are_numbered_dated_and_joined_in_order() -> None:
    figure = drawn(path_chart(path((4, 2), (None, 5), (6, 4), (7, 6)), "sv"))
    arrows, points = figure["data"]
    assert (points["x"], points["y"]) == ([2, 4, 6], [4, 6, 7])
    assert (arrows["x"], arrows["y"]) == ([2, 4, 6], [4, 6, 7])
    assert (arrows["marker"]["symbol"], arrows["marker"]["angleref"]) == ("arrow", "previous")
    assert [size > 0 for size in arrows["marker"]["size"]] == [False, True, True]
    assert points["text"] == ["1", "3", "4"]
    notes = figure["layout"]["annotations"]
    assert [note["text"] for note in notes] == ["1 månad 1", "1 månad 3", "1 månad 4"]


def test_talks_with_the_same_answers_share_a_mark() -> None:
    assert drawn(path_chart(path((5, 5), (5, 5), (5, 5)), "sv"))["data"][1]["text"] == ["1–3"]
    assert drawn(path_chart(path((5, 5), (9, 9), (5, 5)), "sv"))["data"][1]["text"] == ["1, 3", "2"]


def test_no_letter_is_drawn_said_or_listed_unless_staff_ask() -> None:
    chart = path_chart(path((4, 2), (8, 8)), "sv")
    texts = {text for text in every(drawn(chart), "text") if isinstance(text, str)}
    assert not texts & set("ABCD")
    assert not any(letter in f" {chart.alt} ".split() for letter in "ABCD")
    assert "Grupp" not in chart.table.columns
    staff = path_chart(path((4, 2), (8, 8)), "sv", letters=True)
    assert {note["text"] for note in drawn(staff)["layout"]["annotations"]} >= set("ABCD")
    assert list(frame(staff.table)["Grupp"]) == ["C", "B"]


def test_each_chart_has_words_for_those_who_do_not_see_it() -> None:
    chart = path_chart(path((4, 2), (7, 6)), "sv")
    assert chart.alt == (
        "En ruta med två skalor från 1 till 10, där samtalen är numrerade punkter. "
        "Från 1 månad 1 till 1 månad 2: hur viktig skolan är från 4 till 7, tron på att klara den från 2 till 6."
    )
    assert chart.sentence in chart.alt
    assert scale_chart(scale((2, 6), (6, 8)), "en").alt == (
        "Scale from 0 to 10 over the talks. Sova: from 2 (1 månad 1) to 6 (1 månad 2), wanted 8."
    )


def test_a_scale_goes_the_same_way_up_with_all_its_numbers() -> None:
    figure = drawn(scale_chart(scale((2, 6), (None, 7), (6, 8)), "sv"))
    wanted, now = figure["data"]
    assert (now["y"], wanted["y"]) == ([2, None, 6], [6, 7, 8])
    assert now["text"] == ["2", "", "6"]
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < 0 < 10 < high
    assert "Vill inte svara" in now["hovertext"][1]


def test_nothing_a_user_wrote_is_in_a_figure() -> None:
    chart = scale_chart(scale((2, 6), topic=NASTY), "sv")
    assert "<img" not in chart.figure.to_json()
    assert "example.org" not in chart.figure.to_json()
    assert NASTY in chart.sentence


def test_plotly_knows_every_property_of_the_figures() -> None:
    charts = [
        path_chart(path((4, 2), (7, 6), (7, 6)), "sv", letters=True),
        path_chart(path(), "sv"),
        scale_chart(scale((2, 6), (6, None)), "sv"),
        scale_chart(scale(*[(2, 6)] * 9), "sv"),
    ]
    for chart in charts:
        checked, given = json.loads(go.Figure(chart.figure.to_dict()).to_json()), drawn(chart)
        del checked["layout"]["template"]  # plotly notes the kinds of traces there
        assert given["layout"].pop("template") == {}
        assert checked["data"] == given["data"]
        assert checked["layout"] == {name: value for name, value in given["layout"].items() if value != []}


def test_no_letter_is_smaller_than_14_and_nothing_is_fetched() -> None:
    for chart in (path_chart(path((4, 2), (7, 6)), "sv", letters=True), scale_chart(scale((2, 6), (6, 8)), "sv")):
        figure = drawn(chart)
        fonts = [font for key in ("font", "tickfont", "textfont") for font in every(figure, key)]
        sizes = [font["size"] for font in fonts if "size" in font]
        assert sizes
        assert min(sizes) >= 14
        assert "http" not in chart.figure.to_json()


def test_a_day_covers_neither_marks_nor_other_days() -> None:
    spots = {(float(x), float(y)): 30.0 for x, y in ((5, 5), (6, 5), (4, 5), (5, 6))}
    labels = place_labels({spot: ["1 november 2026"] for spot in spots}, spots, [])
    assert len({label.spot for label in labels}) == 4
    middle = next(label for label in labels if label.spot == (5.0, 5.0))
    assert middle.shift[1] < 0, "the mark above, right and left leave only the space below"


def test_an_unanswered_path_is_an_empty_square_that_says_so() -> None:
    chart = path_chart(path((None, 3)), "sv")
    assert drawn(chart)["data"][1].get("text", []) == []
    assert chart.sentence == "De två frågorna är inte besvarade än."
    assert len(chart.table.rows) == 1


@pytest.mark.slow
def test_chromium_draws_points_days_and_words_without_a_network(browser) -> None:
    page = browser.new_context(viewport={"width": 700, "height": 1100}).new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content("<body><div id=a></div><div id=b></div>")
    page.add_script_tag(content=get_plotlyjs())
    for place, chart in (
        ("a", path_chart(path((4, 2), (6, 4), (7, 6)), "sv")),
        ("b", scale_chart(scale((2, 6)), "sv")),
    ):
        page.evaluate(
            "([id, figure, config]) => Plotly.newPlot(id, figure.data, figure.layout, config)",
            [place, drawn(chart), CONFIG],
        )
    seen = page.locator("svg text").all_text_contents()
    assert {"1", "2", "3", "1 månad 1", "1 månad 3", "tilltro till min förmåga", "hur viktig skolan är"} <= set(seen)
    assert {"Nu", "Vill till", "0: så svårt som det kan vara", "10: precis som jag vill ha det"} <= set(seen)
    assert page.locator(".modebar").count() == 0
    upright, level = (line.bounding_box() for line in page.locator("#a .shapelayer path").all())
    assert upright["height"] == pytest.approx(level["width"], abs=2), "four equal squares on the screen too"
    assert upright["x"] == pytest.approx(level["x"] + level["width"] / 2, abs=2)
    assert asked == []
    assert errors == []
