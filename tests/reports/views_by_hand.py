"""The two views once more, slow and obvious: raw rows and the library's YAML, none of the product's code."""

import json
from random import Random

import yaml
from sqlalchemy import insert, select, update

from conversation_models.storage.tables import answer, talk, talk_instrument
from tests.reports.group_by_hand import stands
from tests.reports.raw_rows import LIBRARY, SYMBOL, cell, survey_rows

AGREEMENT = "development_agreement"
COLOURS = ("green", "yellow", "orange", "red")


def agreement_rows():
    """[(item, label, survey item, {colour: word})] of the rows that look back at the survey."""
    definition = yaml.safe_load((LIBRARY / AGREEMENT / "1.yaml").read_text(encoding="utf-8"))
    return [
        (
            item["id"],
            item["label"]["sv"],
            item["follows"].partition(".")[2],
            {choice["colour"]: choice["word"]["sv"] for choice in item["choices"]},
        )
        for section in definition["sections"]
        for item in section["items"]
        if item["kind"] == "joint_colour" and "follows" in item
    ]


def add_agreements(store, seed):
    """In every closed talk that may hold answers, some rows of the agreement."""
    random = Random(seed)
    with store.writing() as unit:
        held = unit.connection.execute(select(talk).where(talk.c.status == "closed")).all()
        for one in held:
            unit.connection.execute(update(talk).where(talk.c.id == one.id).values(status="open"))
            pinned = {"talk_id": one.id, "instrument": AGREEMENT, "edition": 1}
            unit.connection.execute(insert(talk_instrument).values(pinned))
            for item, _label, _follows, _words in agreement_rows():
                if random.random() < 0.6:
                    unit.connection.execute(
                        insert(answer).values(
                            pinned | {"item": item, "respondent": "mentor", "manner": "together", "state": "answered",
                                      "value": json.dumps({"colour": random.choice(COLOURS)}), "level": "m",
                                      "version": 1, "client": "x", "sequence": 1, "recorded_at": one.created_at}
                        )
                    )  # fmt: skip
            unit.connection.execute(update(talk).where(talk.c.id == one.id).values(status="closed"))


def colour_views(school, student_id):
    """[(row, the student's own, in the agreement, whether the colours differ)] of every talk that was held."""
    choices = {item: each for item, _label, each in survey_rows()}
    found = []
    for one in school.talks:
        if one.student_id != student_id or one.status == "prepared":
            continue
        for item, label, follows, words in agreement_rows():
            own = stands(school, one.id, "development_survey", follows)
            joint = stands(school, one.id, AGREEMENT, item)
            if own is None or own.state != "answered" or joint is None:
                continue
            colour = json.loads(joint.value)["colour"]
            said = f"{SYMBOL[colour]}: {words[colour]}"
            found.append((label, cell(choices[follows], own), said, json.loads(own.value)["colour"] != colour))
    return found
