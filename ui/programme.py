"""The results of one programme: funnel, rounds, targets, other figures, published words."""

import pandas as pd
import streamlit as st

from charts import outcomes
from texts import sentences
from texts.safe import markdown_text
from ui import feet
from ui.figure import figure, table
from ui.view import View

FLAGSHIP = "WorkOP"


def in_order(stages: pd.DataFrame, *others: pd.DataFrame) -> list[str]:
    """The programmes with anything to show: WorkOP first, then those with most figures."""
    count: dict[str, int] = {}
    for frame in (stages, *others):
        for programme in frame.programme.dropna():
            count[programme] = count.get(programme, 0) + 1
    return sorted(count, key=lambda p: (p != FLAGSHIP, -count[p], p))


def parts(shown: View, programme: str) -> tuple[pd.DataFrame, ...]:
    """Stages, other results and targets of one programme."""
    frames = (shown.ask("funnel"), shown.ask("results_by_programme"), shown.ask("targets_met"))
    return tuple(frame[frame.programme == programme] for frame in frames)


def programme_summary(shown: View, programme: str) -> str:
    stages, results, _ = parts(shown, programme)
    return sentences.programme_headline(shown.words, stages, results, programme)


def programme_figures(shown: View, programme: str) -> None:
    w = shown.words
    stages, results, targets = parts(shown, programme)
    feet.quotes(shown, programme)
    if len(stages):
        rounds(shown, stages, programme)
    elif not len(results):
        st.markdown(w("empty.no_figures", programme=markdown_text(programme)))
    if targets.target.notna().any():
        aims = targets[targets.target.notna()]
        figure(
            shown,
            f"targets-{programme}",
            outcomes.against_targets(w, aims, programme),
            feet.targets(shown, aims),
            ["target_attainment"],
            ["targets_met"],
        )
    rest = results if stages.empty else results[~results.measure.isin(outcomes.IN_CHAIN)]
    if len(rest):
        other_results(shown, rest)


def rounds(shown: View, stages: pd.DataFrame, programme: str) -> None:
    w = shown.words
    left, right = st.columns(2, gap="large")
    with left:
        figure(
            shown,
            f"funnel-{programme}",
            outcomes.funnel(w, stages, programme),
            feet.rounds(shown, stages),
            ["placements", "placement_rate", "retention_rate"],
            ["funnel"],
        )
    with right:
        by_round = shown.ask("rounds", round_programme=programme)
        if len(by_round):
            figure(
                shown,
                f"rounds-{programme}",
                outcomes.by_round(w, by_round, programme),
                feet.rounds(shown, stages),
                ["placement_permanent", "placement_temporary", "apprenticeship", "retention_rate"],
                ["rounds"],
            )


def other_results(shown: View, rows: pd.DataFrame) -> None:
    """Figures outside the chain of rounds, one line each, with what they rest on."""
    w = shown.words
    heading = tuple(w(f"record.{k}") for k in ("result", "value", "year", "evidence", "source"))
    body = [
        (
            sentences.measured(w, row.measure, row.measured_at),
            sentences.measured_number(w, row),
            sentences.period(row.from_year, row.to_year) or w("date.year_unknown"),
            w.code("evidence", row.evidence),
            "" if pd.isna(row.source) else str(row.source),
        )
        for row in rows.itertuples()
    ]
    st.subheader(w("headline.other_results"), anchor=False)
    table([heading, *body], w("headline.other_results"))
