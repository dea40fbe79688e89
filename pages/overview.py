"""Oversikt: what do our partnerships give?"""

import streamlit as st

from charts import outcomes, partnerships
from texts import sentences
from texts.safe import markdown_text
from ui import attention, feet
from ui.cards import cards
from ui.figure import figure
from ui.frame import view
from ui.key_figures import key_figures
from ui.states import nothing_left

shown = view()
w, year = shown.words, shown.year

active = shown.ask("partnerships_by_year")
held = shown.ask("activities_by_year")
jobs = shown.ask("placements_by_year")
targets = shown.ask("targets_met")

nothing_left(shown, active, held, jobs)
st.title(markdown_text(sentences.overview_headline(w, active, jobs, year)), anchor=False)
st.caption(markdown_text(feet.under_headline(shown)))
cards(shown, key_figures(shown, active, held, jobs, targets))

left, right = st.columns([6, 5], gap="large")
with left:
    if len(active):
        figure(
            shown,
            "active",
            partnerships.by_year(w, active, year, shown.as_of),
            feet.partnerships(shown),
            ["active_partnerships"],
            ["partnerships_by_year", "partnership_coverage"],
        )
with right:
    if len(jobs):
        figure(
            shown,
            "jobs",
            outcomes.jobs_by_year(
                w, jobs, targets, shown.as_of, sentences.jobs_title(w, jobs, year)
            ),
            feet.outcomes(shown, jobs),
            ["placements", "placement_permanent"],
            ["placements_by_year", "targets_met"],
        )
    else:
        st.header(w("headline.no_jobs", year=str(year)), anchor=False)
        st.markdown(w("empty.no_jobs"))
        feet.quotes(shown)

attention.show(shown)
