"""Every public function of the services: with what it is called, and what it needs. test_services.py finds a gap."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.answer import Change, Manner, Place, Respondent
from conversation_models.domain.batch import BatchStatus
from conversation_models.domain.ids import new_id
from conversation_models.domain.report import Followed, GroundKind, Order, ReportKind
from conversation_models.domain.staff import Role
from conversation_models.domain.wish import Wish
from conversation_models.services import (
    added,
    agree,
    analyse,
    board,
    caseload,
    class_list,
    compose,
    conduct,
    exports,
    extracts,
    group_count,
    group_term,
    hand_over,
    invite,
    invite_guardian,
    log_book,
    look,
    made_reports,
    move,
    paper_talks,
    papers,
    people,
    prepare,
    slips,
    students,
    take_along,
    talk_view,
    term_batch,
    terms,
    today,
    tries,
    whole_class,
    wishes,
)
from conversation_models.services.access import Desk, Right
from conversation_models.services.asked import NotAsked
from conversation_models.services.class_list_file import ClassList
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.exports import Choice
from conversation_models.services.group_term import Scope
from conversation_models.services.paper_talks import PaperTalk
from conversation_models.services.people import NewStaff
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.receiving import ReportRefused
from conversation_models.services.students import NewStudent
from conversation_models.services.take_along import Flowing, StaysHere, Target
from conversation_models.storage import tables
from conversation_models.storage import wishes as stored_wishes
from tests.access.school import Aim, House

SEE, HOLD, MANAGE = Right.SEE_TALKS, Right.HOLD_TALKS, Right.MANAGE_PEOPLE
LATER = date(2031, 5, 1)
EMPTY_LIST = ClassList(())
OFFER = "a_start_known"
NEW_STAFF = NewStaff("ny.person", "Ny Person", Role.MENTOR)
NEWCOMER = NewStudent("", "Alldeles", "Ny")


@dataclass(frozen=True)
class OnStudent:
    """`do(desk, aim, home, other)`: on what belongs to one student; `home` is the actor's school, `other` a student of
    the actor's own (see rights.partner) where `needs_other`."""

    name: str
    right: Right
    do: Callable[[Desk, Aim, House, Aim], Any]
    needs_other: bool = False


@dataclass(frozen=True)
class OnSchool:
    """`do(desk, there, home)`: on what belongs to a school, the actor's own or not. `places`: see rights.may_place."""

    name: str
    right: Right
    do: Callable[[Desk, House, House], Any]
    places: bool = False


@dataclass(frozen=True)
class Alone:
    """`do(desk)`: on nothing in particular. `right` None: everybody who works here. `students`, `others`: the ids of
    the students and of the school's things that the outcome holds."""

    name: str
    right: Right | None
    do: Callable[[Desk], Any]
    students: Callable[[Any], set[str]] | None = None
    schools: Callable[[Any], set[str]] | None = None


def write(talk_id: str) -> tuple[Place, Change]:
    place = Place(talk_id, "development_survey", "bring_up", Respondent.STUDENT, Manner.TOGETHER)
    return place, Change("Ett ord", "tablet", 1)


def add_and_remove(desk: Desk, talk_id: str) -> None:
    added.add_instrument(desk, talk_id, "mentor_talk")
    added.remove_instrument(desk, talk_id, "mentor_talk")


def take_nothing(desk: Desk, talk_id: str) -> None:
    """Nothing is written there that flows on, which only who may hold the talk is told."""
    with suppress(StaysHere):
        take_along.take_along(desk, talk_id, Flowing("trigger_circle", "trigger", "", "Ord"), Target())


def analyse_nothing(desk: Desk, talk_id: str) -> None:
    """These talks have no circle, which only who may hold the talk is told."""
    with suppress(StaysHere):
        analyse.begin_analysis(desk, talk_id, Flowing("trigger_circle", "action", "", "Ord"))


def without_ladder(do: Callable[[], Any]) -> None:
    """These talks have no ladder, which only who may hold them is told; with one, in test_tries.py."""
    with suppress(NotAsked):
        do()


