import pytest

from conversation_models.services import agree, conduct, move, prepare, rate
from conversation_models.services.access import Refused
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.storage.tables import invitation, log_entry, talk, talk_move
from tests.conversation_models.cast import NOW
from tests.conversation_models.services.talks_made import SURVEY, Talks


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def test_a_talk_moves_with_everything_in_it(talks: Talks, cast) -> None:
    made = talks.closed()
    agree.amend(talks.desk, made.id, SURVEY, "workload", "Gult.")
    move.move_talk(talks.desk, made.id, cast.shared.id, "  Två heter  Öberg ")
    assert prepare.talks_of(talks.desk, cast.student.id) == []
    view = conduct.see_talk(talks.desk, made.id)
    assert view.student == cast.shared
    assert view.own(SURVEY)["bring_up"].value == "Jag vill prata om praktiken."
    assert [each.words for each in agree.open_decisions(talks.desk, cast.shared.id)] == ["Läxhjälp på onsdagar"]
    (row,) = talks.rows(talk_move)
    assert (row.from_student, row.to_student, row.moved_by) == (cast.student.id, cast.shared.id, cast.mentor.id)
    assert "Öberg".encode() not in row.reason


def test_it_is_logged_on_both_students(talks: Talks, cast) -> None:
    made = talks.closed()
    move.move_talk(talks.desk, made.id, cast.shared.id, "fel elev")
    logged = [(row.action, row.student_id) for row in talks.rows(log_entry)]
    assert logged[-2:] == [("move_away", cast.student.id), ("move_here", cast.shared.id)]


def test_a_link_that_the_wrong_student_has_stops_working(talks: Talks, cast) -> None:
    made = talks.prepared()
    entry = talks.begun(made)
    move.move_talk(talks.desk, made.id, cast.shared.id, "fel elev")
    with pytest.raises(rate.RateClosed, match="revoked"):
        rate.send(talks.store, entry, True, NOW)
    assert talks.rows(invitation)[0].revoked_at == NOW


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "\ud800"])
def test_a_move_needs_a_reason(talks: Talks, cast, reason: str) -> None:
    made = talks.prepared()
    with pytest.raises(move.MoveRefused):
        move.move_talk(talks.desk, made.id, cast.shared.id, reason)
    assert talks.rows(talk)[0].student_id == cast.student.id


def test_a_talk_is_not_moved_to_where_it_is(talks: Talks, cast) -> None:
    made = talks.prepared()
    with pytest.raises(TalkRefused, match="same_student"):
        move.move_talk(talks.desk, made.id, cast.student.id, "fel elev")
    assert talks.rows(talk_move) == []


def test_a_moved_talk_is_not_dropped_with_its_trace(talks: Talks, cast) -> None:
    made = talks.prepared()
    move.move_talk(talks.desk, made.id, cast.shared.id, "fel elev")
    with pytest.raises(TalkRefused, match="moved"):
        prepare.drop_talk(talks.desk, made.id)


def test_both_students_must_be_within_reach(talks: Talks, desk, cast) -> None:
    made = talks.prepared()
    shared = Talks(desk(cast.mentor), cast.shared).prepared()
    for actor, talk_id, to in (
        (cast.mentor, made.id, cast.far.id),
        (cast.mentor, made.id, cast.unmentored.id),
        (cast.mentor, made.id, "0" * 32),
        (cast.mentor, "0" * 32, cast.shared.id),
        (cast.colleague, shared.id, cast.student.id),
        (cast.colleague, made.id, cast.shared.id),
        (cast.outsider, made.id, cast.far.id),
        (cast.administrator, made.id, cast.shared.id),
    ):
        with pytest.raises(Refused):
            move.move_talk(desk(actor), talk_id, to, "fel elev")
    assert {row.student_id for row in talks.rows(talk)} == {cast.student.id, cast.shared.id}
    assert talks.rows(talk_move) == []
