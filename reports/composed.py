"""What every report consists of before it is a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from conversation_models.domain.report import Report
from reports.paper.blocks import Block
from reports.paper.document import Document
from translations import Language, is_language


@dataclass(frozen=True)
class Composed:
    """What would stand on the paper. `content` is what was chosen, without the lines on receiver and ground."""

    content: tuple[Block, ...]
    document: Document

    @property
    def fingerprint(self) -> str:
        return repr(self.content)


@dataclass(frozen=True)
class Made:
    by: str
    at: datetime
    read_on: date | None = None


def made_as(report: Report) -> Made:
    return Made(report.made_by_name, report.made_at, report.read_on)


def language_of(report: Report) -> Language:
    return report.language if is_language(report.language) else "sv"
