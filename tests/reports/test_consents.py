"""A consent that is written down is offered as the ground of a report, for as long as it holds; named receivers too."""

from datetime import UTC, date, datetime

import pytest

from conversation_models.domain.report import GroundKind, ReceiverKind
from conversation_models.services import agree, compose
from conversation_models.services.receiving import ReportRefused
from reports.report_paper import make_report, report_pdf
from reports.report_words import say_consent
from tests.reports.paper.papers import text_of
from tests.reports.reported import TERM, codes, free_talk, order_of, said, soon, tell

DAY = date(2026, 2, 18)
YES = {
    "row": "own.1", "to_whom": "Anna Berg, Ungdomsmottagningen", "what": "hur samtalen går", "given_by": "student",
    "form": "spoken", "given_on": "2026-02-18", "until": "2026-06-30",
}  # fmt: skip
TO_ANNA = {"receiver": ReceiverKind.OTHER_SERVICE, "receiver_name": "Anna Berg"}


@pytest.fixture
def told(talks, desk, cast):
    return tell(talks, desk(cast.counsellor))


def consenting(told, *rows, day: date = DAY):
    return free_talk(told.desk, told.student_id, day, {"sharing_consent": {"consents": list(rows)}})


def offered(told, when=None):
    return compose.material(when or told.desk, order_of(told)).consents


def test_a_consent_is_offered_as_it_is_written_and_stands_on_the_paper(told):
    consenting(told, YES)
    (consent,) = offered(told)
    words = say_consent(consent, "sv").replace("\u00a0", " ")
    assert words == (
        "Anna Berg, Ungdomsmottagningen: hur samtalen går (ja den 18 februari 2026, till och med 30 juni 2026)"
    )
    more = TO_ANNA | {"ground": consent.ground, "ground_words": words, "consent": consent.id}
    assert codes(told.desk, order_of(told, "talks", **more)) == []
    assert "Anna Berg, Ungdomsmottagningen: hur samtalen går" in said(told.desk, order_of(told, "talks", **more))
    wrong = more | {"ground": GroundKind.GUARDIAN_CONSENT}
    assert codes(told.desk, order_of(told, "talks", **wrong)) == ["consent_ended"], "another than said yes"


@pytest.mark.parametrize(
    "row",
    [
        YES | {"withdrawn_on": "2026-02-20"},
        YES | {"until": "2026-03-01"},
        YES | {"given_on": "2026-12-01"},
        {each: value for each, value in YES.items() if each != "given_by"},
        {each: value for each, value in YES.items() if each != "to_whom"},
    ],
    ids=["withdrawn", "run out", "not yet", "nobody said yes", "to nobody"],
)
def test_one_that_does_not_hold_is_not_offered(told, row):
    consenting(told, row)
    assert offered(told) == ()


def test_a_guardians_consent_ends_on_the_eighteenth_birthday(told):
    yes = {name: value for name, value in YES.items() if name != "until"}
    consenting(told, yes | {"given_by": "guardian"}, yes | {"row": "own.2", "given_by": "both"}, yes | {"row": "own.3"})
    assert [each.ground for each in offered(told)] == [
        GroundKind.GUARDIAN_CONSENT, GroundKind.BOTH_CONSENT, GroundKind.STUDENT_CONSENT,
    ]  # fmt: skip
    birthday = told.talks.student.birth_date.replace(year=told.talks.student.birth_date.year + 18)
    after = datetime(birthday.year, birthday.month, birthday.day, 9, tzinfo=UTC)
    later = soon(told.desk, seconds=(after - told.desk.now).total_seconds())
    assert [each.ground for each in offered(told, later)] == [GroundKind.STUDENT_CONSENT]


def test_the_latest_form_counts_and_a_corrected_one_offers_nothing(told):
    talk = consenting(told, YES, YES | {"row": "own.2", "to_whom": "Bosse"})
    assert len(offered(told)) == 2
    agree.amend(told.desk, talk.id, "sharing_consent", "consents", "Bosse ska inte få veta.")
    assert offered(told) == ()
    consenting(told, YES, day=date(2026, 3, 1))
    assert [each.to_whom for each in offered(told)] == ["Anna Berg, Ungdomsmottagningen"]


def test_a_report_is_not_printed_again_after_the_consent_is_taken_back(told):
    consenting(told, YES)
    (consent,) = offered(told)
    more = TO_ANNA | {"ground": consent.ground, "ground_words": "Annas", "consent": consent.id}
    made = make_report(told.desk, order_of(told, "talks", **more), "sv")
    assert "Annas" in text_of(report_pdf(told.desk, made.id))
    consenting(told, YES | {"withdrawn_on": "2026-03-02"}, day=date(2026, 3, 2))
    with pytest.raises(ReportRefused, match="consent_ended"):
        report_pdf(told.desk, made.id)


def test_what_the_terms_form_says_goes_to_those_who_are_named_in_it(told):
    written = {"parts": ["worked"], "worked": "Att börja klockan tio."}
    named = {"receivers": [{"row": "own.1", "name": "Kim Rektor", "decided_by": "Kim Rektor"}]}
    talk = free_talk(told.desk, told.student_id, date(2026, 3, 6), {TERM: written | named})
    part, principal = "words:worked", {"receiver": ReceiverKind.PRINCIPAL}
    assert codes(told.desk, order_of(told, part, **principal, receiver_name="kim  REKTOR")) == []
    assert codes(told.desk, order_of(told, part, **principal, receiver_name="Någon annan")) == ["not_among_named"]
    assert codes(told.desk, order_of(told, part)) == [], "the student reads it all"
    assert codes(told.desk, order_of(told, "path", **principal, receiver_name="Någon annan")) == [], "no part of it"
    agree.amend(told.desk, talk.id, TERM, "receivers", "Inte till Kim.")
    assert codes(told.desk, order_of(told, part, **principal, receiver_name="Kim Rektor")) == [
        "term_receivers_corrected"
    ]


def test_a_terms_form_in_which_nobody_is_named_shuts_nobody_out(told):
    free_talk(told.desk, told.student_id, date(2026, 3, 6), {TERM: {"parts": ["worked"], "worked": "Klockan tio."}})
    order = order_of(told, "words:worked", receiver=ReceiverKind.PRINCIPAL, receiver_name="Kim")
    assert codes(told.desk, order) == []
