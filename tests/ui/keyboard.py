"""Walks a page with the Tab key alone, shadow roots included, and tells what it could not reach."""

from typing import Any

# A stop is told by its beginning in HTML, because a part of the page may be drawn anew while one walks. A group of
# radio buttons is one stop: the chosen one, or any.
DESCRIBE = """(element) => {
    const radio = element.type === "radio" || element.getAttribute("role") === "radio";
    if (radio && element.name) return `radio ${element.name}`;
    return radio ? element.closest("[role=radiogroup]")?.outerHTML.slice(0, 120) : element.outerHTML.slice(0, 160);
}"""
STOPS = f"""() => {{
    const describe = {DESCRIBE};
    const stops = new Set();
    const look = (root) => root.querySelectorAll("*").forEach((element) => {{
        if (element.shadowRoot) look(element.shadowRoot);
        const usable = element.matches(
            "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
        if (!usable || element.matches(":disabled") || element.closest("[inert], [aria-hidden=true]")) return;
        if (element.matches("[tabindex='-1']") || !element.checkVisibility({{visibilityProperty: true}})) return;
        stops.add(describe(element));
    }});
    look(document);
    return [...stops];
}}"""
HERE = f"""() => {{
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active && ({DESCRIBE})(active);
}}"""
SPARE = 15


def unreached(page: Any) -> list[str]:
    """What Tab did not come to, each as the beginning of its HTML."""
    stops = set(page.evaluate(STOPS))
    page.evaluate("document.activeElement.blur()")
    reached: set[str] = set()
    for _ in range(4 * len(stops) + SPARE):  # a date field alone has four stops
        if reached >= stops:
            break
        page.keyboard.press("Tab")
        reached.add(page.evaluate(HERE))
    return sorted(stops - reached)
