"""Looking back: everything of one student that charts, tables and papers are made of, in few queries."""

from dataclasses import dataclass, field

from conversation_models.domain.agreement import Amendment, Decision
from conversation_models.domain.answer import Answer, Manner
from conversation_models.domain.school import Group, School
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk, TalkMove, TalkStatus
from conversation_models.services import access, desk_talks
from conversation_models.services.access import Desk, Refused, Right
from conversation_models.services.talk_view import is_alone
from conversation_models.storage import agreements, answers, records, talks
from conversation_models.storage.answers import Stored
from conversation_models.storage.store import Unit

PRIVATE = "p"


@dataclass(frozen=True)
class History:
    """`talks` are those open or closed, by the day they are held.

    `answers` are the newest of each place in them: what was sent alone and what was said together stand side by side.
    What the student wanted to open together is left out until the talk is opened; a draft is never here.
    `ahead` are prepared talks before which something was told by phone, `told_ahead` what was told.
    `from_home` is what guardians sent in them, each from a page of their own: it is nobody else's to stand beside.
    `names` are those of the staff who led the talks, by id. Everything is narrowed to what this reader may read.
    """

    student: Student
    school: School
    group: Group
    talks: tuple[Talk, ...] = ()
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    moves: tuple[TalkMove, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    ahead: tuple[Talk, ...] = ()
    told_ahead: tuple[Answer, ...] = ()
    from_home: tuple[Answer, ...] = ()


def history(desk: Desk, student_id: str, printed: bool = False) -> History:
    """At most 9 queries, however many talks there are. `printed`: without what is private to its author."""
    with desk.reading() as unit:
        access.require(desk, unit, Right.SEE_TALKS, student_id)
        found = _read(desk, unit, student_id, printed=printed)
    access.note_seen(desk, student_id)
    return found


def record_of_talk(desk: Desk, talk_id: str) -> History:
    """The same for one talk, for its paper: prepared talks too, with what may be read of them and may be printed."""
    with desk.reading() as unit:
        talk = desk_talks.read_talk(desk, unit, talk_id)
        found = _read(desk, unit, talk.student_id, talk, printed=True)
    access.note_seen(desk, talk.student_id)
    return found


def _read(desk: Desk, unit: Unit, student_id: str, only: Talk | None = None, *, printed: bool) -> History:
    record = records.find(unit, student_id)
    if record is None:
        raise Refused(Right.SEE_TALKS)
    held, names, moved = records.talks_of(unit, student_id)
    stored = answers.latest_of(unit, only.id) if only else answers.newest(answers.of_student(unit, student_id))
    phoned = {place.talk_id for place in stored if place.manner is Manner.PHONE}
    wanted = [talk for talk in held if (talk.id == only.id if only else _is_held(talk) or talk.id in phoned)]
    known, seen = desk_talks.shown(desk, unit, wanted), desk_talks.seen_by(desk.actor)
    shown = {talk.id: talk for talk in known if only or _is_held(talk)}
    ahead = {talk.id: talk for talk in known if talk.id not in shown}
    told = [
        one.as_answer(unit.cipher)
        for one in stored.values()
        if _may_read(desk, shown, one) and not (printed and one.level == PRIVATE)
    ]
    return History(
        record.student,
        record.school,
        record.group,
        talks=tuple(shown.values()),
        answers=tuple(one for one in told if not one.guardian_id),
        from_home=tuple(one for one in told if one.guardian_id),
        decisions=tuple(d for d in agreements.decisions_of_student(unit, student_id, seen) if d.talk_id in shown),
        amendments=tuple(
            each
            for each in agreements.amendments_of_student(unit, student_id, seen)
            if each.talk_id in shown and not (printed and each.level == PRIVATE)
        ),
        moves=tuple(talks.moves_of_student(unit, student_id, seen)) if moved else (),
        ahead=tuple(ahead.values()),
        told_ahead=tuple(
            one.as_answer(unit.cipher)
            for place, one in stored.items()
            if place.talk_id in ahead and place.manner is Manner.PHONE and access.reads_level(desk.actor, one.level)
        ),
        names={each: name for each, name in names.items() if any(talk.led_by == each for talk in shown.values())},
    )


def _is_held(talk: Talk) -> bool:
    return talk.status is not TalkStatus.PREPARED


def _may_read(desk: Desk, shown: dict[str, Talk], stored: Stored) -> bool:
    talk = shown.get(stored.place.talk_id)
    if talk is None or not access.reads_level(desk.actor, stored.level, stored.author_id):
        return False
    hides = talk.may_read_before is False and is_alone(stored.place) and not stored.place.guardian_id
    return _is_held(talk) or not hides
