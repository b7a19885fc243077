"""Class lists as schools really export them: read right, and taken in whole or not at all."""

import io
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from conversation_models.services import class_list, people, students
from conversation_models.services.access import Refused
from conversation_models.services.class_list import ClassListRefused, read_class_list
from conversation_models.services.students import NewStudent
from conversation_models.storage import logs, tables

HEAD = "Förnamn;Efternamn;Klass;Födelsedatum;Personnummer;E-post;Telefon;Vårdnadshavare 1;Vårdnadshavare 1 telefon"
LIST = f"""{HEAD}
Åsa;Öberg;IMA 1a;2009-05-17;;asa.ny@example.org;;Vuxen Öberg;070-999 99 99
Élodie;Wåhlin;IMA 1a;;;;;;
Yusuf;Çelik;IMA 1c;2009-01-02;;;070-174 06 07;Ayşe Çelik;
Łucja;Nowak;ima 1C;;090517-2383;;;;
"""


def read(text, name="lista.csv", encoding="utf-8"):
    return read_class_list(text.encode(encoding), name)


def codes(errors):
    return [(error.line, error.column, error.code) for error in errors]


def sheet(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(delimiter, encoding):
    found = read(LIST.replace(";", delimiter), encoding=encoding)
    assert found.errors == ()
    assert [row.given_name for row in found.rows] == ["Åsa", "Élodie", "Yusuf", "Łucja"]
    first = found.rows[0]
    assert (first.line, first.group, first.birth_date) == (2, "IMA 1a", date(2009, 5, 17))
    assert (first.guardians[0].name, first.guardians[0].phone) == ("Vuxen Öberg", "070-999 99 99")


def test_an_old_windows_encoding_is_read():
    found = read("Förnamn;Efternamn\nÅsa;Öberg\n", encoding="cp1252")
    assert [(row.given_name, row.family_name) for row in found.rows] == [("Åsa", "Öberg")]


def test_english_headers_quotes_and_line_breaks_in_cells():
    text = (
        "First name,Last Name,Class,Date of birth,Guardian 2 e-mail,Guardian 2 name\r\n"
        '"Kim, ""K""","von\nBerg",9b,20100102,a@b.se,Bo\r\n\r\nAda,,9b,,,\r\n'
    )
    found = read(text)
    assert found.errors == ()
    assert [(row.line, row.given_name, row.family_name) for row in found.rows] == [
        (2, 'Kim, "K"', "von Berg"),
        (5, "Ada", ""),
    ]
    assert found.rows[0].birth_date == date(2010, 1, 2)
    assert [(each.name, each.email) for each in found.rows[0].guardians if each.name] == [("Bo", "a@b.se")]


def test_a_spreadsheet_with_a_title_dates_and_numbers_that_lost_their_zero():
    content = sheet(
        [
            ["Klasslista IMA 1a"],
            [],
            ["Förnamn", "Efternamn", "Födelsedatum", "Personnr", "Mobil", "Skåp"],
            ["Kim", "Ek", date(2009, 5, 17), 905172383, 701740605, 12],
            [None, None, None, None, None, None],
            ["Ada", "Al", "2009-05-18", None, 46701740605.0, None],
        ]
    )
    found = read_class_list(content, "lista.XLSX")
    assert found.errors == ()
    assert found.ignored == ("Skåp",)
    kim, ada = found.rows
    assert (kim.line, kim.birth_date, kim.personnummer, kim.phone) == (4, date(2009, 5, 17), "0905172383", "0701740605")
    assert (ada.line, ada.birth_date, ada.phone) == (6, date(2009, 5, 18), "46701740605")


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "a.csv", (1, "given_name", "missing_column")),
        (b"%PDF-1.7 bytes", "a.pdf", (1, "", "kind")),
        (b"\xd0\xcf\x11\xe0 old", "a.xlsx", (1, "", "old_excel")),
        (b"x", "a.xls", (1, "", "old_excel")),
        (b"PK\x03\x04 broken", "a.xlsx", (1, "", "not_a_list")),
        (b"F\x00\x00\x81", "a.csv", (1, "", "encoding")),
        (b"x" * 5_000_001, "a.csv", (1, "", "too_big")),
        (b"Efternamn;Klass\nEk;9b", "a.csv", (1, "given_name", "missing_column")),
        ("Förnamn;Klass\n;\n".encode(), "a.csv", (1, "", "empty")),
        ("Förnamn;Klass;Grupp\nA;b;c".encode(), "a.csv", (1, "group", "column_twice")),
        (("Förnamn\n" + "A\n" * 3001).encode(), "a.csv", (3000, "", "too_long")),
    ],
)
def test_what_cannot_be_read_is_said(content, name, error):
    assert codes(read_class_list(content, name).errors) == [error]


