"""Answers as a file: what is in it, whose, in which words; and that no cell of it is a formula."""

import json
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from conversation_models.services import agree, exports
from conversation_models.services.access import Desk, Refused
from conversation_models.services.exports import Choice, ExportRefused
from conversation_models.services.group_term import Scope
from conversation_models.services.terms import term_dates
from conversation_models.storage import tables
from instruments.items import Item
from reports.exports import codebook
from reports.exports.answers_file import FORMATS, answers_file, written
from reports.exports.formulas import could_be_formula, for_csv
from tests.conversation_models.services.talks_made import AGREED, ANSWERED, SURVEY, Talks
from tests.reports.exports.files import sheets_of, tables_in

ALL = Choice()
SPRING = term_dates().term_of(date(2026, 3, 12))
AUTUMN = term_dates().term_of(date(2025, 10, 1))
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1",
    "＝1+1", "＋1", "－1", "＠A1", "﹣1", "\u2212 1", "  \t ＝1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example")',
    "hej;=1+1;", "hej,=1+1,", "hej\n=1+1", 'hej";"=1+1', "a|@b", "\u3000=1",
]  # fmt: skip
PLAIN = ["Hej", "1-2", "a=b", "", "e-post @ skolan", "10:30", "🙂 bra", "'"]


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def made(desk: Desk, choice: Choice = ALL, language: str = "sv") -> dict[str, bytes]:
    found = exports.read_export(desk, choice)
    return {kind: written(found, desk, kind, language) for kind in FORMATS}


def in_json(desk: Desk, choice: Choice = ALL, language: str = "sv") -> dict:
    return json.loads(made(desk, choice, language)["json"])


def test_a_row_says_who_what_when_how_and_in_which_words(talks: Talks) -> None:
    talks.closed()
    rows = in_json(talks.desk)["answers"]
    row = next(each for each in rows if each["item"] == "workload" and each["instrument"] == SURVEY)
    assert row == {
        "student": 1,
        "group": "IMA 1a",
        "school": "Björkskolan",
        "talk": 1,
        "talk_kind": "Utvecklingssamtal",
        "held_on": "2026-03-12",
        "entered_on": None,
        "instrument": SURVEY,
        "edition": 1,
        "section": row["section"],
        "item": "workload",
        "asked": row["asked"],
        "respondent": "student",
        "respondent_words": "Eleven",
        "manner": "alone",
        "manner_words": "själv, före samtalet",
        "state": "answered",
        "value": {"colour": "green", "fits": ["green.1"]},
        "value_words": row["value_words"],
        "level": "m",
        "level_words": row["level_words"],
    }
    assert "Grön" in row["value_words"]
    assert row["asked"] == talks_item("workload").label.sv
    english = next(each for each in in_json(talks.desk, language="en")["answers"] if each["item"] == "workload")
    assert (english["respondent_words"], english["asked"]) == ("The student", talks_item("workload").label.en)
    declined = next(each for each in rows if each["item"] == "peers" and each["instrument"] == SURVEY)
    assert (declined["state"], declined["value"]) == ("declined", None)


def talks_item(item: str) -> Item:
    from conversation_models.services.asked import find_instrument

    return find_instrument(SURVEY, 1).item(item)


def test_the_three_kinds_hold_the_same_rows(talks: Talks) -> None:
    talks.closed()
    talks.closed(date(2026, 5, 4))
    (decision, _later) = agree.open_decisions(talks.desk, talks.student.id)
    agree.amend(talks.desk, decision.talk_id, SURVEY, "peers", "Det var tvärtom")
    files = made(talks.desk, Choice(named=True))
    told, sheets, texts = json.loads(files["json"]), sheets_of(files["xlsx"]), tables_in(files["csv"])
    assert list(sheets) == list(texts) == ["about", "answers", "decisions", "corrections", "codebook"]
    for table in ("answers", "decisions", "corrections", "codebook"):
        assert len(told[table]) == len(sheets[table]) == len(texts[table]) > 0
        for exact, cells, text in zip(told[table], sheets[table], texts[table], strict=True):
            assert list(exact) == list(cells) == list(text)
            for name, value in exact.items():
                as_cell = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
                assert cells[name] == (as_cell if as_cell != "" else None)
                assert text[name] == ("" if as_cell is None else for_csv(str(as_cell)))
    assert {row["name"] for row in told["answers"]} == {"Åsa Öberg"}
    assert [row["decided"] for row in told["decisions"]] == ["Läxhjälp på onsdagar"] * 2
    assert [(row["item"], row["words"]) for row in told["corrections"]] == [("peers", "Det var tvärtom")]
    assert any("håller personer" in row["words"] or "personer" in row["words"] for row in sheets["about"])


