"""form.css and form.js as a browser gets them. Addresses, compression and caching belong to the front door.

Each of them is made twice: whole, and `first_` without the kinds that most of the students' pages do not have.

`script/` is kept as modules for people and tools; a browser gets them joined into one, so that a page asks once.
Comments and indentation are left out on the way.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from instruments.model import Instrument

HERE = Path(__file__).parent
# What is used while a module is read comes before the one that uses it.
SCRIPTS = ("making", "queue", "kept", "conflict", "sign_in", "status", "row", "steps", "start")
# What only some instruments need: a script each, and their style.
MORE_SCRIPTS = ("choose", "cards", "table")
MORE_STYLES = ("more",)
MORE_KINDS = ("choice", "choices", "cards", "table")

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_BLANKS = re.compile(r"\s*([{};,])\s*")
_JS_DOC = re.compile(r"^\s*/\*\*.*?\*/$", re.DOTALL | re.MULTILINE)
_JS_IMPORT = re.compile(r"^import .*;$", re.MULTILINE)
_JS_ASIDE = re.compile(r"(?<=[;,{]) // .*$", re.MULTILINE)
_JS_EXPORT = re.compile(r"^export ", re.MULTILINE)


def needs_more(instruments: Iterable[Instrument]) -> bool:
    """Whether the first style and script are not enough to fill these in."""
    return any(item.kind in MORE_KINDS for instrument in instruments for item in instrument.items())


@cache
def first_style() -> str:
    return smaller_css(_read(HERE / "form.css"))


@cache
def form_style() -> str:
    return "\n".join([first_style(), *(smaller_css(_read(HERE / f"{name}.css")) for name in MORE_STYLES)])


def smaller_css(text: str) -> str:
    """Without comments and without the white space that CSS does not need."""
    packed = _CSS_BLANKS.sub(r"\1", _without_blanks(_CSS_COMMENT.sub("", text)).replace("\n", " "))
    return packed.replace(": ", ":").replace(";}", "}")


@cache
def first_script() -> str:
    """A module that exports `start`. Only that name is taken, so that another script may be joined to it."""
    return _join(SCRIPTS)


@cache
def form_script() -> str:
    """The same with all there is."""
    return _join(SCRIPTS + MORE_SCRIPTS)


def _join(names: Iterable[str]) -> str:
    parts = "\n".join(_joinable(_read(HERE / "script" / f"{name}.js")) for name in names)
    return f"const start = (() => {{\n{parts}\nreturn start;\n}})();\nexport {{ start }};\n"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _joinable(module: str) -> str:
    bare = _JS_ASIDE.sub("", _JS_IMPORT.sub("", _JS_DOC.sub("", module)))
    lines = _JS_EXPORT.sub("", bare).splitlines()
    return _without_blanks("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def _without_blanks(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
