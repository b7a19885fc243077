"""What the form says by itself: about saving, about a link that has ended, and about an answer that does not fit."""

from collections.abc import Mapping

from translations import Language, message, words

# Said by form.js. {time} and {name} are filled in there.
SAVING: Mapping[str, str] = {
    "saved": message("Saved {time}"),
    "saving": message("Saving…"),
    "waiting": message("Not saved yet. Waiting for the network and trying again."),
    "busy": message("Not saved yet. The server has much to do. Trying again soon."),
    "conflict": message("Not saved yet. Choose which answer should stand."),
    "refused": message("One answer could not be saved. See what it says beside it."),
    "too_long": message("This is too long to be saved. Please shorten it a little."),
    "sign_in": message("Not saved yet. Sign in again and it will be saved. What you wrote stays here."),
    "code": message("Not saved yet. Type your code again in a new window, then come back here. What you wrote stays."),
    "begun": message("The talk has begun, so nothing can be changed here now. You can bring it up when you meet."),
    "sent": message("Your answers are sent already. They can no longer be changed here."),
    "expired": message("This link has stopped working. What you saved is kept. Ask your mentor for a new one."),
    "revoked": message("This link has been replaced. What you saved is kept. Ask your mentor for the new one."),
    "closed": message("The talk is closed. What is written now is not saved."),
    "no_access": message("You cannot save here. What you wrote has not been saved."),
    "unknown": message("This link is not known here. Check that it was copied whole."),
    "bad_date": message("The date is not complete. Write year, month and day."),
    "two_answers": message("This has been changed on another screen too. Which one should stand?"),
    "here": message("Here on this screen"),
    "there": message("Saved from the other screen"),
    "keep_here": message("Keep what is here"),
    "take_other": message("Take the other one"),
    "keep_both": message("Keep both"),
    "empty": message("not answered"),
    "declined": message("does not want to answer"),
    "ticked": message("yes"),
    "unticked": message("no"),
    "step": message("{n} of {all}"),
    "later": message("saved for later"),
    "finish": message("Read through"),
    "next": message("Next"),
    "onward": message("Onward"),
    "show_all": message("Show all questions"),
    "show_one": message("Show one at a time"),
    "wrong": message("That did not match. Try once more."),
    "slow_down": message("Wait a little and try again."),
}

REFUSED: Mapping[str, str] = {
    "may_not_decline": message("This one needs an answer."),
    "not_a_decline": message("Either answer or say that you do not want to."),
    "not_a_text": message("Write your answer with letters and digits."),
    "broken_text": message("There is a character here that cannot be saved. Remove it and try again."),
    "too_long": message("This is {length} characters. There is room for {longest}. Please shorten it a little."),
    "not_a_whole_number": message("Choose a whole number from {low} to {high}."),
    "outside_the_scale": message("Choose a number from {low} to {high}."),
    "not_a_day": message("Write the date as year, month and day, for example 2026-03-17."),
    "not_a_tick": message("Tick the box or leave it empty."),
    "not_a_colour_answer": message("Choose one of the four colours."),
    "unknown_colour": message("Choose one of the four colours."),
    "unknown_statement": message("Tick only sentences that stand under the colour you chose."),
    "statement_of_another_colour": message("Tick only sentences that stand under the colour you chose."),
    "unknown_option": message("Choose among the answers that stand here."),
    "not_choices": message("Choose among the answers that stand here."),
    "not_cards": message("These cards could not be read. Open the page again and pick them once more."),
    "unknown_card": message("One of the cards does not belong here. Put it back and pick another one."),
    "card_twice": message("The same card is picked twice. Put one of them back."),
    "too_many_own_cards": message("There is room for {most} cards of your own. Take one away and try again."),
    "not_a_table": message("These rows could not be read. Open the page again and write them once more."),
    "unknown_row": message("One of the rows does not belong here. Open the page again and write it once more."),
    "row_twice": message("The same row is there twice. Take one of them away."),
    "unknown_column": message("Something in a row does not belong here. Open the page again and write it once more."),
    "too_many_rows": message("There is room for {most} rows of your own. Take one away and try again."),
}


def saving_words(language: Language) -> dict[str, str]:
    """Every sentence form.js may say, by its code."""
    _ = words(language)
    return {code: _(sentence) for code, sentence in SAVING.items()}


def say_refusal(code: str, values: Mapping[str, object], language: Language) -> str:
    """The sentence for an AnswerError of instruments.answers. Raises KeyError for a code that is not one of its."""
    return words(language)(REFUSED[code]).format_map(dict(values))
