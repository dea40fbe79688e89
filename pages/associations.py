"""Foreninger: what does each have beside the others, and what may be compared?"""

import streamlit as st

from ringvirkning.figures import associations
from ringvirkning.figures.view import current_view
from ringvirkning.ui.components.figure import draw_figures
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.lists import association_list

shown = current_view.get()

listed = associations.every_association(shown)
nothing_left(shown, listed)
draw_headline(shown, associations.headline(shown))

if len(listed) == 1 and shown.selection.association:
    st.markdown(shown.words("associations.of_one"))
draw_figures(shown, associations.SHARES)
association_list(shown, listed)
