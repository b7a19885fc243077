"""The words of an extract: what its parts are called, and why something is not in it."""

from __future__ import annotations

from conversation_models.services import extracts
from translations import message

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
