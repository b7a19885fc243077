from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from conversation_models.domain.answer import Change
from conversation_models.domain.saving import Known, Verdict, judge

AT = datetime(2026, 3, 10, tzinfo=UTC)


def test_a_first_change_is_written_whatever_it_has_seen() -> None:
    assert judge(None, Change("a", "phone", 1, 5)) is Verdict.WRITE
    assert judge(Known(0, "", 0, AT), Change("a", "phone", 1)) is Verdict.WRITE


def test_a_page_follows_its_own_changes_by_their_sequence() -> None:
    known = Known(3, "phone", 5, AT)
    assert judge(known, Change("a", "phone", 6, 0)) is Verdict.WRITE
    assert judge(known, Change("a", "phone", 5, 3)) is Verdict.ALREADY
    assert judge(known, Change("a", "phone", 4, 3)) is Verdict.ALREADY


def test_another_page_must_have_seen_what_it_writes_over() -> None:
    known = Known(3, "phone", 5, AT)
    assert judge(known, Change("a", "laptop", 1, 3)) is Verdict.WRITE
    assert judge(known, Change("a", "laptop", 9, 2)) is Verdict.CONFLICT
    assert judge(known, Change("a", "laptop", 9, 4)) is Verdict.CONFLICT


def play(changes: list[Change]) -> tuple[object, Known | None, list[Change]]:
    """What stands at the end, what is known of it, and which changes were written."""
    value: object = None
    known: Known | None = None
    written = []
    for change in changes:
        if judge(known, change) is Verdict.WRITE:
            value, known = change.value, Known((known.version if known else 0) + 1, change.client, change.sequence, AT)
            written.append(change)
    return value, known, written


one_page = st.integers(1, 8).map(lambda count: [Change(f"text {n}", "phone", n, n - 1) for n in range(1, count + 1)])


@given(one_page, st.data())
def test_duplicates_and_any_order_of_one_pages_changes_end_in_its_last(changes: list[Change], data: st.DataObject) -> None:
    arriving = data.draw(st.permutations(changes + data.draw(st.lists(st.sampled_from(changes), max_size=12))))
    assert play(arriving)[0] == changes[-1].value


any_change = st.builds(
    Change, st.integers(), st.sampled_from(["phone", "laptop", "tablet"]), st.integers(1, 6), st.integers(0, 6)
)


@given(st.lists(any_change, max_size=25))
def test_whatever_three_devices_send_nothing_is_overwritten_unseen(changes: list[Change]) -> None:
    known: Known | None = None
    for change in changes:
        if judge(known, change) is Verdict.WRITE:
            assert known is None or known.client == change.client or known.version == change.version
            known = Known((known.version if known else 0) + 1, change.client, change.sequence, AT)


@given(st.lists(any_change, max_size=25), st.data())
def test_what_was_written_or_overtaken_never_comes_back(changes: list[Change], data: st.DataObject) -> None:
    """A retry of anything that was ever written, at any later time, changes nothing."""
    value, known, written = play(changes)
    retries = data.draw(st.lists(st.sampled_from(written), max_size=10)) if written else []
    for change in retries:
        assert judge(known, change) is not Verdict.WRITE
    assert play(changes + retries)[:2] == (value, known)
