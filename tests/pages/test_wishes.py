"""A student who wants to talk stands on the Today of the one who was asked; the office keeps the list."""

from conversation_models.services import invite, prepare, rate, wishes
from conversation_models.services.access import Desk, now
from conversation_models.services.prepare import TalkPlan
from tests.pages.conftest import said

WANTED = "Vill prata med dig"


def button(screen, label: str):
    return next(each for each in screen.button if label in each.label)


def test_it_stands_on_one_persons_today_until_it_is_answered(open_page, cast, desk, store) -> None:
    talk = prepare.prepare_talk(desk, TalkPlan(cast.student.id, desk.today))
    entry = rate.find_by_token(store, invite.invite(desk, talk.id).token, now())
    wishes.put_on_list(Desk(store, cast.administrator, now()), cast.counsellor.id, "kuratorn")
    wishes.make_wish(store, entry, cast.counsellor.id, now())
    assert WANTED not in said(open_page(cast.mentor, "today"))
    screen = open_page(cast.counsellor, "today")
    assert WANTED in said(screen)
    assert cast.student.name in said(screen)
    screen.text_input[0].set_value("Vi ses i morgon")
    screen = button(screen, "att jag har sett det").click().run()
    assert WANTED not in said(screen)
    assert "Eleven får veta" in said(screen)
    known = rate.find_by_pass(store, rate.Pass(entry.invitation.id, "code", now()), now())
    assert [each.wish.answer for each in wishes.wishes_of(store, known)] == ["Vi ses i morgon"]


def test_the_office_lists_whom_students_may_ask(open_page, cast, store) -> None:
    office = Desk(store, cast.administrator, now())
    screen = open_page(cast.administrator, "adults-to-talk-to")
    assert "Ingen står på listan" in said(screen)
    offered = screen.selectbox[0]
    assert cast.administrator.name not in offered.options
    offered.set_value(next(each for each in offered.options if each == cast.counsellor.name))
    screen.text_input[0].set_value("kuratorn")
    screen = button(screen, "Lägg till").click().run()
    assert [each.role for each in wishes.list_adults(office)] == ["kuratorn"]
    screen = button(screen, "Ta bort").click().run()
    assert wishes.list_adults(office) == []
