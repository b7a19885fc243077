"""What is drawn once for all who have answered nothing is what would be drawn for each of them."""

import pytest

from conversation_models.domain.answer import Draft, Manner, Place, Respondent
from conversation_models.services import asked
from conversation_models.services.access import now
from forms.render import Fill, Setting, render_form
from front_door import student_form
from front_door.student_form import Form

ALONE = [name for name in asked.catalogue().ids() if asked.find_instrument(name).alone]


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_gets_a_form_of_their_own(name: str, language: str) -> None:
    instrument = asked.find_instrument(name)
    untouched = Fill(
        {item.id: None for item in instrument.items()},
        {item.id: 0 for item in instrument.items()},
    )
    for key in ("first", "second", "mine"):
        setting = Setting(language, save_url=f"/answers/{key}", one_at_a_time=True, lot=f"talk of {key}")
        drawn = student_form._fragment(instrument, Form(), setting)
        assert drawn == render_form(instrument, untouched, setting)
        assert drawn.count(f"/answers/{key}") == 1


def test_what_is_begun_is_not_what_others_see() -> None:
    instrument = asked.find_instrument("priority_ability")
    setting = Setting("sv", save_url="/answers/begun")
    place = Place("talk", instrument.id, "priority", Respondent.STUDENT, Manner.ALONE)
    begun = Form({(instrument.id, "priority"): Draft(place, 7, 3, now())})
    untouched = student_form._fragment(instrument, Form(), setting)
    assert student_form._fragment(instrument, begun, setting) != untouched
    assert student_form._fragment(instrument, Form(), setting) == untouched
