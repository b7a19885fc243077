"""The log in words."""

from collections.abc import Sequence

from conversation_models.services.log_book import LogLine
from translations import Words, message
from ui.session import Visit
from ui.text import moment

ACTIONS = {
    "seen": message("opened the record"),
    "sign_in": message("signed in"),
    "sign_out": message("signed out"),
    "sign_out_everywhere": message("signed out everywhere"),
    "change_password": message("changed the own password"),
    "reset_password": message("made a new one-time password"),
    "set_up": message("set up the school"),
    "add": message("added"),
    "edit": message("changed"),
    "rename": message("changed a name"),
    "archive": message("archived"),
    "restore": message("brought back from the archive"),
    "invite_guardians": message("let the guardians take part"),
    "leave_out_guardians": message("left the guardians out"),
    "assign_mentor": message("gave a mentor"),
    "end_mentor": message("ended a mentorship"),
    "give_reach": message("gave a counsellor reach"),
    "take_reach": message("took a counsellor's reach away"),
    "activate": message("opened an account"),
    "deactivate": message("closed an account"),
    "import": message("imported a class list"),
    "prepare": message("prepared a talk"),
    "change": message("changed"),
    "drop": message("removed a prepared talk"),
    "invite": message("invited to answer"),
    "revoke": message("took an invitation back"),
    "begin": message("began to answer"),
    "send": message("sent answers"),
    "open": message("opened a talk"),
    "close": message("closed a talk"),
    "save": message("saved an answer"),
    "amend": message("corrected a closed talk"),
    "follow_up": message("followed up a decision"),
    "move": message("moved a talk"),
    "print": message("took out a paper"),
}
KINDS = {
    "staff": message("somebody of the staff"),
    "student": message("student"),
    "talk": message("talk"),
    "group": message("group"),
    "school": message("school"),
    "invitation": message("invitation"),
    "decision": message("decision"),
    "paper": message("paper"),
}


def said_lines(visit: Visit, lines: Sequence[LogLine]) -> list[dict[str, str]]:
    return [_said(visit, line) for line in lines]


def _said(visit: Visit, line: LogLine) -> dict[str, str]:
    _ = visit.words
    entry = line.entry
    return {
        _("When"): moment(entry.at, visit.language),
        _("Who"): line.who or _actor(_, entry.actor_kind),
        _("Did what"): _(ACTIONS.get(entry.action, entry.action)),
        _("With"): _(KINDS.get(entry.kind, entry.kind)),
        _("Student"): line.student,
        _("Refused"): _("yes") if entry.denied else "",
    }


def _actor(_: Words, kind: str) -> str:
    return _("a student's link") if kind == "invitation" else _("unknown")
