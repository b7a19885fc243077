"""What was wrong with what someone typed: codes and values. The sentence is made at the edge."""

import dataclasses
from dataclasses import dataclass
from typing import Any


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