def invite_own_guardian(desk: Desk, aim: Aim) -> None:
    """One who is 18 has none who takes part."""
    with desk.store.reading() as unit:
        own = select(tables.guardian.c.id).where(tables.guardian.c.student_id == aim.student)
        guardian_id = unit.connection.execute(own).scalar() or ""
    try:
        invite_guardian.invite_guardian(desk, aim.prepared, guardian_id, ["home_school_meeting"])
    except TalkRefused as refused:
        if refused.code != "no_guardian":
            raise


def class_plan(aim: Aim) -> whole_class.ClassPlan:
    return whole_class.ClassPlan((aim.student,), LATER, ("development_survey",))


def drop_no_paper_talk(desk: Desk, talk_id: str) -> None:
    """It is one that was held here, which only who may hold it is told."""
    with suppress(TalkRefused):
        paper_talks.drop_paper_talk(desk, talk_id)


def note_no_export(desk: Desk, student_id: str) -> None:
    """Of a file that was made, as the program would."""
    exports.note_export(desk, exports.Export(Choice(student_id=student_id), frozenset()), "export_json")


def invite_as_class(desk: Desk, aim: Aim) -> None:
    """An archived student is within reach, and cannot be invited."""
    with suppress(whole_class.ClassRefused):
        whole_class.invite_class(desk, class_plan(aim))


def read_no_slips(desk: Desk) -> None:
    """Whose slip may be printed is tried with real ones, in test_whole_class.py."""
    with suppress(slips.NothingToPrint):
        slips.read_slips(desk, [("x" * 43, "AAAAA-AAAAA")])


def look_at_every_board(desk: Desk) -> list[board.Line]:
    return [line for group in people.list_groups(desk) for line in board.look(desk, group.id)]


def on_day(desk: Desk, days: int) -> date:
    return desk.today + timedelta(days=days)


def answer_own_wish(desk: Desk) -> None:
    """One that some student made to this very person."""
    with desk.store.writing() as unit:
        student_id = unit.connection.execute(select(tables.student.c.id)).scalars().first()
        wish = Wish(new_id(), student_id, desk.actor.id, desk.today)
        stored_wishes.add(unit, wish)
    wishes.answer_wish(desk, wish.id, "Kom i morgon")


def order_of(aim: Aim) -> Order:
    parts = (f"session:{aim.closed}",)
    return Order(ReportKind.SESSION, aim.student, aim.closed, parts=parts, ground=GroundKind.OWN)


def order_batch(desk: Desk) -> str:
    return term_batch.order_batch(desk, "", Scope(), ["talks"], "sv").id


def note_progress(desk: Desk) -> None:
    term_batch.note_progress(desk, term_batch.begin_batch(desk, order_batch(desk)))


def answer_follow_up(desk: Desk, aim: Aim) -> None:
    """That report has no day to follow up, which only who may hold talks is told."""
    with suppress(ReportRefused):
        made_reports.answer_follow_up(desk, aim.report, Followed.YES, "Det går bra.")


def without_counts(desk: Desk) -> None:
    """No group is counted here, which only who may hold talks is told; whose group it is, in test_group_report.py."""
    with suppress(ReportRefused):
        group_count.require_told(desk, Order(ReportKind.GROUP))


def note_report_paper(desk: Desk, aim: Aim) -> None:
    """Other words than those that were made: that too is told only to who reaches the student."""
    with suppress(ReportRefused):
        made_reports.note_report_paper(desk, aim.report, "andra ord")


