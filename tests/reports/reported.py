"""A term with everything that a report can be made of, told through the services."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.report import GroundKind, Order, ReceiverKind, ReportKind
from conversation_models.domain.talk import Talk
from conversation_models.services import added, agree, asked, conduct, prepare
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from reports.paper.document import render
from reports.report_paper import compose_report
from tests.conversation_models.services.talks_made import AGREEMENT, QUADRANT, SCALE, SURVEY, Talks, change
from tests.reports.paper.papers import text_of

SESSION, TERM, HANDOVER = "session_report", "term_report", "handover_report"
ADULTS = "Läraren väntar i korridoren"
SPRING = "2026-1"
CHOSEN = {
    "did": "Vi spelade schack i biblioteket.",
    "worked": "Att börja klockan tio.",
    "felt": "Lite stelt först.",
    "next_time": "Samma tid, en timme.",
    "student_read": True,
    "chosen_by": "Kim Rektor",
    "chosen_on": "2026-02-10",
    "receivers": [{"row": "mentor", "gets": True}, {"row": "special_educator", "gets": True, "name": "Ali Noor"},
                  {"row": "counsellor", "name": "Eli"}, {"row": "own.1", "gets": True, "name": "Tove, Ekskolan"}],
    "guardians": "not_sent",
}  # fmt: skip


def write(desk: Desk, talk_id: str, instrument: str, values: dict[str, Any]) -> None:
    asks = asked.find_instrument(instrument)
    for item, value in values.items():
        place = Place(talk_id, instrument, item, Respondent(asks.respondent_of(item)), Manner.TOGETHER)
        conduct.save_in_talk(desk, place, change(value))


def free_talk(desk: Desk, student_id: str, day: date, written: dict[str, dict[str, Any]]) -> Talk:
    """A closed free talk that took in the instruments named."""
    talk = conduct.open_talk(desk, prepare.prepare_talk(desk, TalkPlan(student_id, day, "free_talk")).id)
    for name, values in written.items():
        added.add_instrument(desk, talk.id, name)
        write(desk, talk.id, name, values)
    return conduct.close_talk(desk, talk.id)


@dataclass(frozen=True)
class Told:
    """Two development talks of the spring and one of the autumn before; two sessions; one above the mentor's level."""

    talks: Talks
    health: Desk
    first: Talk
    second: Talk
    sessions: tuple[Talk, Talk]
    above: Talk

    @property
    def desk(self) -> Desk:
        return self.talks.desk

    @property
    def student_id(self) -> str:
        return self.talks.student.id


def tell(talks: Talks, health: Desk) -> Told:
    survey = {
        (SURVEY, "workload"): {"colour": "red", "fits": ["red.1"]},
        (SURVEY, "health"): {"colour": "yellow", "fits": []},
    }
    talks.closed(
        date(2025, 10, 2),
        {(QUADRANT, "priority"): 9, (QUADRANT, "ability"): 9},
        {(AGREEMENT, "work_decision"): "Läsa i lugn takt", (AGREEMENT, "work_follow_up"): "2026-05-01"},
    )
    first = talks.closed(
        date(2026, 2, 3),
        survey | {(QUADRANT, "priority"): 4, (QUADRANT, "ability"): 2},
        {
            (SCALE, "topic"): "Komma upp", (SCALE, "now"): 3, (SCALE, "wanted"): 7,
            (AGREEMENT, "work_decision"): "Två uppgifter i taget", (AGREEMENT, "work_responsible"): "Alva",
            (AGREEMENT, "work_follow_up"): "2026-03-01",
        },
    )  # fmt: skip
    second = talks.closed(
        date(2026, 3, 5),
        {(SURVEY, "workload"): {"colour": "green", "fits": []}, (QUADRANT, "priority"): 7, (QUADRANT, "ability"): 5},
        {(AGREEMENT, "support_decision"): "Någon möter vid dörren", (AGREEMENT, "support_follow_up"): "2026-04-01"},
    )
    agree.follow_up(talks.desk, agree.decisions_of(talks.desk, first.id)[0].id, DecisionStatus.DONE, "Det höll.")
    sessions = (
        free_talk(talks.desk, talks.student.id, date(2026, 2, 10), {SESSION: CHOSEN}),
        free_talk(talks.desk, talks.student.id, date(2026, 2, 17), {SESSION: {"did": "Vi gick dit på kvällen."}}),
    )
    rows = [{"row": "own.1", "situation": "Den låsta matsalen", "now": 8}]
    table = next(item.id for item in asked.find_instrument("thermometer").items() if item.kind == "table")
    above = prepare.prepare_talk(health, TalkPlan(talks.student.id, date(2026, 2, 20), "return_to_school"))
    conduct.open_talk(health, above.id)
    write(health, above.id, "thermometer", {table: rows})
    write(health, above.id, "trigger_circle", {"thought": "Alla tittar på mig", "adults": ADULTS})
    conduct.close_talk(health, above.id)
    return Told(talks, health, first, second, sessions, above)


def order_of(told: Told, *parts: str, **more: Any) -> Order:
    """A term report to the student, unless something else is said."""
    asked_for: dict[str, Any] = {"kind": ReportKind.TERM, "student_id": told.student_id, "term": SPRING}
    to_somebody: dict[str, Any] = {
        "receiver_name": "Någon",
        "ground": GroundKind.LAW,
        "ground_words": "10 kap. 2 §",
        "has_read": True,
    }
    own = {"ground": GroundKind.OWN}
    receiver = more.get("receiver", ReceiverKind.STUDENT)
    return Order(**asked_for | (own if receiver is ReceiverKind.STUDENT else to_somebody) | {"parts": parts} | more)


def codes(desk: Desk, order: Order) -> list[str]:
    return [each.code for each in compose_report(desk, order, "sv").found.refused]


def said(desk: Desk, order: Order) -> str:
    """What would stand on the paper."""
    return text_of(render(compose_report(desk, order, "sv").document, "sv"))


def soon(desk: Desk, **more: float) -> Desk:
    return Desk(desk.store, desk.actor, desk.now + timedelta(**more))
