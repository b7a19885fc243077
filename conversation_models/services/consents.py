"""Who may be told what today: the rows of the latest consent form that somebody said yes to and nobody took back.

The rules alone: nothing here reads the store. A row that was left out of the latest form, or corrected after its talk
was closed, is not offered: a consent that is in doubt is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from conversation_models.domain.report import GroundKind
from conversation_models.services.look import History
from conversation_models.services.receiving import amended_in, said_in

SHARING, ROWS = "sharing_consent", "consents"
GROUNDS = {
    "student": GroundKind.STUDENT_CONSENT,
    "guardian": GroundKind.GUARDIAN_CONSENT,
    "both": GroundKind.BOTH_CONSENT,
}
OF_GUARDIANS = frozenset({GroundKind.GUARDIAN_CONSENT, GroundKind.BOTH_CONSENT})


@dataclass(frozen=True)
class Consent:
    """`id` is "<talk id>:<row>". `given_on` is the day of the talk where no other was written."""

    id: str
    to_whom: str
    what: str
    ground: GroundKind
    given_on: date
    until: date | None


def in_force(history: History, today: date) -> tuple[Consent, ...]:
    """As the form has them. From the eighteenth birthday a guardian's yes is none."""
    for talk in reversed(history.talks):
        rows = said_in(history.answers, talk.id, SHARING).get(ROWS)
        if rows:
            if ROWS in amended_in(history.amendments, talk.id, SHARING):
                return ()
            found = [_read(f"{talk.id}:{row['row']}", row, talk.held_on) for row in rows]
            adult = history.student.is_adult(today)
            return tuple(
                each
                for each, row in zip(found, rows, strict=True)
                if each is not None and _holds(each, row, today) and not (adult and each.ground in OF_GUARDIANS)
            )
    return ()


def find_consent(history: History, consent_id: str, today: date) -> Consent | None:
    """None when it does not hold today."""
    return next((each for each in in_force(history, today) if each.id == consent_id), None)


def _read(consent_id: str, row: Mapping[str, Any], held_on: date) -> Consent | None:
    to_whom, ground = str(row.get("to_whom") or "").strip(), GROUNDS.get(str(row.get("given_by")))
    if not to_whom or ground is None:
        return None
    given_on = _day(row.get("given_on")) or held_on
    return Consent(consent_id, to_whom, str(row.get("what") or "").strip(), ground, given_on, _day(row.get("until")))


def _holds(consent: Consent, row: Mapping[str, Any], today: date) -> bool:
    """A day on which it was withdrawn ends it, also one that is yet to come: nobody waits with that."""
    return (
        consent.given_on <= today and (consent.until is None or today <= consent.until) and not row.get("withdrawn_on")
    )


def _day(written: object) -> date | None:
    return date.fromisoformat(str(written)) if written else None