ON_STUDENTS = [
    OnStudent("added.add_instrument", HOLD, lambda d, a, h, o: added.add_instrument(d, a.opened, "mentor_talk")),
    OnStudent("added.instruments_to_add", HOLD, lambda d, a, h, o: added.instruments_to_add(d, a.opened)),
    OnStudent("added.remove_instrument", HOLD, lambda d, a, h, o: add_and_remove(d, a.opened)),
    OnStudent("agree.amend", HOLD, lambda d, a, h, o: agree.amend(d, a.closed, "development_survey", "peers", "Ord")),
    OnStudent("agree.amendments_of", SEE, lambda d, a, h, o: agree.amendments_of(d, a.closed)),
    OnStudent("agree.decisions_of", SEE, lambda d, a, h, o: agree.decisions_of(d, a.closed)),
    OnStudent("agree.follow_up", HOLD, lambda d, a, h, o: agree.follow_up(d, a.decision, DecisionStatus.DONE, "Ja")),
    OnStudent("agree.open_decisions", SEE, lambda d, a, h, o: agree.open_decisions(d, a.student)),
    OnStudent("analyse.actions_of", HOLD, lambda d, a, h, o: analyse.actions_of(d, a.opened)),
    OnStudent("analyse.begin_analysis", HOLD, lambda d, a, h, o: analyse_nothing(d, a.opened)),
    OnStudent("board.close", HOLD, lambda d, a, h, o: board.close(d, [a.prepared])),
    OnStudent("board.renew", HOLD, lambda d, a, h, o: board.renew(d, [a.prepared])),
    OnStudent("conduct.close_talk", HOLD, lambda d, a, h, o: conduct.close_talk(d, a.opened)),
    OnStudent("conduct.go_to_phase", HOLD, lambda d, a, h, o: conduct.go_to_phase(d, a.opened, "opening")),
    OnStudent("conduct.open_talk", HOLD, lambda d, a, h, o: conduct.open_talk(d, a.prepared)),
    OnStudent("conduct.save_in_talk", HOLD, lambda d, a, h, o: conduct.save_in_talk(d, *write(a.opened))),
    OnStudent("conduct.take_offer", HOLD, lambda d, a, h, o: conduct.take_offer(d, a.opened, "work", OFFER)),
    OnStudent("conduct.unsent_begun", SEE, lambda d, a, h, o: conduct.unsent_begun(d, a.opened)),
    OnStudent("exports.note_export", SEE, lambda d, a, h, o: note_no_export(d, a.student)),
    OnStudent("exports.note_taken_out", SEE, lambda d, a, h, o: exports.note_taken_out(d, a.student, "fhir")),
    OnStudent("exports.preview", SEE, lambda d, a, h, o: exports.preview(d, Choice(student_id=a.student))),
    OnStudent("exports.read_export", SEE, lambda d, a, h, o: exports.read_export(d, Choice(student_id=a.student))),
    OnStudent("extracts.read_extract", SEE, lambda d, a, h, o: extracts.read_extract(d, a.student)),
    OnStudent("compose.material", SEE, lambda d, a, h, o: compose.material(d, order_of(a))),
    OnStudent("compose.talks_with", SEE, lambda d, a, h, o: compose.talks_with(d, a.student, ReportKind.SESSION)),
    OnStudent("made_reports.answer_follow_up", HOLD, lambda d, a, h, o: answer_follow_up(d, a)),
    OnStudent("made_reports.find_report", SEE, lambda d, a, h, o: made_reports.find_report(d, a.report)),
    OnStudent("made_reports.note_read", HOLD, lambda d, a, h, o: made_reports.note_read(d, a.report)),
    OnStudent("made_reports.note_report_paper", SEE, lambda d, a, h, o: note_report_paper(d, a)),
    OnStudent("made_reports.reports_of", SEE, lambda d, a, h, o: made_reports.reports_of(d, a.student)),
    OnStudent("made_reports.write_down", HOLD, lambda d, a, h, o: made_reports.write_down(d, order_of(a), "", "sv")),
    OnStudent("hand_over.hand_over", HOLD, lambda d, a, h, o: hand_over.hand_over(d, "nobody's session", a.prepared)),
    OnStudent("invite.invitations_of", SEE, lambda d, a, h, o: invite.invitations_of(d, a.prepared)),
    OnStudent("invite.invite", HOLD, lambda d, a, h, o: invite.invite(d, a.prepared)),
    OnStudent("invite.sendable", HOLD, lambda d, a, h, o: invite.sendable(d, a.prepared)),
    OnStudent("tries.turn_on", HOLD, lambda d, a, h, o: without_ladder(lambda: tries.turn_on(d, a.prepared, 7))),
    OnStudent("tries.turn_off", HOLD, lambda d, a, h, o: without_ladder(lambda: tries.turn_off(d, a.prepared))),
    OnStudent("tries.period_of", SEE, lambda d, a, h, o: without_ladder(lambda: tries.period_of(d, a.prepared))),
    OnStudent("invite_guardian.askable", HOLD, lambda d, a, h, o: invite_guardian.askable(d, a.prepared)),
    OnStudent("invite_guardian.invitables", HOLD, lambda d, a, h, o: invite_guardian.invitables(d, a.prepared)),
    OnStudent("invite_guardian.invite_guardian", HOLD, lambda d, a, h, o: invite_own_guardian(d, a)),
    OnStudent("invite.revoke", HOLD, lambda d, a, h, o: invite.revoke(d, a.invitation)),
    OnStudent(
        "log_book.log_of_student", Right.READ_STUDENT_LOG, lambda d, a, h, o: log_book.log_of_student(d, a.student)
    ),
    OnStudent("look.history", SEE, lambda d, a, h, o: look.history(d, a.student)),
    OnStudent("look.record_of_talk", SEE, lambda d, a, h, o: look.record_of_talk(d, a.sent)),
    OnStudent(
        "move.move_talk", Right.MOVE_TALKS, lambda d, a, h, o: move.move_talk(d, a.closed, o.student, "Fel"), True
    ),
    OnStudent(
        "move.move_talk", Right.MOVE_TALKS, lambda d, a, h, o: move.move_talk(d, o.closed, a.student, "Fel"), True
    ),
    OnStudent("paper_talks.drop_paper_talk", HOLD, lambda d, a, h, o: drop_no_paper_talk(d, a.opened)),
    OnStudent(
        "paper_talks.enter_paper_talk",
        HOLD,
        lambda d, a, h, o: paper_talks.enter_paper_talk(d, PaperTalk(a.student, on_day(d, -9))),
    ),
    OnStudent("papers.note_history_paper", SEE, lambda d, a, h, o: papers.note_history_paper(d, a.student)),
    OnStudent("papers.note_talk_paper", SEE, lambda d, a, h, o: papers.note_talk_paper(d, a.closed, "school")),
    OnStudent("people.assign_mentor", MANAGE, lambda d, a, h, o: people.assign_mentor(d, a.student, h.mentor, d.today)),
    OnStudent("people.end_mentorship", MANAGE, lambda d, a, h, o: people.end_mentorship(d, a.mentorship, d.today)),
    OnStudent(
        "people.hand_over",
        MANAGE,
        lambda d, a, h, o: people.hand_over(d, h.former, h.mentor, [a.student], on_day(d, -9)),
    ),
    OnStudent("people.mentors_of", Right.SEE_STUDENT, lambda d, a, h, o: people.mentors_of(d, a.student)),
    OnStudent(
        "prepare.change_plan", HOLD, lambda d, a, h, o: prepare.change_plan(d, a.prepared, TalkPlan(a.student, LATER))
    ),
    OnStudent("prepare.drop_talk", HOLD, lambda d, a, h, o: prepare.drop_talk(d, a.prepared)),
    OnStudent("prepare.prepare_talk", HOLD, lambda d, a, h, o: prepare.prepare_talk(d, TalkPlan(a.student, LATER))),
    OnStudent("prepare.talks_of", SEE, lambda d, a, h, o: prepare.talks_of(d, a.student)),
    OnStudent(
        "students.archive_student", Right.EDIT_STUDENT, lambda d, a, h, o: students.archive_student(d, a.student)
    ),
    OnStudent(
        "students.edit_student",
        Right.EDIT_STUDENT,
        lambda d, a, h, o: students.edit_student(d, a.student, NewStudent(a.group, "Nytt", "Namn")),
    ),
    OnStudent(
        "students.invite_guardians",
        Right.EDIT_STUDENT,
        lambda d, a, h, o: students.invite_guardians(d, a.student, True),
    ),
    OnStudent(
        "students.restore_student", Right.EDIT_STUDENT, lambda d, a, h, o: students.restore_student(d, a.student)
    ),
    OnStudent("students.see_student", Right.SEE_STUDENT, lambda d, a, h, o: students.see_student(d, a.student)),
    OnStudent("take_along.take_along", HOLD, lambda d, a, h, o: take_nothing(d, a.opened)),
    OnStudent("take_along.words_to_take", HOLD, lambda d, a, h, o: take_along.words_to_take(d, a.opened)),
    OnStudent("talk_view.see_talk", SEE, lambda d, a, h, o: talk_view.see_talk(d, a.sent)),
    OnStudent("whole_class.invite_class", HOLD, lambda d, a, h, o: invite_as_class(d, a)),
    OnStudent("whole_class.preview", HOLD, lambda d, a, h, o: whole_class.preview(d, class_plan(a))),
]

