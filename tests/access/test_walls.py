"""A secret word in every item above a mentor's level, by every way in; then looked for as the mentor, by every way out.

In a talk of student health that is prepared, open, closed and silent, closed and partly told; in a mentor's own talk to
which student health added what it may; and sent by a student on student health's questions.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import (
    added,
    agree,
    asked,
    conduct,
    invite,
    log_book,
    look,
    prepare,
    rate,
    students,
    take_along,
    talk_view,
    today,
)
from conversation_models.services.access import Desk, Refused
from conversation_models.services.asked import AGREEMENT
from conversation_models.services.prepare import TalkPlan
from instruments.catalogue import load
from reports.paper.blank_form import blank_form
from reports.student_paper import student_paper
from reports.talk_paper import NoGuardianCopy, talk_paper
from tests.access.canaries import text_of
from tests.access.school import Tried
from tests.access.tally import on_sqlite
from tests.access.test_pages import Screens, all_said, screens  # noqa: F401 - fixture
from tests.conversation_models.filled import fill, value_of
from tests.conversation_models.services.talks_made import change
from tests.reports.exports.files import everything_in
from ui import places

pytestmark = pytest.mark.slow

ABOVE = "return_to_school"
NOTES = f"{ABOVE}_notes"
COPIES = ("school", "student", "guardian")


def above_the_mentor() -> list[str]:
    """Every instrument of the library with an item for student health alone."""
    every = [load().instrument(name) for name in load().ids()]
    return [each.id for each in every if any(each.level_of(item.id) == "e" for item in each.items())]


@dataclass
class Hidden:
    """The word, how many items hold it, and the talks. `unknown` are those whose very ids a mentor must not meet."""

    word: str
    items: int
    talks: dict[str, str]

    @property
    def unknown(self) -> list[str]:
        return [self.talks[name] for name in ("prepared", "open", "silent")]


@pytest.fixture(scope="module")
def hidden(tried: Tried) -> Hidden:
    return hide(tried, f"Kanarie{secrets.token_hex(8)}")


def hide(tried: Tried, word: str) -> Hidden:
    """Kept, and not undone: what the others of this folder look at is of no level but the mentor's."""
    student, health = tried.aims["shared"].student, tried.desk("counsellor")
    found = Hidden(word, 0, {})
    for name in ("prepared", "open", "silent", "told"):
        plan = TalkPlan(student, health.today + timedelta(days=3), ABOVE, place=word)
        talk = prepare.prepare_talk(health, plan)
        found.talks[name] = talk.id
        for item in ("observations", "gather"):
            conduct.save_in_talk(health, Place(talk.id, NOTES, item, Respondent.MENTOR), change(word))
        if name == "prepared":
            continue
        conduct.open_talk(health, talk.id)
        for item in asked.find_instrument(NOTES).items():
            if item.secret and item.id not in {"observations", "gather"}:
                place = Place(talk.id, NOTES, item.id, Respondent(item.by), Manner.TOGETHER)
                conduct.save_in_talk(health, place, change(word))
        for instrument in (*above_the_mentor(), AGREEMENT):
            added.add_instrument(health, talk.id, instrument)
        for instrument in above_the_mentor():
            found.items += len(fill(health, talk.id, instrument, word, "e"))
    place = Place(found.talks["told"], AGREEMENT, "work_decision", Respondent.MENTOR, Manner.TOGETHER)
    conduct.save_in_talk(health, place, change("Vi börjar klockan tio"))
    for name in ("silent", "told"):
        conduct.close_talk(health, found.talks[name])
        item = asked.find_instrument("trigger_circle").items()[0].id
        agree.amend(health, found.talks[name], "trigger_circle", item, word)
    _add_to_the_mentors(tried, found)
    _send_to_the_student(tried, found)
    return found


