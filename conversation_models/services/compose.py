"""What a report may have in it: read once, narrowed to its receiver, then to the parts that were chosen.

Whatever is not in `Material` cannot stand on the paper: the walls are here, not where the paper is drawn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from conversation_models.domain.answer import Respondent
from conversation_models.domain.report import LEVELS, Order, ReceiverKind, ReportKind
from conversation_models.domain.talk import Talk
from conversation_models.domain.term import Term
from conversation_models.services import access, consents, look, receiving, terms
from conversation_models.services.access import Desk
from conversation_models.services.asked import find_instrument
from conversation_models.services.consents import Consent
from conversation_models.services.look import History
from conversation_models.services.receiving import ReportRefused, amended_in, said_in
from instruments.model import Instrument
from instruments.text import Text

SESSION, TERM, HANDOVER = "session_report", "term_report", "handover_report"
# The parts of a term's report, in the order in which they stand on the paper; session reports and what was written
# with the term's own form are parts of their own.
TERM_PARTS = ("talks", "path", "survey", "scales", "skills", "thermometer", "agreements")
READS = {
    "path": "priority_ability",
    "survey": "development_survey",
    "scales": "scale_question",
    "skills": "social_school_skills",
    "thermometer": "thermometer",
}
WRITTEN = ("sessions", "worked", "practised", "goals", "ahead", "own_words")
HANDOVER_PARTS = ("strengths", "learning", "subjects", "support", "attending", "promised", "contacts")
OWN_PAGE, OWN_ITEMS = "own_page", ("works_for_me", "first_day", "rather_not", "when_hard")
SESSION_ITEMS = ("did", "worked", "felt", "next_time")
CIRCLES = ("trigger_circle", "functional_analysis")
NOT_APPROVED = {"change": "to_change", "leave_out": "left_out"}


@dataclass(frozen=True)
class Offered:
    """A part that there is something of. `refused` says why this receiver may not have it."""

    part: str
    refused: ReportRefused | None = None
    talk: Talk | None = None
    title: Text | None = None


@dataclass(frozen=True)
class Material:
    """What the paper is made of. `order` has those of the chosen parts that may stand, in order.

    `history` is that of the term or of the one talk; `agreed` has the term's decisions and the earlier ones that were
    open in it, with their talks. `refused` is everything that stands in the way of making it. `read`: the student has
    read it. `consents` are those that hold today.
    """

    order: Order
    history: History
    agreed: History
    offered: tuple[Offered, ...]
    refused: tuple[ReportRefused, ...]
    term: Term | None = None
    level: str = "m"
    read: bool = False
    consents: tuple[Consent, ...] = ()


def material(desk: Desk, order: Order) -> Material:
    """Of a student's report. Raises Refused for a student without reach; logs that the record was read."""
    if order.kind is ReportKind.GROUP:
        raise ValueError(order.kind)
    whole = look.history(desk, order.student_id, printed=True)
    open_to = receiving.narrowed(whole, order.receiver)
    term = terms.find_term(order.term, desk.today) if order.kind is ReportKind.TERM else None
    here = replace(open_to, talks=tuple(_here(order, term, open_to.talks)))
    here = _only_of(here, {each.id for each in here.talks})
    offered = (*_offered(order, here, _agreed(open_to, term)), *_taken(order, open_to))
    may = {each.part for each in offered if each.refused is None}
    parts = tuple(each.part for each in offered if each.part in order.parts and each.part in may)
    agreed = _agreed(open_to, term) if "agreements" in parts else replace(open_to, talks=(), decisions=())
    stripped = _stripped(here, parts)
    stripped = _with_taken(stripped, open_to, [each for each in offered if each.part in parts])
    ready = replace(order, parts=parts)
    read = order.has_read or _is_read(order, here)
    missing = [each for each in order.parts if each not in {one.part for one in offered}]
    refused = (
        *(each.refused for each in offered if each.part in order.parts and each.refused),
        *(ReportRefused("not_there") for _each in missing),
        *_refusals(desk, order, whole, read=read),
    )
    level = _level(stripped, agreed, parts, _known_to_mentors(desk, whole))
    known = consents.in_force(whole, desk.today)
    told = (ready, stripped, replace(agreed, answers=()), offered, tuple(dict.fromkeys(refused)))
    return Material(*told, term, level, read, known)


def talks_with(desk: Desk, student_id: str, kind: ReportKind) -> tuple[Talk, ...]:
    """The closed talks in which a session or handover report was written, latest first."""
    history = look.history(desk, student_id, printed=True)
    name = SESSION if kind is ReportKind.SESSION else HANDOVER
    told = {each.talk_id for each in history.answers if each.instrument == name and each.state != "empty"}
    return tuple(reversed([talk for talk in history.talks if talk.id in told]))


