"""The results of one programme: funnel, rounds, targets, other figures, published words."""

import streamlit as st

from charts import outcomes
from texts import sentences
from texts.safe import markdown_text
from texts.sentences import Rows
from ui import feet
from ui.figure import figure, table
from ui.question import Question
from ui.view import View

FLAGSHIP = "WorkOP"


def in_order(*answers: Rows) -> list[str]:
    """The programmes with anything to show: WorkOP first, then those with most figures."""
    count: dict[str, int] = {}
    for row in (row for rows in answers for row in rows if row.programme is not None):
        count[row.programme] = count.get(row.programme, 0) + 1
    return sorted(count, key=lambda p: (p != FLAGSHIP, -count[p], p))


def parts(shown: View, programme: str) -> tuple[Rows, ...]:
    """Stages, other results and targets of one programme."""
    questions = ("funnel", "results_by_programme", "targets_met")
    return tuple(
        [row for row in shown.rows(question) if row.programme == programme]
        for question in questions
    )


def programme_summary(shown: View, programme: str) -> str:
    stages, results, _ = parts(shown, programme)
    return sentences.programme_headline(shown.words, stages, results, programme)


def programme_figures(shown: View, programme: str) -> None:
    w = shown.words
    stages, results, targets = parts(shown, programme)
    feet.quotes(shown, programme)
    if stages:
        rounds(shown, stages, programme)
    elif not results:
        st.markdown(w("empty.no_figures", programme=markdown_text(programme)))
    if aims := [row for row in targets if row.target is not None]:
        figure(
            shown,
            f"targets-{programme}",
            outcomes.against_targets(w, aims, programme),
            feet.targets(shown, aims),
            ["target_attainment"],
            ["targets_met"],
            behind=Question(
                "target_attainment", aims[0].measure, "programme", row=programme, page="1"
            ),
        )
    if rest := [row for row in results if not stages or row.measure not in outcomes.IN_CHAIN]:
        other_results(shown, rest)


def rounds(shown: View, stages: Rows, programme: str) -> None:
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
            behind=Question("placement_rate", rows="programme", row=programme, page="1"),
        )
    with right:
        by_round = shown.rows("rounds", round_programme=programme)
        if by_round:
            figure(
                shown,
                f"rounds-{programme}",
                outcomes.by_round(w, by_round, programme),
                feet.rounds(shown, stages),
                ["placement_permanent", "placement_temporary", "apprenticeship", "retention_rate"],
                ["rounds"],
                behind=Question("placements", rows="programme", row=programme, page="1"),
                round_programme=programme,
            )


def other_results(shown: View, rows: Rows) -> None:
    """Figures outside the chain of rounds, one line each, with what they rest on."""
    w = shown.words
    heading = tuple(w(f"record.{k}") for k in ("result", "value", "year", "evidence", "source"))
    body = [
        (
            sentences.measured(w, row.measure, row.measured_at),
            sentences.measured_number(w, row),
            sentences.period(row.from_year, row.to_year) or w("date.year_unknown"),
            w.code("evidence", row.evidence),
            row.source or "",
        )
        for row in rows
    ]
    st.subheader(w("headline.other_results"), anchor=False)
    table([heading, *body], w("headline.other_results"))
    if rounding := feet.rounding(shown, [row.measure for row in rows]):
        st.caption(rounding)
