"""What was wrong with what someone typed: codes and values. The sentence is made at the edge."""

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from conversation_models.domain.names import tidy


@dataclass(frozen=True)
class FieldError:
    """`field` is the field's name ("guardians.0.phone" for one of several), `code` says what is wrong with it."""

    field: str
    code: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict)


class FieldsRefused(Exception):
    """Nothing was written. Every error at once, so that a form can be mended in one go."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in errors))
        self.errors = errors


def read_text(
    field: str,
    text: str,
    errors: list[FieldError],
    most: int,
    *,
    needed: bool = False,
    shape: re.Pattern[str] | None = None,
) -> str:
    """One line of text as it will be kept: tidy, and "" when it cannot be written at all. Adds what is wrong."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        errors.append(FieldError(field, "unreadable"))
        return ""
    clean = tidy(text)
    if needed and not clean:
        errors.append(FieldError(field, "missing"))
    elif len(clean) > most:
        errors.append(FieldError(field, "too_long", {"most": most}))
    elif clean and shape and not shape.fullmatch(clean):
        errors.append(FieldError(field, "shape", {"value": clean}))
    return clean
