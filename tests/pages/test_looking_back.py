"""Looking back at any instrument: what the reader may read, and no name of what they may not."""

from datetime import date

import pytest

from conversation_models.domain.answer import Change, Manner, Place, Respondent
from conversation_models.services import added, conduct, prepare
from conversation_models.services.access import Desk
from conversation_models.services.prepare import TalkPlan
from instruments.catalogue import load
from tests.pages.conftest import Open, said

pytestmark = pytest.mark.sqlite
THERMOMETER, MIRACLE = load().instrument("thermometer"), load().instrument("miracle_question")


def talked(desk: Desk, student_id: str, day: date, filled: dict[tuple[str, str], object]) -> None:
    """A closed free talk that took in the instruments named."""
    talk = conduct.open_talk(desk, prepare.prepare_talk(desk, TalkPlan(student_id, day, model="free_talk")).id)
    for name in dict.fromkeys(name for name, _item in filled):
        added.add_instrument(desk, talk.id, name)
    for (name, item), value in filled.items():
        place = Place(talk.id, name, item, Respondent.STUDENT, Manner.TOGETHER)
        conduct.save_in_talk(desk, place, Change(value, "tablet", 1))
    conduct.close_talk(desk, talk.id)


def test_before_any_other_instrument_is_answered_that_is_said(open_page: Open, talks, cast) -> None:
    talks.closed()
    screen = open_page(cast.mentor, "looking-back", student=cast.student.id)
    assert "Inget mer är besvarat än" in said(screen)
    assert [box.label for box in screen.selectbox] == []


def test_two_talks_stand_beside_each_other_in_the_way_of_each_kind(open_page: Open, desk, cast) -> None:
    first = {("miracle_question", "today"): 3, ("miracle_question", "different"): "Det är *tyst*."}
    second = {("miracle_question", "today"): 6, ("miracle_question", "different"): "Jag äter frukost."}
    signs = [{"row": "own.1", "sign": "Gå upp", "seen": False}], [{"row": "own.1", "sign": "Gå upp", "seen": True}]
    talked(desk, cast.student.id, date(2026, 2, 3), {**first, ("miracle_question", "signs"): signs[0]})
    talked(desk, cast.student.id, date(2026, 3, 12), {**second, ("miracle_question", "signs"): signs[1]})
    screen = open_page(cast.mentor, "looking-back", student=cast.student.id)
    assert not screen.exception
    shown = said(screen)
    for expected in ("Det är *tyst*.", "Jag äter frukost.", "Från 3 (3\u00a0februari\u00a02026)", "Kvar: Gå upp."):
        assert expected in shown


def test_a_mentor_reads_no_name_of_an_instrument_of_student_health_s(open_page: Open, store, desk, cast) -> None:
    counsellor = Desk(store, cast.counsellor, desk.now)
    rows = [{"row": "own.1", "situation": "Matsalen", "now": 8}]
    table = next(item.id for item in THERMOMETER.items() if item.kind == "table")
    talked(counsellor, cast.student.id, date(2026, 2, 3), {("thermometer", table): rows})
    assert THERMOMETER.title.sv in "".join(
        option for box in open_page(cast.counsellor, "looking-back", student=cast.student.id).selectbox
        for option in box.options
    )  # fmt: skip
    screen = open_page(cast.mentor, "looking-back", student=cast.student.id)
    everything = said(screen) + "".join(option for box in screen.selectbox for option in box.options)
    assert "Matsalen" not in everything
    assert THERMOMETER.title.sv not in everything