def test_without_names_a_student_is_a_number_and_no_name_or_id_is_there(talks: Talks, cast) -> None:
    talks.closed()
    Talks(talks.desk, cast.shared).closed()
    for kind, content in made(talks.desk).items():
        text = str({"xlsx": sheets_of, "csv": tables_in}.get(kind, bytes.decode)(content))
        for secret in ("Åsa", "Öberg", "Élodie", "Wåhlin", talks.student.id, cast.shared.id):
            assert secret not in text, kind
    rows = in_json(talks.desk)["answers"]
    assert {row["student"] for row in rows} == {1, 2}
    assert len({(row["student"], row["talk"]) for row in rows}) == 2
    assert "name" not in rows[0]


def test_the_numbers_are_drawn_anew_for_each_file(talks: Talks, cast) -> None:
    talks.closed()
    Talks(talks.desk, cast.shared).closed()
    drawn = {exports.read_export(talks.desk, Choice()).people[talks.student.id].number for _ in range(40)}
    assert drawn == {1, 2}


def test_only_closed_talks_of_the_chosen_term_group_and_student(talks: Talks, desk, cast) -> None:
    talks.closed()
    talks.closed(date(2025, 10, 1))
    talks.sent(talks.prepared(date(2026, 4, 1)))
    Talks(talks.desk, cast.shared).closed()
    held = {row["held_on"] for row in in_json(talks.desk)["answers"]}
    assert held == {"2026-03-12", "2025-10-01"}, "what is prepared is not taken out"
    assert {row["held_on"] for row in in_json(talks.desk, Choice(AUTUMN))["answers"]} == {"2025-10-01"}
    only = in_json(talks.desk, Choice(SPRING, student_id=cast.shared.id, named=True))["answers"]
    assert {row["name"] for row in only} == {"Élodie Wåhlin"}
    group = in_json(desk(cast.counsellor), Choice(SPRING, Scope(group_id=cast.group.id), named=True))["answers"]
    assert {row["name"] for row in group} == {"Åsa Öberg", "Élodie Wåhlin"}
    assert exports.preview(talks.desk, Choice(AUTUMN)) == exports.Preview(1, 1, exports.preview(
        talks.desk, Choice(AUTUMN)).answers)  # fmt: skip
    assert in_json(desk(cast.colleague))["answers"][0]["student"] == 1


@pytest.mark.parametrize("who", ["outsider", "far_counsellor", "administrator", "far_administrator", "colleague"])
def test_who_does_not_reach_the_student_takes_out_nothing(talks: Talks, desk, cast, who: str) -> None:
    talks.closed()
    for choice in (Choice(student_id=talks.student.id), Choice(scope=Scope(group_id="x' OR 1=1"))):
        for ask in (exports.preview, exports.read_export):
            with pytest.raises(Refused):
                ask(desk(getattr(cast, who)), choice)
    if who != "colleague":
        with pytest.raises(Refused):
            exports.read_export(desk(getattr(cast, who)), Choice(scope=Scope(group_id=cast.group.id)))


def test_the_log_says_who_took_out_which_kind_and_never_what(talks: Talks, cast) -> None:
    talks.closed()
    answers_file(talks.desk, Choice(), "xlsx", "sv")
    answers_file(talks.desk, Choice(AUTUMN), "csv", "sv")
    entry = tables.log_entry
    rows = talks.rows(entry, entry.c.action == "export")
    assert [(row.actor_id, row.kind, row.student_id, row.denied) for row in rows] == [
        (cast.mentor.id, "export_xlsx", talks.student.id, False),
        (cast.mentor.id, "export_csv", None, False),
    ]
    assert {row.object_id for row in rows} == {""}


def test_too_much_is_refused_before_anything_is_opened(talks: Talks, monkeypatch) -> None:
    talks.closed()
    monkeypatch.setattr(exports, "MOST_ANSWERS", 3)
    with pytest.raises(ExportRefused) as refusal:
        answers_file(talks.desk, Choice(), "json", "sv")
    assert (refusal.value.code, refusal.value.values["most"]) == ("too_much", 3)
    assert exports.preview(talks.desk, Choice()).is_too_much
    assert talks.rows(tables.log_entry, tables.log_entry.c.action == "export") == []


