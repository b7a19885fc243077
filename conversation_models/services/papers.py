"""That a paper was taken out: whose, which kind, by whom and when. Never what stood on it."""

from typing import Literal

from conversation_models.services import access, desk_talks
from conversation_models.services.access import Desk, Right
from conversation_models.storage import logs

TalkPaperKind = Literal["school", "student", "guardian"]
PRINT = "print"


def note_talk_paper(desk: Desk, talk_id: str, kind: TalkPaperKind) -> None:
    with desk.writing() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        logs.add(unit, desk.entry(PRINT, f"paper_{kind}", talk.id, talk.student_id))


def note_history_paper(desk: Desk, student_id: str) -> None:
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        logs.add(unit, desk.entry(PRINT, "paper_history", student_id, student_id))


def note_caseload_paper(desk: Desk, group_id: str) -> None:
    """Names and days of all within reach, or of one group."""
    with desk.writing() as unit:
        access.require(desk, unit, Right.SEE_TALKS)
        logs.add(unit, desk.entry(PRINT, "paper_caseload", group_id))
