"""The words of what every file has: who answered, how, in which state, at which level."""

from __future__ import annotations

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.answer import Manner, Respondent
from reports.paper.levels import LEVELS as PAPER_LEVELS
from reports.sentences import MANNERS as GIVEN
from reports.sentences import STATES as UNANSWERED
from reports.sentences import STATUSES as FOLLOWED
from translations import message

RESPONDENTS: dict[Respondent, str] = {
    Respondent.STUDENT: message("The student"),
    Respondent.GUARDIAN: message("A guardian"),
    Respondent.MENTOR: message("The mentor"),
    Respondent.COUNSELLOR: message("The counsellor"),
}
MANNERS: dict[Manner, str] = GIVEN
STATES: dict[str, str] = {"answered": message("Answered"), **UNANSWERED}
STATUSES: dict[DecisionStatus, str] = FOLLOWED
LEVELS: dict[str, str] = {str(level): said for level, said in PAPER_LEVELS.items()}
AREA_OF_NOTHING = message("Taken along from elsewhere in the talk")
