"""A school's own wording: new talks ask in its words, and an old talk is shown word for word as it was asked."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from conversation_models.services import asked, conduct, house, invite, prepare, rate
from conversation_models.services.asked import EditionGone
from conversation_models.services.prepare import TalkPlan
from conversation_models.services.talk_view import see_talk
from instruments.catalogue import LIBRARY, load
from instruments.errors import DefinitionError
from reports.talk_paper import talk_paper
from tests.access.canaries import text_of
from tests.conversation_models.services.talks_made import Talks

OLD, NEW = "Vad har hjälpt dig?", "Vad blev bättre för dig?"
EVALUATION, SCALE = "short_evaluation", "scale_question"


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


@pytest.fixture
def lay(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """`lay(edition, old, new)`: the school's edition of the evaluation in its own words, in use from now on."""
    folder = tmp_path / "wording"

    def laid(edition: int, old: str, new: str, name: str = EVALUATION) -> Path:
        text = (LIBRARY / name / "1.yaml").read_text(encoding="utf-8")
        assert old in text
        file = folder / name / f"{edition}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("edition: 1\n", f"edition: {edition}\n").replace(old, new), encoding="utf-8")
        load.cache_clear()
        asked.use_wording(folder)
        return file

    yield laid
    load.cache_clear()
    asked.use_wording(None)


def closed_evaluation(talks: Talks, words: str, day: date):
    """An evaluation that a student answered alone, in a talk that is held and closed."""
    talk = prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, day, "free_talk"))
    made = invite.invite(talks.desk, talk.id, asks=[EVALUATION])
    entry = rate.find_by_token(talks.store, made.token, talks.desk.now)
    assert entry is not None
    rate.save_all(talks.store, entry, {(EVALUATION, "helped"): words}, "phone", talks.desk.now)
    rate.send(talks.store, entry, True, talks.desk.now)
    conduct.open_talk(talks.desk, talk.id)
    return conduct.close_talk(talks.desk, talk.id)


def asked_in(talks: Talks, talk_id: str) -> str:
    return see_talk(talks.desk, talk_id).instruments[EVALUATION].item("helped").label.sv


def test_an_old_talk_is_shown_word_for_word_after_its_instrument_got_a_new_edition(talks: Talks, lay) -> None:
    first = closed_evaluation(talks, "Att ni ringde.", date(2026, 3, 1))
    lay(101, OLD, NEW)
    second = closed_evaluation(talks, "Att det var lugnt.", date(2026, 3, 8))
    lay(102, OLD, "Vad vill du behålla?")
    third = closed_evaluation(talks, "Musiken.", date(2026, 3, 9))
    assert [talk.editions[EVALUATION] for talk in (first, second, third)] == [1, 101, 102]
    assert [asked_in(talks, talk.id) for talk in (first, second, third)] == [OLD, NEW, "Vad vill du behålla?"]
    papers = ["".join(text_of(talk_paper(talks.desk, talk.id, "school", "sv")).split()) for talk in (first, second)]
    assert "".join(OLD.split()) in papers[0]
    assert "Attniringde." in papers[0]
    assert "".join(NEW.split()) not in papers[0]
    assert "".join(NEW.split()) in papers[1]
    assert {answer.edition for answer in see_talk(talks.desk, first.id).answers.values()} == {1}
    assert [earlier.answer.value for earlier in see_talk(talks.desk, third.id).earlier.values()] == [
        "Att det var lugnt."
    ]


def test_a_prepared_talk_keeps_the_words_it_was_prepared_with(talks: Talks, lay) -> None:
    prepared = talks.prepared()
    lay(101, "Var är du nu?", "Var på skalan är du i dag?", SCALE)
    opened = conduct.open_talk(talks.desk, prepared.id)
    assert opened.editions[SCALE] == 1
    assert see_talk(talks.desk, opened.id).instruments[SCALE].item("now").label.sv == "Var är du nu?"
    assert talks.prepared(date(2026, 3, 20)).editions[SCALE] == 101


def test_what_cannot_be_used_changes_nothing(talks: Talks, lay) -> None:
    file = lay(101, OLD, NEW)
    file.with_name("102.yaml").write_text("id: [", encoding="utf-8")
    load.cache_clear()
    with pytest.raises(DefinitionError):
        asked.use_wording(file.parents[1])
    file.with_name("102.yaml").unlink()
    assert asked.find_instrument(EVALUATION).edition == 101


def test_an_edition_that_talks_ask_is_missed_when_it_is_gone(talks: Talks, lay) -> None:
    file = lay(101, OLD, NEW)
    closed_evaluation(talks, "Ord", date(2026, 3, 8))
    asked.require_editions(talks.store)
    file.unlink()
    load.cache_clear()
    asked.use_wording(file.parents[1])
    with pytest.raises(EditionGone, match=r"short_evaluation/101\.yaml back into the folder"):
        asked.require_editions(talks.store)


def test_where_the_wording_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAGMED_WORDING", raising=False)
    monkeypatch.setenv("JAGMED_DATA", str(tmp_path))
    assert house.wording_folder() == tmp_path / "wording"
    assert house.wording_folder(Path("elsewhere")) == Path("elsewhere/wording")
    monkeypatch.setenv("JAGMED_WORDING", str(tmp_path / "own"))
    assert house.wording_folder(Path("elsewhere")) == tmp_path / "own"


def test_a_folder_that_is_not_there_is_no_wording(tmp_path: Path) -> None:
    asked.use_wording(tmp_path / "nothing")
    assert asked.catalogue().ids() == load().ids()
    asked.use_wording(None)