def session_talk_of(part: str) -> str:
    """ "session:<talk id>" -> the id; "" for another part."""
    kind, _, talk_id = part.partition(":")
    return talk_id if kind == "session" else ""


def _here(order: Order, term: Term | None, talks: Iterable[Talk]) -> Iterator[Talk]:
    for talk in talks:
        if term.holds(talk.held_on) if term else talk.id == order.talk_id:
            yield talk


def _only_of(history: History, talk_ids: set[str]) -> History:
    return replace(
        history,
        answers=tuple(each for each in history.answers if each.talk_id in talk_ids),
        decisions=tuple(each for each in history.decisions if each.talk_id in talk_ids),
        amendments=tuple(each for each in history.amendments if each.talk_id in talk_ids),
    )


def _agreed(history: History, term: Term | None) -> History:
    """The term's decisions, and earlier ones that are open or were followed up in the term."""
    if term is None:
        return replace(history, talks=(), decisions=())
    day_of = {talk.id: talk.held_on for talk in history.talks}
    kept = tuple(
        each
        for each in history.decisions
        if term.holds(day_of[each.talk_id])
        or (
            day_of[each.talk_id] < term.first
            and (each.followed_at is None or term.holds(each.followed_at.date()))
        )
    )  # fmt: skip
    ids = {each.talk_id for each in kept}
    return replace(history, talks=tuple(talk for talk in history.talks if talk.id in ids), decisions=kept)


def _offered(order: Order, here: History, agreed: History) -> Iterator[Offered]:
    if order.kind is ReportKind.TERM:
        yield from _offered_of_term(order, here, agreed)
    elif order.kind is ReportKind.SESSION:
        yield from _sessions(order, here)
    else:
        yield from _offered_of_handover(here)


def _offered_of_term(order: Order, here: History, agreed: History) -> Iterator[Offered]:
    answered = {each.instrument for each in here.answers if each.state == "answered"}
    levels = LEVELS[order.receiver]
    there = {part: READS[part] in answered for part in READS}
    there |= {
        "talks": any(receiving.is_open_to(talk, levels) for talk in here.talks),
        "agreements": bool(agreed.decisions),
    }
    for part in TERM_PARTS:
        if there[part]:
            yield Offered(part, _unless_told(order, part))
    yield from _sessions(order, here)
    yield from _written(order, here)


def _unless_told(order: Order, part: str) -> ReportRefused | None:
    return None if receiving.told_to(order.receiver, part) else ReportRefused("not_for_receiver")


def _sessions(order: Order, here: History) -> Iterator[Offered]:
    """Each session report by itself. One that the student has ticked as read needs no other sign of it."""
    for talk in here.talks:
        said = said_in(here.answers, talk.id, SESSION)
        if any(said.get(item) for item in SESSION_ITEMS):
            amended = amended_in(here.amendments, talk.id, SESSION)
            yield Offered(
                f"session:{talk.id}", receiving.session_refusal(order, talk.held_on, said, amended), talk
            )  # fmt: skip


def _written(order: Order, here: History) -> Iterator[Offered]:
    """Of the latest of the term's own forms: what the student and the mentor chose in it, and wrote."""
    for talk in reversed(here.talks):
        said = said_in(here.answers, talk.id, TERM)
        if said:
            instrument = _instrument(talk, TERM)
            refused = receiving.term_refusal(order, said, amended_in(here.amendments, talk.id, TERM))
            for item in WRITTEN:
                if said.get(item) and item in (said.get("parts") or ()):
                    yield Offered(f"words:{item}", refused, talk, instrument.item(item).label)
            return


def _offered_of_handover(here: History) -> Iterator[Offered]:
    """A part is the student's to approve; one that was corrected since is not what was approved."""
    for talk in here.talks:
        said, amended = said_in(here.answers, talk.id, HANDOVER), amended_in(here.amendments, talk.id, HANDOVER)
        own = said_in((each for each in here.answers if each.respondent is Respondent.STUDENT), talk.id, HANDOVER)
        instrument = _instrument(talk, HANDOVER) if HANDOVER in talk.editions else None
        if instrument is None or not said:
            continue
        for part in HANDOVER_PARTS:
            if said.get(part):
                title = instrument.section_of(part).title
                yield Offered(part, _approval(part, own, amended), talk, title)
        if any(said.get(item) for item in OWN_ITEMS):
            corrected = not amended.isdisjoint(OWN_ITEMS)
            title = instrument.section_of(OWN_ITEMS[0]).title
            yield Offered(OWN_PAGE, ReportRefused("corrected") if corrected else None, talk, title)


def _taken(order: Order, open_to: History) -> Iterator[Offered]:
    """What may leave a circle or an analysis (the same words that `take_along` offers), each by its own choice, from
    student health to student health. Thoughts, triggers, feelings and what it is for are never among it."""
    if order.kind is not ReportKind.HANDOVER or "e" not in LEVELS[order.receiver]:
        return
    for name in CIRCLES:
        for talk in reversed(open_to.talks):
            said = said_in(open_to.answers, talk.id, name)
            if any(said.get(item) for item in _flowing(talk, name)):
                yield Offered(f"taken:{name}", None, talk, find_instrument(name, talk.editions[name]).title)
                break


