from datetime import date

from conversation_models.domain.agreement import DecisionStatus
from conversation_models.services import agree, look
from reports.agreements import agreements_of
from reports.tables import agreement_table, decision_table, say_agreements
from tests.conversation_models.cast import TODAY
from tests.conversation_models.services.talks_made import AGREEMENT, SURVEY
from tests.tables import frame

MARCH, MAY = date(2026, 3, 12), date(2026, 5, 20)


def agreements(talks, today=None, language="sv"):
    return agreements_of(look.history(talks.desk, talks.student.id), language, today)


def test_the_joint_colour_stands_beside_the_student_s_own_which_stays(talks):
    own = {"colour": "red", "fits": ["red.1"]}
    sent = {(SURVEY, "workload"): own, (SURVEY, "content"): {"declined": True}, (SURVEY, "leisure"): own}
    joint = {
        (AGREEMENT, "absence"): {"colour": "yellow"},
        (AGREEMENT, "workload"): {"colour": "orange"},
        (AGREEMENT, "content"): {"colour": "green"},
        (AGREEMENT, "leisure"): {"colour": "red"},
        (AGREEMENT, "mentor_relation"): {"colour": "green"},
    }
    talks.closed(MARCH, sent, joint)
    table = frame(agreement_table(agreements(talks), "sv")).set_index("Rad")
    assert table["Elevens egen färg"].to_dict() == {
        "Frånvaro": "Finns inte i enkäten",
        "Hur mycket jag har att göra": "■ Röd: för mycket",
        "Hur svårt det är": "Vill inte svara",
        "Skola och fritid": "■ Röd: livet utanför tar skolan",
        "Kontakten med min mentor": "Finns inte i enkäten",
    }
    assert table["Gemensam färg"]["Hur mycket jag har att göra"] == "◆ Orange: för lite"
    assert table["Gemensam färg"]["Skola och fritid"] == "■ Röd: går inte ihop"


def test_a_row_that_was_never_asked_is_not_called_empty(talks):
    talks.closed(MARCH, {}, {(AGREEMENT, "workload"): {"colour": "green"}})
    assert [row.own for row in agreements(talks).rows] == ["Inte tillfrågad"]


def test_decisions_stand_by_talk_and_area_with_what_came_of_them(talks):
    second = {(AGREEMENT, "work_decision"): "Börja kl. 9", (AGREEMENT, "work_follow_up"): "2026-06-01"}
    talks.closed(MAY, {}, second)
    first = {
        (AGREEMENT, "wellbeing_decision"): "Träffa kuratorn",
        (AGREEMENT, "work_decision"): "Läxhjälp <b>på</b> onsdagar",
        (AGREEMENT, "work_responsible"): "Alva",
        (AGREEMENT, "work_follow_up"): "2026-03-02",
    }
    talks.closed(MARCH, {}, first)
    found = agreements(talks, TODAY)
    assert [each.decision.words for each in found.decisions] == [
        "Läxhjälp <b>på</b> onsdagar",
        "Träffa kuratorn",
        "Börja kl. 9",
    ]
    assert [each.is_overdue for each in found.decisions] == [True, False, False]
    assert say_agreements(found, "sv") == "3 beslut, 3 av dem är inte uppföljda än."

    agree.follow_up(talks.desk, found.decisions[0].decision.id, DecisionStatus.PARTLY, "Två gånger av tre")
    table = frame(decision_table(agreements(talks, TODAY), "sv"))
    assert list(table["Läge"]) == ["Delvis klart", "Inte uppföljt än", "Inte uppföljt än"]
    assert table.loc[0, "Vad det blev av det"] == "Två gånger av tre"
    assert table.loc[0, "Ansvarig"] == "Alva"
    assert table.loc[1, "Uppföljning"] == ""
    assert say_agreements(agreements(talks), "en") == "3 decisions, 2 of them open."


def test_nothing_decided_is_said(talks):
    talks.closed(MARCH, {}, {})
    found = agreements(talks)
    assert (found.rows, found.decisions) == ((), ())
    assert say_agreements(found, "sv") == "Inget är bestämt än."
