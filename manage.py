"""The command line: serve the product, show the fictional school, keep copies and keys safe.

python manage.py COMMAND --help
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from conversation_models.services import asked as asking
from conversation_models.services import house, sign_in
from conversation_models.storage.engine import InUse, UnsafeEngine, WrongKey
from conversation_models.storage.keys import BrokenKeys, KeysMissing, key_file_for, read_keys, write_keys
from conversation_models.storage.migrate import NewerSchema
from conversation_models.storage.store import KeysChanging, Store
from fictional_school.people import STAFF
from front_door.serving import AlreadyServed, held, serve
from front_door.settings import UnusableAddress
from instruments.errors import DefinitionError
from translations import Words, words

DEFAULT_PORT = 8501
NO_SCHOOL_TO_MIX = "This database holds a real school. The fictional one needs a data folder of its own (--data)."


def _now() -> datetime:
    return datetime.now(UTC)


def _words() -> Words:
    """In the language of the terminal."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return words("sv" if locale.startswith("sv") else "en")


def _store(asked: argparse.Namespace) -> Store:
    return house.open_house(asked.data, asked.database_url)


def serve_school(asked: argparse.Namespace) -> int:
    """Serves; a first start prints the address where the first administrator is made."""
    token = sign_in.make_setup_token(_store(asked), _now())

    def say_where() -> None:
        url = os.environ["PUBLIC_URL"]
        print(f"Jagmed Samtal is open at {url}", flush=True)
        if token:
            print(f"First start: make the first administrator at {url}/setup?token={token}", flush=True)
            print(f"The keys are in {key_file_for(asked.data)}: print a recovery sheet with `manage.py keys-sheet`.")

    return _serve(asked, say_where)


def show_demo(asked: argparse.Namespace) -> int:
    """Serves the fictional school; builds it at the first start."""
    from fictional_school.build import NotEmpty
    from fictional_school.demo import prepare_demonstration

    if not asked.json:
        print("Opening the fictional school. The first time takes a few seconds.", flush=True)
    try:
        shown = prepare_demonstration(_store(asked), _now(), asked.invitations)
    except NotEmpty:
        return _fail(NO_SCHOOL_TO_MIX)

    def say_who() -> None:
        about = shown.about(os.environ["PUBLIC_URL"])
        if asked.json:
            print(json.dumps(about, ensure_ascii=False), flush=True)
            return
        print(f"\nLinåsens gymnasium, a school that does not exist, is open at {about['url']}\n\nSign in as:")
        for each in STAFF:
            print(f"  {each.role.value:<14} {each.username:<8} {each.password}")
        print(f"\nA student's link:  {about['invitations'][0]['url']}\nStop with Ctrl+C.", flush=True)

    return _serve(asked, say_who)


def _serve(asked: argparse.Namespace, ready: Callable[[], None]) -> int:
    asking.use_wording(house.wording_folder(asked.data))
    asking.require_editions(_store(asked))
    try:
        serve(asked.port, asked.data, asked.database_url, asked.host, asked.public_url, ready)
    except OSError as error:
        return _fail(f"Port {asked.port} cannot be opened ({error.strerror}). Choose another with --port.")
    return 0


def seed(asked: argparse.Namespace) -> int:
    """Writes fictional students and closed talks into an empty database, and says how far it has come."""
    from fictional_school.build import NotEmpty, build_people, seed_talks

    def say(done: int, total: int) -> None:
        print(f"\r{done} of {total} talks", end="" if done < total else "\n", file=sys.stderr, flush=True)

    store = _store(asked)
    try:
        built = build_people(store, _now(), asked.students)
    except NotEmpty:
        return _fail("The database is not empty. Seed an empty data folder or an empty PostgreSQL database.")
    seed_talks(store, built, _now(), asked.talks, say)
    return 0


def back_up(asked: argparse.Namespace) -> int:
    from conversation_models.services import backup

    made = backup.back_up(_store(asked), asked.to)
    print(f"Backup {made.path}: {sum(made.rows.values())} rows in {len(made.rows)} tables, read through after writing.")
    return 0


