"""One talk as staff see it: what is asked, what is answered, what was said last time."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select

from conversation_models.domain.answer import Answer, Draft, Manner, Place, Respondent
from conversation_models.domain.invitation import Invitation, InvitationStatus
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.models import TalkModel
from conversation_models.services import access, asked, desk_talks
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.asked import QUADRANT
from conversation_models.storage import answers, invitations, levels, students, talks
from conversation_models.storage.answers import Stored
from conversation_models.storage.levels import Seen
from conversation_models.storage.store import Unit
from instruments.answers import state_of
from instruments.model import Group, Instrument, Offer
from instruments.readings import group_of

PRIORITY, ABILITY = "priority", "ability"


@dataclass(frozen=True)
class Earlier:
    """What was answered at an earlier talk, and the day of that talk."""

    answer: Answer
    held_on: date


@dataclass(frozen=True)
class TalkView:
    """`answers` and `drafts` by place; never a draft the student has not sent.

    `earlier` by instrument and item, from the latest closed talk before this one where it was answered.
    `instruments` hold the sections that this reader may read. `begins_in`: the phase in which it would open.
    `hidden_until_open`: the student chose "we open it together", so what was sent is left out until the talk opens.
    `from_home` is what guardians sent, each from a page of their own: for staff's eyes, so it stands in no form.
    """

    talk: Talk
    student: Student
    model: TalkModel
    instruments: dict[str, Instrument]
    answers: dict[Place, Answer]
    drafts: dict[Place, Draft]
    earlier: dict[tuple[str, str], Earlier]
    invitation: Invitation | None
    invitation_status: InvitationStatus | None
    hidden_until_open: bool
    begins_in: str = ""
    from_home: tuple[Answer, ...] = ()

    def own(self, instrument: str) -> dict[str, Answer]:
        """What the student sent alone, by item."""
        return {
            place.item: answer
            for place, answer in self.answers.items()
            if place.instrument == instrument
            and place.respondent is Respondent.STUDENT
            and place.manner is Manner.ALONE
        }

    def by_phone(self, instrument: str) -> dict[str, Answer]:
        """What the student told between the meetings, by item."""
        return {
            place.item: answer
            for place, answer in self.answers.items()
            if place.instrument == instrument and place.manner is Manner.PHONE
        }

    def value(self, instrument: str, item: str) -> Any:
        """What stands now: written in the talk, else sent before it. None when empty or declined."""
        for draft in self.drafts.values():
            here = (draft.place.instrument, draft.place.item) == (instrument, item)
            if here and state_of(draft.value) != "empty":
                return draft.value if state_of(draft.value) == "answered" else None
        said = [a for a in self.answers.values() if (a.instrument, a.item) == (instrument, item) and a.state != "empty"]
        return said[-1].value if said else None

    @property
    def added(self) -> tuple[Instrument, ...]:
        """What was added to this talk, or sent with its invitation, and stands in none of the model's phases."""
        used = {use.id for phase in self.model.phases for use in phase.instruments} | {self.model.own_id}
        return tuple(instrument for name, instrument in self.instruments.items() if name not in used)

    @property
    def group(self) -> Group | None:
        """The letter of the quadrant: for staff's eyes only."""
        return group_of(self.value(QUADRANT, PRIORITY), self.value(QUADRANT, ABILITY))

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Measures that may be offered: those of the group, none when there is no group."""
        group, instrument = self.group, self.instruments.get(QUADRANT)
        return instrument.offers.get(group, ()) if group and instrument else ()


def see_talk(desk: Desk, talk_id: str) -> TalkView:
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        view = _view(desk, unit, talk)
        unread = talks.unread(unit, talk_id)
        left = "".join(level for level in unread if not access.reads_level(desk.actor, level))
    access.note_seen(desk, talk.student_id)
    if left != unread and not view.hidden_until_open:
        with desk.writing() as writing:
            talks.change(writing, talk_id, unread=left)
    return view


def _view(desk: Desk, unit: Unit, talk: Talk) -> TalkView:
    student = students.find(unit, talk.student_id)
    if student is None:
        raise Refused(Right.SEE_TALKS)
    hidden = talk.may_read_before is False and talk.status is TalkStatus.PREPARED
    model, invited = asked.find_model(talk.model), desk_talks.invited_to(desk, talk, invitations.of_talk(unit, talk.id))
    read = desk_talks.levels_in(desk.actor, talk)
    found = {name: asked.readable(name, edition, read) for name, edition in talk.editions.items()}
    here = desk_talks.asked_here(unit, talk, {name: each for name, each in found.items() if each})
    drafts = {} if talk.status is TalkStatus.CLOSED else answers.drafts_of(unit, talk.id)
    sent = {place: one for place, one in answers.latest_of(unit, talk.id).items() if _reads(desk, one)}
    return TalkView(
        talk=talk,
        student=student,
        model=model,
        instruments=here,
        answers={
            place: stored.as_answer(unit.cipher)
            for place, stored in sent.items()
            if not place.guardian_id and not (hidden and is_alone(place))
        },
        drafts={
            place: stored.as_draft(unit.cipher)
            for place, stored in drafts.items()
            if _reads(desk, stored) and not is_alone(place)
        },
        earlier=_earlier(desk, unit, talk),
        invitation=invited[-1] if invited else None,
        invitation_status=invited[-1].status(desk.now) if invited else None,
        hidden_until_open=hidden,
        begins_in=begin_in(unit, talk),
        from_home=tuple(one.as_answer(unit.cipher) for place, one in sent.items() if place.guardian_id),
    )


def begin_in(unit: Unit, talk: Talk) -> str:
    """The first phase; of a process, the one where the last talk of it ended."""
    model = asked.find_model(talk.model)
    last = talks.last_phase(unit, talk) if model.process and talk.status is TalkStatus.PREPARED else ""
    return last if any(phase.id == last for phase in model.phases) else model.phases[0].id


def _earlier(desk: Desk, unit: Unit, talk: Talk) -> dict[tuple[str, str], Earlier]:
    earlier = _earlier_asked(desk_talks.seen_by(desk.actor))
    return {
        (stored.place.instrument, stored.place.item): Earlier(stored.as_answer(unit.cipher), held_on)
        for stored, held_on in answers.earlier_of(unit, earlier, talk.student_id, talk.held_on, talk.id)
        if stored.state == "answered"
    }


@lru_cache(maxsize=128)  # one a reader; each tap in a talk asks it
def _earlier_asked(seen: Seen) -> Select[Any]:
    return answers.earlier_asked(levels.answers_seen(seen))


def is_alone(place: Place) -> bool:
    """Answered on a page of one's own: the student's, or a guardian's."""
    return place.manner is Manner.ALONE


def _reads(desk: Desk, stored: Stored) -> bool:
    return access.reads_level(desk.actor, stored.level, stored.author_id)