def test_many_files_in_an_hour_have_to_wait_and_the_wait_ends(talks: Talks, desk, cast) -> None:
    for _ in range(exports.FILES.free):
        exports.take_turn(talks.desk)
    with pytest.raises(ExportRefused) as refusal:
        exports.take_turn(talks.desk)
    assert refusal.value.values["seconds"] > 0
    exports.take_turn(desk(cast.counsellor))
    exports.take_turn(talks.later(seconds=refusal.value.values["seconds"]).desk)
    exports.take_turn(talks.later(hours=2).desk)


def test_no_cell_is_a_formula(talks: Talks) -> None:
    """Each as a student's own words, kept, taken out, and read back with openpyxl."""
    kept = []
    for number, payload in enumerate(FORMULAS):
        talks.closed(date(2026, 2, 1) + timedelta(days=number), {**ANSWERED, (SURVEY, "bring_up"): payload}, AGREED)
        kept.append(payload)
    files = made(talks.desk)
    exact = [row["value"] for row in json.loads(files["json"])["answers"] if row["item"] == "bring_up"]
    assert exact == kept
    (sheet,) = (each for each in openpyxl.load_workbook(_in(files["xlsx"])).worksheets if each.title == "answers")
    heads = [cell.value for cell in sheet[1]]
    where = heads.index("value"), heads.index("item")
    cells = [row[where[0]] for row in sheet.iter_rows(min_row=2) if row[where[1]].value == "bring_up"]
    assert [cell.value for cell in cells] == kept
    every = [cell for each in openpyxl.load_workbook(_in(files["xlsx"])) for row in each for cell in row]
    assert {cell.data_type for cell in every} <= {"s", "n", "inlineStr"}
    assert all(isinstance(cell.value, str) == (cell.data_type != "n") for cell in every if cell.value is not None)
    assert all(cell.quotePrefix for cell in cells if could_be_formula(cell.value))
    texts = [row["value"] for row in tables_in(files["csv"])["answers"] if row["item"] == "bring_up"]
    assert len(texts) == len(kept)
    assert [text for text in texts if could_be_formula(text)] == []


def _in(content: bytes):
    from io import BytesIO

    return BytesIO(content)


@pytest.mark.parametrize("payload", FORMULAS)
def test_whatever_splits_a_line_no_piece_of_it_begins_a_formula(payload: str) -> None:
    """A program set to another sign between columns cuts the words where ours does not."""
    written = for_csv(payload)
    for sign in ";,|\t\n":
        cut = [piece.lstrip('"') for piece in written.split(sign)]
        assert [piece for piece in cut if piece.strip() and could_be_formula(piece)] == [], sign
    assert written.replace("'", "") == payload.replace("'", "")


@pytest.mark.parametrize("words", PLAIN)
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert not could_be_formula(words)
    assert for_csv(words) == words


def test_the_codebook_explains_every_code_of_the_file_in_both_languages(talks: Talks) -> None:
    talks.closed()
    told = in_json(talks.desk)
    known = {(row["instrument"], row["edition"], row["item"], row["value"]): row for row in told["codebook"]}
    for row in told["answers"]:
        assert known[row["instrument"], row["edition"], row["item"], ""]["sv"] == row["asked"]
        for code in codes_in(row["value"]):
            assert (row["instrument"], row["edition"], row["item"], code) in known, row
    for column in ("respondent", "manner", "state", "level"):
        for row in told["answers"]:
            assert known["", None, column, row[column]]["sv"] == row.get(
                f"{column}_words", known["", None, column, row[column]]["sv"]
            )
    assert all(row["sv"] and row["en"] for row in told["codebook"])


def codes_in(value) -> list[str]:
    if isinstance(value, dict):
        return [value["colour"], *value.get("fits", [])]
    return [str(value)] if isinstance(value, int) else []


def test_the_codebook_knows_every_kind_of_item() -> None:
    from typing import get_args

    kinds = {each.model_fields["kind"].default for each in get_args(get_args(Item)[0])}
    assert set(codebook.VALUES) == kinds
    from reports.exports.fhir_questionnaire import KINDS
    from reports.exports.fhir_response import ANSWERS

    assert set(KINDS) == kinds
    assert set(ANSWERS) == kinds - {"cards", "table"}


def test_an_export_of_nothing_is_a_file_that_says_so(talks: Talks) -> None:
    files = made(talks.desk)
    assert json.loads(files["json"])["answers"] == []
    assert sheets_of(files["xlsx"])["answers"] == []
    assert exports.preview(talks.desk, Choice()) == exports.Preview(0, 0, 0)
    assert replace(exports.preview(talks.desk, Choice()), answers=exports.MOST_ANSWERS + 1).is_too_much
