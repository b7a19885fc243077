"""The key file: made once, readable by its owner only, never written over."""

import secrets
import stat

import pytest

from conversation_models.storage.keys import (
    BrokenKeys,
    Keys,
    KeysMissing,
    create_keys,
    key_file_for,
    read_keys,
    replace_keys,
)


def test_a_key_file_is_its_owners_only_and_comes_back(tmp_path):
    path = tmp_path / "deep" / "school.key"
    made = create_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert read_keys(path) == made
    assert list(made.roots) == [1]


def test_a_key_file_is_never_written_over(tmp_path):
    made = create_keys(tmp_path / "k")
    with pytest.raises(FileExistsError):
        create_keys(tmp_path / "k")
    assert read_keys(tmp_path / "k") == made


def test_a_missing_file_is_said_and_not_made(tmp_path):
    with pytest.raises(KeysMissing):
        read_keys(tmp_path / "k")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "1:ab", f"x:{'0' * 64}", "no colon", f"1:{'z' * 64}", f"0:{'0' * 64}", f"256:{'0' * 64}", "ö"]
)
def test_a_broken_key_file_is_refused(tmp_path, text):
    (tmp_path / "k").write_text(text)
    with pytest.raises(BrokenKeys):
        read_keys(tmp_path / "k")


def test_the_key_lies_beside_the_data_and_not_in_it(tmp_path, monkeypatch):
    monkeypatch.delenv("JAGMED_KEY_FILE", raising=False)
    assert key_file_for(tmp_path / "data") == tmp_path / "data.key"
    monkeypatch.setenv("JAGMED_KEY_FILE", str(tmp_path / "elsewhere"))
    assert key_file_for(tmp_path / "data") == tmp_path / "elsewhere"


def test_every_purpose_has_a_key_of_its_own():
    keys = Keys({1: secrets.token_bytes(32), 2: secrets.token_bytes(32)})
    made = [keys.derive(purpose, key_id) for purpose in ("file", "column:m", "backup") for key_id in (1, 2)]
    assert len({*made, *keys.roots.values()}) == 8
    assert keys.derive("file") == keys.derive("file", 2)


def test_a_key_file_that_is_replaced_is_its_owners_only_and_a_link_to_it_stays_one(tmp_path):
    path, link = tmp_path / "deep" / "school.key", tmp_path / "link"
    made = create_keys(path)
    link.symlink_to(path)
    (path.parent / ".school.key.new").write_text("left by somebody who was stopped")
    replace_keys(link, made.with_new_root())
    assert link.is_symlink()
    assert read_keys(path).roots[1] == made.roots[1]
    assert sorted(read_keys(path).roots) == [1, 2]
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert [each.name for each in path.parent.iterdir()] == ["school.key"]


def test_a_new_root_key_is_random_and_there_are_255_of_them():
    first = Keys({1: secrets.token_bytes(32)})
    assert first.with_new_root().roots[2] != first.with_new_root().roots[2]
    assert first.with_new_root().newest_alone().current == 2
    with pytest.raises(BrokenKeys):
        Keys({255: secrets.token_bytes(32)}).with_new_root()
