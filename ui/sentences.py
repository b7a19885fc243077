"""Error codes of the services, said to people: where, what, and what to do."""

from collections.abc import Iterable

import streamlit as st

from conversation_models.services.desk_talks import TalkRefused
from conversation_models.services.field_errors import FieldError
from translations import Words, message
from ui.text import plain

FIELDS = {
    "given_name": message("Given name"),
    "family_name": message("Family name"),
    "group_id": message("Group"),
    "group": message("Group"),
    "birth_date": message("Birth date"),
    "personnummer": message("Personnummer"),
    "email": message("E-mail"),
    "phone": message("Phone"),
    "guardians": message("Guardians"),
    "name": message("Name"),
    "username": message("User name"),
    "school_name": message("The school's name"),
    "password": message("Password"),
    "place": message("Place"),
    "minutes": message("Minutes"),
    "outcome": message("How it went"),
    "words": message("The words"),
    "reason": message("Reason"),
    "role": message("Role"),
    "active": message("Active"),
    "reach": message("Reach"),
    "staff_id": message("Mentor"),
    "to_staff": message("New mentor"),
    "student_ids": message("Students"),
    "language": message("Language"),
    "asks": message("What the students are asked"),
    "held_on": message("Day"),
}
SENTENCES = {
    "missing": message("The field is empty. Please fill it in."),
    "too_long": message("The text is too long: at most {most} characters."),
    "unreadable": message("Some characters cannot be saved. Please type it again."),
    "shape": message("This does not look right. Please check it."),
    "too_many": message("There are too many: at most {most}."),
    "unlikely": message("This does not look right. Please check the year."),
    "differs": message("The personnummer says another day ({value}). Please check both."),
    "already_here": message("The same person seems to be here already. Please search for the name first."),
    "unknown": message("Please choose one in the list."),
    "taken": message("Somebody else has it already. Please choose another."),
    "date": message("The number does not begin with a day that exists. Please check it."),
    "check_digit": message("The number is mistyped: the last digit does not fit the others. Please check it."),
    "outside": message("The number should be between {low} and {high}."),
    "past": message("That day has passed. Please choose another."),
    "future": message("That day has not come yet. Please check it."),
    "temporary": message("This is a temporary number of the school's own. Leave the field empty instead."),
    "has_no_today": message("This account has no Today, so nobody could be told. Choose a mentor or a counsellor."),
    "own": message("You cannot change this for yourself. Ask another administrator."),
    "not_a_mentor": message("This is not an active mentor. Please choose somebody else."),
    "same": message("This is the same person. Please choose somebody else."),
    "not_mentored": message("Not all of them are this mentor's students any more. Please load the page again."),
    "counsellor_and_one": message("Only a counsellor can be given this: the whole school, or one group at a time."),
}
OTHERWISE = message("This does not look right. Please check it.")


TALK_SENTENCES = {
    "not_prepared": message("The talk has already begun, so this can no longer be changed."),
    "not_open": message("The talk is not going on. Open it first."),
    "not_closed": message("The talk is not closed yet."),
    "sent": message("Answers have been sent, so the talk cannot be removed. Hold it, or close it empty."),
    "moved": message("The talk was moved here from another student, so it cannot be removed."),
    "same_student": message("The talk is on that student already."),
    "sent_already": message("Somebody has sent the answers meanwhile, so nothing was changed. Look again and choose."),
    "nothing_to_ask": message("Choose at least one form to send."),
    "not_on_paper": message("The talk was not typed in from paper."),
    "no_guardian": message(
        "This guardian cannot be invited: they are not the student's guardian here, "
        "or the student is 18 and has not let guardians take part."
    ),
    "not_empty": message("Something is written or sent there already, so it stays in the talk."),
}


def say_talk_refused(_: Words, refused: TalkRefused) -> str:
    return _(TALK_SENTENCES[refused.code])


def say_errors(_: Words, errors: Iterable[FieldError]) -> str:
    """One line an error, ready for st.error (the values are escaped)."""
    return "\n".join(f"- {say_error(_, error)}" for error in errors)


def say_error(_: Words, error: FieldError) -> str:
    values = {name: plain(str(value)) for name, value in error.values.items()}
    return f"**{field_name(_, error.field)}:** {_(SENTENCES.get(error.code, OTHERWISE)).format_map(_Known(values))}"


def field_name(_: Words, field: str) -> str:
    """ "guardians.0.phone" is "Guardian 1, phone"."""
    first, *rest = field.split(".")
    if first == "guardians" and len(rest) == 2 and rest[0].isdigit():
        return _("Guardian {number}: {field}").format(
            number=int(rest[0]) + 1, field=_(FIELDS.get(rest[1], rest[1])).lower()
        )
    return _(FIELDS.get(first, first))


def say_saved(sentence: str) -> None:
    """Said once, after the run that saved: st.success is announced, a toast is not."""
    st.session_state["sentences.saved"] = sentence


def show_saved() -> None:
    sentence = st.session_state.pop("sentences.saved", None)
    if sentence:
        st.success(sentence)


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
