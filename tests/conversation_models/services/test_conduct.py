import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DatabaseError

from conversation_models.domain.answer import Conflict, Manner, Place, Respondent, Saved
from conversation_models.domain.invitation import InvitationStatus
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import asked, conduct, prepare
from conversation_models.services.access import Refused
from conversation_models.services.conduct import TalkRefused
from conversation_models.services.prepare import TalkPlan
from conversation_models.storage.tables import answer, decision, draft, log_entry, talk
from instruments.errors import AnswerError
from instruments.items import ChoiceItem
from tests.conversation_models.cast import NOW
from tests.conversation_models.services.talks_made import (
    AGREED,
    AGREEMENT,
    GREEN,
    HELD_ON,
    OWN,
    QUADRANT,
    RED,
    SCALE,
    SURVEY,
    Talks,
    change,
)


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def together(talk_id: str, instrument: str, item: str) -> Place:
    return Place(talk_id, instrument, item, Respondent.STUDENT, Manner.TOGETHER)


def test_opening_twice_is_opening_once(talks: Talks) -> None:
    made = talks.prepared()
    opened = conduct.open_talk(talks.desk, made.id)
    assert (opened.status, opened.phase, opened.opened_at) == (TalkStatus.OPEN, "opening", NOW)
    assert conduct.open_talk(talks.later(hours=1).desk, made.id) == opened


def test_a_phase_is_gone_to_and_found_again(talks: Talks) -> None:
    made = talks.prepared()
    with pytest.raises(TalkRefused, match="not_open"):
        conduct.go_to_phase(talks.desk, made.id, "now")
    conduct.open_talk(talks.desk, made.id)
    conduct.go_to_phase(talks.desk, made.id, "now")
    assert conduct.see_talk(talks.desk, made.id).talk.phase == "now"
    with pytest.raises(asked.NotAsked):
        conduct.go_to_phase(talks.desk, made.id, "nowhere")


