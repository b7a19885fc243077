"""One student over time: the quadrant's path, the survey's rows, the scales, what was agreed, any other instrument."""

import streamlit as st

from conversation_models.services import look
from conversation_models.services.access import Right
from reports.from_paper import say_all_from_paper
from ui import places
from ui.charts import show_history
from ui.over_time import show_over_time
from ui.papers import paper_link
from ui.session import enter
from ui.student_time import show_path_in_time, show_time
from ui.text import plain
from ui.views import show_views

visit = enter(Right.SEE_TALKS)
_ = visit.words
history = look.history(visit.desk, places.asked("student"))
st.title(_("Looking back: {name}").format(name=plain(history.student.name)), anchor=False)
if not history.talks:
    st.info(_("There is nothing to look back at yet. After the first talk it shows here."))
else:
    for said in say_all_from_paper(history.talks, visit.language):
        st.text(said)
    show_time(visit, history)
    show_path_in_time(visit, history)
    show_history(visit, history)
    show_views(visit, history)
    show_over_time(visit, history)
    paper_link(_("Print this as a PDF"), f"/papers/student/{history.student.id}.pdf")
places.link(places.STUDENT, visit, _("Back to the student"), student=history.student.id)
