"""Reads who imports whom, also where import-linter does not look: pages (no package) and the two programs."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("instruments", "conversation_models", "forms", "front_door", "ui", "reports", "translations")


def sources() -> list[Path]:
    """Our own Python files, tests and measuring programs left out."""
    folders = [*PACKAGES, "pages", "manage"]
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [*found, *sorted(ROOT.glob("*.py"))]


def imports(path: Path) -> set[str]:
    """Full dotted names, also of imports inside functions; `from a import b` counts as `a` and `a.b`."""
    return set(_names(ast.parse(path.read_text(encoding="utf-8"))))


def imports_any(path: Path, forbidden: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for name in imports(path) for root in forbidden)


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
