import pytest

from instruments.catalogue import load
from instruments.items import DateItem, Item, LineItem, ScaleItem, TextItem, TickItem
from instruments.model import Instrument, Section, Source, Text
from reports.paper.blank_form import blank_form
from tests.reports.paper.papers import opened, text_of

CATALOGUE = load()


def text(sv: str) -> Text:
    return Text(sv=sv, en=f"{sv} (en)")


def form(*items: Item) -> Instrument:
    return Instrument(
        id="own_form",
        edition=3,
        level="e",
        source=Source(name="oss"),
        title=text("Egen blankett"),
        short=text("Kort om den"),
        intro=text("Så här fyller du i"),
        respondents=("student",),
        minutes=5,
        sections=(Section(id="one", title=text("Första delen"), items=items),),
    )


@pytest.mark.parametrize("name", CATALOGUE.ids())
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_label_and_statement_of_an_instrument_stands_on_its_form(name, language) -> None:
    instrument = CATALOGUE.instrument(name)
    printed = text_of(blank_form(instrument, language)).replace(" ", "")
    for item in instrument.items():
        assert item.label.say(language).replace(" ", "") in printed
        for choice in getattr(item, "choices", ()):
            assert choice.word.say(language).split()[0] in printed


@pytest.mark.parametrize("name", CATALOGUE.ids())
def test_nothing_meant_for_staff_stands_on_a_form(name) -> None:
    instrument = CATALOGUE.instrument(name)
    printed = text_of(blank_form(instrument, "sv"))
    offers = [offer.text.sv for group in instrument.offers.values() for offer in group]
    assert not [said for said in (*offers, *(line.sv for line in instrument.guide)) if said in printed]


def test_every_kind_of_item_has_room_for_its_answer() -> None:
    instrument = form(
        TextItem(id="text", label=text("Berätta"), rows=5),
        LineItem(id="line", label=text("En rad")),
        DateItem(id="date", label=text("En dag")),
        TickItem(id="tick", label=text("Det stämmer"), by="mentor"),
        ScaleItem(
            id="scale", label=text("Hur mycket"), low=0, high=4, low_words=text("inget"), high_words=text("allt"),
            words_at={2: text("halva")},
        ),
    )  # fmt: skip
    printed = text_of(blank_form(instrument, "sv", "Björkskolan"))
    for expected in ("Berätta", "En rad", "En dag", "Det stämmer", "Mentorn fyller i det här.", "0 1 2 3 4", "halva"):
        assert expected in printed
    assert "Utgåva 3" in printed
    assert "elevhälsans journal" in printed
    assert "Jag vill inte svara" in printed


def test_an_agreement_is_signed_and_a_survey_is_not() -> None:
    assert "Vi har kommit överens" in text_of(blank_form(CATALOGUE.instrument("development_agreement"), "sv"))
    assert "Vi har kommit överens" not in text_of(blank_form(CATALOGUE.instrument("development_survey"), "sv"))


def test_an_edition_s_form_is_the_same_file_every_time() -> None:
    instrument = CATALOGUE.instrument("scale_question")
    assert blank_form(instrument, "sv") == blank_form(instrument, "sv")
    with opened(blank_form(instrument, "sv")) as pdf:
        assert len(pdf.pages) == 2