ON_SCHOOLS = [
    OnSchool("wishes.put_on_list", MANAGE, lambda d, s, h: wishes.put_on_list(d, s.mentor, "Mentor")),
    OnSchool("wishes.take_off_list", MANAGE, lambda d, s, h: wishes.take_off_list(d, s.mentor)),
    OnSchool("people.activate_staff", MANAGE, lambda d, s, h: people.activate_staff(d, s.former)),
    OnSchool("people.assign_mentor", MANAGE, lambda d, s, h: people.assign_mentor(d, h.student, s.mentor, d.today)),
    OnSchool("people.deactivate_staff", MANAGE, lambda d, s, h: people.deactivate_staff(d, s.mentor)),
    OnSchool("people.edit_staff", MANAGE, lambda d, s, h: people.edit_staff(d, s.mentor, NEW_STAFF)),
    OnSchool("people.give_reach", MANAGE, lambda d, s, h: people.give_reach(d, s.counsellor, school_id=h.school)),
    OnSchool("people.give_reach", MANAGE, lambda d, s, h: people.give_reach(d, h.counsellor, school_id=s.school)),
    OnSchool("people.give_reach", MANAGE, lambda d, s, h: people.give_reach(d, h.counsellor, group_id=s.group)),
    OnSchool("people.hand_over", MANAGE, lambda d, s, h: people.hand_over(d, s.former, h.mentor, [], d.today)),
    OnSchool("people.hand_over", MANAGE, lambda d, s, h: people.hand_over(d, h.former, s.mentor, [], d.today)),
    OnSchool("people.reaches_of", MANAGE, lambda d, s, h: people.reaches_of(d, s.counsellor)),
    OnSchool("people.rename_group", MANAGE, lambda d, s, h: people.rename_group(d, s.group, "Ett nytt namn")),
    OnSchool("people.reset_password", MANAGE, lambda d, s, h: people.reset_password(d, s.mentor)),
    OnSchool("people.students_mentored_by", MANAGE, lambda d, s, h: people.students_mentored_by(d, s.mentor)),
    OnSchool("people.take_reach", MANAGE, lambda d, s, h: people.take_reach(d, s.counsellor, s.reach)),
    OnSchool("people.take_reach", MANAGE, lambda d, s, h: people.take_reach(d, h.counsellor, s.reach)),
    OnSchool(
        "students.add_student",
        Right.ADD_STUDENT,
        lambda d, s, h: students.add_student(d, NewStudent(s.group, "Alldeles", "Ny")),
        places=True,
    ),
]