def _add_to_the_mentors(tried: Tried, found: Hidden) -> None:
    mentor, health = tried.desk("mentor"), tried.desk("counsellor")
    for name in ("shared open", "shared closed"):
        talk = prepare.prepare_talk(mentor, TalkPlan(tried.aims["shared"].student, mentor.today, "development"))
        conduct.open_talk(mentor, talk.id)
        for instrument in above_the_mentor():
            added.add_instrument(health, talk.id, instrument)
            found.items += len(fill(health, talk.id, instrument, found.word, "e"))
        found.talks[name] = talk.id
    conduct.close_talk(mentor, found.talks["shared closed"])


def _send_to_the_student(tried: Tried, found: Hidden) -> None:
    """One talk where it is only begun, and one where it is sent."""
    mentor, health = tried.desk("mentor"), tried.desk("counsellor")
    for name in ("begun", "sent"):
        talk = prepare.prepare_talk(mentor, TalkPlan(tried.aims["shared"].student, mentor.today, "development"))
        alone = [each for each in invite.sendable(health, talk.id) if each in above_the_mentor()]
        assert alone
        made = invite.invite(health, talk.id, asks=alone)
        entry = rate.find_by_token(health.store, made.token, health.now)
        assert entry is not None
        asks = {(each, item.id): value_of(item, found.word) for each in alone for item in asked.items_alone(each, 1)}
        found.items += len(asks)
        rate.save_all(health.store, entry, asks, "phone", health.now)
        if name == "sent":
            rate.send(health.store, entry, True, health.now)
        found.talks[name] = talk.id


def ways_out(desk: Desk, student: str, talk: str, word: str) -> list[Callable[[], Any]]:
    papers = [lambda copy=copy: text_of(talk_paper(desk, talk, copy, "sv")) for copy in COPIES]
    return [
        lambda: talk_view.see_talk(desk, talk),
        lambda: look.record_of_talk(desk, talk),
        lambda: look.history(desk, student),
        lambda: agree.decisions_of(desk, talk),
        lambda: agree.amendments_of(desk, talk),
        lambda: agree.open_decisions(desk, student),
        lambda: prepare.talks_of(desk, student),
        lambda: today.today(desk),
        lambda: invite.invitations_of(desk, talk),
        lambda: invite.sendable(desk, talk),
        lambda: added.instruments_to_add(desk, talk),
        lambda: take_along.words_to_take(desk, talk),
        lambda: conduct.unsent_begun(desk, talk),
        lambda: students.list_students(desk, word),
        lambda: students.see_student(desk, student),
        lambda: log_book.log_of_student(desk, student),
        lambda: text_of(student_paper(desk, student, "sv")),
        *papers,
    ]


def everything(tried: Tried, hidden: Hidden, who: str) -> dict[str, str]:
    desk, student, found = tried.desk(who), tried.aims["shared"].student, {}
    with tried.store.undone():
        for name, talk in hidden.talks.items():
            said = []
            for way in ways_out(desk, student, talk, hidden.word):
                with suppress(Refused, NoGuardianCopy):
                    said.append(repr(way()))
            found[name] = "\n".join(said)
    return found


def test_the_word_lies_in_every_item_above_the_mentor(hidden: Hidden) -> None:
    every = [load().instrument(name) for name in above_the_mentor()]
    items = sum(each.level_of(item.id) == "e" for each in every for item in each.items())
    assert items > 80
    assert hidden.items > 5 * items, "three talks of student health's, two of the mentor's, and what is sent"


@pytest.mark.parametrize("who", ["mentor", "colleague"])
def test_no_service_and_no_paper_gives_the_word_to_a_mentor(tried: Tried, hidden: Hidden, who: str) -> None:
    for name, said in everything(tried, hidden, who).items():
        assert hidden.word not in said, name
        for unknown in hidden.unknown:
            assert unknown not in said, (name, "a talk that holds nothing for the mentor is not there")
    assert "Vi börjar klockan tio" in everything(tried, hidden, who)["told"], "what is for the mentor is"


