"""The running program: files that Streamlit would give to anybody, and words that must turn up nowhere."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import httpx
import pytest
from sqlalchemy import LargeBinary, func, select
from websockets.sync.client import connect

from conversation_models.domain.talk import Talk
from conversation_models.services import conduct, look, students
from conversation_models.storage import tables
from front_door import guard
from tests.access.canaries import AGREEMENT, PRIVATE, Walk, files_in, stored_cells, text_of
from tests.access.conftest import own_copy
from tests.access.serving import SECRET_FILE, serving
from tests.access.tally import on_sqlite

pytestmark = pytest.mark.slow

# Words that are meant to be read as they are: the outsider's side of a sign-in is a name that nobody has.
NEVER_STORED = {"wrong user name", "wrong password", "broken request"}


@dataclass
class Told:
    """What a whole walk left behind. `stored`: the cells while the talk was going on, and at the end."""

    walk: Walk
    talk: Talk
    papers: dict[str, str]
    screens: dict[str, bytes]
    read_alone: str = ""
    reports: str = ""
    stored: list[dict[str, bytes]] = field(default_factory=list)
    files: dict[str, set[str]] = field(default_factory=dict)

    def look_around(self) -> None:
        """Finds words in the files as they lie now: the database, its WAL, the key, what the server said, temporary."""
        self.stored.append(stored_cells(self.walk.store))
        for path in files_in(self.walk.served.folder):
            found = self.walk.canaries.found_in(path.read_bytes())
            self.files[path.name] = self.files.get(path.name, set()) | found


@pytest.fixture(scope="module")
def walk(database: str, request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Walk]:
    made = request.getfixturevalue(f"{database}_cast")
    folder = tmp_path_factory.mktemp("served")
    with own_copy(request, made, folder / "data") as (store, url), serving(folder, url) as served:
        yield Walk(served, store, made[2])


@pytest.fixture(scope="module")
def told(walk: Walk, database: str) -> Told:
    """Screens and papers are asked for on one database: they are made of what the services read, on either."""
    student = walk.add_people()
    talk, invited = walk.prepare(student)
    walk.answer_alone(talk, invited)
    told = Told(walk, talk, {}, {})
    with closing(walk.sign_in()) as browser:

        def show(*pages: str) -> None:
            for page in pages if database == "sqlite" else ():
                query = f"talk={talk.id}" if page not in {"student", "looking-back"} else f"student={student.id}"
                told.screens[page] = walk.screen(browser, page, query)

        told.read_alone = walk.wish_and_answer(invited)
        show("prepare")
        conduct.open_talk(walk.desk, talk.id)
        walk.write_together(talk, browser)
        show("talk")
        told.look_around()
        conduct.close_talk(walk.desk, talk.id)
        walk.follow_and_correct(talk)
        for copy in ("school", "student", "guardian") if database == "sqlite" else ("school",):
            answer = browser.get(f"/papers/talk/{talk.id}.pdf?copy={copy}")
            assert answer.status_code == 200
            told.papers[copy] = text_of(answer.content)
        told.reports = walk.report(talk)
        show("closed-talk", "student", "looking-back")
        walk.move(talk)
    told.look_around()
    return told


def test_the_words_were_really_written(told: Told):
    """Each sealed column holds something, and whoever may read finds every word."""
    walk, words = told.walk, told.walk.canaries
    with walk.store.reading() as unit:
        for table in tables.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, LargeBinary):
                    found = select(func.count()).select_from(table).where(column.is_not(None))
                    here = unit.connection.execute(found).scalar_one()
                    gone = told.stored[0].get(f"{table.name}.{column.name}", b"").strip(b"\nnul")
                    assert here or gone, f"nothing was ever written in {table.name}.{column.name}"
    added = next(each for each in students.list_students(walk.desk) if each.family_name == words.words["family name"])
    history = look.history(walk.desk, walk.cast.shared.id)
    read = repr(added) + repr(history) + repr(look.record_of_talk(walk.desk, told.talk.id))
    read += told.read_alone + told.reports
    secret = {"password", "one-time password", "token", "code", "code as shown", "student's pass", "session's token"}
    beside = {"name of staff", "personnummer as written", "birth date"}
    assert set(words.words) - words.found_in(read) - NEVER_STORED - secret - beside == set()


def test_no_word_lies_readable_in_any_file(told: Told):
    """The database, its write-ahead log, the key file, standard output and error, temporary files."""
    names = set(told.files)
    assert {"stdout", "stderr"} <= names
    assert any(name.endswith(".key") or "key" in name for name in names), names
    if told.walk.store.engine.dialect.name == "sqlite":
        assert {"samtal.db", "samtal.db-wal"} <= names
    assert {name: found for name, found in told.files.items() if found} == {}


def test_no_word_lies_readable_in_any_row(told: Told):
    """As a dump of the database would show it, log included, while the talk went on and at the end."""
    for cells in told.stored:
        assert cells["log_entry.action"].strip()
        found = {place: told.walk.canaries.found_in(content) for place, content in cells.items()}
        assert {place: names for place, names in found.items() if names} == {}


@on_sqlite
def test_the_search_finds_what_is_there(told: Told):
    """A word in a file or a row would be seen: the same search over what people are shown does find them."""
    words = told.walk.canaries
    found = {name: words.found_in(content) for name, content in told.screens.items()}
    assert "alone development_survey.bring_up" in found["prepare"]
    assert "place" in found["prepare"]
    assert "given name" in found["talk"]
    assert {"together development_agreement.work_decision", "given name"} <= found["closed-talk"]
    assert {"given name", "phone", "guardian's name"} <= found["student"]
    assert "given name" in found["looking-back"]


@on_sqlite
def test_no_screen_sends_what_is_not_for_it(told: Told):
    """Whole personnummer, passwords and links are on no screen."""
    never = {"password", "one-time password", "token", "code", "student's pass", "session's token", "personnummer"}
    for name, content in told.screens.items():
        assert told.walk.canaries.found_in(content) & (never | {"personnummer as written"}) == set(), name


@on_sqlite
def test_each_copy_holds_what_is_meant_for_it(told: Told):
    """The guardian's copy has the agreement and nothing of what the student told; nobody's has contacts."""
    words = told.walk.canaries
    found = {copy: words.found_in(text) for copy, text in told.papers.items()}
    contacts = {name for name in words.words if "mail" in name or "phone" in name or "personnummer" in name}
    notes = {
        name for name in words.words if f"{AGREEMENT}" not in name and ("notes_" in name or "observations" in name)
    }
    gather = {name for name in words.words if name.endswith(".gather")}
    told_by_student = {name for name in words.words if name.startswith(("alone ", "together development_survey"))}
    own_words = {name for name in words.words if ".words_" in name or "scale_question" in name}
    for copy, names in found.items():
        assert names & contacts == set(), copy
        assert {"given name", "family name", "together development_agreement.work_decision"} <= names, copy
    assert notes & found["school"], "the school's copy holds the notes"
    assert told_by_student & found["school"]
    assert found["student"] & (notes | gather) == set()
    assert found["guardian"] & (notes | gather | told_by_student | own_words) == set()
    hidden = {"amendment development_agreement.health", "amendment development_notes.notes_now"}
    assert found["guardian"] & (hidden | {"amendment development_survey.bring_up"}) == set()
    assert "amendment development_agreement.work_decision" in found["guardian"]


@on_sqlite
@pytest.mark.parametrize("row", list(PRIVATE))
def test_leisure_and_health_stand_on_no_guardians_copy(told: Told, row: str):
    from conversation_models.services.asked import find_instrument, find_item

    for instrument in ("development_survey", AGREEMENT):
        item = find_item(find_instrument(instrument), row)
        choice = next(each for each in item.choices if each.colour == PRIVATE[row])
        said = "".join(choice.word.sv.split()) if choice.word else ""
        assert not said or said in told.papers["school"]
        assert not said or said not in told.papers["guardian"], choice.word.sv


@pytest.fixture(scope="module")
def stranger() -> Iterator[httpx.Client]:
    """A browser that is not signed in and keeps no cookie."""
    with httpx.Client(timeout=20) as browser:
        yield browser


@pytest.fixture
def open_session(walk: Walk) -> Iterator[httpx.Client]:
    """Alva is signed in, and her screen's socket is open."""
    with closing(walk.sign_in()) as browser:
        headers = {"Origin": walk.served.url, "Cookie": f"samtal={browser.cookies['samtal']}"}
        with connect(walk.served.socket_url, additional_headers=headers, subprotocols=["streamlit"]):
            yield browser


