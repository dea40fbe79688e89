"""Partnerskap: which do we have, of what type, since when?"""

import streamlit as st

from charts import partnerships
from texts import sentences
from ui import feet, story
from ui.figure import figure
from ui.filters import narrow
from ui.headline import headline
from ui.lists import partnership_list
from ui.question import Question
from ui.states import nothing_left
from ui.stories import stop_at_open
from ui.view import current

shown = current.get()
w, year = shown.words, shown.year

stop_at_open(shown)

records = shown.rows("partnership_records")
nothing_left(shown, records)
active = shown.rows("partnerships_by_year")
by_partner_type = shown.rows("partnerships_by_partner_type")
by_type = shown.rows("partnerships_by_type")
total = sum(sentences.in_year(active, year))

headline(shown, sentences.partnerships_in(w, active, year))

left, right = st.columns(2, gap="large")
with left:
    if len(by_partner_type):
        parts = sum(row.confirmed_count + row.unconfirmed_count for row in by_partner_type)
        figure(
            shown,
            "by-partner-type",
            partnerships.by_kind(w, by_partner_type, "partner_type", year),
            feet.partnerships(shown, sentences.overlap(w, parts, total)),
            ["active_partnerships"],
            ["partnerships_by_partner_type"],
            opens=narrow("partner_type"),
            behind=Question("active_partnerships", rows="partner_type", page="1"),
        )
with right:
    if len(by_type):
        figure(
            shown,
            "by-partnership-type",
            partnerships.by_kind(w, by_type, "partnership_type", year),
            feet.partnerships(shown),
            ["active_partnerships"],
            ["partnerships_by_type"],
            opens=narrow("partnership_type"),
            behind=Question("active_partnerships", rows="partnership_type", page="1"),
        )

if len(active):
    figure(
        shown,
        "begun-and-ended",
        partnerships.begun_and_ended(
            w, active, shown.rows("partnerships_begun_and_ended"), shown.as_of
        ),
        feet.partnerships(shown, feet.uncertain_starts(shown)),
        ["active_partnerships", "partnerships_started", "partnerships_ended"],
        ["partnerships_by_year", "partnerships_begun_and_ended"],
        opens=narrow("years"),
        behind=Question("partnerships_started", page="1"),
    )

figure(
    shown,
    "timeline",
    partnerships.timeline(w, records, shown.as_of),
    feet.partnerships(shown),
    ["active_partnerships"],
    ["partnership_records"],
    opens=story.opening("partnership"),
)

partnership_list(shown, records)
