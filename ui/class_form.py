"""Whom to invite, to what, for when; and what will happen, before it does."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from conversation_models.domain.student import Student
from conversation_models.models import TalkModel
from conversation_models.services import library, people, students, whole_class
from conversation_models.services.asked import find_instrument
from conversation_models.services.slips import MOST_SLIPS
from conversation_models.services.whole_class import ClassPlan, Invitee
from translations import Words, message
from ui import places
from ui.invitation import USUAL_DAYS, VALID_DAYS
from ui.plan_form import USUAL_MODEL
from ui.session import Visit
from ui.text import day

IN_A_WEEK = timedelta(days=7)
WHY_NOT = {
    "sent": message("has sent answers already"),
    "archived": message("is archived"),
}


def ask_class(visit: Visit) -> ClassPlan | None:
    """None while something is still to be chosen."""
    _ = visit.words
    chosen = _ask_students(visit)
    model = _ask_model(visit)
    names = whole_class.sendable_to_class(visit.desk, model.id)
    asks = st.multiselect(
        _("What the students are asked"),
        names,
        default=[name for name in model.before if name in names],
        format_func=lambda each: find_instrument(each).title.say(visit.language),
        placeholder=_("Choose forms"),
        key=f"class-asks-{model.id}",
    )
    today = visit.desk.today
    when, length = st.columns(2)
    held_on: date | None = when.date_input(
        _("Day of the talk"), value=today + IN_A_WEEK, min_value=today, format="YYYY-MM-DD", key="class-day"
    )
    days = length.selectbox(
        _("Works for"),
        VALID_DAYS,
        index=VALID_DAYS.index(USUAL_DAYS),
        format_func=lambda each: _.n("{n} day", "{n} days", each),
        key="class-days",
    )
    if not chosen or not asks or held_on is None:
        st.info(_("Choose students, at least one form, and a day. Nothing is done before you say yes below."))
        return None
    return ClassPlan(tuple(each.id for each in chosen), held_on, tuple(asks), model.id, days)


def show_what_happens(visit: Visit, plan: ClassPlan, invitees: Sequence[Invitee]) -> list[Invitee]:
    """In words, and by name where somebody is left out. Returns those who will be invited."""
    _ = visit.words
    st.header(_("This will happen"), anchor=False)
    ready = [each for each in invitees if not each.why_not]
    new = sum(each.talk is None for each in ready)
    lines = [_.n("{n} student gets a link and a code.", "{n} students get a link and a code each.", len(ready))]
    if new:
        said = _.n("A talk on {day} is prepared for {n} of them.", "A talk on {day} is prepared for {n} of them.", new)
        lines.append(said.format(day=day(plan.held_on, visit.language)))
    if len(ready) > new:
        own = _.n("{n} has a prepared talk already, which is used.", "{n} have a prepared talk already, which is used.",
                  len(ready) - new)  # fmt: skip
        lines.append(own)
    st.text("\n".join(lines))
    if len(ready) < len(invitees):
        st.text(_("Left out:") + "\n" + say_left_out(_, [each for each in invitees if each.why_not]))
    return ready


def say_left_out(_: Words, left_out: Sequence[Invitee]) -> str:
    return "\n".join(f"{each.student.name}: {_(WHY_NOT[each.why_not])}" for each in left_out)


def ask_group(visit: Visit, found: Sequence[Student], groups: dict[str, str]) -> str | None:
    """One of the groups that have somebody within reach; the address keeps it."""
    _ = visit.words
    own = [each for each in groups if any(student.group_id == each for student in found)]
    before = places.asked("group")
    usual = own.index(before) if before in own else 0 if len(own) == 1 else None
    chosen = st.selectbox(
        _("Group"),
        own,
        index=usual,
        format_func=lambda each: groups[each],
        placeholder=_("Choose a group"),
        key="class-group",
    )
    if chosen and chosen != before:
        st.query_params["group"] = chosen
    return chosen


def _ask_students(visit: Visit) -> list[Student]:
    _ = visit.words
    found, groups = students.list_students(visit.desk), groups_by_id(visit)
    group_id = ask_group(visit, found, groups)
    return st.multiselect(
        _("Students"),
        found,
        default=[each for each in found if each.group_id == group_id],
        format_func=lambda each: each.name,
        placeholder=_("Choose students"),
        max_selections=MOST_SLIPS,
        key=f"class-students-{group_id}",
    )


def groups_by_id(visit: Visit) -> dict[str, str]:
    return {group.id: group.name for group in people.list_groups(visit.desk)}


def _ask_model(visit: Visit) -> TalkModel:
    _ = visit.words
    models = library.models_for(visit.desk.actor)
    return st.selectbox(
        _("Kind of talk"),
        models,
        index=next((place for place, model in enumerate(models) if model.id == USUAL_MODEL), 0),
        format_func=lambda model: model.title.say(visit.language),
        key="class-model",
    )
