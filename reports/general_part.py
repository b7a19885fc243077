"""What a talk asked with instruments that have no part of their own on its paper: section by section, every answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conversation_models.domain.answer import Respondent
from conversation_models.services.asked import find_instrument, find_model, own_instrument_id
from conversation_models.services.look import History
from instruments.answers import state_of
from instruments.model import Instrument, Level, Section
from instruments.readings import items_for
from reports.answer_blocks import RESPONDENTS, Asked, answer_blocks
from reports.manner import most_common_manner
from reports.paper.blocks import Picture
from reports.paper.talk_paper import GeneralPart, GeneralSection, TalkPaper
from reports.record import AGREEMENT, QUADRANT, SCALE, SURVEY, AskedTalk, Told, asked_talks, value_of
from reports.sayings import say_value
from translations import Language, Words, words

OWN_PARTS = frozenset({SURVEY, QUADRANT, SCALE, AGREEMENT})


def with_the_rest(paper: TalkPaper, record: History, language: Language) -> TalkPaper:
    """In the order the talk has them. What is private to its author never stands on a talk's paper.

    A guardian's copy has what guardians answered themselves, of what a mentor may read; nobody else's answers. What one
    guardian sent from home stands on the school's copy alone: another guardian, or the student, may get the others.
    """
    _ = words(language)
    talk = record.talks[0]
    special = OWN_PARTS | {own_instrument_id(find_model(talk.model))}
    asked = [each for name in talk.editions if name not in special for each in asked_talks(record, name, language)]
    home = _from_home(record, _) if paper.copy == "school" else []
    parts = tuple(filter(lambda part: part.sections, (_part(each, paper, home, _) for each in asked)))
    return replace(paper, parts=parts, level=_highest([paper.level, *(part.level for part in parts)]))


def _from_home(record: History, _: Words) -> list[tuple[str, Asked]]:
    """Each with its instrument, in the order in which they were sent."""
    named = {each.id: each.name for each in record.student.guardians}
    return [
        (
            each.instrument,
            Asked(
                find_instrument(each.instrument, each.edition).item(each.item),
                value_of(each),
                _("{name} answered from home").format(name=named.get(each.guardian_id) or _("Guardian")),
            ),
        )
        for each in record.from_home
        if each.state != "empty"
    ]


def _part(asked: AskedTalk, paper: TalkPaper, home: list[tuple[str, Asked]], _: Words) -> GeneralPart:
    own = [each for name, each in home if name == asked.instrument.id]
    sections = tuple(_sections(asked, paper, own, _))
    level = _highest([section.level for section in sections] or [asked.instrument.level])
    given = most_common_manner(asked) if asked.told else None
    return GeneralPart(asked.instrument.title.say(_.language), level, sections, given)


def _sections(asked: AskedTalk, paper: TalkPaper, home: list[Asked], _: Words) -> Iterator[GeneralSection]:
    for section in asked.instrument.sections:
        level = section.level or asked.instrument.level
        found = [(item.id, asked.told[item.id]) for item in section.items if item.id in asked.told]
        shown = [(name, told) for name, told in found if _may_stand(asked.instrument, name, told, paper)]
        here = [_asked(asked, *each, _) for each in shown]
        here += [each for each in home if each.item in section.items]
        if level != "p" and section.printed and any(state_of(each.value) != "empty" for each in here):
            blocks = (*_picture(asked, section, paper), *answer_blocks(here, _))
            yield GeneralSection(section.title.say(_.language), level, blocks, paper.copy == "guardian")


def _picture(asked: AskedTalk, section: Section, paper: TalkPaper) -> tuple[Picture, ...]:
    """Of what may stand on this copy; a guardian's copy has no pictures."""
    if section.picture is None or paper.copy == "guardian":
        return ()
    shown = ((name, told) for name, told in asked.told.items() if asked.instrument.level_of(name) != "p")
    values = {name: told.value for name, told in shown if _may_stand(asked.instrument, name, told, paper)}
    return (Picture(asked.instrument, section, values),)


def _may_stand(instrument: Instrument, name: str, told: Told, paper: TalkPaper) -> bool:
    if paper.copy == "school":
        return True
    if paper.copy == "student":
        return any(item.id == name for item in items_for(instrument, "student"))
    return instrument.level_of(name) == "m" and told.answer.respondent is Respondent.GUARDIAN


def _asked(asked: AskedTalk, name: str, told: Told, _: Words) -> Asked:
    return Asked(asked.instrument.item(name), told.value, _remark(asked, name, told, _))


def _remark(asked: AskedTalk, name: str, told: Told, _: Words) -> str:
    """Who answered, and what had been sent alone before the talk changed it."""
    remarks = [_(said) for said in [RESPONDENTS[told.answer.respondent]] if said]
    if told.before:
        before = say_value(asked.instrument.item(name), Told(told.before).value, _.language)
        remarks.append(_("before the talk, alone: {before}").format(before=before))
    return "; ".join(remarks)


def _highest(levels: list[Level]) -> Level:
    return max(levels, key=("m", "e", "p").index)
