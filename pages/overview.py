"""Oversikt: what do our partnerships give?"""

import streamlit as st

from charts import outcomes, partnerships
from texts import sentences
from ui import attention, feet
from ui.cards import cards
from ui.figure import figure
from ui.filters import narrow
from ui.headline import headline
from ui.key_figures import key_figures
from ui.question import Question
from ui.states import nothing_left
from ui.view import current

shown = current.get()
w, year = shown.words, shown.year

by_year = ("partnerships_by_year", "activities_by_year", "placements_by_year")
now = [shown.all_years(question) for question in by_year]
before = [shown.year_before(question) for question in by_year]
active, held, jobs = (shown.in_years(answer) for answer in now)
targets = shown.in_years(shown.all_years("targets_met"))

nothing_left(shown, active, held, jobs)
jobs_title = sentences.jobs_title(w, now[2], before[2], year, so_far=year == shown.as_of.year)
headline(shown, sentences.overview_headline(w, active, jobs_title, year))
cards(shown, key_figures(shown, now, before))

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
            opens=narrow("years"),
            behind=Question("active_partnerships", row=str(year), page="1"),
        )
with right:
    if len(outcomes.single_years(jobs)):
        figure(
            shown,
            "jobs",
            outcomes.jobs_by_year(w, jobs, targets, shown.as_of, jobs_title),
            feet.outcomes(shown, jobs),
            ["placements", "placement_permanent"],
            ["placements_by_year", "targets_met"],
            opens=narrow("years"),
            behind=Question("placements", split="kind", page="1"),
        )
    else:
        st.header(w("headline.no_jobs", year=str(year)), anchor=False)
        feet.jobs_in_words(shown, jobs)

attention.show(shown)
