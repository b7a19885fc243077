"""Today: what waits, for all students within reach."""

import streamlit as st

from conversation_models.services import today
from conversation_models.services.access import Right
from ui import places
from ui.agenda import show_follow_ups, show_talks
from ui.made_reports import show_handovers
from ui.sentences import show_saved
from ui.session import enter
from ui.text import weekday
from ui.wishes import show_wishes

visit = enter(Right.SEE_TALKS)
_ = visit.words
st.title(_("Today"), anchor=False)
st.text(weekday(visit.desk.today, visit.language))
show_saved()

wanted = show_wishes(visit)
handovers = show_handovers(visit)
waiting = today.today(visit.desk)
show_talks(visit, _("Going on"), waiting.open_talks)
show_talks(visit, _("Answers to read"), waiting.unread)
show_follow_ups(visit, _("To follow up: the day has passed"), waiting.overdue)
show_follow_ups(visit, _("To follow up within two weeks"), waiting.soon)
show_talks(visit, _("Prepared talks"), waiting.prepared)

if not any((wanted, handovers, waiting.open_talks, waiting.unread, waiting.overdue, waiting.soon, waiting.prepared)):
    st.info(_("Nothing waits. Begin by choosing a student and preparing a talk: the student then gets the questions."))
    places.link(places.STUDENTS, visit, _("Choose a student"))
