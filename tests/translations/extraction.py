"""Every message the code says, found in Python and in the templates, with the place where it is said."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
# The catalogue of a package is named after it, except where that would be a mouthful.
SOURCES = {
    "ui": ["ui"],
    "pages": ["pages", "app.py"],
    "front_door": ["front_door"],
    "forms": ["forms"],
    "reports": ["reports"],
    "services": ["conversation_models", "instruments"],
    "manage": ["manage.py", "manage"],
}
GLUED = (ast.JoinedStr, ast.BinOp)


class GluedMessage(Exception):
    """A message must be one literal: put the values in afterwards, with `.format`."""


@dataclass(frozen=True)
class Said:
    """`many` is None unless the message has a plural."""

    one: str
    many: str | None
    where: str


def said_in(catalogue: str) -> list[Said]:
    """What the sources of one catalogue say. Raises GluedMessage."""
    found: list[Said] = []
    for path in _files(catalogue):
        read = said_in_python if path.suffix == ".py" else said_in_template
        found += read(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    return found


def said_in_python(source: str, name: str) -> list[Said]:
    return list(_python_calls(ast.parse(source), name))


def said_in_template(source: str, name: str) -> list[Said]:
    tree = Environment(autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(source)
    return list(_template_calls(tree, name))


def _files(catalogue: str) -> Iterator[Path]:
    for source in SOURCES[catalogue]:
        path = ROOT / source
        if path.is_file():
            yield path
        for pattern in ("*.py", "*.html", "*.html.j2", "*.txt.j2"):
            yield from sorted(path.rglob(pattern))


def _python_calls(tree: ast.AST, name: str) -> Iterator[Said]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        where = f"{name}:{call.lineno}"
        if _says_one(call.func):
            if isinstance(call.args[0], GLUED) or _is_format(call.args[0]):
                raise GluedMessage(where)
            if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
                yield Said(call.args[0].value, None, where)
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "n" and _says_one(call.func.value):
            one, many = call.args[0], call.args[1]
            if not (isinstance(one, ast.Constant) and isinstance(many, ast.Constant)):
                raise GluedMessage(where)
            yield Said(str(one.value), str(many.value), where)


def _says_one(function: ast.expr) -> bool:
    """`_(...)`, `anything._(...)` and `message(...)`."""
    named = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
    return named == "_" or (isinstance(function, ast.Name) and named == "message")


def _is_format(argument: ast.expr) -> bool:
    return (
        isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format"
    )


def _template_calls(tree: nodes.Template, name: str) -> Iterator[Said]:
    for call in tree.find_all(nodes.Call):
        where = f"{name}:{call.lineno}"
        texts = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            if isinstance(call.args[0], nodes.Concat | nodes.Add | nodes.Mod):
                raise GluedMessage(where)
            if texts:
                yield Said(texts[0], None, where)
        elif isinstance(call.node, nodes.Getattr) and call.node.attr == "n" and _is_underscore(call.node.node):
            if len(texts) < 2:
                raise GluedMessage(where)
            yield Said(texts[0], texts[1], where)


def _is_underscore(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "_"
