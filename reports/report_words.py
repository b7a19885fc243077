"""A report's kinds, receivers, grounds and parts in words, and why one may not be made."""

from __future__ import annotations

from datetime import date
from typing import Any

from conversation_models.domain.report import LONGEST_GROUND, GroundKind, Order, ReceiverKind, ReportKind
from conversation_models.domain.talk import Talk
from conversation_models.services.compose import Offered
from conversation_models.services.consents import Consent
from conversation_models.services.receiving import ReportRefused
from reports.paper.wording import dated
from translations import Language, Words, message, words

KINDS: dict[ReportKind, str] = {
    ReportKind.TERM: message("Term report"),
    ReportKind.SESSION: message("Session report"),
    ReportKind.HANDOVER: message("Handover report"),
    ReportKind.GROUP: message("Group report"),
}
RECEIVERS: dict[ReceiverKind, str] = {
    ReceiverKind.STUDENT: message("The student"),
    ReceiverKind.GUARDIAN: message("A guardian"),
    ReceiverKind.MENTOR: message("The mentor"),
    ReceiverKind.SPECIAL_EDUCATOR: message("The special educator"),
    ReceiverKind.COUNSELLOR: message("The counsellor"),
    ReceiverKind.PRINCIPAL: message("The principal"),
    ReceiverKind.SCHOOL_STAFF: message("Somebody else on the school's staff"),
    ReceiverKind.STUDENT_HEALTH: message("Student health, here or at another school"),
    ReceiverKind.OTHER_SCHOOL: message("Another school"),
    ReceiverKind.ORGANISER: message("The organiser of the school"),
    ReceiverKind.OTHER_SERVICE: message("Another service, such as social services or health care"),
}
GROUNDS: dict[GroundKind, str] = {
    GroundKind.OWN: message("It is the student's own"),
    GroundKind.STUDENT_CONSENT: message("The student's consent"),
    GroundKind.GUARDIAN_CONSENT: message("The guardian's consent"),
    GroundKind.BOTH_CONSENT: message("Consent from both"),
    GroundKind.LAW: message("A ground in law"),
    GroundKind.NOBODY_NAMED: message("No person can be found in it"),
}
PARTS: dict[str, str] = {
    "talks": message("The talks that were held"),
    "path": message("How important school is, and the trust in managing it"),
    "survey": message("The survey, talk by talk"),
    "scales": message("Scales"),
    "skills": message("The seven things to practise"),
    "thermometer": message("The thermometer"),
    "agreements": message("What was agreed: done, and still open"),
    "square": message("The four squares, at the first talk and at the last"),
    "moves": message("From the first talk of the term to the last"),
    "counts": message("The survey, row by row"),
    "happened": message("Held and agreed"),
}
REFUSED: dict[str, str] = {
    "consent_ended": message(
        "The consent that was chosen no longer holds: it has run out or was taken back. Ask again."
    ),
    "not_among_named": message("Not among those who are named in the term's form: {named}."),
    "term_receivers_corrected": message(
        "Who gets the term's report was corrected after the talk was closed. Write it anew in a talk."
    ),
    "nothing_to_tell": message(
        "There is no group here that may be told of: each has fewer than five students, or you do not have all of it."
    ),
    "nothing_chosen": message("Choose at least one part: nothing is in a report before somebody has chosen it."),
    "no_ground": message("Choose the consent or the law that allows this."),
    "no_ground_words": message("Write which consent it is and when it was given, or which law and section."),
    "no_receiver_name": message("Write the name of whoever gets the report."),
    "too_long": message("The text is too long: at most {most} characters."),
    "not_read": message("Nothing is handed out before the student has read it. Read it together, then tick the line."),
    "guardians_not_invited": message("The student is 18 and has not invited the guardians, so they get no report."),
    "guardian_consent_ended": message("The student is 18: a guardian's consent no longer counts. Ask the student."),
    "not_for_receiver": message("This receiver may not have it."),
    "not_there": message("A part that was chosen is not there any more. Choose again."),
    "receivers_not_chosen": message(
        "The principal has not chosen who gets the session report of {day}. Until then it stays with you."
    ),
    "receivers_corrected": message(
        "Who gets the session report of {day} was corrected after the talk was closed. Write a new session report."
    ),
    "not_among_chosen": message("Not among those who get the session report of {day}. The principal chose: {chosen}."),
    "guardians_not_decided": message(
        "The principal has not decided that guardians get the session report of {day}, so they do not."
    ),
    "not_approved": message("The student has not said yes or no to this part."),
    "to_change": message("The student wants this part changed first."),
    "left_out": message("The student has said no to this part."),
    "corrected": message(
        "This was corrected after the student approved it. Take it up in a new talk: the student approves it there."
    ),
    "no_start": message("Choose the day on which the student begins."),
    "no_follow_up": message("Choose a day to follow up."),
    "follow_up_too_early": message("The follow-up has to be after the day on which the student begins."),
    "changed_since": message(
        "What stands in this report has changed since it was made on {day}. Make a new one and look through it."
    ),
}
CHOSEN: dict[str, str] = {
    "mentor": message("the mentor"),
    "special_educator": message("the special educator"),
    "counsellor": message("the counsellor"),
    "principal": message("the principal"),
}


def say_refused(refused: ReportRefused, language: Language) -> str:
    _ = words(language)
    values = {name: _value(value, _) for name, value in refused.values.items()}
    return _(REFUSED[refused.code]).format(**values)


def say_part(offered: Offered, language: Language) -> str:
    """What a part is called where it is chosen, and as a heading where it stands."""
    _ = words(language)
    kind = offered.part.partition(":")[0]
    if kind == "session" and offered.talk:
        return say_session(offered.talk, _)
    return _(PARTS[kind]) if kind in PARTS else offered.title.say(language) if offered.title else ""


def say_session(talk: Talk, _: Words) -> str:
    return _("Session report, {day}").format(day=dated(talk.held_on, _.language))


def say_receiver(order: Order, language: Language) -> str:
    _ = words(language)
    kind = _(RECEIVERS[order.receiver])
    return f"{kind}: {order.receiver_name}" if order.receiver_name else kind


def say_consent(consent: Consent, language: Language) -> str:
    """As it is offered, and as it is written down as the ground: short enough for that."""
    _ = words(language)
    told = _("{to_whom}: {what}").format(to_whom=consent.to_whom, what=consent.what or "–")
    days = _("yes on {day}").format(day=dated(consent.given_on, language))
    if consent.until:
        days = _("{days}, until {last}").format(days=days, last=dated(consent.until, language))
    room = LONGEST_GROUND - len(days) - 3
    return f"{told if len(told) <= room else told[: room - 1] + '…'} ({days})"


def say_ground(order: Order, language: Language) -> str:
    _ = words(language)
    kind = _(GROUNDS[order.ground]) if order.ground else "–"
    return f"{kind}: {order.ground_words}" if order.ground_words else kind


def _value(value: Any, _: Words) -> str:
    if isinstance(value, date):
        return dated(value, _.language)
    if isinstance(value, list):
        return ", ".join(_chosen(row, name, _) for row, name in value) or _("nobody")
    return str(value)


def _chosen(row: str, name: str, _: Words) -> str:
    role = _(CHOSEN[row]) if row in CHOSEN else ""
    return f"{role} ({name})" if role and name else role or name
