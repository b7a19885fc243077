"""Signing in and out. A session lives in the database, can be revoked, and is asked for again on every click."""

import hashlib
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from conversation_models.domain.ids import new_id
from conversation_models.domain.log_entry import LogEntry
from conversation_models.domain.names import same_name
from conversation_models.domain.school import School, SchoolForm
from conversation_models.domain.staff import Role, Staff, StaffSession
from conversation_models.services import passwords, throttle
from conversation_models.services.field_errors import FieldError, FieldsRefused, read_text
from conversation_models.storage import logs, schools, sessions
from conversation_models.storage import staff as accounts
from conversation_models.storage.store import Store, Unit

IDLE = timedelta(minutes=15)
IDLE_IN_TALK = timedelta(minutes=60)
ABSOLUTE = timedelta(hours=8)
SEEN_WRITTEN_EVERY = timedelta(minutes=1)
SESSIONS_KEPT = timedelta(days=7)
TOKEN_BYTES = 32
LONGEST_NAME = 100


class SignInRefused(Exception):
    """`code`: "wrong" (name, password or a deactivated account: never says which) or "throttled"."""

    def __init__(self, code: str, retry_after_seconds: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_seconds = retry_after_seconds


class SetUpRefused(Exception):
    """`code`: "token" (wrong, or set-up is already done)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SignedIn:
    """The only moment when the token is known: the database keeps its hash."""

    token: str
    session: StaffSession


def sign_in(store: Store, username: str, password: str, address: str, now: datetime) -> SignedIn:
    """Raises SignInRefused. Guesses sent side by side wait for each other, so each one sees those before it."""
    name, place = same_name(username), throttle.address_key(address)
    with passwords.working:
        with store.reading() as unit:
            _require_patience(unit, name, place, now)
            account = accounts.account(unit, name)
        good = _is_right(account, password, now)
        if account is None or not good:
            _note_failure(store, account, name, place, now)
            raise SignInRefused("wrong")
        renewed = passwords.hash_in_turn(password) if passwords.needs_new_hash(account.password_hash) else None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with store.writing() as unit:
        if renewed:
            accounts.set_password(unit, account.staff.id, renewed, until=account.password_until)
        throttle.forget(unit, throttle.ACCOUNT, name)
        sessions.forget_ended(unit, now - SESSIONS_KEPT)
        sessions.add(unit, _hash(token), account.staff.id, now, now + ABSOLUTE)
        logs.add(unit, LogEntry(now, "staff", account.staff.id, "sign_in", "staff", account.staff.id))
    return SignedIn(token, StaffSession(_hash(token), account.staff, now, now + IDLE, now + ABSOLUTE))


def find_session(store: Store, token: str, now: datetime) -> StaffSession | None:
    """None unless the session lives: not idle too long, not over, not revoked, and its person still works here."""
    return find_session_by_id(store, _hash(token), now)


def find_session_by_id(store: Store, session_id: str, now: datetime) -> StaffSession | None:
    """The same for the screens, which are shown the session's id on a signed badge and never see the token."""
    with store.reading() as unit:
        found = sessions.find(unit, session_id)
    return _living(found, now) if found else None


def touch(store: Store, token: str, now: datetime) -> StaffSession | None:
    """For real activity only, never for a heartbeat. Written at most once a minute."""
    return touch_by_id(store, _hash(token), now)


def touch_by_id(store: Store, session_id: str, now: datetime) -> StaffSession | None:
    with store.reading() as unit:
        found = sessions.find(unit, session_id)
    living = _living(found, now) if found else None
    if found is None or living is None or now - found.seen_at < SEEN_WRITTEN_EVERY:
        return living
    with store.writing() as unit:
        sessions.set_seen(unit, found.id, now)
        moved = sessions.find(unit, found.id)
    return _living(moved, now) if moved else None


def hold_open(store: Store, token: str, talk_id: str | None) -> None:
    """While that talk is open the idle limit is an hour, so that it does not break a silence."""
    hold_open_by_id(store, _hash(token), talk_id)


def hold_open_by_id(store: Store, session_id: str, talk_id: str | None) -> None:
    with store.writing() as unit:
        sessions.set_talk(unit, session_id, talk_id)


def sign_in_again(
    store: Store, token: str | None, username: str, password: str, address: str, now: datetime
) -> SignedIn:
    """From a page that is still open: the same person's idle session goes on, so that its socket and text stay.

    A session that was revoked or is past its eight hours, or is somebody else's, is left alone: a new one begins.
    """
    new = sign_in(store, username, password, address, now)
    with store.writing() as unit:
        old = sessions.find(unit, _hash(token)) if token else None
        if old is None or old.staff.id != new.session.staff.id or old.revoked_at or now >= old.ends_at:
            return new
        sessions.revoke(unit, new.session.id, now)
        sessions.set_seen(unit, old.id, now)
        awake = sessions.find(unit, old.id)
    revived = _living(awake, now) if awake else None
    return SignedIn(token, revived) if token and revived else new


def time_left(session: StaffSession, now: datetime) -> timedelta:
    return max(timedelta(0), min(session.idle_at, session.ends_at) - now)


def sign_out(store: Store, token: str, now: datetime) -> None:
    with store.writing() as unit:
        found = sessions.find(unit, _hash(token))
        if found is not None and found.revoked_at is None:
            sessions.revoke(unit, found.id, now)
            logs.add(unit, LogEntry(now, "staff", found.staff.id, "sign_out", "staff", found.staff.id))


def sign_out_everywhere(store: Store, staff_id: str, now: datetime) -> None:
    with store.writing() as unit:
        sessions.revoke_all(unit, staff_id, now)
        logs.add(unit, LogEntry(now, "staff", staff_id, "sign_out_everywhere", "staff", staff_id))


def change_password(store: Store, token: str, old: str, new: str, now: datetime) -> None:
    """Ends this person's other sessions. Raises SignInRefused when the old one is wrong, PasswordRefused."""
    session = find_session(store, token, now)
    if session is None:
        raise SignInRefused("wrong")
    name = session.staff.username
    _require_password(store, name, old, now, "sign_in")
    passwords.require_good(new, name, before=old)
    password_hash = passwords.hash_password(new)
    with store.writing() as unit:
        accounts.set_password(unit, session.staff.id, password_hash, until=None)
        sessions.revoke_all(unit, session.staff.id, now, but=session.id)
        logs.add(unit, LogEntry(now, "staff", session.staff.id, "change_password", "staff", session.staff.id))


def confirm_password(store: Store, actor: Staff, password: str, now: datetime) -> None:
    """Of whoever is signed in already, before what is worth asking twice. Raises SignInRefused."""
    _require_password(store, actor.username, password, now, "confirm_password")


def make_setup_token(store: Store, now: datetime) -> str | None:
    """A new token for the first administrator, replacing any earlier one; None when there is staff already."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with store.writing() as unit:
        if accounts.count(unit):
            return None
        accounts.keep_setup_token(unit, _hash(token), now)
    return token


def needs_setup(store: Store) -> bool:
    with store.reading() as unit:
        return accounts.count(unit) == 0


def create_first_administrator(
    store: Store,
    setup_token: str,
    username: str,
    name: str,
    password: str,
    school_name: str,
    form: SchoolForm,
    now: datetime,
) -> Staff:
    """Works once, with the token that manage.py printed. Raises SetUpRefused, PasswordRefused, FieldsRefused."""
    errors: list[FieldError] = []
    login = same_name(read_text("username", username, errors, LONGEST_NAME, needed=True))
    own_name = read_text("name", name, errors, LONGEST_NAME, needed=True)
    school = School(new_id(), read_text("school_name", school_name, errors, LONGEST_NAME, needed=True), form)
    if errors:
        raise FieldsRefused(*errors)
    passwords.require_good(password, login)
    password_hash = passwords.hash_password(password)
    first = Staff(new_id(), school.id, login, own_name, Role.ADMINISTRATOR)
    with store.writing() as unit:
        if accounts.count(unit) or not accounts.has_setup_token(unit, _hash(setup_token)):
            raise SetUpRefused("token")
        schools.add(unit, school)
        accounts.add(unit, first, password_hash, now)
        accounts.drop_setup_tokens(unit)
        logs.add(unit, LogEntry(now, "staff", first.id, "set_up", "school", school.id))
    return first


def _require_password(store: Store, name: str, password: str, now: datetime, asked_for: str) -> None:
    with passwords.working:
        with store.reading() as unit:
            _require_patience(unit, name, "", now)
            account = accounts.account(unit, name)
        if account is None or not _is_right(account, password, now):
            _note_failure(store, account, name, "", now, asked_for)
            raise SignInRefused("wrong")


def _require_patience(unit: Unit, name: str, place: str, now: datetime) -> None:
    waits = [throttle.wait_for(unit, throttle.ACCOUNT, name, now)]
    if place:
        waits.append(throttle.wait_for(unit, throttle.ADDRESS, place, now))
    if max(waits):
        raise SignInRefused("throttled", math.ceil(max(waits).total_seconds()))


def _is_right(account: accounts.Account | None, password: str, now: datetime) -> bool:
    """Takes as long for a name that does not exist, so that the time does not tell."""
    if len(password) > passwords.LONGEST:
        return False
    if account is None:
        passwords.hash_in_turn(password)
        return False
    right = passwords.is_right(password, account.password_hash)
    in_time = account.password_until is None or now < account.password_until
    return right and in_time and account.staff.active


def _note_failure(
    store: Store, account: accounts.Account | None, name: str, place: str, now: datetime, asked_for: str = "sign_in"
) -> None:
    kind, actor = ("staff", account.staff.id) if account else ("anyone", "")
    with store.writing() as unit:
        throttle.note_failure(unit, throttle.ACCOUNT, name, now)
        if place:
            throttle.note_failure(unit, throttle.ADDRESS, place, now)
        logs.add(unit, LogEntry(now, kind, actor, asked_for, "staff", actor, denied=True))


def _living(found: sessions.SessionRow, now: datetime) -> StaffSession | None:
    idle_at = found.seen_at + (IDLE_IN_TALK if found.holds_open_talk else IDLE)
    over = found.revoked_at is not None or now >= found.ends_at or now >= idle_at
    if over or not found.staff.active:
        return None
    return StaffSession(found.id, found.staff, found.began_at, idle_at, found.ends_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
