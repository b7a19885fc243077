"""The matrix and the path once more, slow and obvious: raw rows and the library's YAML, none of the product's code."""

import json
from pathlib import Path

import yaml
from sqlalchemy import select

from conversation_models.storage.tables import answer, talk

LIBRARY = Path(__file__).parents[2] / "instruments" / "library"
SYMBOL = {"green": "● Grön", "yellow": "▲ Gul", "orange": "◆ Orange", "red": "■ Röd"}
GIVEN = {"alone": "själv, före samtalet", "together": "tillsammans, i samtalet", "paper": "på papper"}


def rows_of(store, student_id, instrument):
    """[(day, talk id, {item: standing row})] by day of talk."""
    with store.reading() as unit:
        talks = unit.connection.execute(select(talk).where(talk.c.student_id == student_id)).all()
        rows = unit.connection.execute(select(answer).order_by(answer.c.id)).all()
    found = []
    for one in sorted(talks, key=lambda each: (each.held_on, each.id)):
        if one.status == "prepared":
            continue
        standing = {}
        for row in rows:
            if row.talk_id != one.id or row.instrument != instrument:
                continue
            before = standing.get(row.item)
            if before is None or row.state != "empty" or before.state == "empty":
                standing[row.item] = row
        if standing or one.status == "closed":
            found.append((one.held_on, one.id, standing))
    return found


def survey_rows():
    """[(item, label, {colour: choice})] as the file has them."""
    definition = yaml.safe_load((LIBRARY / "development_survey" / "1.yaml").read_text(encoding="utf-8"))
    return [
        (item["id"], item["label"]["sv"], {choice["colour"]: choice for choice in item["choices"]})
        for section in definition["sections"]
        for item in section["items"]
        if item["kind"] == "colour"
    ]


def word_of(choices, value):
    choice = choices[value["colour"]]
    own_words = [s["word"]["sv"] for s in choice["statements"] if s["id"] in value["fits"] and "word" in s]
    return "; ".join(own_words or [choice["word"]["sv"]])


def matrix_of(store, student_id):
    """{item: [text a talk]}"""
    talks = rows_of(store, student_id, "development_survey")
    return {item: [cell(choices, standing.get(item)) for _, _, standing in talks] for item, _, choices in survey_rows()}


def cell(choices, row):
    if row is None:
        return "Inte tillfrågad"
    if row.state == "declined":
        return "Vill inte svara"
    if row.state == "empty":
        return "Lämnade tomt"
    value = json.loads(row.value)
    return f"{SYMBOL[value['colour']]}: {word_of(choices, value)}"


def moves_of(store, student_id):
    """[(item, day before, word before, day after, word after)] for each talk, against the answer before."""
    found = []
    for item, _, choices in survey_rows():
        last = None
        for day, _, standing in rows_of(store, student_id, "development_survey"):
            row = standing.get(item)
            if row is None or row.state != "answered":
                continue
            word = word_of(choices, json.loads(row.value))
            if last and last[1] != word:
                found.append((item, last[0], last[1], day, word))
            last = day, word
    return found


def path_of(store, student_id):
    """[(day, priority, ability, letter, near the border)]"""
    found, last = [], None
    for day, _, standing in rows_of(store, student_id, "priority_ability"):
        numbers = {}
        for item in ("priority", "ability"):
            row = standing.get(item)
            numbers[item] = json.loads(row.value) if row is not None and row.state == "answered" else None
        y, x = numbers["priority"], numbers["ability"]
        if x is None or y is None:
            found.append((day, y, x, None, False))
            continue
        letter = {(True, False): "A", (True, True): "B", (False, False): "C", (False, True): "D"}[(y >= 6, x >= 6)]
        near = bool(last) and last[2] != letter and abs(last[0] - y) < 2 and abs(last[1] - x) < 2
        found.append((day, y, x, letter, near))
        last = (y, x, letter)
    return found
