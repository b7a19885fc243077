from datetime import date
from random import Random

import pytest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import conduct, look
from conversation_models.services.access import Refused
from reports.matrix import matrix_rows
from reports.paper.wording import dated
from reports.tables import marked_table, matrix_table, moves_table, say_matrix
from tests.conversation_models.services.talks_made import SURVEY, change
from tests.reports import raw_rows
from tests.tables import frame

ROWS = [
    "workload",
    "content",
    "peers",
    "cooperation",
    "leisure",
    "study_plan",
    "guidance",
    "staff",
    "purpose",
    "health",
]
COLOURS = ["green", "yellow", "orange", "red"]
MARCH, MAY, AUGUST = date(2026, 3, 12), date(2026, 5, 20), date(2026, 8, 30)


def colour(name: str, *fits: str) -> dict:
    return {"colour": name, "fits": list(fits)}


def some_answers(random: Random) -> dict:
    """About a tenth declined, a tenth empty, and a fifth never touched."""
    values = {}
    for row in ROWS:
        kind = random.random()
        if kind < 0.1:
            values[SURVEY, row] = {"declined": True}
        elif kind < 0.2:
            values[SURVEY, row] = None
        elif kind < 0.8:
            name = random.choice(COLOURS)
            values[SURVEY, row] = colour(name, *([f"{name}.1"] if random.random() < 0.5 else []))
    return values


def matrix(talks, language="sv"):
    return matrix_rows(look.history(talks.desk, talks.student.id), language)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_and_every_move_is_what_the_raw_rows_say(talks, seed):
    random = Random(seed)
    # Not in the order of their days: a talk from March may be typed in last.
    for month in (4, 2, 6, 3):
        talks.closed(date(2026, month, 11), some_answers(random), some_answers(random))
    talks.closed(date(2026, 7, 1), {}, some_answers(random))
    talks.closed(date(2026, 9, 1), {}, {})

    found = matrix(talks)
    assert {row.item_id: [cell.text for cell in row.cells] for row in found.rows} == raw_rows.matrix_of(
        talks.store, talks.student.id
    )
    expected = raw_rows.moves_of(talks.store, talks.student.id)
    said = {(m.item_id, m.before_on, m.before.split(": ")[1], m.after_on, m.after.split(": ")[1]) for m in found.moves}
    assert said == {(row, dated(a, "sv"), was, dated(b, "sv"), now) for row, a, was, b, now in expected}
    assert len(found.moves) == len(expected) > 5


def test_declined_left_empty_and_not_asked_are_three_texts(talks):
    talks.closed(MARCH, {(SURVEY, "workload"): {"declined": True}, (SURVEY, "peers"): colour("green")}, {})
    talks.closed(MAY, {}, {(SURVEY, "peers"): colour("green")})
    rows = {row.item_id: [cell.text for cell in row.cells] for row in matrix(talks).rows}
    assert rows["workload"] == ["Vill inte svara", "Inte tillfrågad"]
    assert rows["content"] == ["Lämnade tomt", "Inte tillfrågad"]
    assert rows["peers"] == ["● Grön: trivs", "● Grön: trivs"]


def test_a_row_moves_from_word_to_word_with_both_days_and_over_talks_where_it_was_not_answered(talks):
    talks.closed(MARCH, {(SURVEY, "health"): colour("yellow")}, {})
    talks.closed(MAY, {(SURVEY, "health"): {"declined": True}}, {})
    talks.closed(AUGUST, {(SURVEY, "health"): colour("orange")}, {})
    [move] = matrix(talks).latest_moves
    assert move.sentence.replace("\xa0", " ") == (
        "Hur jag mår: från ”hindrar mig ibland” (12 mars 2026) till ”för det mesta okej” (30 augusti 2026)."
    )
    assert say_matrix(matrix(talks), "sv").endswith("1 rad säger ett annat ord än förra gången: ”Hur jag mår”.")


