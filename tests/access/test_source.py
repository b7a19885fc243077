"""Rules that the source keeps: no door beside the services, and nobody's words become Markdown or HTML.

tests/ui/test_rules.py has the shorter ones for the screens; tests/test_house.py who may import whom.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.access.calls import FOR_THE_COMMAND_LINE, INSIDE
from tests.house import ROOT, sources

SERVICES = "conversation_models.services"
DOORS = [
    path for path in sources() if path.relative_to(ROOT).parts[0] in {"app.py", "front_door", "ui", "pages", "reports"}
]
SCREENS = [path for path in DOORS if path.relative_to(ROOT).parts[0] in {"app.py", "ui", "pages"}]
# Puts a file among Streamlit's media (served to whoever has its address), or shows HTML, or Markdown of anything.
NEVER = {
    "download_button", "audio", "video", "pyplot", "logo", "pdf", "graphviz_chart", "bokeh_chart", "html", "iframe",
    "write", "write_stream", "echo", "chat_message", "feedback",
}  # fmt: skip
NEVER_SAID = {"unsafe_allow_html", "unsafe_allow_javascript"}
DATA_ADDRESS = "as_svg_data("  # a picture as a data: address is no file
# What Streamlit reads as Markdown: its first argument, `label`, and what options are called.
MARKDOWN = {
    "title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "success", "exception", "toast",
    "button", "form_submit_button", "link_button", "page_link", "checkbox", "toggle", "radio", "selectbox",
    "multiselect", "slider", "text_input", "text_area", "number_input", "date_input", "time_input", "file_uploader",
    "expander", "popover", "tabs", "metric", "table", "status", "spinner", "dialog", "segmented_control", "pills",
    "badge", "image",
}  # fmt: skip
PLAIN_KEYWORDS = {"value", "key", "index", "placeholder", "default", "max_chars", "disabled", "alt"}
PLAIN_OPTIONS = {"selectbox", "multiselect"}  # what their options are called is text; a radio's is Markdown
# Fields in which somebody has written.
WRITTEN = {
    "name", "given_name", "family_name", "username", "email", "phone", "place", "words", "responsible", "outcome",
    "reason", "author_name", "school_name", "masked_personnummer", "who",
}  # fmt: skip


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls_in(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def written_words(call: ast.Call) -> Iterator[str]:
    """Fields of users' words, and glued strings, shown as Markdown; `plain` and `strong` cure both."""
    plain_here = PLAIN_KEYWORDS | ({"format_func"} if call.func.attr in PLAIN_OPTIONS else set())
    shown = [*call.args, *(each.value for each in call.keywords if each.arg not in plain_here)]
    for argument in shown:
        yield from _written(argument)


def _written(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"plain", "strong"}:
        return
    if isinstance(node, ast.Attribute) and node.attr in WRITTEN:
        yield ast.unparse(node)
    for child in ast.iter_child_nodes(node):
        yield from _written(child)


def shown_unescaped(tree: ast.AST) -> list[str]:
    return [
        f"line {call.lineno}: {name}({word})"
        for call, name in calls_in(tree)
        if name in MARKDOWN and isinstance(call.func, ast.Attribute)
        for word in written_words(call)
    ]


def test_no_words_of_users_are_read_as_markdown():
    assert {named(path): found for path in SCREENS if (found := shown_unescaped(tree_of(path)))} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("st.title(student.name)", True),
        ("st.error(_('{n} is here').format(n=student.given_name))", True),
        ("column.button(f'{talk.place}')", True),
        ("st.radio(_('Who?'), all, format_func=lambda each: each.name)", True),
        ("st.table([{'Name': each.name}])", True),
        ("st.title(plain(student.name))", False),
        ("st.text(student.name)", False),
        ("st.text_input(_('Name'), value=student.name)", False),
        ("st.radio(_('Who?'), all, format_func=lambda each: plain(each.name))", False),
        ("st.selectbox(_('Who?'), all, format_func=lambda each: each.name)", False),
    ],
)
def test_such_words_would_be_found(source: str, found: bool):
    assert bool(shown_unescaped(ast.parse(source))) is found


def media_and_html(tree: ast.AST) -> list[str]:
    used = [(call, name) for call, name in calls_in(tree) if isinstance(call.func, ast.Attribute)]
    pictures = [call for call, name in used if name == "image" and call.args]
    return [
        *(f"line {call.lineno}: {name}" for call, name in used if name in NEVER),
        *(f"line {call.lineno}: {word.arg}" for call, _ in used for word in call.keywords if word.arg in NEVER_SAID),
        *(f"line {each.lineno}: image" for each in pictures if not ast.unparse(each.args[0]).startswith(DATA_ADDRESS)),
    ]


def test_no_file_goes_through_streamlits_media_and_no_html_of_our_own_making():
    assert {named(path): found for path in SCREENS if (found := media_and_html(tree_of(path)))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "st.download_button('x', data)",
        "column.image(picture)",
        "st.markdown('x', unsafe_allow_html=True)",
        "st.html(words)",
        "st.write(words)",
    ],
)
def test_such_a_file_would_be_found(source: str):
    assert media_and_html(ast.parse(source))
    assert not media_and_html(ast.parse("column.image(as_svg_data(link))"))


def ways_round(path: Path) -> list[str]:
    """A unit of one's own, and what the services keep for themselves or for the command line."""
    tree = tree_of(path)
    opened = [
        f"line {call.lineno}" for call, name in calls_in(tree) if name in {"reading", "writing"} and not call.args
    ]
    if named(path) == "front_door/health.py":  # asks whether the database answers
        opened = []
    return opened + sorted(used_services(tree) & (INSIDE | FOR_THE_COMMAND_LINE) - {"access.demand"})


def test_no_door_goes_round_the_services():
    assert len(DOORS) > 60
    assert {named(path): found for path in DOORS if (found := ways_round(path))} == {}


def used_services(tree: ast.AST) -> set[str]:
    """`module.function` of the services, however it is imported."""
    modules: dict[str, str] = {}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == SERVICES:
            modules |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{SERVICES}."):
            found |= {f"{node.module.rpartition('.')[2]}.{alias.name}" for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add(f"{modules[node.value.id]}.{node.attr}")
    return found


def test_a_way_round_would_be_found():
    source = f"from {SERVICES} import backup, students as s\nfrom {SERVICES}.desk_talks import read_talk\n"
    tree = ast.parse(source + "backup.drill(store)\ns.write_new(desk, unit, student)")
    assert used_services(tree) == {"backup.drill", "students.write_new", "desk_talks.read_talk"}


def test_the_log_is_written_by_the_services_alone():
    """An entry is made of ids and fixed words; nothing else in the program can put content there."""
    writers = {named(path) for path in sources() if "logs.add(" in path.read_text(encoding="utf-8")}
    assert {path for path in writers if not path.startswith("conversation_models/services/")} == set()


def test_plain_pages_escape_everything_but_the_forms_own_html():
    """Jinja escapes; what is marked as safe is the form, which was made by escaping templates too, and our style."""
    marked = {
        f"{named(path)}: {line.strip()}"
        for folder in ("front_door", "forms")
        for path in (ROOT / folder).rglob("*.html")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "|safe" in line.replace(" ", "") or "autoescape" in line
    }
    assert {each.rpartition("{{ ")[2] for each in marked if "{{ " in each} <= {
        "fragment|safe }}{% endfor %}",
        "style|safe }}</style>{% endblock %}",
    }
    assert all("{{ " in each for each in marked), marked
