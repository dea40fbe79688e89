"""Partnerskap: which do we have, of what type, since when?"""

import streamlit as st

from figures import partnerships
from figures.view import current
from ui import story
from ui.figure import figure
from ui.filters import narrow
from ui.headline import headline
from ui.lists import partnership_list
from ui.states import nothing_left
from ui.stories import stop_at_open

shown = current.get()

stop_at_open(shown)

records = shown.rows("partnership_records")
nothing_left(shown, records)
headline(shown, partnerships.headline(shown))

left, right = st.columns(2, gap="large")
with left:
    figure(shown, partnerships.by_partner_type(shown), opens=narrow("partner_type"))
with right:
    figure(shown, partnerships.by_partnership_type(shown), opens=narrow("partnership_type"))
figure(shown, partnerships.begun_and_ended(shown), opens=narrow("years"))
figure(shown, partnerships.timeline(shown), opens=story.opening("partnership"))

partnership_list(shown, records)
