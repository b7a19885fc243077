"""From a talk's record to its paper: who may have which copy, and what it says of this talk and those before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.services import look, papers
from conversation_models.services.access import SWEDEN, Desk
from conversation_models.services.asked import find_model
from conversation_models.services.look import History
from reports.agreement_part import with_agreement
from reports.from_paper import say_from_paper
from reports.general_part import with_the_rest
from reports.paper.talk_document import NoGuardianCopy, talk_document
from reports.paper.talk_paper import Copy, TalkPaper
from reports.record import in_order
from reports.talk_parts import with_numbers, with_survey, with_written
from translations import Language, words

__all__ = ["NoGuardianCopy", "paper_of", "talk_paper"]


def talk_paper(desk: Desk, talk_id: str, copy: Copy, language: Language) -> bytes:
    """The PDF of one talk, with the words of the editions it asked; logged. Raises Refused, NoGuardianCopy."""
    record = look.record_of_talk(desk, talk_id)
    history = look.history(desk, record.student.id, printed=True)
    pdf = talk_document(paper_of(desk, record, history, copy, language), language)
    papers.note_talk_paper(desk, talk_id, copy)
    return pdf


def guardians_take_part(student: Student, today: date) -> bool:
    """Until the eighteenth birthday, and after it if the student invites them. As of the day of printing."""
    return not student.is_adult(today) or student.guardians_invited


def paper_of(desk: Desk, record: History, history: History, copy: Copy, language: Language) -> TalkPaper:
    """`record` is that of the talk, `history` the student's: papers show the way up to this talk, never past it."""
    _ = words(language)
    talk = record.talks[0]
    leader = record.names.get(talk.led_by, "")
    led_by = (_("{name} (led the talk)").format(name=leader),) if leader else ()
    paper = TalkPaper(
        title=find_model(talk.model).title.say(language),
        school=record.school.name,
        student=record.student.name,
        group=record.group.name,
        day=talk.held_on,
        created=desk.now.astimezone(SWEDEN),
        copy=copy,
        place=talk.place,
        from_paper=say_from_paper(talk, language),
        participants=(record.student.name, *led_by),
        guardians_take_part=guardians_take_part(record.student, desk.today),
        guardians=tuple(guardian.name for guardian in record.student.guardians_on(desk.today)),
    )
    so_far = _up_to(talk, record, history)
    paper = with_survey(paper, record, so_far, language)
    paper = with_numbers(paper, talk, so_far, language)
    paper = with_written(paper, record, language)
    paper = with_the_rest(paper, record, language)
    return with_agreement(paper, record, language)


def _up_to(talk: Talk, record: History, history: History) -> History:
    """The talk and the student's talks before it."""
    before = [each for each in in_order(history.talks) if (each.held_on, each.id) < (talk.held_on, talk.id)]
    ids = {each.id for each in before}
    answers = (answer for answer in history.answers if answer.talk_id in ids)
    return replace(record, talks=(*before, talk), answers=(*answers, *record.answers))
