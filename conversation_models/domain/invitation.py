"""An invitation to answer before the talk, by link, QR code or short code."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from conversation_models.domain.answer import Respondent

TRIES = "practice_ladder.tries"


class InvitationStatus(StrEnum):
    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    SENT = "sent"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Invitation:
    """Staff see the day something was begun or sent, never the hour. `asks` names the instruments, in order.

    `shows_earlier`: who typed the code also sees what the same student said in earlier talks, beside what is said now.
    `guardian_id` names the guardian who is asked; "" when it is the student.
    """

    id: str
    talk_id: str
    student_id: str
    expires_at: datetime
    begun_on: date | None = None
    sent_on: date | None = None
    revoked_at: datetime | None = None
    asks: tuple[str, ...] = ()
    shows_earlier: bool = False
    guardian_id: str = ""

    @property
    def respondent(self) -> Respondent:
        return Respondent.GUARDIAN if self.guardian_id else Respondent.STUDENT

    @property
    def is_for_tries(self) -> bool:
        """It asks one table of the ladder, again and again; never an instrument, and nothing is sent."""
        return self.asks == (TRIES,)

    def status(self, now: datetime) -> InvitationStatus:
        if self.sent_on:
            return InvitationStatus.SENT
        if self.revoked_at:
            return InvitationStatus.REVOKED
        if now >= self.expires_at:
            return InvitationStatus.EXPIRED
        return InvitationStatus.BEGUN if self.begun_on else InvitationStatus.NOT_BEGUN


@dataclass(frozen=True)
class NewInvitation:
    """The only moment when token and short code are known: the database keeps their hashes."""

    invitation: Invitation
    token: str
    code: str
