"""Who may read a paper, and where it is kept, in words."""

from __future__ import annotations

from typing import Literal

from translations import message

Level = Literal["m", "e", "p"]

LEVELS: dict[Level, str] = {
    "m": message("Mentor level · the student's folder"),
    "e": message("Student health level · the student health record"),
    "p": message("Private · for its author only"),
}
