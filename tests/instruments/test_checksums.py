"""A used edition is never edited: the record tells, and a release freezes it."""

from pathlib import Path

import pytest

from instruments.catalogue import load
from instruments.checksums import (
    Recorded,
    current,
    edited_although_frozen,
    main,
    not_recorded,
    recorded,
    renewed,
    write,
)


def test_no_frozen_edition_of_the_library_has_been_edited() -> None:
    assert edited_although_frozen(recorded(), current(load())) == ()


def test_every_edition_of_the_library_is_recorded_as_it_reads_now() -> None:
    assert not_recorded(recorded(), current(load())) == (), "run: python -m instruments.checksums"


def test_a_frozen_edition_that_changes_or_goes_away_is_named() -> None:
    record = {"a/1": Recorded("old", "1.0.0"), "b/1": Recorded("old", "1.0.0"), "c/1": Recorded("old")}
    assert edited_although_frozen(record, {"a/1": "new", "c/1": "new"}) == ("a/1", "b/1")
    assert not_recorded(record, {"a/1": "new", "b/1": "old", "c/1": "new", "d/1": "new"}) == ("c/1", "d/1")


def test_a_release_freezes_what_was_free_and_leaves_what_was_frozen() -> None:
    record = {"a/1": Recorded("one", "1.0.0"), "a/2": Recorded("two")}
    assert renewed(record, {"a/1": "one", "a/2": "two, mended"}, "1.1.0") == {
        "a/1": Recorded("one", "1.0.0"),
        "a/2": Recorded("two, mended", "1.1.0"),
    }


def test_the_command_freezes_and_then_refuses_an_edited_edition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "checksums.yaml"
    assert main(["--freeze", "1.0.0"], file) == 0
    assert {entry.frozen for entry in recorded(file).values()} == {"1.0.0"}
    assert main([], file) == 0
    write({**recorded(file), "scale_question/1": Recorded("0" * 64, "1.0.0")}, file)
    before = file.read_bytes()
    assert main([], file) == 1
    assert "scale_question/1 was frozen in 1.0.0 and has changed" in capsys.readouterr().err
    assert file.read_bytes() == before
