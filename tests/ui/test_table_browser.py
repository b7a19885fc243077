"""Our own tables, in a browser without a server: what anybody wrote is text, and what is wide is scrolled by keys."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

HERE = Path(__file__).parents[2] / "ui" / "table"
SCRIPT = "data:text/javascript;charset=utf-8," + quote((HERE / "table.js").read_text(encoding="utf-8"))
HTML = '<div id="host"><div class="around" role="region" tabindex="0"></div></div>'
HOSTILE = "<b>x</b><img src=x onerror=alert(1)> | [a](http://x) $x$ :red[x] **y** \n `code` :material/home: &lt; | - |"
DRAW = """async ([script, data]) => {
  const draw = (await import(script)).default;
  for (const time of [1, 2]) draw({ data, parentElement: document.getElementById("host") });
}"""


@pytest.fixture
def drawn(browser: Any):
    context = browser.new_context(viewport={"width": 390, "height": 844})

    def draw(columns: list[str], *rows: list[str]) -> Any:
        page = context.new_page()
        page.set_content(f"<style>{(HERE / 'table.css').read_text(encoding='utf-8')}</style>{HTML}")
        page.evaluate(DRAW, [SCRIPT, {"name": f"Rader: {HOSTILE}", "columns": columns, "rows": rows}])
        return page

    yield draw
    context.close()


def test_what_anybody_wrote_is_text_in_every_place(drawn) -> None:
    page = drawn(["Ord", HOSTILE, ""], ["", HOSTILE, HOSTILE], ["a", "b", "c"])
    used = page.evaluate("[...document.querySelectorAll('.around *')].map(each => each.localName)")
    assert set(used) == {"table", "thead", "tbody", "tr", "th", "td"}
    cells = page.locator("td").evaluate_all("cells => cells.map(each => each.textContent)")
    assert cells == ["", "", HOSTILE, HOSTILE, "a", "b", "c"]
    heads = page.locator("th[scope=col]").evaluate_all("heads => heads.map(each => each.textContent)")
    assert heads == ["Ord", HOSTILE]
    assert page.get_by_role("table").get_attribute("aria-label") == f"Rader: {HOSTILE}"


def test_columns_without_heads_have_no_row_of_heads(drawn) -> None:
    page = drawn(["", ""], ["a", "b"])
    assert page.locator("tr").count() == 1
    assert page.get_by_role("columnheader").count() == 0


def test_a_wide_table_is_reached_and_scrolled_with_the_keyboard(drawn) -> None:
    page = drawn([f"Samtal {number}" for number in range(8)], ["lite mer än vad som får plats"] * 8)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.around').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
