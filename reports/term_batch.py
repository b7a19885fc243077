"""A term's reports as one ZIP, in pieces: each paper is made, written down and sent before the next is begun.

Nothing is written to any disk and nothing is kept in memory but one paper: what the browser does not take is not made.
"""

from __future__ import annotations

import zipfile
from collections.abc import Generator, Iterator
from dataclasses import replace
from io import RawIOBase

from conversation_models.domain.batch import Batch, BatchStatus
from conversation_models.domain.student import Student
from conversation_models.services import term_batch
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.group_term import Scope
from conversation_models.services.terms import find_term
from reports.group_tables import term_name
from reports.paper.blocks import Note, Table
from reports.paper.document import Document, render
from reports.report_paper import make_and_print
from translations import Language, is_language, words

EVERY = 5  # papers between two looks at whether it was cancelled


class _Pieces(RawIOBase):
    """What the ZIP writes, until it is taken. Cannot go back, so the ZIP says sizes after each file."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        data = bytes(piece)  # type: ignore[call-overload]
        self._held += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def batch_pieces(desk: Desk, batch_id: str) -> Generator[bytes, None, None]:
    """Begins the batch when the first piece is asked for. Raises BatchEnded when it is cancelled on the way: the file
    then ends in the middle, so that nobody takes it for a whole one."""
    batch = term_batch.begin_batch(desk, batch_id)
    try:
        yield from _pieces(desk, batch)
    finally:
        term_batch.end_batch(desk, batch_id, BatchStatus.BROKEN)  # one that is done or cancelled stays so


def _pieces(desk: Desk, batch: Batch) -> Iterator[bytes]:
    pieces, rows = _Pieces(), list[tuple[str, str]]()
    language: Language = batch.language if is_language(batch.language) else "sv"
    everybody = term_batch.students_of(desk, Scope(batch.school_id, batch.group_id))
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_STORED) as file:
        for number, student in enumerate(everybody, start=1):
            name = _write_one(file, desk, batch, student, number, language)
            rows.append((name or "–", student.name))
            made = batch.made + bool(name)
            batch = replace(batch, made=made, left_out=number - made)
            if number % EVERY == 0:
                term_batch.note_progress(desk, batch)
            yield pieces.take()
        file.writestr("0000.pdf", _contents(desk, batch, rows, language))
        term_batch.note_progress(desk, batch)
    yield pieces.take()
    term_batch.end_batch(desk, batch.id, BatchStatus.DONE)


def _write_one(
    file: zipfile.ZipFile, desk: Desk, batch: Batch, student: Student, number: int, language: Language
) -> str:
    """The name of the paper in the file: a number, never a person's name. "" when there is nothing of the term."""
    pdf = make_and_print(desk, term_batch.order_for(batch, student.id), language)
    if pdf is None:
        return ""
    name = f"{number:04}.pdf"
    file.writestr(name, pdf)
    return name


def _contents(desk: Desk, batch: Batch, rows: list[tuple[str, str]], language: Language) -> bytes:
    """Which paper is whose."""
    _ = words(language)
    document = Document(
        title=_("The term's reports"),
        under_title=term_name(find_term(batch.term, desk.today), language),
        blocks=(
            Note(_("Each paper is for the student alone, who reads it first. Without a number: nothing of the term.")),
            Table((_("Paper"), _("Student")), tuple(rows), (30, 140)),
        ),
        created=desk.now.astimezone(SWEDEN),
        copy=desk.actor.name,
    )
    return render(document, language)
