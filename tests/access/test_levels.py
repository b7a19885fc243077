"""A level is a wall in the data: what is written at the level of student health reaches no mentor by any way."""

import secrets
from collections.abc import Iterator
from contextlib import suppress

import pytest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import agree, conduct, look, talk_view, today
from conversation_models.services.access import Refused, Right
from conversation_models.storage import answers
from conversation_models.storage.answers import Written
from reports.student_paper import student_paper
from reports.talk_paper import talk_paper
from tests.access.canaries import text_of
from tests.access.rights import PEOPLE, may
from tests.access.school import Tried

# Who reads which level of `own`'s answers, by hand. Private ones are read by their author alone.
READS = {"mentor": {"m"}, "counsellor": {"m", "e"}}
SENT = {
    "m": ("scale_question", "topic"),
    "e": ("scale_question", "holds_up"),
    "p": ("scale_question", "higher_once"),
}
DRAFTED = {
    "m": ("development_notes", "words_looking"),
    "e": ("development_notes", "words_now"),
    "p": ("development_notes", "words_agreement"),
}


@pytest.fixture
def words(tried: Tried) -> Iterator[dict[str, str]]:
    """A word at each level in the open talk, sent and as a draft; `p` is written by another counsellor."""
    with tried.store.undone():
        made = {level: f"Kanarie{secrets.token_hex(8)}" for level in SENT}
        with tried.store.writing() as unit:
            for level, word in made.items():
                answers.append(unit, [(written(tried, level, word, *SENT[level]).stored(unit.cipher), 1)], tried.now)
                answers.write_drafts(unit, [written(tried, level, word, *DRAFTED[level]).stored(unit.cipher)], [])
        yield made


def written(tried: Tried, level: str, word: str, instrument: str, item: str) -> Written:
    place = Place(tried.aims["own"].opened, instrument, item, Respondent.STUDENT, Manner.TOGETHER)
    author = tried.people["counsellor_once_mentor"].id
    return Written(place, level, True, "answered", word, 1, "probe", 1, tried.now, author)


def everything_read_by(tried: Tried, who: str) -> str:
    """Through each service and paper that shows answers: while the talk is open, and when it is closed."""
    desk, aim, found = tried.desk(who), tried.aims["own"], []
    ways = [
        lambda: look.history(desk, aim.student),
        lambda: look.record_of_talk(desk, aim.opened),
        lambda: talk_view.see_talk(desk, aim.opened),
        lambda: talk_view.see_talk(desk, aim.prepared),  # with what was said last time
        lambda: agree.decisions_of(desk, aim.opened),
        lambda: today.today(desk),
        lambda: text_of(talk_paper(desk, aim.opened, "school", "sv")),
        lambda: text_of(student_paper(desk, aim.student, "sv")),
    ]
    for way in ways:
        with suppress(Refused):
            found.append(repr(way()))
    conduct.close_talk(tried.desk("mentor"), aim.opened)
    for way in ways:
        with suppress(Refused):
            found.append(repr(way()))
    return "\n".join(found)


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_a_level_is_read_by_whom_it_is_for(tried: Tried, words: dict[str, str], who: str):
    read = everything_read_by(tried, who)
    seen = {level for level, word in words.items() if word in read}
    assert seen == (READS[who] if may(who, Right.SEE_TALKS, "own") else set())
