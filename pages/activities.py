"""Aktiviteter: what did we do together?"""

import streamlit as st

from ringvirkning.figures import activities
from ringvirkning.figures.view import current
from ringvirkning.ui.components.figure import figure
from ringvirkning.ui.components.filters import narrow
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import headline
from ringvirkning.ui.lists import activity_list, published_totals

shown = current.get()
w = shown.words

records = activities.latest(shown)
nothing_left(shown, activities.dated(shown), activities.undated(shown), records)
headline(shown, activities.headline(shown))

figure(shown, activities.by_type(shown), opens=narrow("years"))
published_totals(shown)

left, right = st.columns(2, gap="large")
with left:
    attendance = activities.registered_and_attended(shown)
    figure(shown, attendance, opens=narrow("years"))
    if attendance is None:
        st.header(w("headline.no_attendance"), anchor=False)
        st.markdown(w("empty.no_attendance"))
with right:
    figure(shown, activities.by_programme(shown), opens=narrow("programme"))

activity_list(shown, records)
