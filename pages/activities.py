"""Aktiviteter: what did we do together?"""

import streamlit as st

from ringvirkning.figures import activities
from ringvirkning.figures.view import View, current_view
from ringvirkning.ui.components.figure import draw_figures
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.lists import activity_list, published_totals

shown = current_view.get()


def no_attendance(shown: View) -> None:
    st.header(shown.words("headline.no_attendance"), anchor=False)
    st.markdown(shown.words("empty.no_attendance"))


records = activities.latest(shown)
nothing_left(shown, activities.dated(shown), activities.undated(shown), records)
draw_headline(shown, activities.headline(shown))

first, *others = activities.FIGURES
draw_figures(shown, [first])
published_totals(shown)
draw_figures(shown, others, instead={activities.registered_and_attended: no_attendance})
activity_list(shown, records)
