"""What each kind of receiver may have. The rules alone: nothing here reads the store.

A receiver's levels are walls like a reader's. Guardians and those who are no school get no answers of the student's
(the same as on a guardian's copy of a talk); outside the school nobody gets the rows on leisure and health. What a
session report says of its receivers, the principal has chosen, and it holds for every report that has it in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from conversation_models.domain.agreement import Amendment
from conversation_models.domain.answer import Answer
from conversation_models.domain.names import same_name
from conversation_models.domain.report import (
    LEVELS,
    LONGEST_GROUND,
    LONGEST_NAME,
    GroundKind,
    Order,
    ReceiverKind,
    ReportKind,
)
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.services import asked
from conversation_models.services.asked import AGREEMENT
from conversation_models.services.look import History
from instruments.items import JointColourItem

SURVEY = "development_survey"
PLAIN = frozenset({"talks", "agreements", "session", "words"})
ANSWERS = frozenset({"path", "survey", "scales", "skills"})
HEALTH = frozenset({"thermometer"})
TOLD: dict[ReceiverKind, frozenset[str]] = dict.fromkeys(ReceiverKind, PLAIN | ANSWERS) | {
    ReceiverKind.STUDENT: PLAIN | ANSWERS | HEALTH,
    ReceiverKind.COUNSELLOR: PLAIN | ANSWERS | HEALTH,
    ReceiverKind.STUDENT_HEALTH: PLAIN | ANSWERS | HEALTH,
    ReceiverKind.GUARDIAN: PLAIN,
    ReceiverKind.ORGANISER: PLAIN,
    ReceiverKind.OTHER_SERVICE: PLAIN,
}
OUTSIDE = frozenset(
    {ReceiverKind.GUARDIAN, ReceiverKind.OTHER_SCHOOL, ReceiverKind.ORGANISER, ReceiverKind.OTHER_SERVICE}
)
# A handover goes away, also to the student who is to read it first; a group's report is for those who work with groups.
RECEIVERS: dict[ReportKind, tuple[ReceiverKind, ...]] = {
    ReportKind.TERM: tuple(ReceiverKind),
    ReportKind.SESSION: tuple(ReceiverKind),
    ReportKind.HANDOVER: (
        ReceiverKind.OTHER_SCHOOL,
        ReceiverKind.STUDENT_HEALTH,
        ReceiverKind.OTHER_SERVICE,
        ReceiverKind.STUDENT,
    ),
    ReportKind.GROUP: (
        ReceiverKind.PRINCIPAL,
        ReceiverKind.SCHOOL_STAFF,
        ReceiverKind.STUDENT_HEALTH,
        ReceiverKind.ORGANISER,
        ReceiverKind.OTHER_SERVICE,
    ),
}
CHOSEN_BY_ROW = {
    ReceiverKind.MENTOR: "mentor",
    ReceiverKind.SPECIAL_EDUCATOR: "special_educator",
    ReceiverKind.COUNSELLOR: "counsellor",
    ReceiverKind.PRINCIPAL: "principal",
}
CHOICE = ("chosen_by", "chosen_on", "receivers", "guardians")
# Of a group's report, in the order in which they stand on the paper.
GROUP_PARTS = ("square", "moves", "counts", "happened")
CONSENTS = (GroundKind.STUDENT_CONSENT, GroundKind.GUARDIAN_CONSENT, GroundKind.BOTH_CONSENT)


class ReportRefused(Exception):
    """Why a report may not be made, or may not have that part: a code, and values to say it with.

    nothing_chosen, no_ground, no_ground_words, no_receiver_name, too_long, not_read, guardians_not_invited,
    guardian_consent_ended, not_for_receiver, not_there, receivers_not_chosen, receivers_corrected, not_among_chosen,
    guardians_not_decided, nothing_written, not_approved, to_change, left_out, corrected, no_start, no_follow_up,
    follow_up_too_early, changed_since, nothing_to_tell,
    consent_ended, not_among_named, term_receivers_corrected.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReportRefused) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        return hash(self.code)


def grounds_for(kind: ReportKind, receiver: ReceiverKind) -> tuple[GroundKind, ...]:
    """The student's own goes to the student on no other ground."""
    if kind is ReportKind.GROUP:
        return GroundKind.NOBODY_NAMED, GroundKind.LAW
    return (GroundKind.OWN,) if receiver is ReceiverKind.STUDENT else (*CONSENTS, GroundKind.LAW)


def told_to(receiver: ReceiverKind, part: str) -> bool:
    """Whether this receiver may have such a part at all."""
    return part.partition(":")[0] in TOLD[receiver]


def narrowed(history: History, receiver: ReceiverKind) -> History:
    """Without what this receiver may not read: levels, and outside the school the rows on leisure and health."""
    levels, hidden = LEVELS[receiver], private_rows() if receiver in OUTSIDE else frozenset()
    answers = tuple(
        each
        for each in history.answers
        if each.level in levels and not (each.instrument == SURVEY and each.item in hidden)
    )
    decisions = tuple(each for each in history.decisions if each.level in levels)
    told = {each.talk_id for each in answers} | {each.talk_id for each in decisions}
    talks = tuple(_within(each, levels) for each in history.talks if each.id in told or is_open_to(each, levels))
    return replace(
        history,
        talks=talks,
        answers=answers,
        decisions=decisions,
        amendments=tuple(each for each in history.amendments if each.level in levels),
        moves=(),
    )