def test_red_in_leisure_says_which_of_its_two_causes_and_moves_between_them(talks):
    talks.closed(MARCH, {(SURVEY, "leisure"): colour("red", "red.1")}, {})
    talks.closed(MAY, {(SURVEY, "leisure"): colour("red", "red.2")}, {})
    talks.closed(AUGUST, {(SURVEY, "leisure"): colour("red", "red.1", "red.2")}, {})
    found = matrix(talks)
    leisure = next(row for row in found.rows if row.item_id == "leisure")
    assert [cell.meaning for cell in leisure.cells] == [
        "livet utanför tar skolan",
        "skolan tar fritiden",
        "livet utanför tar skolan; skolan tar fritiden",
    ]
    assert [(move.before, move.after) for move in found.moves][-1] == (
        "■ Röd: livet utanför tar skolan",
        "■ Röd: skolan tar fritiden",
    )


def test_the_table_says_how_each_answer_was_given_and_what_was_sent_before_it(talks):
    talk = talks.prepared(MARCH)
    talks.sent(talk, True, {(SURVEY, "workload"): colour("red"), (SURVEY, "content"): colour("green")})
    conduct.open_talk(talks.desk, talk.id)
    talks.write(talk, {(SURVEY, "workload"): colour("yellow")})
    on_paper = Place(talk.id, SURVEY, "peers", Respondent.STUDENT, Manner.PAPER)
    conduct.save_in_talk(talks.desk, on_paper, change(colour("orange")))
    conduct.close_talk(talks.desk, talk.id)
    table = frame(matrix_table(matrix(talks), "sv", given=True)).set_index("Rad")["12\xa0mars\xa02026"]
    assert table["Hur mycket jag har att göra"] == (
        "▲ Gul: på gränsen (tillsammans, i samtalet). Före samtalet, själv: ■ Röd: för mycket"
    )
    assert table["Hur svårt det är"] == "● Grön: lagom svårt (själv, före samtalet)"
    assert table["Kamraterna i gruppen"] == "◆ Orange: ensam (på papper)"


def test_two_talks_of_one_day_are_two_columns(talks):
    talks.closed(MARCH, {(SURVEY, "workload"): colour("red")}, {})
    talks.closed(MARCH, {(SURVEY, "workload"): colour("green")}, {})
    found = matrix(talks)
    assert [label.replace("\xa0", " ") for label in found.talks] == ["12 mars 2026", "12 mars 2026 (2)"]
    assert [cell.colour for cell in found.rows[0].cells] == ["red", "green"]
    assert frame(matrix_table(found, "sv")).columns.is_unique
    assert (found.moves[0].before_on, found.moves[0].after_on) == found.talks


def test_marked_statements_are_there_for_those_who_ask(talks):
    talks.closed(MARCH, {(SURVEY, "workload"): colour("green", "green.1", "green.3")}, {})
    table = frame(marked_table(matrix(talks), "sv"))
    assert list(table["Det här stämmer"]) == [
        "Jag har lagom mycket att göra i skolan.",
        "Jag känner mig oftast lugn.",
    ]
    assert set(table["Rad"]) == {"Hur mycket jag har att göra"}


def test_in_english_too(talks):
    talks.closed(MARCH, {(SURVEY, "workload"): colour("orange")}, {})
    talks.closed(MAY, {(SURVEY, "workload"): colour("red")}, {})
    found = matrix(talks, "en")
    assert found.rows[0].cells[0].text == "◆ Orange: too little"
    table = frame(moves_table(found, "en"))
    assert table.loc[0, "Said then"] == "◆ Orange: too little"
    assert table.loc[0, "Said later"] == "■ Red: too much"


def test_what_the_student_wants_to_open_together_is_not_looked_back_at_before(talks):
    talk = talks.prepared(MARCH)
    talks.sent(talk, False, {(SURVEY, "workload"): colour("red")})
    assert matrix(talks).talks == ()
    assert say_matrix(matrix(talks), "sv") == "Enkäten är inte besvarad än."
    conduct.open_talk(talks.desk, talk.id)
    assert matrix(talks).rows[0].cells[0].meaning == "för mycket"


def test_what_is_being_written_is_not_looked_back_at(talks):
    talk = talks.prepared(MARCH)
    talks.begun(talk, {(SURVEY, "workload"): colour("red")})
    conduct.open_talk(talks.desk, talk.id)
    talks.write(talk, {(SURVEY, "content"): colour("red")})
    assert matrix(talks).talks == ()


def test_no_stranger_looks_back(talks, cast, desk):
    talks.closed()
    for stranger in (*cast.strangers, cast.administrator):
        with pytest.raises(Refused):
            look.history(desk(stranger), talks.student.id)
