"""The log in words."""

from collections.abc import Sequence

import streamlit as st

from conversation_models.services import access, log_book
from conversation_models.services.access import Right
from conversation_models.services.log_book import LogLine
from reports.text_table import text_table
from translations import Words, message
from ui.session import Visit
from ui.table import show_table
from ui.text import stamp

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
    "prepare": message("prepared a talk"),
    "change_plan": message("changed the time or place of a talk"),
    "drop": message("removed a prepared talk"),
    "invite": message("invited to answer"),
    "invite_guardian": message("invited a guardian to answer"),
    "revoke": message("took an invitation back"),
    "type_code": message("came in with a short code"),
    "tries_on": message("let the student tell tries by phone"),
    "tries_off": message("ended the tries by phone"),
    "try": message("told a try by phone"),
    "begin": message("began to answer"),
    "send": message("sent answers"),
    "hand_over": message("handed the device over to the student"),
    "open": message("opened a talk"),
    "enter_paper": message("began to type in a talk from paper"),
    "write": message("wrote in a talk"),
    "close": message("closed a talk"),
    "amend": message("corrected a closed talk"),
    "follow_up": message("followed up a decision"),
    "move_away": message("moved a talk from this student"),
    "move_here": message("moved a talk to this student"),
    "print": message("took out a paper"),
    "export": message("took out a file"),
    "confirm_password": message("wanted to take out a file"),
    "add_instrument": message("added an instrument to a talk"),
    "remove_instrument": message("took an instrument away from a talk"),
    "take_along": message("took words into what is agreed"),
    "order_batch": message("ordered the term's reports"),
    "batch_done": message("took all of the term's reports"),
    "batch_cancelled": message("cancelled the term's reports"),
    "batch_broken": message("the term's reports broke off on the way"),
    "make_report": message("made a report"),
    "count_group": message("counted a term for what leaves the house"),
    "report_read": message("noted that the student has read a report"),
    "report_follow_up": message("followed up a handover"),
    "wish": message("asked to talk with somebody"),
    "answer_wish": message("told a student that a wish to talk is seen"),
    "list_adult": message("listed somebody whom students may ask to talk with"),
    "unlist_adult": message("took somebody off that list"),
    # What was refused is logged by the right that was missing.
    "see_student": message("wanted to see a student"),
    "edit_student": message("wanted to change a student"),
    "add_student": message("wanted to add a student"),
    "see_talks": message("wanted to see talks"),
    "hold_talks": message("wanted to hold or change a talk"),
    "move_talks": message("wanted to move a talk"),
    "manage_people": message("wanted to manage people"),
    "read_log": message("wanted to read the log"),
    "read_student_log": message("wanted to read a student's log"),
}
LINKS = {"student": message("a student's link"), "guardian": message("a guardian's link")}
KINDS = {
    "staff": message("somebody of the staff"),
    "student": message("student"),
    "talk": message("talk"),
    "group": message("group"),
    "school": message("school"),
    "wish": message("a wish to talk"),
    "batch": message("reports of many students in one file"),
    "report_term": message("a term report"),
    "report_session": message("a session report"),
    "report_handover": message("a handover report"),
    "report_group": message("a group report"),
    "paper_school": message("the school's copy"),
    "paper_student": message("the student's copy"),
    "paper_guardian": message("the guardian's copy"),
    "paper_slip": message("a slip with a link and a code"),
    "paper_history": message("a paper over time"),
    "paper_caseload": message("the caseload on paper"),
    "export_xlsx": message("answers as a spreadsheet"),
    "export_csv": message("answers as text tables"),
    "export_json": message("answers for programs"),
    "extract": message("everything about a student"),
    "fhir": message("answers as FHIR"),
}
TOLD_ALREADY = ("staff", "student")


def show_who_opened(visit: Visit, student_id: str) -> None:
    """For those who may: who opened or changed this student's record. Read only when asked for."""
    _ = visit.words
    if not access.has_right(visit.desk.actor, Right.READ_STUDENT_LOG):
        return
    if st.toggle(_("Show who has opened this record"), key=f"opened-{student_id}"):
        show_lines(visit, log_book.log_of_student(visit.desk, student_id), _("Who opened the record, newest first"))


def show_lines(visit: Visit, lines: Sequence[LogLine], name: str) -> None:
    _ = visit.words
    columns = [_("When"), _("Who"), _("Did what"), _("Student")]
    show_table(text_table(columns, [_said(_, line) for line in lines]), name, "log")


def _said(_: Words, line: LogLine) -> tuple[str, str, str, str]:
    entry = line.entry
    done = _(ACTIONS.get(entry.action, entry.action))
    if entry.kind not in TOLD_ALREADY:
        done = f"{done} ({_(KINDS.get(entry.kind, entry.kind))})"
    who = line.who or _actor(_, entry.actor_kind)
    return stamp(entry.at), who, _("Refused: {what}").format(what=done) if entry.denied else done, line.student


def _actor(_: Words, kind: str) -> str:
    return _(LINKS[kind]) if kind in LINKS else _("unknown")