def test_a_date_that_cannot_be_is_named_with_its_line():
    found = read("Förnamn;Födelsedatum\nA;2009-02-30\nB;17/5 2009\nC;2009-05-17\n")
    assert codes(found.errors) == [(2, "birth_date", "date"), (3, "birth_date", "date")]
    assert [error.value for error in found.errors] == ["2009-02-30", "17/5 2009"]


def rows_of(store):
    with store.reading() as unit:
        return [
            unit.connection.execute(select(table).order_by(*table.primary_key)).all()
            for table in (tables.student, tables.guardian, tables.class_group, tables.mentorship)
        ]


def test_a_preview_says_what_would_happen_and_writes_nothing(desk, cast, store):
    before = rows_of(store)
    preview = class_list.preview_import(desk(cast.administrator), read(LIST))
    assert [student.name for student in preview.new] == ["Yusuf Çelik", "Łucja Nowak"]
    assert [(change.before.name, change.fields) for change in preview.changed] == [
        ("Åsa Öberg", ("email", "guardians"))
    ]
    assert [student.name for student in preview.unchanged] == ["Élodie Wåhlin"]
    assert [group.name for group in preview.new_groups] == ["IMA 1c"]
    assert preview.errors == ()
    assert rows_of(store) == before


def test_an_import_does_what_the_preview_said(desk, cast):
    mine = desk(cast.administrator)
    class_list.import_class_list(mine, read(LIST))
    found = {student.name: student for student in students.list_students(mine)}
    assert set(found) == {"Åsa Öberg", "Élodie Wåhlin", "Vera Ek", "Yusuf Çelik", "Łucja Nowak"}
    assert found["Yusuf Çelik"].group_id == found["Łucja Nowak"].group_id
    assert found["Łucja Nowak"].birth_date == date(2009, 5, 17)
    assert found["Yusuf Çelik"].guardians[0].name == "Ayşe Çelik"
    asa = found["Åsa Öberg"]
    assert (asa.id, asa.email, asa.phone) == (cast.student.id, "asa.ny@example.org", cast.student.phone)
    kept, told = cast.student.guardians[0], asa.guardians[0]
    assert (told.id, told.phone, told.email) == (kept.id, "070-999 99 99", kept.email)


def test_importing_twice_changes_nothing(desk, cast, store):
    mine = desk(cast.administrator)
    class_list.import_class_list(mine, read(LIST))
    before = rows_of(store)
    with store.reading() as unit:
        logged = len(logs.newest(unit))
    again = class_list.import_class_list(mine, read(LIST))
    assert (again.new, again.changed, again.new_groups, len(again.unchanged)) == ((), (), (), 4)
    assert rows_of(store) == before
    with store.reading() as unit:
        assert len(logs.newest(unit)) == logged


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (";Ek;IMA 1a;;;;;;", (3, "given_name", "missing")),
        ("Kim;Ek;;;;;;;", (3, "group", "missing")),
        ("Kim;Ek;IMA 1a;;20090517-2384;;;;", (3, "personnummer", "check_digit")),
        ("Kim;Ek;IMA 1a;2009-05-18;20090517-2383;;;;", (3, "birth_date", "differs")),
        ("Kim;Ek;IMA 1a;i maj;;;;;", (3, "birth_date", "date")),
        ("Kim;Ek;IMA 1a;;;kim;;;", (3, "email", "shape")),
        ("Kim;Ek;IMA 1a;;;;;;070", (3, "guardian_1_name", "missing")),
        ("Ny;Elev;IMA 1a;;;;;;", (3, "", "twice")),
        ("NY;elev;IMA 1b;2009-01-01;;;;;", (3, "", "twice")),
    ],
)
def test_one_bad_row_keeps_the_whole_list_out(desk, cast, store, row, error):
    before = rows_of(store)
    bad = read(f"{HEAD}\nNy;Elev;IMA 1a;;;;;;\n{row}\n")
    assert codes(class_list.preview_import(desk(cast.administrator), bad).errors) == [error]
    with pytest.raises(ClassListRefused) as refused:
        class_list.import_class_list(desk(cast.administrator), bad)
    assert codes(refused.value.errors) == [error]
    assert rows_of(store) == before


def test_every_bad_row_is_named_in_order(desk, cast):
    bad = read(f"{HEAD}\nA;B;IMA 1a;nyss;;;;;\n;C;;;;;;;\nD;E;IMA 1a;;1;;;;\n")
    errors = class_list.preview_import(desk(cast.administrator), bad).errors
    assert [error.line for error in errors] == [2, 3, 3, 4]


