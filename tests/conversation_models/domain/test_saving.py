from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from conversation_models.domain.answer import Change
from conversation_models.domain.saving import Known, Verdict, judge, next_version

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


def test_a_version_is_greater_than_any_that_was_seen() -> None:
    assert next_version(None, Change("a", "phone", 1)) == 1
    assert next_version(None, Change("a", "phone", 1, 5)) == 6
    assert next_version(Known(3, "phone", 5, AT), Change("a", "phone", 6, 1)) == 4


def play(changes: list[Change]) -> tuple[object, Known | None, list[Change]]:
    """What stands at the end, what is known of it, and which changes were written."""
    value: object = None
    known: Known | None = None
    written = []
    for change in changes:
        if judge(known, change) is Verdict.WRITE:
            value = change.value
            known = Known(next_version(known, change), change.client, change.sequence, AT)
            written.append(change)
    return value, known, written


one_page = st.integers(1, 8).map(lambda count: [Change(f"text {n}", "phone", n, n - 1) for n in range(1, count + 1)])


@given(one_page, st.data())
def test_duplicates_and_any_order_of_one_pages_changes_end_in_its_last(
    changes: list[Change], data: st.DataObject
) -> None:
    arriving = data.draw(st.permutations(changes + data.draw(st.lists(st.sampled_from(changes), max_size=12))))
    assert play(arriving)[0] == changes[-1].value


@st.composite
def changes_of_pages(draw: st.DrawFn, pages: tuple[str, ...] = ("phone", "laptop", "tablet")) -> list[Change]:
    """In any order. A page's later change has seen at least what its earlier one had; else versions may be anything."""
    changes = []
    for page in pages:
        seen = sorted(draw(st.lists(st.integers(0, 6), max_size=5)))
        texts = st.sampled_from(["ett", "två", "tre", None])
        changes += [Change(draw(texts), page, number, version) for number, version in enumerate(seen, 1)]
    return draw(st.permutations(changes))


@given(changes_of_pages())
def test_whatever_three_devices_send_nothing_is_overwritten_unseen(changes: list[Change]) -> None:
    known: Known | None = None
    for change in changes:
        if judge(known, change) is Verdict.WRITE:
            assert known is None or known.client == change.client or known.version == change.version
            known = Known(next_version(known, change), change.client, change.sequence, AT)


@settings(max_examples=600)
@given(changes_of_pages(), st.data())
def test_what_was_written_or_overtaken_never_comes_back(changes: list[Change], data: st.DataObject) -> None:
    """A retry of anything that was ever written, at any later time, changes nothing."""
    value, known, written = play(changes)
    retries = data.draw(st.lists(st.sampled_from(written), max_size=10)) if written else []
    for change in retries:
        assert judge(known, change) is not Verdict.WRITE
    assert play(changes + retries)[:2] == (value, known)
