"""How an instrument was answered, said once for most of it."""

from __future__ import annotations

from collections import Counter

from conversation_models.domain.answer import Manner
from reports.paper.talk_paper import Given
from reports.record import AskedTalk

GIVEN: dict[Manner, Given] = {
    Manner.ALONE: "alone",
    Manner.TOGETHER: "together",
    Manner.PAPER: "on_paper",
    Manner.PHONE: "by_phone",
}


def most_common_manner(asked: AskedTalk) -> Given:
    manners = Counter(told.answer.manner for told in asked.told.values())
    return GIVEN[manners.most_common(1)[0][0]]
