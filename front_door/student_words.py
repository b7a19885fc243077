"""My words: what I have sent, and beside it what I said before where staff share that. After the code only."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from conversation_models.services import asked, my_words, rate
from conversation_models.services.house import current_store
from conversation_models.services.my_words import MyWords
from forms.render import Earlier, Fill, Setting, render_form
from front_door.assets import read_asset
from front_door.headers import policy_with
from front_door.pages import language_of, show
from front_door.student import with_student
from front_door.student_form import languages_of
from translations import Language


def words_page(request: Request) -> Response:
    return with_student(request, lambda entry, _at: _show(request, entry))


def _show(request: Request, entry: rate.Entry) -> Response:
    found = my_words.my_words(current_store(), entry)
    if entry.way not in ("code", "device"):
        return RedirectResponse("/s", 303)
    offered = languages_of(entry)
    style = read_asset("student-more.css").plain.decode()
    said = {
        "key": request.path_params["key"],
        "style": style,
        "fragments": _drawn(entry, found, language_of(request, offered)),
        "sent_on": entry.invitation.sent_on if found.sent else None,
        "has_earlier": bool(found.earlier),
    }
    page = show(request, "student_words.html", 200, offered, **said)
    page.headers["content-security-policy"] = policy_with(style)
    return page


def _drawn(entry: rate.Entry, found: MyWords, language: Language) -> list[str]:
    setting = Setting(language, read_only=True)
    instruments = [asked.find_instrument(name, edition) for name, edition in entry.editions.items()]
    fills = [
        Fill(
            values={item: value for (name, item), value in found.sent.items() if name == one.id},
            earlier={item: Earlier(*told) for (name, item), told in found.earlier.items() if name == one.id},
        )
        for one in instruments
    ]
    return [render_form(one, fill, setting) for one, fill in zip(instruments, fills, strict=True) if fill.values]
