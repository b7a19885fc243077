"""A group's report: chosen parts, receiver and ground, the preview is the paper; and attacked over time."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from sqlalchemy import insert, select, update

from conversation_models.domain.ids import new_id
from conversation_models.domain.mentorship import Reach
from conversation_models.domain.report import GroundKind, Order, ReceiverKind, ReportKind
from conversation_models.domain.suppression import FEWEST
from conversation_models.domain.term import TermDates
from conversation_models.services import group_count, group_term, made_reports
from conversation_models.services.access import Desk, Refused
from conversation_models.services.group_term import Scope
from conversation_models.services.receiving import GROUP_PARTS, ReportRefused
from conversation_models.storage import mentorships, tables
from reports import group_report, report_words
from reports.group_counts import GroupCounts, RowAnswer, group_counts, parts_of
from reports.group_kept import from_text, to_text
from reports.group_shared import kept_term, shared_term
from reports.group_tables import fields_of_square
from reports.paper.document import render
from reports.report_paper import report_pdf
from tests.conversation_models.cast import NOW, TODAY
from tests.reports import group_by_hand as by_hand
from tests.reports.paper.papers import text_of
from tests.reports.random_school import fill_school

pytestmark = pytest.mark.slow

SPRING = TermDates().term_of(TODAY)


@pytest.fixture
def desk(store, cast) -> Desk:
    """Of a counsellor who has the whole near school: two groups, of 25 and more."""
    fill_school(store, cast, seed=21, count=60)
    with store.writing() as unit:
        mentorships.give(unit, Reach(new_id(), cast.counsellor.id, school_id=cast.school.id))
    return Desk(store, cast.counsellor, NOW)


def order_of(*parts: str, **more) -> Order:
    to_whom = {"receiver": ReceiverKind.PRINCIPAL, "receiver_name": "Kim", "ground": GroundKind.NOBODY_NAMED}
    return Order(ReportKind.GROUP, **{"term": SPRING.id, "parts": parts or GROUP_PARTS} | to_whom | more)


def later(desk: Desk, days: int = 20) -> Desk:
    return Desk(desk.store, desk.actor, desk.now + timedelta(days=days))


def paper(desk: Desk, order: Order) -> str:
    return text_of(report_pdf(desk, group_report.make_group_report(desk, order, "sv").id))


# ---- what is in it


def test_the_paper_is_the_preview_and_has_the_chosen_parts_alone(desk, cast):
    heads = {"square": "De fyra rutorna", "moves": "Från terminens första samtal", "counts": "Enkäten, rad för rad",
             "happened": "Samtal och överenskommelser"}  # fmt: skip
    for number, part in enumerate(GROUP_PARTS):
        order = order_of(part)
        text = paper(later(desk, number), order)
        preview = group_report.compose_group_report(later(desk, number), order, "sv")
        assert text == text_of(render(preview.document, "sv"))
        assert [name for name, head in heads.items() if head in text] == [part]
        assert "Kim" in text
        assert report_words.say_ground(order, "sv") in text
        assert "Räknat den 10 mars 2026" in text, "the day of the first, however often it is printed"


def test_nobody_is_named_in_it(desk, cast):
    text = paper(desk, order_of())
    with desk.store.reading() as unit:
        everybody = group_term.terms.names_of(unit, tables.student.c.id.is_not(None))
    assert len(everybody) > 50
    assert not [name for given, family in everybody.values() for name in (f"{given} {family}",) if name in text]


def test_what_is_missing_is_said_and_nothing_is_counted_or_made(desk):
    for wrong, code in (
        ({"parts": ()}, "nothing_chosen"),
        ({"parts": ("path",)}, "not_there"),
        ({"receiver": ReceiverKind.GUARDIAN}, "not_for_receiver"),
        ({"receiver_name": " "}, "no_receiver_name"),
        ({"receiver_name": "x" * 121}, "too_long"),
        ({"ground": None}, "no_ground"),
        ({"ground": GroundKind.STUDENT_CONSENT}, "no_ground"),
        ({"ground": GroundKind.LAW}, "no_ground_words"),
    ):
        order = replace(order_of(), **wrong)
        assert code in [each.code for each in group_report.compose_group_report(desk, order, "sv").refused]
        with pytest.raises(ReportRefused):
            group_report.make_group_report(desk, order, "sv")
        with pytest.raises(ReportRefused):
            made_reports.write_down(desk, order, "", "sv")
    with desk.store.reading() as unit:
        assert unit.connection.execute(select(tables.group_count)).all() == []
        assert unit.connection.execute(select(tables.report)).all() == []


def test_it_is_logged_when_counted_made_and_printed_and_is_the_makers_alone(desk, store, cast):
    made = group_report.make_group_report(desk, order_of(), "sv")
    report_pdf(desk, made.id)
    with store.reading() as unit:
        rows = unit.connection.execute(select(tables.log_entry).order_by(tables.log_entry.c.id)).all()
    told = [(row.action, row.kind) for row in rows]
    assert told == [("count_group", "group")] * 2 + [("make_report", "report_group"), ("print", "report_group")]
    assert [each.id for each in made_reports.own_group_reports(desk)] == [made.id]
    for other in (cast.mentor, cast.far_counsellor, cast.administrator):
        with pytest.raises(Refused):
            report_pdf(Desk(store, other, NOW), made.id)


def test_nobody_counts_or_tells_of_a_group_that_is_not_wholly_theirs(desk, store, cast):
    """The mentor has six of seven students of both groups."""
    group_report.make_group_report(desk, order_of(), "sv")
    for actor in (cast.mentor, cast.far_counsellor, cast.outsider, cast.administrator):
        other = Desk(store, actor, NOW)
        for use in (
            lambda d: group_count.keep_counts(d, SPRING, {cast.group.id: "{}"}),
            lambda d: group_count.kept_counts(d, SPRING, [cast.group.id]),
        ):
            with pytest.raises(Refused):
                use(other)
    for actor in (cast.far_counsellor, cast.outsider):
        with pytest.raises(Refused):
            made_reports.write_down(Desk(store, actor, NOW), order_of(group_id=cast.group.id), "", "sv")
    with pytest.raises(ReportRefused, match="nothing_to_tell"):
        group_report.make_group_report(Desk(store, cast.mentor, NOW), order_of(group_id=cast.group.id), "sv")


def test_what_is_kept_is_read_again_as_it_was(desk):
    found = group_term.term_for_others(desk, SPRING)
    for part in parts_of(found).values():
        assert from_text(to_text(part)) == part
        numbers = [*part.moves.values(), *part.happened.values()]
        numbers += [count for row in part.survey.values() for count in row.values()]
        assert any(count.known >= FEWEST for count in numbers)
        assert not any(0 < count.known < FEWEST for count in numbers)


def test_the_squares_tell_no_more_than_the_cells_that_are_shown(desk):
    counts = shared_term(desk, SPRING, Scope()).counts
    block = next(iter(group_report.MADE["square"](counts, group_report.words("en")))).blocks[1]
    for field in block.fields:
        for said, place in ((field.first, 0), (field.last, 1)):
            cells = [count for move, count in counts.moves.items() if len(move) == 2 and move[place] == field.letter]
            known = sum(count.known for count in cells)
            assert said == (f"at least {known}" if known else "–")


# ---- subtracting an earlier paper from a later one


def a_student_joins(desk: Desk, cast) -> None:
    """From the other group, with the talks she has had: both groups change by one."""
    with desk.store.writing() as unit:
        one = unit.connection.execute(_with_talks(cast.other_group)).scalars().first()
        change = update(tables.student).where(tables.student.c.id == one).values(group_id=cast.group.id)
        unit.connection.execute(change)


def a_student_leaves(desk: Desk, cast) -> None:
    """To another school, so that nothing of hers is counted here any more."""
    with desk.store.writing() as unit:
        one = unit.connection.execute(_with_talks(cast.group)).scalars().first()
        unit.connection.execute(
            update(tables.student)
            .where(tables.student.c.id == one)
            .values(group_id=cast.far_group.id, school_id=cast.far_school.id)
        )


def a_student_answers(desk: Desk, cast) -> None:
    """One more talk, with one more agreement that is followed up."""
    with desk.store.writing() as unit:
        one = unit.connection.execute(_with_talks(cast.group)).scalars().first()
        talk_id = new_id()
        unit.connection.execute(
            insert(tables.talk).values(
                id=talk_id, student_id=one, model="development", led_by=cast.mentor.id, held_on=TODAY, minutes=45,
                created_at=NOW, status="open", phase="", created_by=cast.mentor.id,
            )
        )  # fmt: skip


def _with_talks(group):
    talk, student = tables.talk, tables.student
    held = (talk.c.held_on >= SPRING.first, talk.c.status == "closed", talk.c.model == "development")
    return (
        select(student.c.id)
        .join(talk, talk.c.student_id == student.c.id)
        .where(student.c.group_id == group.id, student.c.archived_on.is_(None), *held)
        .order_by(student.c.id)
    )


def numbers_in(counts: GroupCounts) -> dict:
    """Every number that stands in it, by where it stands."""
    found = {"students": counts.students} | {("move", move): count for move, count in counts.moves.items()}
    found |= {("happened", name): count for name, count in counts.happened.items()}
    return found | {(row.item, answer): count for row in counts.survey for answer, count in row.counts.items()}


@pytest.mark.parametrize("happens", [a_student_joins, a_student_leaves, a_student_answers])
def test_two_papers_of_a_term_cannot_be_subtracted(desk, store, cast, happens: Callable):
    """Printed, then one student comes, leaves or answers, then printed again: by group and by school, by whoever may.

    Without the count that is kept, the difference would be that one student: that is shown first, so that the test
    could fail."""
    scopes = (Scope(), Scope(school_id=cast.school.id), Scope(group_id=cast.group.id))
    live = group_counts(group_term.term_for_others(desk, SPRING, scopes[2]), shared=True)
    orders = [order_of(school_id=scope.school_id, group_id=scope.group_id) for scope in scopes]
    before = [paper(desk, order) for order in orders]
    looked = [numbers_in(shared_term(desk, SPRING, scope).counts) for scope in scopes]

    happens(desk, cast)

    after_live = group_counts(group_term.term_for_others(later(desk), SPRING, scopes[2]), shared=True)
    assert _gap(numbers_in(live), numbers_in(after_live)), "one student made a difference that could be seen"
    for when in (desk, later(desk, 1), later(desk, 30)):
        assert [paper(when, order).partition("Av dem")[2] for order in orders] == [
            text.partition("Av dem")[2] for text in before
        ]
        assert [numbers_in(shared_term(when, SPRING, scope).counts) for scope in scopes] == looked
    colleague = Desk(store, replace(cast.far_counsellor), NOW + timedelta(days=2))
    with store.writing() as unit:
        mentorships.give(unit, Reach(new_id(), colleague.actor.id, group_id=cast.group.id))
    scope = Scope(group_id=cast.group.id)
    assert numbers_in(kept_term(colleague, SPRING, scope, colleague.now).counts) == looked[2]


def _gap(first: dict, second: dict) -> set:
    """Where a reader who subtracts sees fewer than five."""
    known = {
        place: (_known(first.get(place)), _known(second.get(place)))
        for place in first.keys() | second.keys()
    }  # fmt: skip
    return {place for place, (one, other) in known.items() if 0 < abs(one - other) < FEWEST}


def _known(count) -> int:
    return count if isinstance(count, int) else count.known if count else 0


def test_a_group_that_is_counted_later_adds_its_own_table_and_no_other(desk, cast):
    """One group first, then the whole school: the difference is what may be told of the other group anyway."""
    first = later(desk, 1)
    group_report.make_group_report(first, order_of(group_id=cast.group.id), "sv")
    a_student_joins(desk, cast)
    a_student_answers(desk, cast)
    group_report.make_group_report(later(desk, 5), order_of(), "sv")
    looked = {
        scope: numbers_in(kept_term(later(desk, 9), SPRING, scope, NOW + timedelta(days=9)).counts)
        for scope in (Scope(), Scope(group_id=cast.group.id), Scope(group_id=cast.other_group.id))
    }
    for whole, part in combinations(looked, 2):
        for place, count in looked[whole].items():
            left = _known(count) - _known(looked[part].get(place))
            if whole == Scope():
                assert left == 0 or left >= FEWEST


def test_who_counts_at_the_same_time_gets_what_the_first_counted(desk, cast):
    found = group_term.term_for_others(desk, SPRING)
    mine = {group_id: to_text(part) for group_id, part in parts_of(found).items()}
    group_count.keep_counts(desk, SPRING, mine)
    group_count.keep_counts(later(desk), SPRING, dict.fromkeys(mine, "another count"))
    kept = group_count.kept_counts(desk, SPRING, mine)
    assert {group_id: count.counts for group_id, count in kept.items()} == mine


def test_talks_of_student_health_are_in_no_number_that_others_see(desk, store, cast):
    """Else a mentor's own number subtracted from the counsellor's would tell how many there are."""
    everybody = group_term.group_term(desk, SPRING)
    others = group_term.term_for_others(desk, SPRING)
    above = select(tables.talk.c.id).where(tables.talk.c.model == "return_to_school", tables.talk.c.status == "open")
    with store.reading() as unit:
        assert unit.connection.execute(above).all()
    assert sum(each.talks for each in others.happened.values()) < sum(
        each.talks for each in everybody.happened.values()
    )


def test_every_number_that_is_shown_is_that_of_the_second_program(desk, store, cast):
    """Of one group, at everybody's level; what is hidden is somewhere, and no square says more than there were."""
    school, reader = by_hand.School(store), by_hand.AtLevelM(cast.counsellor)
    here = by_hand.there(school, cast.counsellor, TODAY, SPRING.first, cast.group.id)
    of_term = (school, reader, here, SPRING.first, SPRING.last)
    counted, near = by_hand.moves(*of_term)
    truth = Counter({move: many - near[move] for move, many in counted.items()}) + Counter({"near": near.total()})
    group_report.make_group_report(desk, order_of(), "sv")
    counts = kept_term(desk, SPRING, Scope(group_id=cast.group.id), NOW).counts
    assert counts.students == len(here)
    shown = [(count, truth[move]) for move, count in counts.moves.items()]
    happened = by_hand.happened(*of_term, TODAY)
    shown += [(count, happened[name]) for name, count in counts.happened.items()]
    survey = by_hand.survey(*of_term)
    for row in counts.survey:
        shown += [(count, survey[row.item][_said(answer)]) for answer, count in row.counts.items()]
    assert all(count.known == many if not count.more else many for count, many in shown)
    assert sum(not count.more and many > 0 for count, many in shown) > 10
    squares = by_hand.squares(counted, near)
    for field in fields_of_square(counts, "en"):
        for text, many in zip((field.first, field.last), squares[field.letter], strict=True):
            assert int(text.removeprefix("at least ").replace("–", "0")) <= many


def _said(answer: RowAnswer):
    words = " + ".join(word.sv for word in answer.words)
    return (answer.colour, words) if answer.colour else answer.state