def _of_today(found: today.Today) -> set[str]:
    lists = (found.overdue, found.soon, found.unread, found.prepared, found.open_talks)
    return {student.id for each in lists for student, _ in each}


def _term(desk: Desk) -> terms.Term:
    """The one in which the talks of forty days ago were held."""
    return terms.term_dates().term_of(on_day(desk, -40))


ALONE = [
    Alone("wishes.answer_wish", SEE, answer_own_wish),
    Alone("wishes.list_adults", MANAGE, wishes.list_adults),
    Alone("wishes.wishes_to_me", SEE, wishes.wishes_to_me),
    Alone("board.look", HOLD, look_at_every_board, students=lambda lines: {line.student.id for line in lines}),
    Alone(
        "caseload.caseload",
        SEE,
        caseload.caseload,
        students=lambda lines: {line.student_id for line in lines},
    ),
    Alone(
        "group_term.group_term",
        SEE,
        lambda d: group_term.group_term(d, _term(d), named=True),
        students=lambda found: {shift.student_id for shift in found.shifts} | set(found.names),
    ),
    Alone(
        "group_term.term_for_others",
        SEE,
        lambda d: group_term.term_for_others(d, _term(d)),
        students=lambda found: {shift.student_id for shift in found.shifts},
    ),
    Alone("group_count.kept_counts", SEE, lambda d: group_count.kept_counts(d, _term(d), [])),
    Alone("group_count.keep_counts", HOLD, lambda d: group_count.keep_counts(d, _term(d), {})),
    Alone("group_count.require_told", HOLD, without_counts),
    Alone(
        "group_term.group_choices",
        SEE,
        lambda d: group_term.group_choices(d, _term(d)),
        schools=lambda groups: {group.school_id for group in groups},
    ),
    Alone(
        "made_reports.waiting_handovers",
        SEE,
        made_reports.waiting_handovers,
    ),
    Alone("term_batch.order_batch", HOLD, order_batch),
    Alone("term_batch.find_batch", HOLD, lambda d: term_batch.find_batch(d, order_batch(d))),
    Alone("term_batch.begin_batch", HOLD, lambda d: term_batch.begin_batch(d, order_batch(d))),
    Alone("term_batch.cancel_batch", HOLD, lambda d: term_batch.cancel_batch(d, order_batch(d))),
    Alone("term_batch.end_batch", HOLD, lambda d: term_batch.end_batch(d, order_batch(d), BatchStatus.BROKEN)),
    Alone("term_batch.note_progress", HOLD, note_progress),
    Alone(
        "term_batch.students_of",
        HOLD,
        lambda d: term_batch.students_of(d, Scope()),
        students=lambda found: {each.id for each in found},
    ),
    Alone("made_reports.own_group_reports", SEE, made_reports.own_group_reports),
    Alone("papers.note_caseload_paper", SEE, lambda d: papers.note_caseload_paper(d, "")),
    Alone(
        "exports.read_export",
        SEE,
        lambda d: exports.read_export(d, Choice()),
        students=lambda found: set(found.people),
    ),
    Alone("exports.take_turn", SEE, exports.take_turn),
    Alone("class_list.import_class_list", Right.ADD_STUDENT, lambda d: class_list.import_class_list(d, EMPTY_LIST)),
    Alone("class_list.preview_import", Right.ADD_STUDENT, lambda d: class_list.preview_import(d, EMPTY_LIST)),
    Alone(
        "log_book.read_log",
        Right.READ_LOG,
        log_book.read_log,
        students=lambda lines: {line.entry.student_id for line in lines if line.student},
    ),
    Alone("people.add_group", MANAGE, lambda d: people.add_group(d, "En ny grupp")),
    Alone("people.add_staff", MANAGE, lambda d: people.add_staff(d, NEW_STAFF)),
    Alone(
        "people.list_groups",
        Right.SEE_STUDENT,
        people.list_groups,
        schools=lambda groups: {group.school_id for group in groups},
    ),
    Alone("people.list_staff", MANAGE, people.list_staff, schools=lambda staff: {each.school_id for each in staff}),
    Alone("people.see_school", None, people.see_school, schools=lambda school: {school.id}),
    Alone("people.set_language", None, lambda d: people.set_language(d, "en")),
    Alone(
        "students.list_students",
        Right.SEE_STUDENT,
        lambda d: students.list_students(d) + students.list_students(d, archived=True),
        students=lambda found: {student.id for student in found},
    ),
    Alone("slips.read_slips", HOLD, read_no_slips),
    Alone("whole_class.sendable_to_class", HOLD, lambda d: whole_class.sendable_to_class(d, "development")),
    Alone("today.today", SEE, today.today, students=_of_today),
]