def restore(asked: argparse.Namespace) -> int:
    from conversation_models.services import backup

    keys = read_keys(key_file_for(asked.data))
    data = None if asked.database_url else asked.data
    try:
        rows = backup.restore(asked.backup, keys, data=data, url=asked.database_url)
    except backup.NotOverExisting as error:
        return _fail(f"{error} is there already. Restore into an empty place; nothing was changed.")
    except backup.WrongTarget:
        return _fail("This is a copy of the embedded database: restore it into a data folder (--data).")
    except backup.DamagedBackup:
        return _fail(f"{asked.backup} is damaged. Nothing was restored; take an older copy.")
    except WrongKey:
        _ = _words()
        said = _("{copy} was made with other keys than those in {key_file}. Make the key file from that time's sheet.")
        return _fail(said.format(copy=asked.backup, key_file=key_file_for(asked.data)))
    print(f"Restored {asked.backup}: {sum(rows.values())} rows.")
    return 0


def drill(asked: argparse.Namespace) -> int:
    """Backs up, restores into a temporary place, opens it and compares."""
    from conversation_models.services import backup

    done = backup.drill(_store(asked))
    for table, rows in done.rows_before.items():
        print(f"{table:<18} {rows:>9} rows  {done.rows_after.get(table, 0):>9} restored")
    print(f"backup {done.backup_seconds:.2f} s, restore and open {done.restore_seconds:.2f} s")
    print("The drill went well." if done.matches else "The restored copy differs: do not trust this backup.")
    return 0 if done.matches else 1


def check_wording(asked: argparse.Namespace) -> int:
    """Says everything in a school's own wording that would stop the start, each with what to do."""
    from instruments.catalogue import errors_in

    folder = asked.folder or house.wording_folder(asked.data)
    if not folder.is_dir():
        return _fail(f"There is no folder {folder}.")
    errors = errors_in(folder)
    for error in errors:
        print(error, file=sys.stderr)
    files = len(list(folder.glob("*/*.yaml")))
    print(
        f"{files} files in {folder}, {len(errors)} to mend."
        if errors
        else f"{files} files in {folder}, all can be used."
    )
    return 1 if errors else 0


def keys_sheet(asked: argparse.Namespace) -> int:
    from conversation_models.services.recovery_sheet import recovery_sheet

    sheet = recovery_sheet(read_keys(key_file_for(asked.data)))
    print(f"Recovery sheet {sheet.fingerprint}. Print it, lock it away, and keep no copy on a computer.\n")
    for number, group in enumerate(sheet.groups, start=1):
        print(f"{number:>3}. {group}")
    return 0


def keys_restore(asked: argparse.Namespace) -> int:
    """Types the recovery sheet back into a key file."""
    from conversation_models.services.recovery_sheet import Mistyped, restore_keys

    path = key_file_for(asked.data)
    if path.exists():
        return _fail(f"{path} is there already. Move it away first if it is not the right one.")
    print("Type the groups of the recovery sheet, one a line, without their numbers. End with an empty line.")
    try:
        keys = restore_keys(list(iter(input, "")))
    except Mistyped as error:
        return _fail(f"Group {error.group} is not right." if error.group else "These groups make no whole key.")
    write_keys(path, keys)
    print(f"Wrote {path}.")
    return 0


def keys_rotate(asked: argparse.Namespace) -> int:
    """Seals everything again under a new root key. Can be stopped, and called again."""
    from conversation_models.services import key_rotation

    _ = _words()
    opening, sealing = _("opened {done} of {rows} rows"), _("sealed {done} of {rows} rows again")

    def say(step: str, done: int, rows: int) -> None:
        sentence = opening if step == key_rotation.OPENING else sealing
        end = "" if done < rows else "\n"
        print(f"\r{sentence.format(done=done, rows=rows)}", end=end, file=sys.stderr, flush=True)

    again = _("Nothing is lost: run `manage.py keys-rotate` again, it goes on where it stopped.")
    try:
        with held(asked.data.resolve(), asked.database_url):
            done = key_rotation.rotate_keys(asked.data, asked.database_url, say)
    except AlreadyServed:
        return _fail(_("The product is running on {data}. Stop it first; nothing was changed.").format(data=asked.data))
    except InUse:
        return _fail(_("Somebody has the database open. Stop every program that uses it, and try again."))
    except key_rotation.NothingToSeal:
        return _fail(_("There is no database in {data}: nothing to change keys for.").format(data=asked.data))
    except key_rotation.Unreadable as error:
        said = _("{place} cannot be opened with these keys. The keys stay as they are; restore a sound copy first.")
        return _fail(said.format(place=" ".join(error.place)))
    except key_rotation.Stopped as error:
        return _fail(_("The database gave up: {reason}").format(reason=error) + f"\n{again}")
    except OSError as error:
        return _fail(f"{error.filename or asked.data}: {error.strerror}. {again}")
    _tell_rotated(asked, done.went_on)
    return 0


