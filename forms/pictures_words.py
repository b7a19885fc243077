"""The pictures' own words: what each part is called, and what picture.js says while it draws."""

from __future__ import annotations

from collections.abc import Mapping

from instruments.model import PictureKind
from translations import Language, message, words

PICTURES: Mapping[PictureKind, str] = {
    "circle": message("Picture: the circle"),
    "chain": message("Picture: the chain"),
    "thermometer": message("Picture: the thermometer"),
    "ladder": message("Picture: the ladder"),
}
# In the order in which one goes through them.
PARTS: Mapping[PictureKind, Mapping[str, str]] = {
    "circle": {
        "trigger": message("What set it off"),
        "thought": message("Thought"),
        "feeling": message("Feeling"),
        "body": message("Body"),
        "action": message("What I did"),
        "after": message("Right after"),
    },
    "chain": {
        "harder": message("Made the day harder"),
        "situation": message("Situation"),
        "behaviour": message("What one does"),
        "at_once": message("At once"),
        "later": message("In the long run"),
        "purpose": message("What it is for"),
        "instead": message("Instead"),
        "skill": message("To practise"),
        "adults": message("What adults change"),
    },
}
# Said by picture.js too. {…} is filled in there.
SAID: Mapping[str, str] = {
    "declined": message("does not want to answer"),
    "turns": message("could turn here"),
    "situation": message("Situation {number}"),
    "step": message("Step {number}"),
    "now": message("now {number}"),
    "imagined": message("in mind {number}"),
    "dont_know": message("don’t know"),
    "no_situations": message("Write a situation or a thought in the list"),
    "no_steps": message("Write the first small step in the list"),
    "set_now": message("Now"),
    "set_imagined": message("In mind"),
    "sets": message("{number}: {situation}, {which}"),
    "before": message("before {number}"),
    "highest": message("highest {number}"),
    "after": message("after {number}"),
    "turned_back": message("turned back: the step was too big"),
    "no_date": message("no date"),
    "tries_on": message("Tries on step {number}"),
    "other_tries": message("Other tries"),
    "more_tries": message("Earlier tries are in the list"),
    "hard": message("how hard {number}"),
    "begin": message("Begin with the easiest, at the bottom"),
}


def drawing_words(language: Language) -> dict[str, str]:
    _ = words(language)
    return {name: _(text) for name, text in SAID.items()}
