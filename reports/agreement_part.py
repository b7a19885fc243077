"""The agreement on a talk's paper, what of it may stand on a guardian's copy, and the amendments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from conversation_models.domain import agreement as domain
from conversation_models.services.access import SWEDEN
from conversation_models.services.asked import find_instrument
from conversation_models.services.look import History
from instruments.items import Item, JointColourItem
from instruments.model import Section
from instruments.readings import Said, items_for, left_off_guardian_copy, said
from reports.agreements import own_colour
from reports.paper.talk_paper import AgreementArea, AgreementRow, Amendment, ColourSaid, TalkPaper
from reports.record import AGREEMENT, SURVEY, AskedTalk, asked_talks
from reports.sentences import say_meaning
from translations import Language, Words, words

READ_BACK, READ_BACK_WORDS = "read_back_right", "read_back_words"
PARTS_OF_A_DECISION = ("decision", "responsible", "follow_up")


def with_agreement(paper: TalkPaper, record: History, language: Language) -> TalkPaper:
    _ = words(language)
    agreed, survey = _agreed(record, language), next(iter(asked_talks(record, SURVEY, language)), None)
    shown = (each for each in record.amendments if paper.copy == "school" or not _corrects_notes(each, record))
    paper = replace(paper, amendments=tuple(_amendment(each, record, language) for each in shown))
    if agreed is None or not agreed.told:
        return paper
    right, own_words = agreed.value(READ_BACK), agreed.value(READ_BACK_WORDS)
    return replace(
        paper,
        agreement=tuple(filter(_says_something, (_area(section, agreed, survey, _) for section in _areas(agreed)))),
        read_back_right=right if isinstance(right, bool) else None,
        read_back_words=own_words if isinstance(own_words, str) else "",
    )


def private_rows(record: History, language: Language) -> frozenset[str]:
    """The survey's rows that a guardian's copy leaves out unless the student includes them."""
    return frozenset(_followed(row) for row in _guarded(_agreed(record, language)))


def shared_rows(record: History, language: Language) -> frozenset[str]:
    """Those of them that the student includes."""
    agreed = _agreed(record, language)
    return frozenset(_followed(row) for row in _guarded(agreed) if row.id not in _left_off(agreed))


def _agreed(record: History, language: Language) -> AskedTalk | None:
    """The talk's agreement, in the edition the talk asks, also when nothing is agreed yet."""
    found = next(iter(asked_talks(record, AGREEMENT, language)), None)
    if found or AGREEMENT not in record.talks[0].editions:
        return found
    talk = record.talks[0]
    return AskedTalk(talk, "", find_instrument(AGREEMENT, talk.editions[AGREEMENT]), {})


def _guarded(agreed: AskedTalk | None) -> list[JointColourItem]:
    items = agreed.instrument.items() if agreed else ()
    return [item for item in items if isinstance(item, JointColourItem) and item.guardian_copy_if]


def _left_off(agreed: AskedTalk | None) -> frozenset[str]:
    if agreed is None:
        return frozenset()
    return left_off_guardian_copy(agreed.instrument, {item: told.value for item, told in agreed.told.items()})


def _followed(row: JointColourItem) -> str:
    return (row.follows or "").partition(".")[2]


def _areas(agreed: AskedTalk) -> Iterator[Section]:
    """The sections that are agreed on; reading back and the guardian's copy wait for phases of their own."""
    return (section for section in agreed.instrument.sections if section.phase is None)


def _area(section: Section, agreed: AskedTalk, survey: AskedTalk | None, _: Words) -> AgreementArea:
    left_off = _left_off(agreed)
    decision, responsible, follow_up = (agreed.value(f"{section.id}_{part}") for part in PARTS_OF_A_DECISION)
    return AgreementArea(
        section.title.say(_.language),
        tuple(_row(item, agreed, survey, left_off, _) for item in section.items if isinstance(item, JointColourItem)),
        decision if isinstance(decision, str) else "",
        responsible if isinstance(responsible, str) else "",
        date.fromisoformat(follow_up) if isinstance(follow_up, str) else None,
    )


def _says_something(area: AgreementArea) -> bool:
    """An area that was not spoken of is left out; in one that was, a row without a colour says so."""
    return bool(area.decision or area.responsible or area.follow_up or any(row.joint for row in area.rows))


def _row(
    item: JointColourItem, agreed: AskedTalk, survey: AskedTalk | None, left_off: frozenset[str], _: Words
) -> AgreementRow:
    """The student's own colour stands beside a joint one only: without one, the row was not brought up."""
    joint = _colour(said(item, agreed.value(item.id)), _)
    own = own_colour(item, survey) if joint else None
    private = bool(item.guardian_copy_if)
    return AgreementRow(
        item.label.say(_.language), _colour(own, _), joint, private, private and item.id not in left_off
    )


def _colour(answer: Said | None, _: Words) -> ColourSaid | None:
    return ColourSaid(answer.colour, say_meaning(answer, _.language)) if answer and answer.colour else None


def _corrects_notes(amendment: domain.Amendment, record: History) -> bool:
    """A correction of staff's own lines stands where they stand: on the school's copy alone."""
    instrument = find_instrument(amendment.instrument, record.talks[0].editions.get(amendment.instrument))
    return all(item.id != amendment.item for item in items_for(instrument, "student"))


def _amendment(amendment: domain.Amendment, record: History, language: Language) -> Amendment:
    """Its words under the name of what they correct."""
    _ = words(language)
    instrument = find_instrument(amendment.instrument, record.talks[0].editions.get(amendment.instrument))
    item = next((item for item in instrument.items() if item.id == amendment.item), None)
    text = amendment.words
    if item is not None:
        area, name = instrument.section_of(item.id).title.say(language), item.label.say(language)
        text = _("{area}, {item}: {words}").format(area=area, item=name, words=text)
    when = amendment.recorded_at.astimezone(SWEDEN)
    return Amendment(text, amendment.author_name, when, _is_for_guardian(amendment, item, record, language))


def _is_for_guardian(amendment: domain.Amendment, item: Item | None, record: History, language: Language) -> bool:
    """A correction goes where the corrected goes: to decisions and joint colours that stand on the guardian's copy."""
    agreed = _agreed(record, language)
    if amendment.instrument != AGREEMENT or item is None or agreed is None:
        return False
    return item.id not in _left_off(agreed) and agreed.instrument.section_of(item.id).phase is None
