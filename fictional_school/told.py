"""Turns one step of a story into the rows of a closed talk, the way the services would have left them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.ids import new_id
from conversation_models.domain.talk import TalkStatus
from conversation_models.services.asked import find_instrument, find_model, pin_editions
from conversation_models.storage.answers import Stored, Written
from conversation_models.storage.cipher import Cipher
from conversation_models.storage.invitations import code_hash
from fictional_school.stories import ROWS, OtherTalk, Step
from instruments.answers import check, state_of
from instruments.items import ColourItem

SURVEY, QUADRANT = "development_survey", "priority_ability"
SCALE, AGREEMENT = "scale_question", "development_agreement"
JOINT = {
    "work": ("workload", "content"),
    "environment": ("peers", "cooperation", "leisure"),
    "wellbeing": ("purpose", "health"),
}
PLACES = ("Rum 114", "Grupprummet vid biblioteket", "Mentorsrummet", "Rum 207")


@dataclass
class Rows:
    """What is to be inserted, table by table."""

    talks: list[dict[str, Any]] = field(default_factory=list)
    instruments: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[Stored, int, datetime]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    invitations: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Teller:
    """Tells talks of one school into rows. `editions` are those a talk prepared today would ask."""

    cipher: Cipher
    editions: dict[str, int]
    today: date
    random: Random
    rows: Rows = field(default_factory=Rows)

    def tell(self, student_id: str, mentor_id: str, day: date, step: Step) -> str:
        """Adds a closed talk; returns its id."""
        talk_id, opened = self._add_talk(student_id, mentor_id, day, may_read_before=self.random.random() < 0.7)
        sent = opened - timedelta(days=self.random.randint(1, 4))
        manner = Manner.ALONE if step.alone else Manner.TOGETHER
        at = sent if step.alone else opened
        for item, value in self._own_answers(step):
            self._add_answer(talk_id, item, value, (Respondent.STUDENT, manner), at)
        closed = opened + timedelta(minutes=40)
        for item, value in self._together(step, day):
            respondent = Respondent.MENTOR if item[0] == AGREEMENT else Respondent.STUDENT
            self._add_answer(talk_id, item, value, (respondent, Manner.TOGETHER), closed)
        if step.alone:
            self._add_sent_invitation(talk_id, mentor_id, sent)
        self._add_decisions(talk_id, mentor_id, day, step)
        return talk_id

    def tell_sent(self, student_id: str, mentor_id: str, day: date, step: Step) -> str:
        """Adds a prepared talk whose survey is sent and not read yet."""
        mine = self.random.random() < 0.6
        talk_id, _ = self._add_talk(student_id, mentor_id, day, mine, TalkStatus.PREPARED)
        sent = datetime.combine(self.today - timedelta(days=1), time(15, 5), UTC)
        for item, value in self._own_answers(step):
            self._add_answer(talk_id, item, value, (Respondent.STUDENT, Manner.ALONE), sent)
        self._add_sent_invitation(talk_id, mentor_id, sent)
        return talk_id

    def tell_other(self, student_id: str, by: str, day: date, talk: OtherTalk) -> str:
        """Adds a closed talk of any model, with the answers written for it. Raises AnswerError for one that no form
        would have taken."""
        model = find_model(talk.model)
        asked = pin_editions(model) | {name: find_instrument(name).edition for name in talk.answers}
        phase = talk.phase or model.phases[-1].id
        talk_id, opened = self._add_talk(student_id, by, day, None, model=model.id, phase=phase, asked=asked)
        for name, answers in talk.answers.items():
            instrument = find_instrument(name)
            for item, value in answers.items():
                kept = check(instrument.item(item), value)
                respondent = Respondent(instrument.respondent_of(item))
                place = Place(talk_id, name, item, respondent, Manner.TOGETHER)
                self._add_row(place, kept, opened + timedelta(minutes=40))
        return talk_id

    def _add_talk(
        self,
        student_id: str,
        mentor_id: str,
        day: date,
        may_read_before: bool | None,
        status: TalkStatus = TalkStatus.CLOSED,
        *,
        model: str = "development",
        phase: str = "reading_back",
        asked: dict[str, int] | None = None,
    ) -> tuple[str, datetime]:
        talk_id, hour = new_id(), self.random.choice((8, 9, 10, 12, 13))
        opened = datetime.combine(day, time(hour, 15), UTC)
        closed = status is TalkStatus.CLOSED
        self.rows.talks.append(
            {
                "id": talk_id,
                "student_id": student_id,
                "model": model,
                "led_by": mentor_id,
                "held_on": day,
                "starts": time(hour, 15),
                "place": self.cipher.seal(self.random.choice(PLACES), "talk", "place", talk_id),
                "minutes": 45,
                "status": status.value,
                "phase": phase if closed else "",
                "opened_at": opened if closed else None,
                "closed_at": opened + timedelta(minutes=41) if closed else None,
                "may_read_before": may_read_before,
                "unread": None if closed else "m",
                "created_by": mentor_id,
                "created_at": opened - timedelta(days=9),
            }
        )
        pinned = (
            {"talk_id": talk_id, "instrument": name, "edition": n} for name, n in (asked or self.editions).items()
        )
        self.rows.instruments += pinned
        return talk_id, opened

    def _own_answers(self, step: Step) -> Iterator[tuple[tuple[str, str], Any]]:
        for row in ROWS:
            yield (SURVEY, row), self._colour(row, step)
        yield (SURVEY, "bring_up"), step.bring_up or None
        yield (QUADRANT, "priority"), step.priority
        yield (QUADRANT, "ability"), step.ability

    def _colour(self, row: str, step: Step) -> Any:
        if row not in step.colours:
            return None
        colour = step.colours[row]
        if colour is None:
            return {"declined": True}
        item = find_instrument(SURVEY).item(row)
        statements = item.choice(colour).statements if isinstance(item, ColourItem) else ()
        return {"colour": colour, "fits": [each.id for each in statements if self.random.random() < 0.5]}

    def _together(self, step: Step, day: date) -> Iterator[tuple[tuple[str, str], Any]]:
        if step.scale:
            topic, now, wanted = step.scale
            yield (SCALE, "topic"), topic
            yield (SCALE, "now"), now
            yield (SCALE, "wanted"), wanted
        for area, (words, responsible) in step.decisions.items():
            for row in JOINT.get(area, ()):
                if colour := step.colours.get(row):
                    yield (AGREEMENT, row), {"colour": colour}
            yield (AGREEMENT, f"{area}_decision"), words
            yield (AGREEMENT, f"{area}_responsible"), responsible
            yield (AGREEMENT, f"{area}_follow_up"), _follow_up(day).isoformat()
        if step.decisions:
            yield (AGREEMENT, "read_back_right"), True

    def _add_answer(
        self, talk_id: str, item: tuple[str, str], value: Any, by: tuple[Respondent, Manner], at: datetime
    ) -> None:
        self._add_row(Place(talk_id, item[0], item[1], *by), value, at)

    def _add_row(self, place: Place, value: Any, at: datetime) -> None:
        state, instrument = state_of(value), find_instrument(place.instrument)
        level, secret = instrument.level_of(place.item), instrument.item(place.item).secret
        kept = value if state == "answered" else None
        written = Written(place, level, secret, state, kept, 1, "fiction", 1, at)
        self.rows.answers.append((written.stored(self.cipher), instrument.edition, at))

    def _add_sent_invitation(self, talk_id: str, mentor_id: str, sent: datetime) -> None:
        invitation_id = new_id()
        self.rows.invitations.append(
            {
                "id": invitation_id,
                "talk_id": talk_id,
                "token_hash": self.cipher.blind_index(f"fictional token {invitation_id}"),
                "code_hash": code_hash(self.cipher, invitation_id),
                "code": self.cipher.seal(invitation_id, "invitation", "code", invitation_id),
                "created_by": mentor_id,
                "created_at": sent - timedelta(days=2),
                "expires_at": sent + timedelta(days=5),
                "begun_on": sent.date(),
                "sent_on": sent.date(),
                "asks": f"{SURVEY} {QUADRANT}",
            }
        )

    def _add_decisions(self, talk_id: str, mentor_id: str, day: date, step: Step) -> None:
        for area, (words, responsible) in step.decisions.items():
            decision_id, follow_up = new_id(), _follow_up(day)
            # What falls due in the last weeks is still open: some of it ahead, some of it overdue.
            done = follow_up < self.today - timedelta(days=14)
            outcome = self.cipher.seal("Det blev av.", "decision", "outcome", decision_id) if done else None
            self.rows.decisions.append(
                {
                    "id": decision_id,
                    "talk_id": talk_id,
                    "area": area,
                    "level": "m",
                    "words": self.cipher.seal(words, "decision", "words", decision_id),
                    "responsible": self.cipher.seal(responsible, "decision", "responsible", decision_id),
                    "follow_up": follow_up,
                    "status": "done" if done else "open",
                    "outcome": outcome,
                    "followed_by": mentor_id if done else None,
                    "followed_at": datetime.combine(follow_up, time(14), UTC) if done else None,
                }
            )


def _follow_up(day: date) -> date:
    return day + timedelta(days=21 - day.weekday() % 2)
