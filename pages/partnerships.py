"""Partnerskap: which do we have, of what type, since when?"""

import streamlit as st

from ringvirkning.figures import partnerships
from ringvirkning.figures.timeline import every_partnership, timeline
from ringvirkning.figures.view import current
from ringvirkning.ui.components.figure import figure
from ringvirkning.ui.components.filters import narrow
from ringvirkning.ui.empty import nothing_left
from ringvirkning.ui.headline import headline
from ringvirkning.ui.lists import partnership_list
from ringvirkning.ui.stories import story
from ringvirkning.ui.stories.stories import stop_at_open

shown = current.get()

stop_at_open(shown)

records = every_partnership(shown)
nothing_left(shown, records)
headline(shown, partnerships.headline(shown))

left, right = st.columns(2, gap="large")
with left:
    figure(shown, partnerships.by_partner_type(shown), opens=narrow("partner_type"))
with right:
    figure(shown, partnerships.by_partnership_type(shown), opens=narrow("partnership_type"))
figure(shown, partnerships.begun_and_ended(shown), opens=narrow("years"))
figure(shown, timeline(shown), opens=story.opening("partnership"))

partnership_list(shown, records)
