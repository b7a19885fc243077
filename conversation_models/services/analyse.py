"""From a circle to an analysis: an action that was caught in a circle becomes the behaviour that is looked at.

Both are student health's own: nothing leaves their level here. Only the action goes along, by active choice; the
trigger, the thought and the feeling stay in the circle.
"""

from collections.abc import Iterator

from conversation_models.domain.answer import Manner, Place, Respondent
from conversation_models.domain.talk import Talk, TalkStatus
from conversation_models.services import asked, conduct, desk_talks
from conversation_models.services.access import Desk, Right
from conversation_models.services.take_along import Flowing, StaysHere
from conversation_models.storage import answers
from conversation_models.storage.store import Unit
from instruments.answers import state_of

CIRCLE, ANALYSIS, BEHAVIOUR = "trigger_circle", "functional_analysis", "behaviour"
ACTIONS = ("action", "other_action", "worked_action")


def actions_of(desk: Desk, talk_id: str) -> list[Flowing]:
    """The actions in the circle of this talk, of what this person may read; none where the talk has no analysis."""
    with desk.reading() as unit:
        return list(_actions(desk, unit, desk_talks.read_talk(desk, unit, talk_id, Right.HOLD_TALKS)))


def begin_analysis(desk: Desk, talk_id: str, chosen: Flowing) -> None:
    """Below what stands there, once. Raises StaysHere when it is not just so among `actions_of`, TalkRefused unless
    the talk is open."""
    with desk.writing() as unit:
        talk = desk_talks.take_talk(desk, unit, talk_id, TalkStatus.OPEN)
        if chosen not in _actions(desk, unit, desk_talks.narrowed(desk.actor, talk)):
            raise StaysHere
        place = Place(talk_id, ANALYSIS, BEHAVIOUR, Respondent.COUNSELLOR, Manner.TOGETHER)
        conduct.add_below(desk, unit, talk, place, chosen.words)


def _actions(desk: Desk, unit: Unit, narrowed: Talk) -> Iterator[Flowing]:
    if not {CIRCLE, ANALYSIS} <= set(narrowed.editions):
        return
    level = asked.find_instrument(CIRCLE, narrowed.editions[CIRCLE]).level_of
    stored = {**answers.latest_of(unit, narrowed.id), **answers.drafts_of(unit, narrowed.id)}
    for item in ACTIONS:
        for place, one in stored.items():
            here = (place.instrument, place.item) == (CIRCLE, item) and place.manner is not Manner.ALONE
            if here and level(item) in desk_talks.levels_in(desk.actor, narrowed):
                words = one.open(unit.cipher)
                if state_of(words) == "answered":
                    yield Flowing(CIRCLE, item, "", words)
