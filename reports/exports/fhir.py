"""One student's closed talks as a FHIR R4 bundle: the questionnaires that were asked, and their responses."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from conversation_models.domain.answer import Answer, Respondent
from conversation_models.services import exports
from conversation_models.services.access import Desk
from conversation_models.services.asked import readable
from conversation_models.services.exports import Choice, Export, TalkRow
from instruments.model import Instrument
from reports.exports.answers_file import TakenFile
from reports.exports.fhir_questionnaire import URN, Resource, questionnaire, url_of
from reports.exports.fhir_response import Responses
from reports.exports.said_words import RESPONDENTS
from translations import Language, words

KIND_OF: dict[Respondent, str] = {
    Respondent.GUARDIAN: "RelatedPerson",
    Respondent.MENTOR: "Practitioner",
    Respondent.COUNSELLOR: "Practitioner",
}
Given = tuple[str, str, int, Respondent, str]


def fhir_file(desk: Desk, student_id: str, language: Language, *, named: bool = False) -> TakenFile:
    """Logged. Raises Refused, ExportRefused."""
    exports.take_turn(desk)
    export = exports.read_export(desk, Choice(student_id=student_id, named=named))
    content = json.dumps(bundle(export, desk, language), ensure_ascii=False, indent=1).encode()
    exports.note_taken_out(desk, student_id, "fhir")
    return TakenFile(content, "application/fhir+json", "fhir.json")


def bundle(export: Export, desk: Desk, language: Language) -> Resource:
    """Answers only: what was decided stands as it was answered in the agreement."""
    entries = list(_entries(export, language))
    found: Resource = {
        "resourceType": "Bundle",
        "id": str(uuid4()),
        "type": "collection",
        "timestamp": desk.now.isoformat(timespec="seconds"),
    }
    return found | ({"entry": entries} if entries else {})


def _entries(export: Export, language: Language) -> Iterator[Resource]:
    if not export.people:
        return
    (person,) = export.people.values()
    patient = str(uuid4())
    name = [{"text": person.name}] if person.name else []
    number = [{"system": f"{URN}:number-in-file", "value": str(person.number)}]
    yield _entry(patient, {"resourceType": "Patient", "identifier": number} | ({"name": name} if name else {}))
    asked: dict[tuple[str, int], Instrument] = {}
    for instrument, edition in sorted({(answer.instrument, answer.edition) for answer in export.answers}):
        found = readable(instrument, edition, export.levels)
        if found is not None:
            asked[instrument, edition] = found
            yield {"fullUrl": f"urn:uuid:{uuid4()}", "resource": questionnaire(found, language)}
    for (talk_id, name_of, edition, respondent, manner), answers in _together(export).items():
        if (name_of, edition) not in asked:
            continue
        to = Responses(asked[name_of, edition], language)
        said = _corrections(export, talk_id, name_of, {answer.item for answer in answers})
        items = to.items(answers, said)
        if items:
            head = _head(export.talks[talk_id], (name_of, edition), manner, patient)
            level = "e" if any(answer.level == "e" for answer in answers) else "m"
            source = _source(respondent, patient, language)
            yield _entry(
                str(uuid4()),
                head
                | {
                    "meta": {"security": [{"system": f"{URN}:level", "code": level}]},
                    "language": language,
                    "status": "amended" if said else "completed",
                    "source": source,
                    "item": items,
                },
            )


def _entry(uuid: str, resource: Resource) -> Resource:
    return {"fullUrl": f"urn:uuid:{uuid}", "resource": {"id": uuid, **resource}}


def _together(export: Export) -> dict[Given, list[Answer]]:
    found: dict[Given, list[Answer]] = defaultdict(list)
    for answer in export.answers:
        place = (answer.talk_id, answer.instrument, answer.edition, answer.respondent, answer.manner.value)
        found[place].append(answer)
    return found


def _corrections(export: Export, talk_id: str, instrument: str, here: set[str]) -> dict[str, list[str]]:
    """Of what is answered here; and of what is answered nowhere in that talk."""
    asked = {answer.item for answer in export.answers if (answer.talk_id, answer.instrument) == (talk_id, instrument)}
    found: dict[str, list[str]] = defaultdict(list)
    for each in export.amendments:
        same = (each.talk_id, each.instrument) == (talk_id, instrument)
        if same and (each.item in here or each.item not in asked):
            found[each.item].append(each.words)
    return found


def _head(talk: TalkRow, asked: tuple[str, int], manner: str, patient: str) -> Resource:
    """`authored` is the day of the talk, never the hour."""
    marks: list[dict[str, Any]] = [{"url": f"{URN}:manner", "valueCode": manner}]
    if talk.entered_on:
        marks.append({"url": f"{URN}:entered-on", "valueDate": talk.entered_on.isoformat()})
    return {
        "resourceType": "QuestionnaireResponse",
        "extension": marks,
        "questionnaire": f"{url_of(asked[0])}|{asked[1]}",
        "subject": {"reference": f"urn:uuid:{patient}"},
        "authored": talk.held_on.isoformat(),
    }


def _source(respondent: Respondent, patient: str, language: Language) -> Resource:
    if respondent is Respondent.STUDENT:
        return {"reference": f"urn:uuid:{patient}"}
    return {"type": KIND_OF[respondent], "display": words(language)(RESPONDENTS[respondent])}
