"""A group's term once more, slow and obvious: raw rows and the library's YAML, none of the product's code."""

import json
from collections import Counter
from datetime import date

from sqlalchemy import select

from conversation_models.storage.tables import answer, decision, mentorship, reach, student, talk, talk_instrument
from tests.reports.raw_rows import survey_rows

SURVEY = survey_rows()


class School:
    """Every row there is, read once."""

    def __init__(self, store) -> None:
        with store.reading() as unit:

            def read(table):
                return unit.connection.execute(select(table)).all()

            self.students, self.talks, self.answers = read(student), read(talk), read(answer)
            self.asked = {(row.talk_id, row.instrument) for row in read(talk_instrument)}
            self.decisions, self.mentorships, self.reaches = read(decision), read(mentorship), read(reach)
        self.answers_of = {each.id: [row for row in self.answers if row.talk_id == each.id] for each in self.talks}

    def reached(self, who, today: date) -> set[str]:
        if who.role == "mentor":
            mine = [row for row in self.mentorships if row.staff_id == who.id and row.from_on <= today]
            return {row.student_id for row in mine if row.until_on is None or row.until_on >= today}
        given = [row for row in self.reaches if row.staff_id == who.id]
        return {
            each.id
            for each in self.students
            for row in given
            if row.school_id == each.school_id or row.group_id == each.group_id
        }


def levels(who) -> set[str]:
    return {"m"} if who.role == "mentor" else {"m", "e"}


def there(school: School, who, today: date, first: date, group_id: str = "") -> list:
    """The students of a term, within reach."""
    reached = school.reached(who, today)
    return [
        each
        for each in school.students
        if each.id in reached
        and (not group_id or each.group_id == group_id)
        and (each.archived_on is None or each.archived_on >= first)
    ]


def held(school: School, who, student_id: str, first: date, last: date) -> list:
    """The talks of the term that this person may know of, by day; ids are by birth."""
    found = []
    for each in school.talks:
        if each.student_id != student_id or not first <= each.held_on <= last or each.status == "prepared":
            continue
        if each.model == "return_to_school" and who.role == "mentor":
            told = any(row.state != "empty" and row.level in levels(who) for row in school.answers_of[each.id])
            if each.status != "closed" or not told:
                continue
        found.append(each)
    return sorted(found, key=lambda each: (each.held_on, each.id))


def stands(school: School, talk_id: str, instrument: str, item: str):
    """The row that counts: the newest of each manner; of those, one that is not empty, not alone, the latest."""
    by_manner = {}
    for row in sorted(school.answers_of[talk_id], key=lambda each: each.id):
        if (row.instrument, row.item) == (instrument, item):
            by_manner[row.respondent, row.manner] = row
    best = None
    for row in sorted(by_manner.values(), key=lambda each: each.id):
        rank = (row.state != "empty", row.manner != "alone", row.recorded_at)
        if best is None or rank >= best[0]:
            best = (rank, row)
    return best[1] if best else None


def path(school: School, who, student_id: str, first: date, last: date) -> list[tuple[date, int, int]]:
    """The complete answers: day, priority, ability."""
    found = []
    for each in held(school, who, student_id, first, last):
        if (each.id, "priority_ability") not in school.asked:
            continue
        numbers = []
        for item in ("priority", "ability"):
            row = stands(school, each.id, "priority_ability", item)
            if row is not None and row.state == "answered":
                numbers.append(int(row.value))
        if len(numbers) == 2:
            found.append((each.held_on, numbers[0], numbers[1]))
    return found


def letter(priority: int, ability: int) -> str:
    return {(True, False): "A", (True, True): "B", (False, False): "C", (False, True): "D"}[
        (priority >= 6, ability >= 6)
    ]


def moves(school: School, who, students: list, first: date, last: date) -> tuple[Counter, Counter]:
    """How many went from which letter to which, or why not; and how many of each move near the border."""
    counted, near = Counter(), Counter()
    for each in students:
        walked = path(school, who, each.id, first, last)
        if len(walked) >= 2:
            (_, y1, x1), (_, y2, x2) = walked[0], walked[-1]
            move = (letter(y1, x1), letter(y2, x2))
            counted[move] += 1
            if move[0] != move[1] and abs(y1 - y2) < 2 and abs(x1 - x2) < 2:
                near[move] += 1
            continue
        talks = held(school, who, each.id, first, last)
        asked = [one for one in talks if (one.id, "priority_ability") in school.asked]
        why = "once" if walked else "unanswered" if asked else "not_asked" if talks else "no_talk"
        counted[why] += 1
    return counted, near


def answers_survey(school: School, one) -> bool:
    rows = school.answers_of[one.id]
    return any(row.instrument == "development_survey" and row.state != "empty" for row in rows)


def survey(school: School, who, students: list, first: date, last: date) -> dict[str, Counter]:
    """Row by row: colour with its words, or the state, and how many; of each student's latest answered survey."""
    rows = SURVEY
    found = {item: Counter() for item, _, _ in rows}
    for each in students:
        latest = None
        for one in held(school, who, each.id, first, last):
            if answers_survey(school, one):
                latest = one
        for item, _, choices in rows:
            row = stands(school, latest.id, "development_survey", item) if latest else None
            if row is None:
                found[item]["no_survey"] += 1
            elif row.state != "answered":
                found[item][row.state] += 1
            else:
                found[item][colour(choices, json.loads(row.value))] += 1
    return found


def colour(choices, value) -> tuple[str, str]:
    choice = choices[value["colour"]]
    own = [each["word"]["sv"] for each in choice["statements"] if each["id"] in value["fits"] and "word" in each]
    return value["colour"], " + ".join(own or [choice["word"]["sv"]])


def happened(school: School, who, students: list, first: date, last: date, today: date) -> Counter:
    counted = Counter()
    for each in students:
        for one in held(school, who, each.id, first, last):
            counted["talks"] += 1
            if (one.id, "development_survey") in school.asked:
                answered = answers_survey(school, one)
                counted["surveys_answered" if answered else "surveys_left"] += 1
            for row in school.decisions:
                if row.talk_id == one.id and row.level in levels(who):
                    late = row.follow_up is not None and row.follow_up < today
                    counted["followed_up" if row.status != "open" else "due" if late else "not_yet"] += 1
    return counted


class AtLevelM:
    """Somebody who reads what everybody reads, and reaches whom `who` reaches."""

    def __init__(self, who) -> None:
        self.role, self.id = "mentor", who.id


def squares(counted: Counter, near: Counter) -> dict[str, tuple[int, int]]:
    """How many stood in each square at the first and at the last talk, without those near the border."""
    clear = {move: many - near[move] for move, many in counted.items() if isinstance(move, tuple)}
    return {
        square: tuple(sum(many for move, many in clear.items() if move[end] == square) for end in (0, 1))
        for square in "ABCD"
    }
