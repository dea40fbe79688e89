"""Resultater: the funnel, the rounds and the targets of each programme, WorkOP first."""

from typing import Any

from ringvirkning.charts import outcomes
from ringvirkning.figures import Cited, Figure, feet
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.sentences import Rows

FLAGSHIP = "WorkOP"
# What a programme may have to show.
ASKED = ("funnel", "results_by_programme", "quotes", "targets_met")


def programmes(shown: View) -> list[str]:
    """Those with anything to show: WorkOP first, then those with most figures."""
    count: dict[str, int] = {}
    for question in ASKED:
        for row in shown.rows(question):
            if row.programme is not None:
                count[row.programme] = count.get(row.programme, 0) + 1
    return sorted(count, key=lambda p: (p != FLAGSHIP, -count[p], p))


def of(shown: View, question: str, programme: str) -> Rows:
    return [row for row in shown.rows(question) if row.programme == programme]


def in_words(shown: View) -> Rows:
    """What sources say of results without a number; what they aimed at is no result."""
    return [row for row in shown.rows("quotes") if not row.is_target]


def headline(shown: View) -> str:
    stages, results = shown.rows("funnel"), shown.rows("results_by_programme")
    return sentences.programme_headline(shown.words, stages, results, programmes(shown)[0])


def summary(shown: View, programme: str) -> str:
    """What a programme has come to, in a sentence."""
    stages, results = (of(shown, name, programme) for name in ("funnel", "results_by_programme"))
    return sentences.programme_headline(shown.words, stages, results, programme)


def funnel(shown: View, programme: str) -> Figure | None:
    stages = of(shown, "funnel", programme)
    if not stages:
        return None
    return feet.rounded(
        shown,
        f"funnel-{programme}",
        outcomes.funnel(shown.words, stages, programme),
        feet.rounds(shown, stages),
        ["placements", "placement_rate", "retention_rate"],
        ["funnel"],
        feet.cited(shown, "rounds", programme=(programme,)),
        Question("placement_rate", rows="programme", row=programme, page="1"),
    )


def by_round(shown: View, programme: str) -> Figure | None:
    stages = of(shown, "funnel", programme)
    found = shown.rows("rounds", round_programme=programme) if stages else []
    if not found:
        return None
    return feet.rounded(
        shown,
        f"rounds-{programme}",
        outcomes.by_round(shown.words, found, programme),
        feet.rounds(shown, stages),
        ["placement_permanent", "placement_temporary", "apprenticeship", "retention_rate"],
        ["rounds"],
        [Cited(r.source, r.source_date, r.evidence) for r in found if is_drawn(r)],
        Question("placements", rows="programme", row=programme, page="1"),
        round_programme=programme,
    )


def is_drawn(row: Any) -> bool:
    """Whether a stage of a round is drawn, and known."""
    is_stage = row.measure in outcomes.KINDS or row.measured_at != "exit"
    return bool(is_stage and row.is_due and row.value is not None)


def targets(shown: View, programme: str) -> Figure | None:
    aims = [row for row in of(shown, "targets_met", programme) if row.target is not None]
    if not aims:
        return None
    return feet.rounded(
        shown,
        f"targets-{programme}",
        outcomes.against_targets(shown.words, aims, programme),
        feet.targets(shown, aims),
        ["target_attainment"],
        ["targets_met"],
        feet.cited(
            shown,
            *(f"target_attainment:{measure}" for measure in sorted({row.measure for row in aims})),
            programme=(programme,),
        ),
        Question("target_attainment", aims[0].measure, "programme", row=programme, page="1"),
    )


def figures(shown: View) -> list[Figure | None]:
    return [
        made(shown, programme)
        for programme in programmes(shown)
        for made in (funnel, by_round, targets)
    ]
