"""New rows of tables have a number that is drawn by lot: expected rows call them NEW."""

import re

NEW = "own.new"
_DRAWN = re.compile(r"own\.[1-9][0-9]{9}")


def is_same(value: object, wanted: object) -> bool:
    """The same rows, where NEW stands for any number that was drawn; no number twice."""
    if not isinstance(wanted, list) or not isinstance(value, list) or len(value) != len(wanted):
        return value == wanted
    if not any(isinstance(row, dict) and row.get("row") == NEW for row in wanted):
        return value == wanted
    drawn = [row["row"] for row, like in zip(value, wanted, strict=True) if like["row"] == NEW]
    if len(set(drawn)) < len(drawn) or not all(map(_DRAWN.fullmatch, drawn)):
        return False
    named = [row | {"row": NEW} if like["row"] == NEW else row for row, like in zip(value, wanted, strict=True)]
    return named == wanted
