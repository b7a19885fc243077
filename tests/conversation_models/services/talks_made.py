"""Talks for the tests: prepared, answered on the student's page, held, closed. Always through the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from conversation_models.domain.answer import Change, Manner, Place, Respondent
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.services import conduct, invite, prepare, rate
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from conversation_models.storage.store import Store

SURVEY, QUADRANT = "development_survey", "priority_ability"
SCALE, AGREEMENT, OWN = "scale_question", "development_agreement", "development_notes"
GREEN: dict[str, Any] = {"colour": "green", "fits": ["green.1"]}
RED: dict[str, Any] = {"colour": "red", "fits": []}
ANSWERED = {
    (SURVEY, "workload"): GREEN,
    (SURVEY, "peers"): {"declined": True},
    (SURVEY, "bring_up"): "Jag vill prata om praktiken.",
    (QUADRANT, "priority"): 7,
    (QUADRANT, "ability"): 3,
}
AGREED = {
    (AGREEMENT, "workload"): {"colour": "yellow"},
    (AGREEMENT, "work_decision"): "Läxhjälp på onsdagar",
    (AGREEMENT, "work_responsible"): "Alva",
    (AGREEMENT, "work_follow_up"): "2026-03-24",
}
HELD_ON = date(2026, 3, 12)


def change(value: object, sequence: int = 1, version: int = 0, client: str = "tablet") -> Change:
    return Change(value, client, sequence, version)


@dataclass(frozen=True)
class Talks:
    """One mentor's talks with one student."""

    desk: Desk
    student: Student

    @property
    def store(self) -> Store:
        return self.desk.store

    def prepared(self, held_on: date = HELD_ON) -> Talk:
        return prepare.prepare_talk(self.desk, TalkPlan(self.student.id, held_on))

    def begun(self, talk: Talk, values: Mapping[tuple[str, str], Any] = ANSWERED) -> rate.Entry:
        made = invite.invite(self.desk, talk.id)
        entry = rate.find_by_token(self.store, made.token, self.desk.now)
        assert entry is not None
        rate.save_all(self.store, entry, values, "phone", self.desk.now)
        return entry

    def sent(
        self, talk: Talk, may_read_before: bool = True, values: Mapping[tuple[str, str], Any] = ANSWERED
    ) -> rate.Entry:
        entry = self.begun(talk, values)
        rate.send(self.store, entry, may_read_before, self.desk.now)
        return entry

    def sent_again(self, talk: Talk, values: Mapping[tuple[str, str], Any]) -> None:
        """With the short code, as a bare link changes nothing after sending."""
        made = invite.invite(self.desk, talk.id)
        entry = rate.find_by_code(self.store, made.code, "192.0.2.1", self.desk.now)
        assert entry is not None
        rate.save_all(self.store, entry, values, "laptop", self.desk.now)
        rate.send(self.store, entry, True, self.desk.now)

    def write(self, talk: Talk, values: Mapping[tuple[str, str], Any]) -> None:
        for (instrument, item), value in values.items():
            place = Place(talk.id, instrument, item, Respondent.STUDENT, Manner.TOGETHER)
            conduct.save_in_talk(self.desk, place, change(value))

    def closed(
        self,
        held_on: date = HELD_ON,
        sent: Mapping[tuple[str, str], Any] = ANSWERED,
        written: Mapping[tuple[str, str], Any] = AGREED,
    ) -> Talk:
        talk = self.prepared(held_on)
        if sent:
            self.sent(talk, True, sent)
        conduct.open_talk(self.desk, talk.id)
        self.write(talk, written)
        return conduct.close_talk(self.desk, talk.id)

    def later(self, **more: float) -> "Talks":
        return Talks(Desk(self.store, self.desk.actor, self.desk.now + timedelta(**more)), self.student)

    def rows(self, table, *conditions) -> list:
        with self.store.reading() as unit:
            return unit.connection.execute(select(table).where(*conditions)).all()
