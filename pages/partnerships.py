"""Partnerskap: which do we have, of what type, since when?"""

import streamlit as st

from ringvirkning.figures import partnerships
from ringvirkning.figures.timeline import every_partnership, timeline
from ringvirkning.figures.view import current_view
from ringvirkning.ui.components.figure import draw_figure
from ringvirkning.ui.components.filters import narrow
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import draw_headline
from ringvirkning.ui.lists import partnership_list
from ringvirkning.ui.stories import story
from ringvirkning.ui.stories.stories import stop_at_open

shown = current_view.get()

stop_at_open(shown)

records = every_partnership(shown)
nothing_left(shown, records)
draw_headline(shown, partnerships.headline(shown))

left, right = st.columns(2, gap="large")
with left:
    draw_figure(shown, partnerships.by_partner_type(shown), opens=narrow("partner_type"))
with right:
    draw_figure(shown, partnerships.by_partnership_type(shown), opens=narrow("partnership_type"))
draw_figure(shown, partnerships.begun_and_ended(shown), opens=narrow("years"))
draw_figure(shown, timeline(shown), opens=story.opening("partnership"))

partnership_list(shown, records)
