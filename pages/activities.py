"""Aktiviteter: what did we do together?"""

import streamlit as st

from charts import activities
from texts import sentences
from ui import feet
from ui.figure import figure
from ui.filters import narrow
from ui.headline import headline
from ui.lists import activity_list, published_totals
from ui.question import Question
from ui.states import nothing_left
from ui.view import current

shown = current.get()
w = shown.words

held = shown.rows("activities_by_year")
records = shown.rows("activity_records")
nothing_left(shown, held, records)
by_type = shown.rows("activities_by_type")
by_programme = shown.rows("activities_by_programme")
dated = [row for row in held if row.year is not None]
attended_known = sum(row.attended_known for row in dated)

headline(shown, sentences.activities_in(w, dated, shown.year))

if len(dated):
    figure(
        shown,
        "activities-by-type",
        activities.by_type(w, by_type, shown.as_of),
        feet.activities(shown, held, "foot.unit_activities"),
        ["activities_held"],
        ["activities_by_type"],
        opens=narrow("years"),
        behind=Question(split="activity_type", page="1"),
    )
published_totals(shown)

left, right = st.columns(2, gap="large")
with left:
    if attended_known or any(row.registered_known for row in dated):
        figure(
            shown,
            "registered-and-attended",
            activities.registered_and_attended(w, held, shown.as_of),
            feet.activities(shown, held, "foot.unit_attendances", attended_known),
            ["registered", "attended"],
            ["activities_by_year"],
            opens=narrow("years"),
            behind=Question("attended", page="1"),
        )
    else:
        st.header(w("headline.no_attendance"), anchor=False)
        st.markdown(w("empty.no_attendance"))
with right:
    figure(
        shown,
        "activities-by-programme",
        activities.by_programme(w, by_programme),
        feet.activities(shown, held, "foot.unit_activities"),
        ["activities_held"],
        ["activities_by_programme"],
        opens=narrow("programme"),
        behind=Question(rows="programme", page="1"),
    )

activity_list(shown, records)