def test_rows_without_a_group_go_to_the_chosen_one(desk, cast):
    done = class_list.import_class_list(desk(cast.mentor), read("Förnamn\nKim\n"), cast.other_group.id)
    assert [student.group_id for student in done.new] == [cast.other_group.id]


def test_a_mentor_who_imports_becomes_the_mentor_but_makes_no_group(desk, cast):
    mine = desk(cast.mentor)
    done = class_list.import_class_list(mine, read("Förnamn;Klass\nKim;ima 1A\n"))
    assert [each.mentor for each in people.mentors_of(mine, done.new[0].id)] == [cast.mentor]
    errors = class_list.preview_import(mine, read("Förnamn;Klass\nBo;IMA 9z\n")).errors
    assert codes(errors) == [(2, "group", "unknown")]


def test_a_mentors_list_neither_shows_nor_changes_someone_elses_student(desk, cast, store):
    before = rows_of(store)
    stolen = read("Förnamn;Efternamn;Klass;E-post\nÅsa;Öberg;IMA 1a;min@example.org\n")
    preview = class_list.preview_import(desk(cast.colleague), stolen)
    assert codes(preview.errors) == [(2, "", "not_yours")]
    assert (preview.changed, preview.unchanged) == ((), ())
    with pytest.raises(ClassListRefused):
        class_list.import_class_list(desk(cast.colleague), stolen)
    assert rows_of(store) == before


def test_another_school_has_its_own_people(desk, cast):
    done = class_list.import_class_list(desk(cast.outsider), read("Förnamn;Efternamn;Klass\nÅsa;Öberg;9b\n"))
    assert done.new[0].school_id == cast.far_school.id
    elsewhere = class_list.preview_import(desk(cast.far_administrator), read("Förnamn;Klass\nKim;IMA 1a\n"))
    assert [group.school_id for group in elsewhere.new_groups] == [cast.far_school.id]


def test_a_new_class_moves_the_student_and_keeps_the_rest(desk, cast):
    done = class_list.import_class_list(desk(cast.administrator), read("Förnamn;Efternamn;Klass\nÅSA;öberg;IMA 1b\n"))
    after = students.see_student(desk(cast.administrator), cast.student.id)
    assert [change.fields for change in done.changed] == [("group_id",)]
    assert (after.group_id, after.name, after.birth_date) == (cast.other_group.id, "Åsa Öberg", cast.student.birth_date)


def test_two_who_share_a_name_are_not_guessed_between(desk, cast):
    mine = desk(cast.administrator)
    students.add_student(mine, NewStudent(cast.group.id, "Åsa", "Öberg", date(2010, 1, 1)))
    unclear = class_list.preview_import(mine, read("Förnamn;Efternamn;Klass\nÅsa;Öberg;IMA 1a\n"))
    assert codes(unclear.errors) == [(2, "", "unclear")]
    clear = class_list.preview_import(mine, read("Förnamn;Efternamn;Klass;Födelsedatum\nÅsa;Öberg;IMA 1a;2010-01-01\n"))
    assert (clear.errors, len(clear.unchanged)) == ((), 1)
    third = class_list.preview_import(mine, read("Förnamn;Efternamn;Klass;Födelsedatum\nÅsa;Öberg;IMA 1a;2011-01-01\n"))
    assert len(third.new) == 1


def test_a_personnummer_finds_a_student_who_changed_name(desk, cast):
    mine = desk(cast.administrator)
    added = students.add_student(mine, NewStudent(cast.group.id, "Kim", "Ek", personnummer="20090517-2383"))
    done = class_list.import_class_list(
        mine, read("Förnamn;Efternamn;Klass;Personnummer\nKim;Lind;IMA 1a;0905172383\n")
    )
    assert [(change.after.id, change.fields) for change in done.changed] == [(added.id, ("family_name",))]


def test_an_archived_student_is_taken_back_by_hand(desk, cast):
    students.archive_student(desk(cast.administrator), cast.student.id)
    preview = class_list.preview_import(desk(cast.administrator), read("Förnamn;Efternamn;Klass\nÅsa;Öberg;IMA 1a\n"))
    assert codes(preview.errors) == [(2, "", "archived")]


def test_who_may_add_nobody_imports_nobody(desk, cast):
    gone = type(cast.mentor)(**{**vars(cast.mentor), "active": False})
    for call in (class_list.preview_import, class_list.import_class_list):
        with pytest.raises(Refused):
            call(desk(gone), read(LIST))