def test_nor_is_what_student_health_asks_named_in_the_mentors_own_talk(tried: Tried, hidden: Hidden) -> None:
    desk = tried.desk("mentor")
    wholly_above = [name for name in above_the_mentor() if load().instrument(name).level == "e"]
    wholly_above = [n for n in wholly_above if all(s.level in (None, "e") for s in load().instrument(n).sections)]
    assert len(wholly_above) > 4
    with tried.store.undone():
        for name in ("shared open", "shared closed", "begun", "sent"):
            view = talk_view.see_talk(desk, hidden.talks[name])
            assert set(wholly_above).isdisjoint({*view.instruments, *view.talk.editions}), name
            assert {level_of(view, item) for item in items_of(view)} <= {"m", "p"}
        assert view.invitation is None


def items_of(view: talk_view.TalkView) -> list[tuple[str, str]]:
    return [(name, item.id) for name, instrument in view.instruments.items() for item in instrument.items()]


def level_of(view: talk_view.TalkView, item: tuple[str, str]) -> str:
    return view.instruments[item[0]].level_of(item[1])


def test_student_health_reads_it(tried: Tried, hidden: Hidden) -> None:
    """Else the search above could not fail."""
    for name, said in everything(tried, hidden, "counsellor").items():
        assert hidden.word in said, name
        if name in {"silent", "told", "shared closed"}:
            assert all(talk in said for talk in hidden.unknown), "and knows of every talk"


def test_no_file_that_leaves_the_house_gives_the_word_to_a_mentor(tried: Tried, hidden: Hidden) -> None:
    """Every kind of export, the extract and FHIR, with names and without, in both languages."""
    student = tried.aims["shared"].student
    with tried.store.undone():
        for who in ("mentor", "colleague"):
            said = everything_in(tried.desk(who), student)
            assert hidden.word not in said, who
            for unknown in hidden.unknown:
                assert unknown not in said, who
            assert asked.find_instrument("trigger_circle").title.sv not in said, "not even what it is called"
            assert "Vi börjar klockan tio" in said, "what is for the mentor is"
        above = everything_in(tried.desk("counsellor"), student)
    assert above.count(hidden.word) > hidden.items / 10
    assert asked.find_instrument("trigger_circle").title.sv in above


def test_an_administrator_reads_nothing(tried: Tried, hidden: Hidden) -> None:
    for name, said in everything(tried, hidden, "administrator").items():
        assert hidden.word not in said, name


@on_sqlite
@pytest.mark.parametrize("who", ["mentor", "counsellor"])
def test_no_page_shows_the_word_to_a_mentor(screens: Screens, tried: Tried, hidden: Hidden, who: str) -> None:  # noqa: F811
    """Every page that names a student or a talk, each talk at each of its addresses."""
    student, shown = tried.aims["shared"].student, {}
    for place in (places.STUDENT, places.LOOKING_BACK):
        shown[place.path] = read(screens, who, place, student=student)
    for place in (places.TODAY, places.STUDENTS):
        shown[place.path] = read(screens, who, place)
    for name, talk in hidden.talks.items():
        for place in (places.PREPARE, places.TALK, places.CLOSE_TALK, places.CLOSED_TALK, places.MOVE_TALK):
            shown[f"{place.path} {name}"] = read(screens, who, place, talk=talk)
        shown[f"added {name}"] = read(screens, who, places.TALK, talk=talk, step="added")
    found = {name for name, text in shown.items() if hidden.word in text}
    if who == "mentor":
        assert found == set()
        for name, text in shown.items():
            assert not any(talk in text for talk in hidden.unknown), name
            assert asked.find_instrument("trigger_circle").title.sv not in text, name
    else:
        assert {"closed-talk silent", "closed-talk told", "added shared open"} <= found


def read(screens: Screens, who: str, place: places.Place, **ids: str) -> str:  # noqa: F811
    screen, _ = screens.open(who, place, **ids)
    assert not screen.exception, (who, place.path, [each.value for each in screen.exception])
    return all_said(screen) + links(screen)


def links(screen: AppTest) -> str:
    return "\n".join(str(each.proto) for each in screen.get("page_link"))


def test_a_blank_form_holds_no_answer(hidden: Hidden) -> None:
    for name in above_the_mentor()[:3]:
        assert hidden.word not in text_of(blank_form(asked.find_instrument(name), "sv"))
