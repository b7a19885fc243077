"""The sentences of a definition, in the two languages every instrument has."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

Language = Literal["sv", "en"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Part(BaseModel):
    """Anything in a definition: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Part):
    """One sentence in Swedish and in English. It may be a few words, never blank."""

    sv: str
    en: str

    @field_validator("sv", "en")
    @classmethod
    def _has_words(cls, words: str) -> str:
        if not words.strip() or words != words.strip():
            raise PydanticCustomError("blank_text", "a text is blank or has spaces around it")
        return words

    def say(self, language: Language) -> str:
        return self.sv if language == "sv" else self.en
