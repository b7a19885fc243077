"""The student's view beside staff's: only where both answered, in words, and behind the same walls as everything."""

from datetime import date

import pytest

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.services import asked, conduct, look, prepare
from conversation_models.services.prepare import TalkPlan
from reports.paper.document import render
from reports.student_paper import document_of
from reports.views import views_of
from tests.conversation_models.services.talks_made import AGREEMENT, OWN, SURVEY, change
from tests.reports import views_by_hand as by_hand
from tests.reports.group_by_hand import School
from tests.reports.paper.papers import text_of
from tests.reports.random_school import fill_school
from tests.reports.reported import free_talk

pytestmark = pytest.mark.slow

SURVEYED = {
    (SURVEY, "workload"): {"colour": "orange", "fits": []},
    (SURVEY, "peers"): {"colour": "green", "fits": []},
    (SURVEY, "health"): {"colour": "red", "fits": []},
}
AGREED = {
    (AGREEMENT, "workload"): {"colour": "yellow"},
    (AGREEMENT, "peers"): {"colour": "green"},
    (AGREEMENT, "absence"): {"colour": "red"},
    (OWN, "words_now"): "Jag orkar inte mer än två uppgifter.",
    (OWN, "notes_now"): "Hon *lyssnar* på allt jag säger.",
    (OWN, "notes_looking"): "Bara jag skrev här.",
}


@pytest.fixture
def told(talks):
    talks.closed(date(2026, 3, 2), SURVEYED, AGREED)
    return talks


def test_colours_stand_beside_each_other_where_both_answered(told):
    views = views_of(look.history(told.desk, told.student.id), "sv")
    assert [(each.own, each.agreed, each.differs) for each in views.colours] == [
        ("● Grön: trivs", "● Grön: trivs", False),
        ("◆ Orange: för lite", "▲ Gul: på gränsen", True),
    ]
    assert all(each.talk.replace("\u00a0", " ") == "2 mars 2026" for each in views.colours)


def test_words_stand_beside_each_other_where_both_wrote(told):
    written = views_of(look.history(told.desk, told.student.id), "sv").written
    assert len(written) == 1, "a phase in which one of them wrote is not two views"
    assert written[0].student.endswith("Jag orkar inte mer än två uppgifter.")
    assert written[0].staff.endswith("Hon *lyssnar* på allt jag säger.")


def test_a_difference_is_a_subject_and_nobody_is_right_or_wrong(told):
    text = text_of(render(document_of(look.history(told.desk, told.student.id), told.desk, "sv"), "sv"))
    assert "Elevens bild och mentorns, bredvid varandra" in text
    assert "Att prata om: Hur mycket jag har att göra." in text
    assert "≠ Skiljer: något att prata om" in text
    assert "= Samma" in text
    assert "Hon *lyssnar* på allt jag säger." in text
    for judged in ("rätt svar", "fel svar", "stämmer inte", "bättre", "sämre", "missförstånd"):
        assert judged not in text.lower()


def test_nothing_is_said_where_only_one_has_answered(talks):
    talks.closed(date(2026, 3, 2), SURVEYED, {(OWN, "notes_now"): "Bara mentorn."})
    history = look.history(talks.desk, talks.student.id)
    assert views_of(history, "sv").is_empty
    assert "bredvid varandra" not in text_of(render(document_of(history, talks.desk, "sv"), "sv"))


def test_what_is_to_be_opened_together_is_no_view_before_it_is(talks):
    talk = talks.prepared(date(2026, 3, 2))
    talks.sent(talk, may_read_before=False, values=SURVEYED)
    assert views_of(look.history(talks.desk, talks.student.id), "sv").is_empty


def test_student_healths_own_talk_is_beside_for_student_health_alone(told, desk, cast):
    health = desk(cast.counsellor)
    talk = conduct.open_talk(
        health, prepare.prepare_talk(health, TalkPlan(told.student.id, date(2026, 3, 3), "return_to_school")).id
    )
    model = asked.find_model("return_to_school")
    phase = next(each.id for each in model.phases if each.notes and each.words)
    for item, words in ((f"words_{phase}", "Elevens om bussen"), (f"notes_{phase}", "Kuratorns om bussen")):
        place = Place(talk.id, model.own_id, item, Respondent.STUDENT, Manner.TOGETHER)
        conduct.save_in_talk(health, place, change(words))
    conduct.close_talk(health, talk.id)
    own = views_of(look.history(health, told.student.id), "sv")
    assert own.level == "e"
    assert "Kuratorns om bussen" in own.written[0].staff
    assert document_of(look.history(health, told.student.id), health, "sv").level == "e"
    mentors = views_of(look.history(told.desk, told.student.id), "sv")
    assert mentors.level == "m"
    assert "bussen" not in repr(mentors)


def test_a_session_report_has_both_sides(talks):
    free_talk(
        talks.desk, talks.student.id, date(2026, 3, 4), {"session_report": {"worked": "Att gå ut.", "felt": "Skönt."}}
    )
    (view,) = views_of(look.history(talks.desk, talks.student.id), "sv").written
    assert (view.student, view.staff) == ("Hur kändes det?: Skönt.", "Vad fungerade?: Att gå ut.")


def test_every_view_is_that_of_the_second_program(store, cast, desk):
    """Random surveys and random agreements in the same talks."""
    made = fill_school(store, cast, seed=41, count=12)
    by_hand.add_agreements(store, seed=41)
    reader, school, compared = desk(cast.counsellor), School(store), 0
    for each in made:
        if each.group_id != cast.group.id:
            continue
        views = views_of(look.history(reader, each.id), "sv")
        expected = by_hand.colour_views(school, each.id)
        assert sorted((v.row, v.own, v.agreed, v.differs) for v in views.colours) == sorted(expected)
        compared += len(expected)
    assert compared > 10
