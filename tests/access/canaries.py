"""Words that stand nowhere else, written in every field there is through the ways people use; then looked for."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pypdf
from sqlalchemy import select
from stdnum import luhn
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.domain.invitation import NewInvitation
from conversation_models.domain.report import Followed, GroundKind, Order, ReceiverKind, ReportKind
from conversation_models.domain.staff import Role
from conversation_models.domain.student import Student
from conversation_models.domain.talk import Talk
from conversation_models.services import (
    access,
    added,
    agree,
    asked,
    invite,
    made_reports,
    move,
    people,
    prepare,
    rate,
    students,
    wishes,
)
from conversation_models.services.access import Desk
from conversation_models.services.people import NewStaff
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.students import NewGuardian, NewStudent
from conversation_models.storage import tables
from conversation_models.storage.store import Store
from instruments.items import Item
from reports import report_paper
from tests.access.serving import Served
from tests.conversation_models.cast import PASSWORD, Cast

SURVEY, AGREEMENT, OWN = "development_survey", "development_agreement", "development_notes"
HANDOVER = "handover_report"
PRIVATE = {"leisure": "red", "health": "orange"}  # rows that a guardian's copy leaves out


@dataclass
class Canaries:
    """Each name with its word. Names are kept where a page or a paper may say them; secrets nowhere at all."""

    words: dict[str, str] = field(default_factory=dict)

    def new(self, name: str) -> str:
        """Letters only, so that it is kept and printed as it is; long enough to stand nowhere by chance."""
        letters = "".join(secrets.choice("abcdefghjkmnopqrstuvwxyz") for _ in range(12))
        return self.keep(name, f"Kanarie{letters}")

    def keep(self, name: str, word: str) -> str:
        self.words[name] = word
        return word

    def found_in(self, content: bytes | str) -> set[str]:
        data = content.encode() if isinstance(content, str) else content
        wide = [(name, word.encode(kind)) for name, word in self.words.items() for kind in ("utf-8", "utf-16-le")]
        return {name for name, word in wide if word in data}


@dataclass
class Walk:
    """One student's way from being added to being moved, as the people of the school go it."""

    served: Served
    store: Store
    cast: Cast
    canaries: Canaries = field(default_factory=Canaries)

    @property
    def desk(self) -> Desk:
        return Desk(self.store, self.cast.mentor, access.now())

    def add_people(self) -> Student:
        new, keep = self.canaries.new, self.canaries.keep
        keep("password", PASSWORD)
        administrator = Desk(self.store, self.cast.administrator, access.now())
        _, once = people.add_staff(administrator, NewStaff("nykollega", new("name of staff"), Role.MENTOR))
        keep("one-time password", once)
        wishes.put_on_list(administrator, self.cast.counsellor.id, new("role of who can be asked"))
        first = f"100203{secrets.randbelow(1000):03d}"
        number = keep("personnummer", f"20{first}{luhn.calc_check_digit(first)}")
        keep("personnummer as written", f"{first[:6]}-{number[-4:]}")
        keep("birth date", "2010-02-03")
        given = NewStudent(
            self.cast.group.id,
            new("given name"),
            new("family name"),
            date(2010, 2, 3),
            number,
            f"{new('e-mail')}@example.org",
            keep("phone", f"0709{secrets.randbelow(10**9):09d}"),
            (
                NewGuardian(
                    new("guardian's name"),
                    keep("guardian's phone", f"0708{secrets.randbelow(10**9):09d}"),
                    f"{new('guardians e-mail')}@example.org",
                ),
            ),
        )
        return students.add_student(self.desk, given)

    def prepare(self, student: Student) -> tuple[Talk, NewInvitation]:
        plan = TalkPlan(student.id, self.desk.today + timedelta(days=1), place=self.canaries.new("place"))
        talk = prepare.prepare_talk(self.desk, plan)
        invited = invite.invite(self.desk, talk.id)
        self.canaries.keep("token", invited.token)
        self.canaries.keep("code", invited.code.replace("-", ""))
        self.canaries.keep("code as shown", invited.code)
        return talk, invited

    def answer_alone(self, talk: Talk, invited: NewInvitation) -> None:
        """On the phone: saved at each change; the code typed; a broken request; sent."""
        with httpx.Client(base_url=self.served.url, timeout=30) as phone:
            assert phone.get(f"/s/{invited.token}").status_code == 200
            for name in asked.find_model(talk.model).before:
                for item in asked.items_alone(name, talk.editions[name]):
                    value = self.value_of(name, item, "alone")
                    saved = phone.put(f"/answers/{invited.token}/{name}/{item.id}", json=change(value))
                    assert saved.status_code == 200, (name, item.id, saved.text)
            broken = self.canaries.new("broken request").encode()
            phone.put(f"/answers/{invited.token}/{SURVEY}/bring_up", content=b"{" + broken)
            phone.put(f"/answers/{invited.token}/{SURVEY}/workload", json=change(broken.decode()))
            assert phone.post("/s", data={"code": invited.code}).status_code == 303
            self.canaries.keep("student's pass", phone.cookies["samtal-student"])
            sent = phone.post("/s/mine", data={"action": "send", "reading": "before", "asked": ""})
            assert sent.headers["location"] == "/s/mine/sent"

    def wish_and_answer(self, invited: NewInvitation) -> str:
        """What the student, who typed the code, then reads."""
        shown = rate.Pass(invited.invitation.id, "code", access.now())
        entry = rate.find_by_pass(self.store, shown, access.now())
        made = wishes.make_wish(self.store, entry, self.cast.mentor.id, access.now())
        wishes.answer_wish(self.desk, made.id, self.canaries.new("answer to a wish"))
        return repr((wishes.adults_for(self.store, entry), wishes.wishes_of(self.store, entry)))

    def sign_in(self) -> httpx.Client:
        browser = httpx.Client(base_url=self.served.url, timeout=30)
        given = {"username": "alva", "password": PASSWORD}
        assert browser.post("/sign-in", data=given, headers={"origin": self.served.url}).status_code == 303
        wrong = {"username": self.canaries.new("wrong user name"), "password": self.canaries.new("wrong password")}
        assert (
            httpx.post(f"{self.served.url}/sign-in", data=wrong, headers={"origin": self.served.url}).status_code == 401
        )
        self.canaries.keep("session's token", browser.cookies["samtal"])
        return browser

    def write_together(self, talk: Talk, browser: httpx.Client) -> None:
        """Everything that a talk asks, in the talk, for whoever it is asked of."""
        added.add_instrument(self.desk, talk.id, HANDOVER)
        editions = talk.editions | {HANDOVER: asked.find_instrument(HANDOVER).edition}
        headers = {"x-requested-with": "samtal", "origin": self.served.url}
        for name, edition in editions.items():
            for item in asked.find_instrument(name, edition).items():
                value = self.value_of(name, item, "together")
                if value is None:
                    continue
                path, posted = f"/answers/{talk.id}/{name}/{item.id}", change(value) | {"manner": "together"}
                saved = browser.put(path, json=posted, headers=headers)
                assert saved.status_code == 200, (name, item.id, saved.text)

    def value_of(self, instrument: str, item: Item, how: str) -> Any:
        """A canary wherever words can be written; the private rows have colours of their own."""
        if item.kind == "table":
            column = next(column for column in item.columns if column.kind in {"line", "text"})
            return [{"row": "own.1", column.id: self.canaries.new(f"{how} {instrument}.{item.id}")}]
        if item.secret:
            return self.canaries.new(f"{how} {instrument}.{item.id}")
        if item.kind in {"colour", "joint_colour"}:
            fits = {"fits": []} if item.kind == "colour" else {}
            return {"colour": PRIVATE.get(item.id, "green"), **fits}
        return 4 if item.kind == "scale" else None

    def follow_and_correct(self, talk: Talk) -> None:
        for decision in agree.decisions_of(self.desk, talk.id):
            outcome = self.canaries.new(f"outcome {decision.area}")
            agree.follow_up(self.desk, decision.id, DecisionStatus.DONE, outcome)
        for name, item in (
            (AGREEMENT, "work_decision"),
            (AGREEMENT, "health"),
            (OWN, "notes_now"),
            (SURVEY, "bring_up"),
        ):
            agree.amend(self.desk, talk.id, name, item, self.canaries.new(f"amendment {name}.{item}"))

    def report(self, talk: Talk) -> str:
        """A handover with the student's own page in it, followed up; what those who may then read of it."""
        new, today = self.canaries.new, self.desk.today
        order = Order(
            ReportKind.HANDOVER, talk.student_id, talk.id, parts=("own_page",), receiver=ReceiverKind.OTHER_SCHOOL,
            receiver_name=new("receiver of a report"), ground=GroundKind.LAW, ground_words=new("ground of a report"),
            starts_on=today, follow_up=today + timedelta(days=9),
        )  # fmt: skip
        made = report_paper.make_report(self.desk, order, "sv")
        made_reports.answer_follow_up(self.desk, made.id, Followed.NO, new("outcome of a handover"))
        return repr(made_reports.reports_of(self.desk, talk.student_id))

    def move(self, talk: Talk) -> None:
        move.move_talk(self.desk, talk.id, self.cast.shared.id, self.canaries.new("reason of a move"))

    def screen(self, browser: httpx.Client, page: str, query: str) -> bytes:
        """What the server sends for a page of the staff, over its own socket."""
        headers = {"Origin": self.served.url, "Cookie": f"samtal={browser.cookies['samtal']}"}
        ask = BackMsg()
        ask.rerun_script.query_string = query
        ask.rerun_script.page_script_hash = calc_hash(page)
        url, sent = self.served.socket_url, b""
        with connect(url, additional_headers=headers, subprotocols=["streamlit"], max_size=None) as socket:
            socket.send(ask.SerializeToString())
            while True:
                message = socket.recv(timeout=30)
                sent += message
                if ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
                    break
        return sent


def change(value: Any) -> dict[str, Any]:
    return {"value": value, "client": "probe", "sequence": 1, "version": 0}


def text_of(pdf: bytes) -> str:
    """Without any white space: words may be broken at the end of a line."""
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def stored_cells(store: Store) -> dict[str, bytes]:
    """Every cell of every table as it lies in the database, by table and column: what a dump would show."""
    cells: dict[str, bytes] = {}
    with store.reading() as unit:
        for table in tables.metadata.sorted_tables:
            for row in unit.connection.execute(select(table)).mappings():
                for name, value in row.items():
                    told = (
                        bytes(value)
                        if isinstance(value, bytes | memoryview)
                        else json.dumps(value, default=str).encode()
                    )
                    place = f"{table.name}.{name}"
                    cells[place] = cells.get(place, b"") + b"\n" + told
    return cells
