"""What can be wrong with an answer or with a definition, each with a code.

An answer's error carries values for the sentence that is made at the edge, in the reader's language;
never the text that was written. A definition's error is for the one who writes definitions and
says where, what, and what to do.
"""

from __future__ import annotations

from pathlib import Path


class AnswerError(ValueError):
    """This value does not answer this item. `code` is one of the names in answers.py."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return f"{self.code} {self.values}" if self.values else self.code


class DefinitionError(ValueError):
    """A definition that cannot be used. Reads "file: item: what: please remedy"."""

    def __init__(self, file: Path | str, item: str | None, code: str, **values: object) -> None:
        what, remedy = SENTENCES[code]
        self.file = str(file)
        self.item = item
        self.code = code
        self.values = values
        self.what = what.format_map(values)
        self.remedy = remedy.format_map(values)
        super().__init__(self.file, item, code)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.item, self.what, f"please {self.remedy}") if part)


SENTENCES: dict[str, tuple[str, str]] = {
    "unreadable": (
        "this is not readable YAML ({reason})",
        "mend the line it points at, or quote a text that has a colon, a hash or a dash in it",
    ),
    "duplicate_key": ("the key {key!r} stands twice, and only one of them would count", "remove one of the two"),
    "missing_field": ("the field {field!r} is missing", "add {field!r}"),
    "missing_language": ("the text {field!r} has no {language!r}", "write it in both languages, {{sv: ..., en: ...}}"),
    "unknown_field": ("there is no field {field!r} here", "correct its spelling or remove it"),
    "unknown_kind": ("there is no kind of item called {kind!r}", "choose one of {kinds}"),
    "wrong_value": ("{field!r} cannot be used ({reason})", "give {field!r} a value of the right kind"),
    "blank_text": ("the text {field!r} is blank or has spaces around it", "write the text, or remove the field"),
    "statement_ids": (
        "the statements of a colour are not numbered after it",
        "call them green.1, green.2 and so on, in order",
    ),
    "four_colours": ("the row has not all four colours in order", "give it green, yellow, orange and red, once each"),
    "same_word": ("two colours of the row have the same word", "give every colour of a row a word of its own"),
    "prefill_without_follows": (
        "the row is prefilled but follows no survey row",
        "either name the row in 'follows' or set prefill to false",
    ),
    "scale_ends": ("the scale does not go upward inside 0-10", "set low below high, both between 0 and 10"),
    "words_at": ("a word stands at an end of the scale or outside it", "use low_words and high_words for the ends"),
    "duplicate_id": ("the id {name!r} is used twice", "give one of them another id"),
    "unknown_tick": ("{name!r} waits for a tick that is not there", "add that tick, or remove guardian_copy_if"),
    "declined_option": (
        "an option is called 'declined', which is what not wanting to answer is called",
        "give the option another id",
    ),
    "column_row": ("a column is called 'row', which is the name of the row itself", "give the column another id"),
    "table_add": (
        "the table says how many rows can be added but not what the button says, or the other way round",
        "give both 'longest' above 0 and 'add', or longest: 0 and no 'add'",
    ),
    "follow_up_columns": (
        "the follow-up names a column or an option that is not there, or of another kind",
        "name words in 'what' and 'who', days in 'on', a choice in 'status', and options of it in 'ends'",
    ),
    "table_empty": ("the table has no rows, and none can be added", "name rows, or set 'longest' above 0"),
    "picture_parts": ("the picture does not name the parts it is drawn from", "name these parts: {wanted}"),
    "unknown_part": ("the picture draws {name!r}, and no item is called that", "name an item of this instrument"),
    "wrong_place": (
        "it says {id!r} edition {edition}, which is not where it lies",
        "move it to {id}/{edition}.yaml, or correct id and edition",
    ),
    "file_name": (
        "this file is not read, because its name or its place is not that of an edition",
        "put it in a folder called like the instrument, and call it by its edition: 101.yaml",
    ),
    "edition_number": (
        "edition {edition} is not a number for this folder",
        "number the library's own editions 1-100 and a school's own 101 and up",
    ),
    "changes_structure": (
        "a school's own wording changes what is asked ({difference})",
        "keep all but the words as in edition {edition}: level, sections, items, kinds, ends of scales, options, "
        "columns, rows and cards with their ids",
    ),
    "unknown_follows": (
        "it follows {follows!r}, and there is no such colour row",
        "name a colour row as instrument.item, or remove 'follows'",
    ),
    "unknown_instrument": ("there is no instrument {instrument!r}", "correct the name, or add the instrument first"),
    "unknown_section": ("{instrument!r} has no section {section!r}", "name a section of that instrument"),
}
