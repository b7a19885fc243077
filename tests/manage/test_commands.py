"""The command line, run as people run it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from benchmarks.serving import ROOT, fictional_school
from conversation_models.domain.school import School
from conversation_models.storage import schools
from conversation_models.storage.keys import Keys, key_file_for, read_keys, replace_keys, write_keys
from conversation_models.storage.store import open_store
from conversation_models.storage.tables import talk
from front_door.serving import held

pytestmark = pytest.mark.slow


def run(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    command, told = [sys.executable, "manage.py", *arguments], os.environ | {"LC_ALL": "C.UTF-8"} | environment
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=typed, timeout=120, env=told)


def test_demo_says_in_one_line_of_json_who_there_is(tmp_path: Path) -> None:
    with fictional_school(tmp_path / "data") as school:
        about = school.about
        assert httpx.get(f"{school.url}/healthz").status_code == 200
        assert "development_survey.workload" in httpx.get(about["invitations"][3]["url"]).text
    assert {each["role"] for each in about["staff"]} == {"mentor", "counsellor", "administrator"}
    invited = [each["student"] for each in about["invitations"]]
    assert len(invited) == len(set(invited)) >= 10
    assert set(invited) <= {each["id"] for each in about["students"]}
    assert all(each["code"] and each["url"].startswith(about["url"]) for each in about["invitations"])


def test_demo_at_the_same_place_again_gives_fresh_invitations(tmp_path: Path) -> None:
    with fictional_school(tmp_path / "data") as school:
        first = {each["url"].rsplit("/", 1)[1] for each in school.about["invitations"]}
        students = school.about["students"]
    with fictional_school(tmp_path / "data") as school:
        second = {each["url"].rsplit("/", 1)[1] for each in school.about["invitations"]}
        assert school.about["students"] == students
    assert len(second) >= 10
    assert not first & second


def test_seed_fills_an_empty_place_and_refuses_a_full_one(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    first = run("seed", "--students", "3", "--talks", "2", "--data", data)
    assert first.returncode == 0
    assert "6 of 6 talks" in first.stderr
    second = run("seed", "--students", "3", "--talks", "2", "--data", data)
    assert second.returncode == 1
    assert "not empty" in second.stderr


def test_demo_refuses_a_real_school(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    with store.writing() as unit:
        schools.add(unit, School("1" * 32, "En riktig skola", "upper_secondary"))
    store.close()
    refused = run("demo", "--json", "--data", str(tmp_path / "data"))
    assert refused.returncode == 1
    assert "real school" in refused.stderr
    assert refused.stdout == ""


def test_a_missing_key_beside_a_database_stops_the_start(tmp_path: Path) -> None:
    open_store(tmp_path / "data").close()
    (tmp_path / "data.key").unlink()
    refused = run("serve", "--data", str(tmp_path / "data"))
    assert refused.returncode == 1
    assert "key" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_recovery_sheet_makes_the_same_key_file_again(tmp_path: Path) -> None:
    open_store(tmp_path / "data").close()
    key_file, data = tmp_path / "data.key", str(tmp_path / "data")
    sheet, key = run("keys-sheet", "--data", data).stdout, key_file.read_text()
    key_file.unlink()
    groups = "\n".join(re.findall(r"^ *\d+\. (\S+)$", sheet, re.MULTILINE))
    made = run("keys-restore", "--data", data, typed=f"{groups}\n\n")
    assert made.returncode == 0, made.stderr
    assert key_file.read_text() == key


def test_the_keys_are_changed_while_nobody_serves_and_the_old_ones_open_nothing(tmp_path: Path) -> None:
    data, key_file, copy = tmp_path / "data", tmp_path / "data.key", tmp_path / "copy.backup"
    run("seed", "--students", "3", "--talks", "2", "--data", str(data))
    assert run("backup", "--data", str(data), "--to", str(copy)).returncode == 0
    old = key_file.read_text()
    with held(data.resolve(), None):
        refused = run("keys-rotate", "--data", str(data))
    assert refused.returncode == 1
    assert "Stop it first; nothing was changed." in refused.stderr
    assert key_file.read_text() == old
    done = run("keys-rotate", "--data", str(data), LANG="sv_SE.UTF-8", LC_ALL="")
    assert done.returncode == 0, done.stderr
    assert "Nycklarna är bytta." in done.stdout
    (total,) = set(re.findall(r"krypterat om \d+ av (\d+) rader\n", done.stderr))
    assert f"krypterat om {total} av {total} rader\n" in done.stderr
    assert read_keys(key_file).current == 2
    assert run("drill", "--data", str(data)).returncode == 0
    restored = run("restore", str(copy), "--data", str(tmp_path / "new"), JAGMED_KEY_FILE=str(key_file))
    assert restored.returncode == 1
    assert "Make the key file from that time's sheet." in restored.stderr
    key_file.unlink()
    write_keys(key_file, Keys.parse(old))
    stopped = run("keys-rotate", "--data", str(data))
    assert stopped.returncode == 1
    assert "does not belong to this database" in stopped.stderr


def test_what_was_begun_with_the_keys_is_finished_before_anything_else(tmp_path: Path) -> None:
    open_store(tmp_path / "data").close()
    key_file = tmp_path / "data.key"
    replace_keys(key_file, read_keys(key_file).with_new_root())
    refused = run("serve", "--data", str(tmp_path / "data"), "--port", "1")
    assert refused.returncode == 1
    assert refused.stderr == "A change of keys was begun and not finished. Finish it with `manage.py keys-rotate`.\n"
    done = run("keys-rotate", "--data", str(tmp_path / "data"))
    assert "An earlier change of keys was finished." in done.stdout
    key_file.unlink()
    assert "no key file" in run("keys-rotate", "--data", str(tmp_path / "data")).stderr
    key_file.write_text("1:not a key")
    broken = run("keys-rotate", "--data", str(tmp_path / "data"))
    assert "is broken" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_a_drill_restores_and_compares(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    run("seed", "--students", "3", "--talks", "2", "--data", data)
    done = run("drill", "--data", data)
    assert done.returncode == 0, done.stderr
    assert "went well" in done.stdout
    assert re.search(r"^talk +6 rows +6 restored$", done.stdout, re.MULTILINE)


def test_a_backup_is_restored_into_an_empty_place_only(tmp_path: Path) -> None:
    first, second, copy = tmp_path / "first", tmp_path / "second", tmp_path / "copy.backup"
    run("seed", "--students", "3", "--talks", "2", "--data", str(first))
    assert run("backup", "--data", str(first), "--to", str(copy)).returncode == 0
    shutil.copy(key_file_for(first), key_file_for(second))
    restored = run("restore", str(copy), "--data", str(second))
    assert restored.returncode == 0, restored.stderr
    with open_store(second).reading() as unit:
        assert unit.connection.execute(select(func.count()).select_from(talk)).scalar() == 6
    again = run("restore", str(copy), "--data", str(second))
    assert again.returncode == 1
    assert "there already" in again.stderr


def _own_wording(
    folder: Path, edition: str = "101", change: tuple[str, str] = ("hjälpt dig?", "blivit bättre?")
) -> Path:
    library = ROOT / "instruments" / "library" / "short_evaluation" / "1.yaml"
    text = library.read_text(encoding="utf-8").replace("edition: 1\n", f"edition: {edition}\n").replace(*change)
    (folder / "short_evaluation").mkdir(parents=True, exist_ok=True)
    (folder / "short_evaluation" / "101.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_schools_own_wording_is_looked_through_before_the_start(tmp_path: Path) -> None:
    good = run("wording-check", str(_own_wording(tmp_path / "good")))
    assert (good.returncode, good.stderr) == (0, "")
    assert "1 files in" in good.stdout
    broken = run("wording-check", str(_own_wording(tmp_path / "broken", change=("id: missing_with", "id: other"))))
    assert broken.returncode == 1
    assert "a school's own wording changes what is asked (missing_with, other)" in broken.stderr
    assert run("wording-check", str(tmp_path / "nowhere")).returncode == 1


def test_nothing_is_served_with_a_wording_that_cannot_be_used(tmp_path: Path) -> None:
    """The sentence says the file, the item and the remedy; no port is opened and no address is said."""
    _own_wording(tmp_path / "data" / "wording", change=('en: "What has helped you?"', 'de: "x"'))
    started = run("serve", "--data", str(tmp_path / "data"), "--port", "1")
    assert started.returncode == 1
    assert "101.yaml: helped: the text 'label' has no 'en': please write it in both languages" in started.stderr
    assert "Traceback" not in started.stderr
    assert started.stdout == ""
