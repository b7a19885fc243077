"""The library's pages: what each instrument and talk is, for those who use them; nothing that anybody answered."""

import json

import pytest

from conversation_models.services import library
from instruments.catalogue import load
from tests.conversation_models.services.talks_made import Talks
from tests.pages.conftest import said

ANSWER = "Jag vill prata om praktiken."


def links(screen) -> list[str]:
    return [each.proto.label for each in screen.get("page_link")]


def forms(screen) -> str:
    data = [json.loads(each.proto.json) for each in screen.get("bidi_component") if each.proto.json]
    return "\n".join(each["html"] for each in data if "html" in each)


def test_everybody_finds_what_they_use(open_page, cast) -> None:
    """A mentor does not meet what is student health's alone; an administrator may know what there is."""
    above = load().instrument("trigger_circle").title.sv
    for member, finds in ((cast.mentor, False), (cast.counsellor, True), (cast.administrator, True)):
        found = links(open_page(member, "library"))
        assert "Utvecklingssamtal" in found
        assert load().instrument("scale_question").title.sv in found
        assert (above in found) is finds, member.role
        assert any("Tillbaka till skolan" in each for each in found) is finds, member.role


def test_an_instruments_page_says_what_it_is_for_how_whose_and_for_whom(open_page, cast) -> None:
    instrument = load().instrument("development_survey")
    screen = open_page(cast.mentor, "instrument", instrument="development_survey")
    text = said(screen)
    for line in (instrument.short.sv, instrument.intro.sv, *(each.sv for each in instrument.guide)):
        assert line.strip() in text
    for line in ("Mentor och elevhälsa läser svaren.", "Eleven kan svara själv", instrument.source.name, "Utgåva 1"):
        assert line in text
    assert f"{instrument.minutes} minuter" in text
    assert [each.proto.url for each in screen.get("link_button")] == ["/papers/blank/development_survey.pdf"]
    assert instrument.item("workload").label.sv in forms(screen)


def test_a_part_with_a_level_of_its_own_says_so(open_page, cast) -> None:
    text = said(open_page(cast.counsellor, "instrument", instrument="mapping"))
    assert "Bara elevhälsan läser svaren." in text
    assert ": Mentor och elevhälsa läser svaren." in text


@pytest.mark.parametrize("name", ["trigger_circle", "nothing", "", "development_notes"])
def test_what_is_not_for_this_person_is_not_there(open_page, cast, name: str) -> None:
    assert "Det underlaget finns inte i ditt bibliotek." in said(open_page(cast.mentor, "instrument", instrument=name))


def test_every_instrument_and_talk_can_be_read_in_both_languages(open_page, cast) -> None:
    for language in ("sv", "en"):
        for instrument in library.instruments_for(cast.counsellor):
            screen = open_page(cast.counsellor, "instrument", language, instrument=instrument.id)
            assert not screen.exception, instrument.id
            assert screen.title[0].value == instrument.title.say(language)
        for model in library.models_for(cast.counsellor):
            screen = open_page(cast.counsellor, "talk-model", language, model=model.id)
            assert not screen.exception, model.id
            assert model.purpose.say(language) in said(screen)


def test_a_kind_of_talk_above_the_own_level_is_not_there(open_page, cast) -> None:
    said_here = said(open_page(cast.mentor, "talk-model", model="return_to_school"))
    assert "Det samtalet finns inte i ditt bibliotek." in said_here


def test_nothing_that_was_answered_is_in_the_library(open_page, cast, talks: Talks) -> None:
    talks.closed()
    for member in (cast.mentor, cast.administrator):
        screen = open_page(member, "instrument", instrument="development_survey")
        assert ANSWER not in said(screen) + forms(screen)
