"""The results of one programme: published words, funnel, rounds, targets, other figures."""

from collections.abc import Sequence
from contextlib import nullcontext

import streamlit as st

from queries import answers
from ringvirkning.figures import agreements, feet, outcomes
from ringvirkning.figures.context import comparable
from ringvirkning.figures.rounds import IN_CHAIN, of_programme
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.components.figure import draw_figure, draw_figures, draw_table
from ringvirkning.ui.examples import example_frame
from ringvirkning.ui.quotes import quotes, source_html


def programme_figures(shown: View, programme: str, place: str = "") -> None:
    """At a `place` of the page other programmes stand under other filters: the browser keeps their
    charts, which it draws ahead of the run."""
    with st.container():  # what comes and goes in it moves no chart
        for group in agreements.target_groups(shown, programme):
            st.caption(markdown_text(shown.words("programme.group", group=group)))
        quotes(shown, of_programme(shown, answers.Quotes, programme))
    stages = of_programme(shown, answers.Funnel, programme)
    results = of_programme(shown, answers.ResultsByProgramme, programme)
    if not (stages or results):
        st.markdown(shown.words("empty.no_figures", programme=markdown_text(programme)))
    are_examples = outcomes.are_examples(shown, programme)
    with example_frame(shown.words) if are_examples else nullcontext():
        rows = outcomes.own_figures(programme)
        draw_figures(shown, outcomes.figures_at(place, programme) if place else rows)
        if rest := [row for row in results if not stages or row.measure not in IN_CHAIN]:
            other_results(shown, rest)
    if told := comparable(shown, programme):
        with st.expander(told.chart.title, key=told.name):
            draw_figure(shown, told)


def other_results(shown: View, rows: Sequence[answers.ResultsByProgramme]) -> None:
    """Figures outside the chain of rounds, one line each, with what they rest on; no column of
    sources where none has one."""
    w = shown.words
    heading = tuple(w(f"record.{k}") for k in ("result", "value", "year", "evidence", "source"))
    body = [
        (
            sentences.measured(w, row.measure, row.measured_at),
            sentences.result_said(w, row.measure, row.value, feet.unknown_counts(row)),
            sentences.time_in_words(w, row.from_year, row.to_year, row.period)
            or w("date.year_unknown"),
            w.code("evidence", row.evidence),
            source_html(row.source),
        )
        for row in rows
    ]
    table = [heading, *body]
    if not any(row.source for row in rows):
        table = [row[:-1] for row in table]
    st.subheader(w("headline.other_results"), anchor=False)
    draw_table(table, w("headline.other_results"), links=heading[-1:])
    if rounding := feet.rounding_of(shown, rows):
        st.caption(sentences.said_together([rounding]))