def _flowing(talk: Talk, name: str) -> set[str]:
    instrument = _instrument(talk, name) if name in talk.editions else None
    return {item.id for item in instrument.items() if item.flows_on} if instrument else set()


def _with_taken(stripped: History, open_to: History, chosen: Iterable[Offered]) -> History:
    talks, answers = list(stripped.talks), list(stripped.answers)
    for each in chosen:
        kind, _, name = each.part.partition(":")
        if kind == "taken" and each.talk:
            flowing = _flowing(each.talk, name)
            answers += [
                one
                for one in open_to.answers
                if (one.talk_id, one.instrument) == (each.talk.id, name) and one.item in flowing
            ]
            talks += [each.talk] if each.talk not in talks else []
    return replace(stripped, talks=tuple(talks), answers=tuple(answers))


def _approval(part: str, said: dict[str, object], amended: set[str]) -> ReportRefused | None:
    if not amended.isdisjoint({part, f"{part}_approved"}):
        return ReportRefused("corrected")
    answer = said.get(f"{part}_approved")
    return None if answer == "include" else ReportRefused(NOT_APPROVED.get(str(answer), "not_approved"))


def _stripped(here: History, parts: tuple[str, ...]) -> History:
    """Only the answers that the chosen parts are made of. Without the parts, nothing is left but days and names."""
    wanted = {READS[part] for part in parts if part in READS}
    sessions = {session_talk_of(part) for part in parts} - {""}
    items = {HANDOVER: {part for part in parts if part in HANDOVER_PARTS}, TERM: set[str]()}
    items[HANDOVER] |= set(OWN_ITEMS) if OWN_PAGE in parts else set()
    items[TERM] = {part.partition(":")[2] for part in parts if part.startswith("words:")}
    answers = tuple(
        each
        for each in here.answers
        if each.instrument in wanted
        or (each.instrument == SESSION and each.talk_id in sessions and each.item in SESSION_ITEMS)
        or each.item in items.get(each.instrument, ())
    )
    amendments = tuple(
        each
        for each in here.amendments
        if each.instrument == SESSION and each.talk_id in sessions and each.item in SESSION_ITEMS
    )
    return replace(here, answers=answers, decisions=(), amendments=amendments)


def _is_read(order: Order, here: History) -> bool:
    """The student's own tick in the session report."""
    return (
        order.kind is ReportKind.SESSION and said_in(here.answers, order.talk_id, SESSION).get("student_read") is True
    )


def _refusals(desk: Desk, order: Order, whole: History, *, read: bool) -> Iterator[ReportRefused]:
    if not order.parts:
        yield ReportRefused("nothing_chosen")
    yield from receiving.too_long(order)
    yield from receiving.receiver_refusals(order, whole.student, desk.today)
    if order.consent:
        consent = consents.find_consent(whole, order.consent, desk.today)
        if consent is None or consent.ground is not order.ground:
            yield ReportRefused("consent_ended")
    if order.receiver is not ReceiverKind.STUDENT and order.kind is ReportKind.HANDOVER:
        yield from _days(order)
    elif order.receiver is not ReceiverKind.STUDENT and not read:
        yield ReportRefused("not_read")


def _days(order: Order) -> Iterator[ReportRefused]:
    if order.starts_on is None:
        yield ReportRefused("no_start")
    if order.follow_up is None:
        yield ReportRefused("no_follow_up")
    elif order.starts_on is not None and order.follow_up <= order.starts_on:
        yield ReportRefused("follow_up_too_early")


def _level(stripped: History, agreed: History, parts: tuple[str, ...], known: set[str]) -> str:
    """`known`: talks that mentors know were held."""
    levels = {*(each.level for each in stripped.answers), *(each.level for each in agreed.decisions)}
    above = "e" in levels
    health = "talks" in parts and any(talk.id not in known for talk in stripped.talks)
    return "e" if above or health else "m"


def _known_to_mentors(desk: Desk, whole: History) -> set[str]:
    """The talks of a mentor's level, and those above it that hold something for mentors; to a mentor all that are seen
    here, so that whoever makes a report may read it."""
    if "e" not in access.LEVELS[desk.actor.role]:
        return {talk.id for talk in whole.talks}
    told = {each.talk_id for each in whole.answers if each.level == "m" and each.state != "empty"}
    told |= {each.talk_id for each in whole.decisions if each.level == "m"}
    return told | {talk.id for talk in whole.talks if receiving.is_open_to(talk, frozenset("m"))}


def _instrument(talk: Talk, name: str) -> Instrument:
    return find_instrument(name, talk.editions[name])
