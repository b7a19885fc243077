"""A group over a term: chosen, then shown, with the small counts hidden unless the reader is alone at the screen."""

import streamlit as st

from conversation_models.services import group_term, terms
from conversation_models.services.group_term import MOST_NAMED, GroupTerm, Scope
from conversation_models.services.terms import Term
from reports import group_charts, group_tables
from reports.group_counts import GroupCounts, group_counts
from reports.group_shared import shared_term
from ui.charts import show_chart
from ui.session import Visit
from ui.table import show_table


def choose_group(visit: Visit) -> tuple[Term, Scope] | None:
    """Term and group, side by side. None, and said, when nobody is within reach."""
    _ = visit.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        term = _choose_term(visit)
        scope = choose_scope(visit, term)
    if scope is None:
        st.info(_("Nobody is within your reach yet."))
        return None
    return term, scope


def _choose_term(visit: Visit) -> Term:
    _ = visit.words
    known = terms.latest_terms(visit.desk.today)
    return st.selectbox(
        _("Term"), known, format_func=lambda term: group_tables.term_name(term, visit.language), key="group-term"
    )


def choose_scope(visit: Visit, term: Term) -> Scope | None:
    """None when nobody is within reach. Several schools are chosen one by one, or all that is within reach."""
    _ = visit.words
    groups = group_term.group_choices(visit.desk, term)
    if not groups:
        return None
    schools = {each.school_id: each.school_name for each in groups}
    named = {Scope(): _("All my students")}
    if len(schools) > 1:
        named |= {Scope(school_id): name for school_id, name in schools.items()}
    for each in groups:
        name = f"{each.group_name}, {each.school_name}" if len(schools) > 1 else each.group_name
        named[Scope(group_id=each.group_id)] = name
    return st.selectbox(_("Group"), list(named), format_func=named.__getitem__, key="group-scope")


def show_group(visit: Visit, term: Term, scope: Scope) -> None:
    _ = visit.words
    alone = st.toggle(
        _("I am alone at the screen: show every student's path and the small numbers too"), key="group-alone"
    )
    named = alone and st.toggle(_("Show names"), key="group-named")
    if alone:
        found = group_term.group_term(visit.desk, term, scope, named)
        counts = group_counts(found, shared=False)
    else:
        shared = shared_term(visit.desk, term, scope)
        found, counts = shared.found, shared.counts
        st.text("\n".join(group_tables.say_counted(shared.counted_on, visit.language)))
    if named and not found.names:
        st.info(_("Names are shown for at most {most} students at a time. Choose a group.").format(most=MOST_NAMED))
    if counts.left_out:
        st.text(group_tables.say_left_out(counts.left_out, visit.language))
    if not counts.shown_groups:
        st.info(
            _("There is no group here that can be shown to others. Are you alone at the screen? Then say so above.")
        )
        return
    _show_moves(visit, found, counts, alone=alone)
    _show_rest(visit, counts)


def _show_moves(visit: Visit, found: GroupTerm, counts: GroupCounts, *, alone: bool) -> None:
    _ = visit.words
    st.header(_("How important school is, and the trust in managing it"), anchor=False)
    if alone and 0 < len(found.compared) <= group_charts.MOST_PATHS:
        show_chart(visit, group_charts.paths_chart(found, visit.language), "group-paths", ())
    flows = group_charts.flows_chart(counts, visit.language)
    show_chart(visit, flows, "group-flows", ())
    show_table(group_tables.apart_table(counts, visit.language), _("Who could not be compared, and why"), "apart")


def _show_rest(visit: Visit, counts: GroupCounts) -> None:
    _ = visit.words
    st.header(_("The survey, row by row"), anchor=False)
    st.text(_(group_tables.SURVEY_NOTE))
    show_table(
        group_tables.survey_table(counts, visit.language),
        _("The survey's rows, by how many each thing was said"),
        "survey",
    )
    st.header(_("Held and agreed"), anchor=False)
    show_table(
        group_tables.happened_table(counts, visit.language), _("Talks, surveys and agreements of the term"), "happened"
    )