def test_what_is_written_is_seen_with_its_version(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    place = together(made.id, OWN, "words_looking")
    assert conduct.save_in_talk(talks.desk, place, change("Det är mycket nu")) == Saved(1, NOW)
    assert conduct.save_in_talk(talks.desk, place, change("Det är mycket nu", 2, 1)) == Saved(2, NOW)
    view = conduct.see_talk(talks.desk, made.id)
    assert (view.drafts[place].value, view.drafts[place].version) == ("Det är mycket nu", 2)
    assert view.value(OWN, "words_looking") == "Det är mycket nu"


def test_two_tablets_never_overwrite_each_other_silently(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    place = together(made.id, OWN, "notes_looking")
    conduct.save_in_talk(talks.desk, place, change("från plattan"))
    again = conduct.save_in_talk(talks.desk, place, change("från datorn", client="laptop"))
    assert again == Conflict(1, "från plattan")


def test_staffs_own_lines_have_one_place_whatever_the_page_says(talks: Talks) -> None:
    made = talks.prepared()
    conduct.save_in_talk(talks.desk, Place(made.id, OWN, "observations", manner=Manner.ALONE), change("Du kom"))
    conduct.open_talk(talks.desk, made.id)
    for respondent in Respondent:
        place = Place(made.id, OWN, "observations", respondent, Manner.PAPER)
        assert conduct.save_in_talk(talks.desk, place, change("Du kom")) == Saved(1, NOW)
    for respondent in (Respondent.STUDENT, Respondent.MENTOR):
        place = Place(made.id, AGREEMENT, "workload", respondent, Manner.TOGETHER)
        conduct.save_in_talk(talks.desk, place, change({"colour": "red"}))
    rows = {(row.item, row.respondent, row.manner) for row in talks.rows(draft)}
    assert rows == {("observations", "mentor", "together"), ("workload", "mentor", "together")}


def test_before_the_talk_only_the_preparation_is_written(talks: Talks) -> None:
    made = talks.prepared()
    for item, value in (("gather", "Schemat"), ("quiet_room", True), ("observations", "Du kom i tid")):
        conduct.save_in_talk(talks.desk, together(made.id, OWN, item), change(value))
    for instrument, item, value in ((OWN, "notes_opening", "x"), (SURVEY, "workload", GREEN), (SCALE, "now", 3)):
        with pytest.raises(TalkRefused, match="not_open"):
            conduct.save_in_talk(talks.desk, together(made.id, instrument, item), change(value))


def test_nobody_writes_where_the_student_answers_alone(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made)
    conduct.open_talk(talks.desk, made.id)
    with pytest.raises(asked.NotAsked):
        conduct.save_in_talk(talks.desk, Place(made.id, SURVEY, "workload"), change(RED))
    guardian = Place(made.id, SURVEY, "workload", Respondent.GUARDIAN, Manner.TOGETHER)
    with pytest.raises(asked.NotAsked):
        conduct.save_in_talk(talks.desk, guardian, change(RED))


def test_values_and_items_are_checked(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    with pytest.raises(AnswerError, match="outside_the_scale"):
        conduct.save_in_talk(talks.desk, together(made.id, SCALE, "now"), change(11))
    for instrument, item in (("nothing", "now"), (SCALE, "nothing")):
        with pytest.raises(asked.NotAsked):
            conduct.save_in_talk(talks.desk, together(made.id, instrument, item), change(1))
    assert talks.rows(draft) == []


def test_what_the_student_sent_stands_beside_what_is_said_together(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made)
    conduct.open_talk(talks.desk, made.id)
    talks.write(made, {(SURVEY, "workload"): RED, (QUADRANT, "ability"): None})
    view = conduct.see_talk(talks.desk, made.id)
    assert view.own(SURVEY)["workload"].value == GREEN
    assert view.value(SURVEY, "workload") == RED
    assert view.value(SURVEY, "peers") is None
    assert view.own(SURVEY)["peers"].state == "declined"
    assert view.value(QUADRANT, "ability") == 3


def test_an_unsent_draft_is_never_shown_and_an_unsent_choice_hides_nothing_else(talks: Talks) -> None:
    made = talks.prepared()
    talks.begun(made)
    for _ in range(2):
        view = conduct.see_talk(talks.desk, made.id)
        assert (view.answers, view.drafts) == ({}, {})
        assert not view.hidden_until_open
        assert conduct.unsent_begun(talks.desk, made.id)
        assert view.invitation_status is InvitationStatus.BEGUN
        conduct.open_talk(talks.desk, made.id)


def test_we_open_it_together_hides_the_answers_until_the_talk_opens(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made, may_read_before=False)
    before = conduct.see_talk(talks.desk, made.id)
    assert before.hidden_until_open
    assert before.answers == {}
    assert before.group is None
    assert talks.rows(talk)[0].unread
    conduct.open_talk(talks.desk, made.id)
    after = conduct.see_talk(talks.desk, made.id)
    assert not after.hidden_until_open
    assert after.own(SURVEY)["bring_up"].value == "Jag vill prata om praktiken."


def test_my_mentor_may_read_it_before_shows_them_and_notes_that_they_are_read(talks: Talks) -> None:
    made = talks.prepared()
    talks.sent(made)
    assert talks.rows(talk)[0].unread
    assert conduct.see_talk(talks.desk, made.id).own(QUADRANT)["priority"].value == 7
    assert not talks.rows(talk)[0].unread


def test_last_times_answer_comes_from_the_latest_closed_talk_that_has_one(talks: Talks) -> None:
    talks.closed(date(2025, 10, 1), {(SURVEY, "workload"): GREEN, (SURVEY, "health"): RED}, {})
    talks.closed(date(2026, 1, 15), {(SURVEY, "workload"): RED, (SURVEY, "health"): {"declined": True}}, {})
    talks.closed(date(2025, 12, 1), {(SURVEY, "workload"): GREEN, (SURVEY, "bring_up"): "om musiken"}, {})
    talks.closed(date(2026, 9, 1), {(SURVEY, "workload"): GREEN}, {})
    made = talks.prepared()
    earlier = conduct.see_talk(talks.desk, made.id).earlier
    assert (earlier[SURVEY, "workload"].answer.value, earlier[SURVEY, "workload"].held_on) == (RED, date(2026, 1, 15))
    assert earlier[SURVEY, "bring_up"].answer.value == "om musiken"
    assert (SURVEY, "health") not in earlier
    assert (SURVEY, "peers") not in earlier


def test_the_group_gives_its_own_offers_and_no_group_gives_none(talks: Talks) -> None:
    made = talks.prepared()
    assert conduct.see_talk(talks.desk, made.id).offers == ()
    talks.sent(made)
    view = conduct.see_talk(talks.desk, made.id)
    assert view.group == "A"
    assert view.offers == view.instruments[QUADRANT].offers["A"]
    assert len(view.offers) >= 5


def test_an_offer_is_added_below_what_stands_and_only_once(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    talks.write(made, {(AGREEMENT, "work_decision"): "Läxhjälp"})
    offer = asked.find_instrument(QUADRANT, 1).offers["A"][0]
    assert conduct.take_offer(talks.desk, made.id, "work", offer.id).version == 2
    assert conduct.take_offer(talks.desk, made.id, "work", offer.id).version == 2
    english = replace(talks.desk, actor=replace(talks.desk.actor, language="en"))
    conduct.take_offer(english, made.id, "wellbeing", offer.id)
    view = conduct.see_talk(talks.desk, made.id)
    assert view.value(AGREEMENT, "work_decision") == f"Läxhjälp\n{offer.text.sv}"
    assert view.value(AGREEMENT, "wellbeing_decision") == offer.text.en
    for area, offer_id in (("work", "nothing"), ("nowhere", offer.id)):
        with pytest.raises(asked.NotAsked):
            conduct.take_offer(talks.desk, made.id, area, offer_id)


def test_closing_turns_drafts_into_answers_and_makes_the_decisions(talks: Talks) -> None:
    written = {
        **AGREED,
        (AGREEMENT, "support_follow_up"): "2026-05-04",
        (AGREEMENT, "wellbeing_responsible"): "Bo",
        (OWN, "notes_opening"): "Lugn start",
        (SCALE, "now"): 4,
    }
    made = talks.closed(written=written)
    assert (made.status, made.closed_at) == (TalkStatus.CLOSED, NOW)
    assert talks.rows(draft) == []
    kept = {(row.instrument, row.item): row for row in talks.rows(answer)}
    assert len(kept) == 13 + len(written)
    note = kept[OWN, "notes_opening"]
    assert (note.respondent, note.manner, note.author_id, note.edition) == ("mentor", "together", made.led_by, 1)
    assert b"Lugn" not in note.words
    areas = {row.area: row.follow_up for row in talks.rows(decision)}
    assert areas == {"work": date(2026, 3, 24), "support": date(2026, 5, 4)}
    view = conduct.see_talk(talks.desk, made.id)
    assert view.value(OWN, "notes_opening") == "Lugn start"
    assert view.value(SURVEY, "workload") == GREEN


def test_what_the_student_never_sent_is_deleted_unread_at_closing(talks: Talks) -> None:
    made = talks.prepared()
    talks.begun(made)
    conduct.open_talk(talks.desk, made.id)
    conduct.close_talk(talks.desk, made.id)
    assert talks.rows(draft) == []
    assert talks.rows(answer) == []
    assert not conduct.unsent_begun(talks.desk, made.id)


def test_a_closed_talk_takes_nothing_more(talks: Talks) -> None:
    made = talks.closed()
    for attempt in (
        lambda: conduct.save_in_talk(talks.desk, together(made.id, OWN, "notes_opening"), change("x", 9)),
        lambda: conduct.open_talk(talks.desk, made.id),
        lambda: conduct.close_talk(talks.desk, made.id),
        lambda: conduct.go_to_phase(talks.desk, made.id, "now"),
        lambda: conduct.take_offer(talks.desk, made.id, "work", "x"),
    ):
        with pytest.raises(TalkRefused):
            attempt()
    row = talks.rows(answer)[0]._asdict() | {"id": 10**6}
    with pytest.raises(DatabaseError, match="closed"), talks.store.writing() as unit:
        unit.connection.execute(insert(answer).values(row))
    with pytest.raises(DatabaseError, match="never changed"), talks.store.writing() as unit:
        unit.connection.execute(update(answer).values(version=7))


def test_a_talk_with_nothing_written_can_be_closed(talks: Talks) -> None:
    made = talks.closed(sent={}, written={})
    assert made.status is TalkStatus.CLOSED
    assert talks.rows(answer) == talks.rows(decision) == []


def test_writing_is_logged_once_a_quarter_and_never_what(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    place = together(made.id, OWN, "notes_opening")
    for minute in (0, 1, 14, 16):
        later = talks.later(minutes=minute)
        conduct.save_in_talk(later.desk, place, change(f"minut {minute}", minute + 1, minute))
    logged = talks.rows(log_entry, log_entry.c.action == "write")
    assert [row.at - NOW for row in logged] == [timedelta(0), timedelta(minutes=16)]
    assert not any("minut" in str(row) for row in talks.rows(log_entry))


def test_saving_while_closing_is_either_kept_or_refused(talks: Talks) -> None:
    made = talks.prepared()
    conduct.open_talk(talks.desk, made.id)
    gate, outcomes = threading.Barrier(2), []

    def save() -> None:
        gate.wait()
        try:
            conduct.save_in_talk(talks.desk, together(made.id, OWN, "notes_opening"), change("sist"))
            outcomes.append("saved")
        except TalkRefused:
            outcomes.append("refused")

    def close() -> None:
        gate.wait()
        conduct.close_talk(talks.desk, made.id)

    threads = [threading.Thread(target=save), threading.Thread(target=close)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    kept = [row.item for row in talks.rows(answer)]
    assert (outcomes, kept) in [(["saved"], ["notes_opening"]), (["refused"], [])]
    assert talks.rows(draft) == []


def test_strangers_and_administrators_are_refused_everywhere(talks: Talks, desk, cast) -> None:
    made = talks.prepared(HELD_ON)
    for actor in (*cast.strangers, cast.administrator):
        stranger = desk(actor)
        for attempt in (
            lambda stranger=stranger: conduct.open_talk(stranger, made.id),
            lambda stranger=stranger: conduct.see_talk(stranger, made.id),
            lambda stranger=stranger: conduct.go_to_phase(stranger, made.id, "now"),
            lambda stranger=stranger: conduct.save_in_talk(
                stranger, together(made.id, OWN, "observations"), change("x")
            ),
            lambda stranger=stranger: conduct.take_offer(stranger, made.id, "work", "x"),
            lambda stranger=stranger: conduct.unsent_begun(stranger, made.id),
            lambda stranger=stranger: conduct.close_talk(stranger, made.id),
        ):
            with pytest.raises(Refused):
                attempt()
    assert talks.rows(draft) == []
    assert talks.rows(talk)[0].status == "prepared"


@pytest.mark.parametrize("talk_id", ["", "0" * 32, "\x00"])
def test_a_talk_that_is_not_there_is_refused_like_one_that_is_not_allowed(talks: Talks, talk_id: str) -> None:
    for attempt in (
        lambda: conduct.open_talk(talks.desk, talk_id),
        lambda: conduct.see_talk(talks.desk, talk_id),
        lambda: conduct.save_in_talk(talks.desk, together(talk_id, OWN, "observations"), change("x")),
    ):
        with pytest.raises(Refused):
            attempt()


def follow_up(talks: Talks) -> Talk:
    return prepare.prepare_talk(talks.desk, TalkPlan(talks.student.id, HELD_ON, model="attendance_follow_up"))


def ladders(talks: Talks) -> tuple[list[str], list[str]]:
    """What can be chosen as the school's routine, and which ladders are asked, in an open talk."""
    opened = conduct.open_talk(talks.desk, follow_up(talks).id)
    shown = conduct.see_talk(talks.desk, opened.id).instruments["absence_meeting"]
    routine = shown.item("routine")
    assert isinstance(routine, ChoiceItem)
    return [option.id for option in routine.options], [item.id for item in shown.items() if "level_" in item.id]


def test_the_school_form_says_which_attendance_ladders_there_are(talks: Talks, desk, cast) -> None:
    set_by = ["level_own", "level_set_by", "level_set_on"]
    assert ladders(talks) == (["alleskolan", "own"], ["level_alleskolan", *set_by])
    compulsory = Talks(desk(cast.outsider), cast.far)
    assert ladders(compulsory) == (
        ["lindesberg", "ljusnarsberg", "own"],
        ["level_lindesberg", "level_ljusnarsberg", *set_by],
    )


def test_a_ladder_of_another_school_form_is_not_written_to(talks: Talks) -> None:
    made = conduct.open_talk(talks.desk, follow_up(talks).id)
    with pytest.raises(asked.NotAsked):
        conduct.save_in_talk(talks.desk, together(made.id, "absence_meeting", "level_lindesberg"), change("step_2"))
    with pytest.raises(AnswerError, match="unknown_option"):
        conduct.save_in_talk(talks.desk, together(made.id, "absence_meeting", "routine"), change("lindesberg"))
    saved = conduct.save_in_talk(talks.desk, together(made.id, "absence_meeting", "routine"), change("alleskolan"))
    assert isinstance(saved, Saved)
    conduct.close_talk(talks.desk, made.id)
    assert conduct.see_talk(talks.desk, made.id).instruments["absence_meeting"].item("level_lindesberg")