@on_sqlite
def test_a_media_file_is_refused_to_whoever_is_not_signed_in(
    walk: Walk, open_session: httpx.Client, stranger: httpx.Client
):
    """A real file with its real address, while a session is open: 200 inside, 401 outside, whatever is tried."""
    url = f"{walk.served.url}{walk.served.media}"
    assert walk.served.media.startswith("/media/")
    inside = open_session.get(url)
    assert (inside.status_code, inside.content) == (200, SECRET_FILE)
    assert inside.headers["cache-control"] == "no-store"
    token = open_session.cookies["samtal"]
    forged = [{}, {"cookie": "samtal=x"}, {"cookie": f"samtal={token[:-1]}"}, {"x-jagmed-user": "a.9999999999.b"}]
    forged += [{"range": "bytes=0-3"}, {"cookie": f"samtal-student={token}"}, {"authorization": f"Bearer {token}"}]
    for headers in forged:
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            answer = stranger.request(method, url, headers=headers)
            assert answer.status_code in {401, 403}, (method, headers)
            assert SECRET_FILE not in answer.content
    for path in (f"/static/..{walk.served.media}", f"/s/../{walk.served.media}", f"/static/%2e%2e{walk.served.media}"):
        answer = stranger.get(f"{walk.served.url}{path}")
        assert SECRET_FILE not in answer.content
    assert stranger.post(f"{walk.served.url}/sign-out", headers={"cookie": f"samtal={token}"}).status_code == 303
    assert open_session.get(url).status_code == 401