def _tell_rotated(asked: argparse.Namespace, went_on: bool) -> None:
    _ = _words()
    if went_on:
        print(_("An earlier change of keys was finished."))
    print(_("The keys are changed. The old key opens nothing here any more."))
    print(
        _("Now: print the new sheet with `manage.py keys-sheet` and lock it away. There is no other copy of the key.")
    )
    print(_("Keep the old sheet for as long as there are older backups: they open with the old key only."))
    if asked.database_url:
        print(_("Put the new {key_file} on every machine that serves.").format(key_file=key_file_for(asked.data)))


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, call, says in COMMANDS:
        command = commands.add_parser(name, help=says, description=says)
        command.set_defaults(call=call)
        command.add_argument("--data", type=Path, default=Path(os.environ.get("JAGMED_DATA", "var/data")))
        command.add_argument("--database-url", default=os.environ.get("DATABASE_URL") or None)
        if call in (serve_school, show_demo):
            command.add_argument("--port", type=int, default=DEFAULT_PORT)
            command.add_argument("--host", default="127.0.0.1")
            command.add_argument("--public-url", default=os.environ.get("PUBLIC_URL") or None)
        if call is show_demo:
            command.add_argument("--json", action="store_true", help="one line of JSON when ready")
            command.add_argument("--invitations", type=int, default=12, help="how many students are invited")
        if call is seed:
            command.add_argument("--students", type=int, default=2_000)
            command.add_argument("--talks", type=int, default=20)
        if call is back_up:
            command.add_argument("--to", type=Path, required=True)
        if call is check_wording:
            command.add_argument("folder", type=Path, nargs="?", help="default: the wording folder of --data")
        if call is restore:
            command.add_argument("backup", type=Path)
    return parser.parse_args(arguments)


COMMANDS = (
    ("serve", serve_school, "serve the product"),
    ("demo", show_demo, "serve the fictional school"),
    ("seed", seed, "write fictional students and talks, for measurements"),
    ("backup", back_up, "make a copy while the product runs, and open it"),
    ("restore", restore, "put a copy back into an empty place"),
    ("drill", drill, "back up, restore elsewhere, compare"),
    ("wording-check", check_wording, "look through a school's own wording before the start"),
    ("keys-sheet", keys_sheet, "print the recovery sheet of the keys"),
    ("keys-restore", keys_restore, "make the key file again from a recovery sheet"),
    ("keys-rotate", keys_rotate, "change the keys; the product must be stopped"),
)


def main() -> int:
    """Every failure to begin is one sentence that says what to do."""
    asked, _ = read_arguments(), _words()
    try:
        return int(asked.call(asked))
    except KeysMissing as missing:
        return _fail(f"There is a database but no key file {missing}. Put it back, or use `manage.py keys-restore`.")
    except WrongKey:
        return _fail(f"The key file {key_file_for(asked.data)} does not belong to this database.")
    except KeysChanging:
        return _fail(_("A change of keys was begun and not finished. Finish it with `manage.py keys-rotate`."))
    except BrokenKeys:
        return _fail(
            _("The key file {key_file} is broken. Make it anew from the sheet.").format(
                key_file=key_file_for(asked.data)
            )
        )
    except InUse:
        return _fail(_("The keys are being changed. Wait until that is done."))
    except NewerSchema:
        return _fail("This database was made by a newer version of the program. Install that version.")
    except DefinitionError as error:
        return _fail(f"The school's own wording cannot be used, and nothing was started.\n{error}")
    except (UnsafeEngine, AlreadyServed, UnusableAddress, asking.EditionGone) as error:
        return _fail(f"{error}.")


if __name__ == "__main__":
    raise SystemExit(main())