def is_open_to(talk: Talk, levels: frozenset[str]) -> bool:
    """Whether that there was such a talk may be told."""
    return asked.find_model(talk.model).level in levels


def private_rows() -> frozenset[str]:
    """The survey's rows that leave the school only if the student brings them."""
    items = asked.find_instrument(AGREEMENT).items()
    guarded = (item.follows or "" for item in items if isinstance(item, JointColourItem) and item.guardian_copy_if)
    return frozenset(follows.partition(".")[2] for follows in guarded)


def session_refusal(order: Order, day: date, said: Mapping[str, Any], amended: Iterable[str]) -> ReportRefused | None:
    """Whether the session report of that day may go to the receiver of this order. The student may always read it."""
    if order.receiver is ReceiverKind.STUDENT:
        return None
    if not set(amended).isdisjoint(CHOICE):
        return ReportRefused("receivers_corrected", day=day)
    if not said.get("chosen_by"):
        return ReportRefused("receivers_not_chosen", day=day)
    if order.receiver is ReceiverKind.GUARDIAN:
        return None if said.get("guardians") == "decided" else ReportRefused("guardians_not_decided", day=day)
    rows = [row for row in said.get("receivers") or () if row.get("gets")]
    if any(_is_chosen(order, row) for row in rows):
        return None
    return ReportRefused("not_among_chosen", day=day, chosen=[(row["row"], row.get("name", "")) for row in rows])


def term_refusal(order: Order, said: Mapping[str, Any], amended: Iterable[str]) -> ReportRefused | None:
    """Whether what the term's own form says may go to the receiver of this order: to those who are named in it, when
    somebody is. The student may always read it."""
    if order.receiver is ReceiverKind.STUDENT:
        return None
    if "receivers" in amended:
        return ReportRefused("term_receivers_corrected")
    names = [str(row.get("name") or "").strip() for row in said.get("receivers") or ()]
    named = [name for name in names if name]
    if not named or same_name(order.receiver_name) in {same_name(name) for name in named}:
        return None
    return ReportRefused("not_among_named", named=", ".join(named))


def _is_chosen(order: Order, row: Mapping[str, Any]) -> bool:
    """By role, and by name where one is written; who was added to the list has only a name."""
    name = str(row.get("name") or "")
    is_named = bool(name) and same_name(name) == same_name(order.receiver_name)
    if row["row"] == CHOSEN_BY_ROW.get(order.receiver):
        return is_named or not name
    return str(row["row"]).startswith("own.") and is_named


def receiver_refusals(order: Order, student: Student, today: date) -> list[ReportRefused]:
    """What is missing or not so about receiver and ground, whatever is in the report."""
    found = []
    if order.receiver not in RECEIVERS[order.kind]:
        found.append(ReportRefused("not_for_receiver"))
    if order.receiver is not ReceiverKind.STUDENT and not order.receiver_name.strip():
        found.append(ReportRefused("no_receiver_name"))
    if order.receiver is ReceiverKind.GUARDIAN and student.is_adult(today) and not student.guardians_invited:
        found.append(ReportRefused("guardians_not_invited"))
    found += ground_refusals(order)
    guardians_say = order.ground in (GroundKind.GUARDIAN_CONSENT, GroundKind.BOTH_CONSENT)
    if guardians_say and student.is_adult(today):
        found.append(ReportRefused("guardian_consent_ended"))
    return found


def ground_refusals(order: Order) -> list[ReportRefused]:
    if order.ground not in grounds_for(order.kind, order.receiver):
        return [ReportRefused("no_ground")]
    needs_words = order.ground not in (GroundKind.OWN, GroundKind.NOBODY_NAMED)
    return [ReportRefused("no_ground_words")] if needs_words and not order.ground_words.strip() else []


def too_long(order: Order) -> list[ReportRefused]:
    written = ((order.receiver_name, LONGEST_NAME), (order.ground_words, LONGEST_GROUND))
    return [ReportRefused("too_long", most=most) for text, most in written if len(text) > most]


def said_in(answers: Iterable[Answer], talk_id: str, instrument: str) -> dict[str, Any]:
    """What stands in a talk, by item: of several answers the newest that is not empty."""
    found: dict[str, Any] = {}
    for answer in answers:
        if (answer.talk_id, answer.instrument) == (talk_id, instrument) and answer.state != "empty":
            found[answer.item] = answer.value if answer.state == "answered" else None
    return found


def amended_in(amendments: Iterable[Amendment], talk_id: str, instrument: str) -> set[str]:
    return {each.item for each in amendments if (each.talk_id, each.instrument) == (talk_id, instrument)}


def _within(talk: Talk, levels: frozenset[str]) -> Talk:
    editions = {name: number for name, number in talk.editions.items() if asked.readable(name, number, levels)}
    return replace(talk, editions=editions)


def group_refusals(order: Order) -> list[ReportRefused]:
    """Of a group's report, in which nobody can be found."""
    found = [] if order.parts else [ReportRefused("nothing_chosen")]
    if not set(order.parts) <= set(GROUP_PARTS):
        found.append(ReportRefused("not_there"))
    found += too_long(order)
    if order.receiver not in RECEIVERS[ReportKind.GROUP]:
        found.append(ReportRefused("not_for_receiver"))
    if not order.receiver_name.strip():
        found.append(ReportRefused("no_receiver_name"))
    return [*found, *ground_refusals(order)]