# Reached by a secret, and by nobody without it: a session's cookie, a link, a code, a signed pass. The secret is the
# right; tried in test_routes.py, test_links.py and by the tests of each.
BY_SECRET = {
    "badge.make_badge", "badge.read_badge",
    "entry.find", "entry.find_by_code", "entry.find_by_pass", "entry.find_by_token",
    "passes.make_pass", "passes.make_seal_key", "passes.read_pass",
    "my_words.my_words", "wishes.adults_for", "wishes.make_wish", "wishes.wishes_of",
    "tries.known_steps", "tries.tell_try",
    "rate.open_entry", "rate.save", "rate.save_all", "rate.send", "rate.send_all",
    "sign_in.change_password", "sign_in.confirm_password", "sign_in.create_first_administrator", "sign_in.find_session",
    "sign_in.find_session_by_id", "sign_in.hold_open", "sign_in.hold_open_by_id", "sign_in.needs_setup",
    "sign_in.sign_in", "sign_in.sign_in_again", "sign_in.sign_out", "sign_in.touch", "sign_in.touch_by_id",
}  # fmt: skip
# For manage.py alone, where whoever calls has the key file in the hand; a test sees that no door leads to them.
FOR_THE_COMMAND_LINE = {
    "backup.back_up", "backup.drill", "backup.restore", "backup.verify",
    "key_rotation.rotate_keys",
    "recovery_sheet.fingerprint", "recovery_sheet.is_on_sheet", "recovery_sheet.recovery_sheet",
    "recovery_sheet.restore_keys", "sign_in.make_setup_token", "sign_in.sign_out_everywhere",
}  # fmt: skip
# Parts of the services above: they are given a unit or a student that a service has asked about. No door uses them.
INSIDE = {
    "access.demand", "access.note_seen", "access.reaches_student", "access.reads_level", "access.require",
    "conduct.add_below", "conduct.add_to_decision", "talk_view.begin_in",
    "desk_talks.asked_here", "desk_talks.invited_to", "desk_talks.levels_in", "desk_talks.may_hold",
    "desk_talks.narrowed", "desk_talks.require_holding", "desk_talks.seen_by", "desk_talks.shown",
    "desk_talks.note", "desk_talks.note_writing", "desk_talks.read_talk", "desk_talks.take_talk",
    "desk_talks.seen_by_all",
    "decided.write_decided", "invite.add", "invite.ends_after", "invite.invite_to", "prepare.new_talk",
    "prepare.prepare_in",
    "entry.is_left_out", "entry.why_closed", "posting.check_all", "posting.empty", "posting.settle",
    "saving.check_change", "saving.save_change", "saving.write", "saving.same_value",
    "students.fit", "students.groups_within_reach", "students.write_new",
    "group_term.standing",
    "throttle.forget", "throttle.note_failure", "throttle.wait_for",
}  # fmt: skip
# Nothing is read from the store and nothing written.
KNOWS_NOBODY = {
    "compose.session_talk_of", "receiving.amended_in", "receiving.ground_refusals", "receiving.grounds_for",
    "receiving.group_refusals", "receiving.is_open_to", "receiving.narrowed", "receiving.private_rows",
    "receiving.receiver_refusals", "receiving.said_in", "receiving.session_refusal", "receiving.told_to",
    "consents.find_consent", "consents.in_force", "receiving.term_refusal",
    "receiving.too_long", "group_count.is_in", "group_count.may_be_told", "asked.places_alone",
    "asked.remembered",
    "term_batch.order_for",
    "caseload.read_weeks", "terms.find_term", "terms.latest_terms", "terms.term_dates",
    "access.has_right", "access.now",
    "asked.asks_by_school_form", "asked.catalogue", "asked.forget_wording", "asked.levels_alone", "asked.models_at",
    "asked.readable", "asked.require_editions", "asked.use_wording", "house.wording_folder",
    "library.editions_of", "library.instrument_for", "library.instruments_for", "library.models_for",
    "asked.find_instrument", "asked.find_item", "asked.find_model", "asked.items_alone", "asked.own_instrument_id",
    "asked.pin_editions", "class_list_file.read_class_list", "field_errors.read_text",
    "tries.days_to_tell", "tries.fits", "tries.table_of",
    "invite.days_of", "invite.model_of", "invite.new", "invite.sendable_by", "slips.slip_names", "slips.slips_of",
    "whole_class.narrowed",
    "house.close_house", "house.current_store", "house.open_house", "house.use_store",
    "passwords.hash_in_turn", "passwords.hash_password", "passwords.is_right", "passwords.needs_new_hash",
    "passwords.one_time_password", "passwords.require_good", "saving.day_of", "short_code.new_code",
    "short_code.read_code", "short_code.show_code", "sign_in.time_left", "student_fields.checked",
    "student_fields.could_be_same", "student_fields.is_same_person", "talk_view.is_alone", "throttle.address_key",
}  # fmt: skip
