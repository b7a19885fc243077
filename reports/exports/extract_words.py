"""The words of an extract: what its parts are called, and why something is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.report import Followed, GroundKind, ReceiverKind, ReportKind
from conversation_models.domain.talk import TalkStatus
from conversation_models.services import extracts
from conversation_models.services.asked import find_instrument, find_model
from reports.exports.said_words import STATUSES
from reports.report_words import GROUNDS, KINDS, RECEIVERS
from translations import Language, Words, message, words

PARTS: dict[str, str] = {
    "school": message("School"),
    "class_group": message("Group"),
    "student": message("About the student"),
    "guardian": message("Guardians"),
    "mentorship": message("Mentors"),
    "talk": message("Talks"),
    "talk_instrument": message("What each talk asked"),
    "talk_move": message("Talks that were moved"),
    "invitation": message("Invitations to answer"),
    "draft": message("Written in talks that are not closed"),
    "answer": message("Answers"),
    "decision": message("Decisions"),
    "amendment": message("Corrections"),
    "report": message("Reports"),
    "wish": message("Wishes to talk"),
    "log_entry": message("The log"),
}
REASONS: dict[str, str] = {
    extracts.FINGERPRINT: message("A keyed fingerprint, by which something is found again. It says nothing by itself."),
    extracts.OPENS: message("Opens the page of an invitation. Whoever has it could answer in somebody else's place."),
    extracts.TECHNICAL: message("Keeps devices and pages apart, or stands elsewhere in the extract."),
    extracts.OF_STAFF: message("About staff, not about the student. Names stand where somebody wrote or led a talk."),
    extracts.OF_PROGRAM: message("About the program, not about any student."),
    extracts.NOBODY_LEFT: message("Says that a talk was deleted. Nothing of the talk is left."),
    extracts.NOBODY_NAMED: message("Counts of a whole group, in which no student can be found."),
}
LIMITS: dict[str, str] = {
    "private": message(
        "Private notes: they are about how staff talk, not about the student, and nobody but their author opens them."
    ),
    "unsent": message("What the student has begun to write on the own page and not sent."),
    "together_later": message("What the student sent to be opened together, until it is opened."),
    "wishes_to_others": message(
        "Wishes to talk with somebody else: only who was asked reads them, and the student with the own code."
    ),
    "other_students": message("The name of another student, when a talk was moved."),
    "student_health": message(
        "Student health's notes and answers. This extract was made by a mentor and is not complete: ask a counsellor."
    ),
    "log": message("The log of who has opened the record. A counsellor or an administrator shows it."),
}
FORMS = {"upper_secondary": message("Upper secondary school"), "compulsory": message("Compulsory school")}
TALKS: dict[TalkStatus, str] = {
    TalkStatus.PREPARED: message("prepared"),
    TalkStatus.OPEN: message("going on"),
    TalkStatus.CLOSED: message("closed"),
}
FOLLOWED: dict[Followed, str] = {Followed.YES: message("followed up"), Followed.NO: message("not followed up")}


def say_code(part: str, name: str, row: Mapping[str, Any], language: Language) -> str | None:
    """What stands in the database as a name of our own, in words. None for everything else."""
    _, code = words(language), row[name]
    match part, name:
        case "school", "form":
            return _(FORMS[code])
        case "talk", "status":
            return _(TALKS[TalkStatus(code)])
        case "talk", "phase":
            return next((each.title.say(language) for each in find_model(row["model"]).phases if each.id == code), code)
        case "decision", "status":
            return _(STATUSES[DecisionStatus(code)])
        case "invitation", "asks":
            return ", ".join(find_instrument(each).title.say(language) for each in code.split())
        case "report", _name:
            return _say_of_report(name, code, _)
    return None


def _say_of_report(name: str, code: str, _: Words) -> str | None:
    match name:
        case "kind":
            return _(KINDS[ReportKind(code)])
        case "receiver":
            return _(RECEIVERS[ReceiverKind(code)])
        case "ground":
            return _(GROUNDS[GroundKind(code)])
        case "followed":
            return _(FOLLOWED[Followed(code)])
    return None