@on_sqlite
def test_every_route_of_the_installed_streamlit_is_shut(walk: Walk, stranger: httpx.Client):
    """Asked of Streamlit itself, so that one that an update adds is tried too. Only its scripts are open."""
    assert len(walk.served.routes) > 8
    for path, *methods in walk.served.routes:
        address = path.split("{")[0] + ("x" if "{" in path else "")
        for method in methods or ["GET"]:
            answer = stranger.request(method, f"{walk.served.url}{address}")
            refused = answer.status_code in ({404} if address.startswith(guard.SHUT) else {401, 403})
            is_script = path in {"", "/static"} or path.startswith("/static/")
            assert refused or is_script, f"{method} {path} is answered with {answer.status_code}"


@on_sqlite
@pytest.mark.parametrize(
    "path",
    [
        "app.py", "manage.py", ".streamlit/config.toml", "requirements.txt", "data/samtal.db",
        "static/../../../../app.py", "static/%2e%2e/%2e%2e/app.py", "static/..%2f..%2findex.html",
        "static/%00", "static/",
        "look/x/../../app.py",
        "look/x/..%2f..%2fsettings.py", "front_door/settings.py", "var/data/samtal.db",
        "instruments/library/checksums.yaml", ".git/config",
        "app/static/app.py", "component/..%2f..%2fapp.py", "static/index.html", "index.html",
    ],
)  # fmt: skip
def test_no_file_of_the_program_or_the_data_is_given_out(walk: Walk, stranger: httpx.Client, path: str):
    answer = stranger.get(f"{walk.served.url}/{path}")
    assert answer.status_code in {400, 401, 404}
    assert len(answer.content) < 100


@on_sqlite
def test_a_paper_is_refused_to_whoever_is_not_signed_in(walk: Walk, told: Told, stranger: httpx.Client):
    for copy in ("school", "student", "guardian"):
        answer = stranger.get(f"{walk.served.url}/papers/talk/{told.talk.id}.pdf?copy={copy}")
        assert answer.status_code == 401
        assert b"%PDF" not in answer.content
