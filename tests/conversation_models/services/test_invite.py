from datetime import date, timedelta

import pytest

from conversation_models.domain.invitation import InvitationStatus
from conversation_models.services import conduct, invite, rate
from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.short_code import ALPHABET, read_code
from conversation_models.storage.tables import invitation, log_entry
from tests.conversation_models.cast import NOW
from tests.conversation_models.services.talks_made import Talks


@pytest.fixture
def talks(desk, cast) -> Talks:
    return Talks(desk(cast.mentor), cast.student)


def test_link_and_code_are_told_once_and_kept_as_hashes(talks: Talks) -> None:
    made = invite.invite(talks.desk, talks.prepared().id)
    assert len(made.token) == 43
    assert len(made.code) == 11
    assert set(made.code) <= {*ALPHABET, "-"}
    (row,) = talks.rows(invitation)
    kept = " ".join(map(str, row))
    assert made.token not in kept
    assert made.code not in kept
    assert made.code.replace("-", "") not in kept


def test_no_two_invitations_share_a_way_in(talks: Talks) -> None:
    made = [invite.invite(talks.desk, talks.prepared().id) for _ in range(5)]
    assert len({each.token for each in made}) == len({each.code for each in made}) == 5


def test_the_alphabet_has_no_look_alikes() -> None:
    assert not set(ALPHABET) & set("01IOLU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 30


@pytest.mark.parametrize("typed", ["", "AAAA", "AAAAAAAAAA1", "AAAAA-AAAA1", "å" * 10, "\x00" * 10, "A" * 5000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(("days", "kept"), [(7, 7), (0, 1), (-4, 1), (30, 30), (400, 60)])
def test_an_invitation_lasts_as_long_as_it_is_set_to(talks: Talks, days: int, kept: int) -> None:
    made = invite.invite(talks.desk, talks.prepared().id, days)
    assert made.invitation.expires_at == NOW + timedelta(days=kept)


def test_staff_see_how_far_it_has_come_and_the_day(talks: Talks) -> None:
    talk = talks.prepared()
    invite.invite(talks.desk, talk.id)
    assert [each.status(NOW) for each in invite.invitations_of(talks.desk, talk.id)] == [InvitationStatus.NOT_BEGUN]
    entry = talks.begun(talk)
    first, second = invite.invitations_of(talks.desk, talk.id)
    assert (first.status(NOW), second.status(NOW)) == (InvitationStatus.REVOKED, InvitationStatus.BEGUN)
    assert second.begun_on == date(2026, 3, 10)
    rate.send(talks.store, entry, True, NOW)
    assert invite.invitations_of(talks.desk, talk.id)[1].status(NOW) is InvitationStatus.SENT


def test_a_new_invitation_after_sending_stands_as_sent_and_stops_the_old_code(talks: Talks) -> None:
    talk = talks.prepared()
    talks.sent(talk)
    made = invite.invite(talks.desk, talk.id)
    assert (made.invitation.begun_on, made.invitation.sent_on) == (date(2026, 3, 10), date(2026, 3, 10))
    old, new = invite.invitations_of(talks.desk, talk.id)
    assert old.revoked_at is not None
    assert new.status(NOW) is InvitationStatus.SENT


def test_a_revoked_link_stops_at_once_and_what_is_saved_stays(talks: Talks) -> None:
    talk = talks.prepared()
    entry = talks.begun(talk)
    invite.revoke(talks.desk, entry.invitation.id)
    invite.revoke(talks.desk, entry.invitation.id)
    with pytest.raises(rate.RateClosed, match="revoked"):
        rate.send(talks.store, entry, True, NOW)
    assert conduct.unsent_begun(talks.desk, talk.id)
    assert [row.action for row in talks.rows(log_entry)].count("revoke") == 1


def test_nobody_is_invited_once_the_talk_has_begun(talks: Talks) -> None:
    talk = talks.prepared()
    conduct.open_talk(talks.desk, talk.id)
    with pytest.raises(TalkRefused, match="not_prepared"):
        invite.invite(talks.desk, talk.id)
