"""A student's link in every state it can be in x everything that can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from conversation_models.domain.answer import Change
from conversation_models.services import conduct, invite, move, rate, students
from conversation_models.services.passes import make_pass
from conversation_models.storage import tables
from tests.access.school import Tried

SURVEY, ITEM = "development_survey", "bring_up"
WORDS = {(SURVEY, ITEM): "Ett ord som står här redan"}
NEW = {(SURVEY, ITEM): "Ett nytt ord"}
LATER = timedelta(days=30)


@dataclass(frozen=True)
class Link:
    """Own's link, with one answer begun or sent; `find` opens it as it is now."""

    tried: Tried

    def find(self, later: timedelta = timedelta(0), shown: rate.Pass | None = None) -> rate.Entry:
        entry = rate.find_by_token(self.tried.store, self.tried.aims["own"].token, self.tried.now + later, shown)
        assert entry is not None
        return entry

    def begin(self) -> rate.Entry:
        rate.save_all(self.tried.store, self.find(), WORDS, "phone", self.tried.now)
        return self.find()

    def send(self) -> rate.Entry:
        rate.send(self.tried.store, self.begin(), True, self.tried.now)
        return self.find()

    def shown(self, name: str) -> rate.Pass | None:
        store, now = self.tried.store, self.tried.now
        return rate.read_pass(store, make_pass(store, self.tried.aims[name].invitation, "code", now), now)


def revoked(link: Link) -> rate.Entry:
    link.begin()
    invite.revoke(link.tried.desk("mentor"), link.tried.aims["own"].invitation)
    return link.find()


def replaced(link: Link) -> rate.Entry:
    link.begin()
    invite.invite(link.tried.desk("mentor"), link.tried.aims["own"].prepared)
    return link.find()


def opened(link: Link) -> rate.Entry:
    link.send()
    conduct.open_talk(link.tried.desk("mentor"), link.tried.aims["own"].prepared)
    return link.find(shown=link.shown("own"))


def closed(link: Link) -> rate.Entry:
    opened(link)
    conduct.close_talk(link.tried.desk("mentor"), link.tried.aims["own"].prepared)
    return link.find(shown=link.shown("own"))


def archived(link: Link) -> rate.Entry:
    link.begin()
    students.archive_student(link.tried.desk("mentor"), link.tried.aims["own"].student)
    return link.find(shown=link.shown("own"))


def moved(link: Link) -> rate.Entry:
    link.begin()
    aims = link.tried.aims
    move.move_talk(link.tried.desk("mentor"), aims["own"].prepared, aims["shared"].student, "Fel elev")
    return link.find(shown=link.shown("own"))


def with_code(link: Link) -> rate.Entry:
    link.send()
    return link.find(shown=link.shown("own"))


def with_someone_elses_pass(link: Link) -> rate.Entry:
    link.send()
    return link.find(shown=link.shown("shared"))


# how it came to be: why it is closed (None: it is open), and whether what is answered is shown
STATES: dict[str, tuple[Callable[[Link], rate.Entry], str | None, bool]] = {
    "begun": (Link.begin, None, True),
    "sent": (Link.send, "sent", False),
    "sent, and the code typed": (with_code, None, True),
    "sent, and a pass of somebody else's": (with_someone_elses_pass, "sent", False),
    "revoked": (revoked, "revoked", False),
    "replaced by a new one": (replaced, "revoked", False),
    "expired": (lambda link: link.begin() and link.find(LATER), "expired", False),
    "the talk has begun": (opened, "begun", False),
    "the talk is closed": (closed, "closed", False),
    "the student is archived": (archived, "revoked", False),
    "the talk was moved to somebody else": (moved, "revoked", False),
}
DEEDS: dict[str, Callable[[Tried, rate.Entry, timedelta], object]] = {
    "save": lambda t, e, by: rate.save(t.store, e.held, SURVEY, ITEM, Change("Nytt", "probe", 1, 1), t.now + by),
    "save_all": lambda t, e, by: rate.save_all(t.store, e, NEW, "probe", t.now + by),
    "send": lambda t, e, by: rate.send(t.store, e, True, t.now + by),
    "send_all": lambda t, e, by: rate.send_all(t.store, e, NEW, "probe", True, t.now + by),
}


def rows(tried: Tried) -> list[int]:
    counted = (select(func.count()).select_from(table) for table in (tables.draft, tables.answer, tables.log_entry))
    return [tried.store.around.execute(each).scalar_one() for each in counted]


@pytest.mark.parametrize("deed", list(DEEDS))
@pytest.mark.parametrize("state", list(STATES))
def test_a_link(tried: Tried, state: str, deed: str):
    """Open: it is done. Closed: it says why, shows nothing that was answered, and writes nothing."""
    come_about, why, shows = STATES[state]
    by = LATER if state == "expired" else timedelta(0)
    with tried.store.undone():
        entry = come_about(Link(tried))
        assert entry.closed == why
        assert bool(rate.open_entry(tried.store, entry).values) is shows
        if why is None:
            DEEDS[deed](tried, entry, by)
            return
        before = rows(tried)
        with pytest.raises(rate.RateClosed) as refused:
            DEEDS[deed](tried, entry, by)
        assert refused.value.code == why
        assert rows(tried) == before


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"begun", "expired"}])
def test_a_page_that_was_opened_before_is_no_way_round(tried: Tried, state: str):
    """The state is asked again at each save: an entry from before the change is worth no more than a new one."""
    come_about, why, _ = STATES[state]
    with tried.store.undone():
        early = Link(tried).find()
        come_about(Link(tried))
        before = rows(tried)
        with pytest.raises(rate.RateClosed) as refused:
            rate.save_all(tried.store, early, NEW, "probe", tried.now)
        assert refused.value.code == (why or "sent")
        assert rows(tried) == before
