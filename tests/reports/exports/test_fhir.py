"""The bundle against the structural rules of FHIR R4, written down here once more and apart from what makes it."""

import json
import re
from datetime import date
from typing import Any

import pytest

from conversation_models.domain.answer import Change, Manner, Place, Respondent
from conversation_models.services import added, agree, conduct, exports, paper_talks, prepare
from conversation_models.services.access import Desk, Refused
from conversation_models.services.exports import Choice
from conversation_models.services.paper_talks import PaperTalk
from conversation_models.services.prepare import TalkPlan
from conversation_models.storage import tables
from instruments.catalogue import load
from reports.exports.fhir import bundle, fhir_file
from tests.conversation_models.filled import fill
from tests.conversation_models.services.talks_made import SURVEY, Talks

URI = re.compile(r"\S+")
CODE = re.compile(r"[^\s]+( [^\s]+)*")
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(r"[0-9-]{10}T[0-9:]{8}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
# item.type: the value[x] that its answers have
VALUES = {
    "integer": {"valueInteger"}, "text": {"valueString"}, "string": {"valueString"}, "date": {"valueDate"},
    "boolean": {"valueBoolean"}, "choice": {"valueCoding"}, "open-choice": {"valueCoding", "valueString"},
}  # fmt: skip
TYPES = {
    "valueInteger": int, "valueString": str, "valueDate": str, "valueBoolean": bool, "valueCoding": dict,
    "valueCode": str,
}  # fmt: skip
KNOWN = {
    "Questionnaire": {"resourceType", "id", "language", "url", "version", "name", "title", "status", "subjectType",
                      "item"},
    "Questionnaire.item": {"extension", "linkId", "text", "type", "repeats", "answerOption", "item"},
    "QuestionnaireResponse": {"resourceType", "id", "meta", "language", "extension", "questionnaire", "status",
                              "subject", "authored", "source", "item"},
    "QuestionnaireResponse.item": {"extension", "linkId", "text", "answer", "item"},
    "Patient": {"resourceType", "id", "identifier", "name"},
    "Bundle": {"resourceType", "id", "type", "timestamp", "entry"},
}  # fmt: skip


class Rules:
    """Each broken rule as a sentence."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.broken: list[str] = []
        self.bundle = found
        self.resources = [entry["resource"] for entry in found.get("entry", ())]
        self.asked = {f"{each['url']}|{each['version']}": each for each in self.of("Questionnaire")}

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [each for each in self.resources if each["resourceType"] == kind]

    def check(self) -> list[str]:
        self.no_empty(self.bundle, "Bundle")
        self.need(set(self.bundle) <= KNOWN["Bundle"], "Bundle: unknown elements")
        self.need(self.bundle["type"] == "collection" and INSTANT.fullmatch(self.bundle["timestamp"]), "Bundle head")
        urls = [entry["fullUrl"] for entry in self.bundle.get("entry", ())]
        self.need(len(urls) == len(set(urls)), "fullUrl twice")
        self.need(all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", url) for url in urls), "fullUrl")
        for each in self.resources:
            kind = each["resourceType"]
            self.need(bool(ID.fullmatch(each["id"])), f"{kind}.id {each['id']}")
            self.need(set(each) <= KNOWN[kind], f"{kind}: {set(each) - KNOWN[kind]}")
        for each in self.of("Questionnaire"):
            self.questionnaire(each)
        for each in self.of("QuestionnaireResponse"):
            self.response(each, urls)
        return self.broken

    def need(self, holds: object, said: str) -> None:
        if not holds:
            self.broken.append(said)

    def no_empty(self, value: Any, where: str) -> None:
        """ele-1: an element has a value or children; JSON has neither null nor empty lists."""
        self.need(value is not None and value not in ("", [], {}), f"{where} is empty")
        for name, inside in value.items() if isinstance(value, dict) else ():
            self.no_empty(inside, f"{where}.{name}")
        for number, inside in enumerate(value if isinstance(value, list) else ()):
            self.no_empty(inside, f"{where}[{number}]")

    def questionnaire(self, found: dict[str, Any]) -> None:
        name = found["id"]
        self.need(found["status"] in {"draft", "active", "retired", "unknown"}, f"{name}: status")
        self.need(re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", found["name"]), f"que-0 {found['name']}")
        self.need(URI.fullmatch(found["url"]), f"{name}: url")
        links: list[str] = []
        for item in found["item"]:
            self.item(item, links)
        self.need(len(links) == len(set(links)), f"que-2: a linkId twice in {name}")

    def item(self, item: dict[str, Any], links: list[str]) -> None:
        link = item["linkId"]
        links.append(link)
        self.need(set(item) <= KNOWN["Questionnaire.item"], f"{link}: {set(item)}")
        self.need(isinstance(item["text"], str), f"{link}: text")
        self.need(item["type"] == "group" or item["type"] in VALUES, f"{link}: type {item['type']}")
        self.need(item["type"] != "group" or item.get("item"), f"que-1: {link} is a group of nothing")
        options = item.get("answerOption", [])
        self.need(not options or item["type"] in {"choice", "open-choice"}, f"que-5: {link}")
        self.need(options or item["type"] not in {"choice"}, f"{link}: a choice of nothing")
        codes = [self.coding(option["valueCoding"]) for option in options]
        self.need(len(codes) == len(set(codes)), f"{link}: an option twice")
        for each in item.get("extension", ()):
            self.extension(each, link)
        for inside in item.get("item", ()):
            self.item(inside, links)

    def coding(self, found: dict[str, Any]) -> tuple[str, str]:
        self.need(set(found) == {"system", "code", "display"}, f"coding {found}")
        self.need(URI.fullmatch(found["system"]) and CODE.fullmatch(found["code"]), f"coding {found}")
        return found["system"], found["code"]

    def extension(self, found: dict[str, Any], where: str) -> None:
        values = set(found) - {"url"}
        self.need(URI.fullmatch(found["url"]) and len(values) == 1, f"{where}: extension {found}")
        for name in values:
            self.need(type(found[name]) is TYPES[name], f"{where}: extension {found}")

    def response(self, found: dict[str, Any], urls: list[str]) -> None:
        asked = self.asked.get(found["questionnaire"])
        self.need(asked, f"{found['questionnaire']} is not in the bundle")
        self.need(found["status"] in {"completed", "amended"}, found["status"])
        self.need(found["subject"]["reference"] in urls, "subject")
        self.need(DAY.fullmatch(found["authored"]), "authored")
        source = found["source"]
        good = source.get("reference") in urls or source.get("type") in {"RelatedPerson", "Practitioner"}
        self.need(good, f"source {source}")
        for each in found["extension"]:
            self.extension(each, "response")
        if asked:
            self.answers(found["item"], asked["item"])

    def answers(self, items: list[dict[str, Any]], asked: list[dict[str, Any]]) -> None:
        """linkIds exist at that very level, in that order; each value has its item's type."""
        by_link = {each["linkId"]: each for each in asked}
        order = [each["linkId"] for each in asked]
        links = [each["linkId"] for each in items]
        self.need(set(links) <= set(order), f"linkIds that are not asked: {set(links) - set(order)}")
        places = [order.index(link) for link in links if link in order]
        self.need(places == sorted(places), f"order of {links}")
        for item in items:
            question = by_link.get(item["linkId"])
            if question:
                self.answer(item, question, links.count(item["linkId"]))

    def answer(self, item: dict[str, Any], question: dict[str, Any], times: int) -> None:
        link, given = item["linkId"], item.get("answer", [])
        self.need(set(item) <= KNOWN["QuestionnaireResponse.item"], f"{link}: {set(item)}")
        self.need(not (given and item.get("item")), f"qrs-1: {link} has both")
        self.need(given or item.get("item") or item.get("extension"), f"{link} says nothing")
        self.need(times == 1 or question.get("repeats"), f"{link} comes {times} times")
        self.need(len(given) < 2 or question.get("repeats"), f"{link} has several answers")
        self.need(question["type"] != "group" or not given, f"{link}: a group with an answer")
        for each in item.get("extension", ()):
            self.extension(each, link)
        options = [option["valueCoding"] for option in question.get("answerOption", ())]
        for each in given:
            (name,) = {key for key in each if key.startswith("value")}
            self.need(name in VALUES.get(question["type"], set()), f"{link}: {name} to {question['type']}")
            self.need(type(each[name]) is TYPES[name], f"{link}: {each[name]!r}")
            self.need(name != "valueCoding" or each[name] in options, f"{link}: {each[name]} is no option")
            self.need(name != "valueDate" or DAY.fullmatch(each[name]), f"{link}: {each[name]}")
            self.answers(each.get("item", []), question.get("item", []))
        self.answers(item.get("item", []), question.get("item", []))


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def bundle_of(desk: Desk, student_id: str, language: str = "sv", named: bool = False) -> dict[str, Any]:
    found = bundle(exports.read_export(desk, Choice(student_id=student_id, named=named)), desk, language)
    return json.loads(json.dumps(found))


def every_instrument(desk: Desk, student_id: str, word: str) -> None:
    """A closed free talk with an answer to every item that this person may ask."""
    talk = conduct.open_talk(desk, prepare.prepare_talk(desk, TalkPlan(student_id, date(2026, 2, 3), "free_talk")).id)
    for instrument in added.instruments_to_add(desk, talk.id):
        added.add_instrument(desk, talk.id, instrument.id)
        fill(desk, talk.id, instrument.id, word)
    conduct.close_talk(desk, talk.id)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_instrument_of_the_library_keeps_the_rules(talks: Talks, desk, cast, language: str) -> None:
    every_instrument(desk(cast.counsellor), talks.student.id, "Ett eget ord")
    talks.closed()
    found = bundle_of(desk(cast.counsellor), talks.student.id, language)
    rules = Rules(found)
    assert rules.check() == []
    private = {name for name in load().ids() if load().instrument(name).level == "p"}
    named = {each["url"].rsplit(":", 1)[1] for each in rules.of("Questionnaire")}
    assert set(load().ids()) - private <= named
    assert not private & named
    linked = {item["linkId"] for each in rules.of("Questionnaire") for s in each["item"] for item in s["item"]}
    assert linked >= {item.id for name in set(load().ids()) - private for item in load().instrument(name).items()}


def test_the_rules_can_be_broken(talks: Talks) -> None:
    talks.closed()
    found = bundle_of(talks.desk, talks.student.id)
    response = next(each for each in Rules(found).of("QuestionnaireResponse") if SURVEY in each["questionnaire"])
    first = response["item"][0]["item"][0]
    first["answer"][0]["valueCoding"]["code"] = "pink"
    first["linkId"], first["text"] = "nowhere", ""
    response["status"] = "done"
    broken = "\n".join(Rules(found).check())
    for said in ("not asked: {'nowhere'}", "is empty", "done"):
        assert said in broken


def test_what_was_declined_corrected_and_typed_in_is_marked(talks: Talks) -> None:
    closed = talks.closed()
    agree.amend(talks.desk, closed.id, SURVEY, "workload", "Det var tvärtom")
    paper = paper_talks.enter_paper_talk(talks.desk, PaperTalk(talks.student.id, date(2026, 2, 3)))
    place = Place(paper.id, SURVEY, "bring_up", Respondent.STUDENT, Manner.PAPER)
    conduct.save_in_talk(talks.desk, place, Change("Från pappret", "tablet", 1))
    conduct.close_talk(talks.desk, paper.id)
    found = bundle_of(talks.desk, talks.student.id)
    assert Rules(found).check() == []
    responses = [each for each in Rules(found).of("QuestionnaireResponse") if SURVEY in each["questionnaire"]]
    marks = {
        tuple(sorted(next(v for k, v in e.items() if k != "url") for e in each["extension"])): each
        for each in responses
    }
    typed_in, alone = marks["2026-03-10", "paper"], marks[("alone",)]
    assert (typed_in["authored"], alone["authored"]) == ("2026-02-03", "2026-03-12")
    assert (typed_in["status"], alone["status"]) == ("completed", "amended")
    items = {item["linkId"]: item for section in alone["item"] for item in section["item"]}
    assert [each["valueString"] for each in items["workload"]["extension"]] == ["Det var tvärtom"]
    assert items["workload"]["answer"][0]["valueCoding"]["code"] == "green"
    assert [each["valueCode"] for each in items["peers"]["extension"]] == ["asked-declined"]
    assert "answer" not in items["peers"]


def test_with_a_name_only_when_it_is_asked_for(talks: Talks) -> None:
    talks.closed()
    assert "Åsa" not in json.dumps(bundle_of(talks.desk, talks.student.id), ensure_ascii=False)
    (patient,) = Rules(bundle_of(talks.desk, talks.student.id, named=True)).of("Patient")
    assert patient["name"] == [{"text": "Åsa Öberg"}]


def test_a_mentors_bundle_has_nothing_above_the_mentor_and_asks_nothing_of_it(talks: Talks, desk, cast) -> None:
    every_instrument(desk(cast.counsellor), talks.student.id, "Kanariefågel")
    above = json.dumps(bundle_of(desk(cast.counsellor), talks.student.id))
    found = bundle_of(talks.desk, talks.student.id)
    said = json.dumps(found)
    assert Rules(found).check() == []
    assert "trigger_circle" in above
    assert "trigger_circle" not in said
    wholly = [i for i in map(load().instrument, load().ids()) if {i.level_of(x.id) for x in i.items()} == {"e"}]
    assert wholly
    for instrument in wholly:
        assert instrument.id not in said
        assert instrument.title.sv not in json.loads(said).__repr__()


def test_it_is_logged_and_refused_to_strangers(talks: Talks, desk, cast) -> None:
    talks.closed()
    taken = fhir_file(talks.desk, talks.student.id, "sv")
    assert (taken.media_type, taken.name) == ("application/fhir+json", "fhir.json")
    (row,) = talks.rows(tables.log_entry, tables.log_entry.c.action == "export")
    assert (row.kind, row.student_id) == ("fhir", talks.student.id)
    for stranger in (*cast.strangers, cast.administrator):
        with pytest.raises(Refused):
            fhir_file(desk(stranger), talks.student.id, "sv")


def test_without_a_closed_talk_the_bundle_is_empty(talks: Talks) -> None:
    assert "entry" not in bundle_of(talks.desk, talks.student.id)
    assert Rules(bundle_of(talks.desk, talks.student.id)).check() == []
