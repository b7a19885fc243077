"""Codes become sentences here, at the edge: what is wrong, and what to do."""

from typing import Protocol

from translations import Words, message

SENTENCES = {
    "wrong": message("User name and password do not belong together. Check both and try again."),
    "throttled": message("There have been many tries. Wait a moment and try again."),
    "throttled_code": message(
        "There have been many tries with codes that begin like this. Point the camera at the square on your slip "
        "instead, or wait a minute and try again. If it still does not work, ask your mentor for a new slip."
    ),
    "token": message("That set-up code is not right. It stands in the window where the program was started."),
    "too_short": message("The password is too short. Choose at least 15 characters; a few words in a row work well."),
    "too_long": message("The password is too long. Choose at most 200 characters."),
    "common": message("Many people use that password, so it is easy to guess. Choose another."),
    "holds_username": message("The password must not contain the user name. Choose another."),
    "same_as_before": message("That is the password you have already. Choose another."),
    "missing": message("Please fill in all fields."),
}


class Coded(Protocol):
    @property
    def code(self) -> str: ...


def explain(refusal: Coded, _: Words) -> str:
    """An unknown code is said as it is rather than hidden."""
    return _(SENTENCES.get(refusal.code, refusal.code))
