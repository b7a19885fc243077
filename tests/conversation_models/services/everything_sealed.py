"""A small school with something in every sealed column, at two levels, and more answers than one batch takes."""

from dataclasses import replace
from datetime import date

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.ids import new_id
from conversation_models.domain.invitation import NewInvitation
from conversation_models.domain.report import GroundKind, Order, ReceiverKind, Report, ReportKind
from conversation_models.domain.wish import Wish
from conversation_models.services import agree, conduct, invite, made_reports, move, rate, students
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan, change_plan
from conversation_models.services.students import NewGuardian, NewStudent
from conversation_models.storage import answers, reports, wishes
from conversation_models.storage.answers import Written
from conversation_models.storage.store import Store, Unit
from tests.conversation_models.cast import NOW, Cast
from tests.conversation_models.services.talks_made import AGREED, ANSWERED, SURVEY, Talks

PERSONNUMMER = "200905172383"
REPORT_SAID = "allt som stod i rapporten"
MANY = 600


def fill(store: Store, cast: Cast) -> NewInvitation:
    """Returns an invitation that is begun and not sent."""
    talks = Talks(Desk(store, cast.mentor, NOW), cast.student)
    guardian = NewGuardian("Vuxen Öberg", "070-174 06 06", "vuxen@example.org")
    born = date(2009, 5, 17)
    given = NewStudent(cast.group.id, "Åsa", "Öberg", born, PERSONNUMMER, "asa@example.org", "070-1", (guardian,))
    students.edit_student(talks.desk, cast.student.id, given)
    _hold_a_talk(talks)
    moved = Talks(talks.desk, cast.shared).closed(date(2026, 3, 2))
    move.move_talk(talks.desk, moved.id, cast.student.id, "Fel elev valdes")
    opened = talks.prepared(date(2026, 4, 1))
    invited = invite.invite(talks.desk, opened.id)
    entry = rate.find_by_token(store, invited.token, NOW)
    rate.save_all(store, entry, ANSWERED, "phone", NOW)
    with store.writing() as unit:
        _answer_much(unit, opened.id, cast)
        wish = Wish(new_id(), cast.student.id, cast.counsellor.id, NOW.date())
        wishes.add(unit, wish)
        wishes.answer(unit, wish.id, NOW.date(), "Kom i morgon")
        wishes.put_on_list(unit, cast.counsellor.id, "kurator")
        _report(unit, moved.id, cast)
    return invited


def _hold_a_talk(talks: Talks) -> None:
    talk = talks.prepared()
    change_plan(talks.desk, talk.id, TalkPlan(talks.student.id, talk.held_on, place="Rum 214"))
    talks.sent(talk)
    conduct.open_talk(talks.desk, talk.id)
    talks.write(talk, AGREED)
    conduct.close_talk(talks.desk, talk.id)
    (decision,) = agree.decisions_of(talks.desk, talk.id)
    agree.follow_up(talks.desk, decision.id, DecisionStatus.DONE, "Det gick bra")
    agree.amend(talks.desk, talk.id, SURVEY, "peers", "Det var tvärtom")


def _answer_much(unit: Unit, talk_id: str, cast: Cast) -> None:
    place = Place(talk_id, SURVEY, "bring_up", Respondent.STUDENT, Manner.TOGETHER)
    said = (f"Bara elevhälsan {number}" for number in range(MANY))
    written = [Written(place, "e", True, "answered", word, 1, "c", 1, NOW, cast.counsellor.id) for word in said]
    answers.append(unit, [(each.stored(unit.cipher), 1) for each in written], NOW)


def _report(unit: Unit, talk_id: str, cast: Cast) -> None:
    order = Order(
        ReportKind.HANDOVER, cast.student.id, talk_id, parts=("own_page",), receiver=ReceiverKind.OTHER_SCHOOL,
        receiver_name="Ekskolan", ground=GroundKind.LAW, ground_words="29 kap.",
    )  # fmt: skip
    report = Report(new_id(), order, "m", "sv", made_reports._fingerprint(REPORT_SAID), cast.mentor.id, NOW)
    reports.add(unit, report)
    reports.follow(unit, replace(report, outcome="Läst", followed_by=cast.mentor.id, followed_at=NOW))
