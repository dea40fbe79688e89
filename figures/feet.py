"""The quiet line under a figure: unit, n of N and why, evidence, source and its date."""

from collections.abc import Iterable, Sequence
from typing import Any

from charts import Chart
from charts.outcomes import IN_CHAIN, single_years
from figures import Figure
from figures.filters import summary
from figures.question import Question
from figures.view import View
from texts import sentences
from texts.sentences import Rows


def under_headline(shown: View) -> str:
    w = shown.words
    jobs = shown.rows("placements_by_year")
    examples = sorted({row.programme for row in jobs if row.evidence == "illustrative"})
    return sentences.quiet_line(
        [
            summary(w, shown.selection, shown.span),
            w("foot.as_of", date=w.day(shown.as_of)),
            w("foot.examples_in", programmes=w.listed(examples)) if examples else "",
            rounding(shown, ["attended", "placements"]),
        ]
    )


def rounding(shown: View, measures: Iterable[str]) -> str:
    """How counts of people are protected, where any of these measures is or rests on one."""
    concerned = any(
        shown.measure(code)["counts_people"] == "yes" or shown.measure(code)["unit"] == "share"
        for code in measures
    )
    return shown.words("foot.rounded") if shown.is_protected and concerned else ""


def rounded(
    shown: View,
    name: str,
    chart: Chart,
    foot: str,
    measures: Sequence[str],
    asks: Sequence[str],
    behind: Question | None = None,
    **more: Any,
) -> Figure:
    """A figure whose foot says, too, how what it counts is rounded."""
    foot = sentences.quiet_line([foot, rounding(shown, measures)])
    return Figure(name, chart, foot, measures, asks, more, behind)


def partnerships(shown: View, extra: str = "") -> str:
    w = shown.words
    (row,) = shown.rows("partnership_coverage")
    left_out = {"undated": row.undated_count, "future": row.future_count}
    matching = row.partnership_count
    seen = row.start_unknown_count
    if seen:
        by = "by_examples" if row.example_count == seen else "by_activities"
        extra = sentences.quiet_line([w(f"foot.{by}", n=seen), extra])
    return sentences.quiet_line(
        [
            w("foot.unit_partnerships"),
            sentences.based_on(
                w, "partnerships", matching - sum(left_out.values()), matching, left_out
            ),
            extra,
            sources(shown, "partnership"),
        ]
    )


def activities(shown: View, held: Rows, unit: str, known: int | None = None) -> str:
    """`known` is how many have the count shown; by default how many have a year."""
    w = shown.words
    matching = sum(row.activity_count for row in held)
    undated = sum(row.activity_count for row in held if row.year is None)
    left_out = {"undated_activities": undated}
    if known is not None:
        left_out = {"not_counted": matching - known}
    examples = sum(row.illustrative_count for row in held)
    return sentences.quiet_line(
        [
            w(unit),
            sentences.based_on(
                w, "activities", matching - sum(left_out.values()), matching, left_out
            ),
            w("foot.of_which_examples", n=examples) if examples else "",
            sources(shown, "activity"),
        ]
    )


def outcomes(shown: View, jobs: Rows) -> str:
    """Under the jobs by year: figures for several years at once can't be split, and are told."""
    w = shown.words
    single = single_years(jobs)
    matching = sum(row.known_count for row in jobs)
    left_out = {"spans": matching - sum(row.known_count for row in single)}
    measures, programmes = ({getattr(r, k) for r in single} for k in ("measure", "programme"))
    return sentences.quiet_line(
        [
            w("foot.unit_jobs"),
            sentences.based_on(w, "figures", matching - sum(left_out.values()), matching, left_out),
            evidence(shown, single),
            sources(shown, "outcome", measure=measures, programme=programmes),
        ]
    )


def sources(shown: View, record: str, **within: set[str]) -> str:
    """The sources of a kind of record; `within` narrows them to measures and programmes."""
    cited = [
        row
        for row in shown.rows("sources")
        if row.record == record and all(getattr(row, k) in found for k, found in within.items())
    ]
    return sentences.sources(shown.words, cited)


def evidence(shown: View, rows: Rows) -> str:
    w = shown.words
    kinds = {row.evidence for row in rows}
    found = [kind for kind in sentences.WEAKER if kind in kinds]
    return (
        w("foot.evidence", kinds=w.listed(w.code("evidence", kind) for kind in found))
        if found
        else ""
    )


def rounds(shown: View, stages: Rows) -> str:
    """Under the funnel and the rounds: how many rounds, how many too young, which evidence."""
    w = shown.words
    placed = [row for row in stages if row.measure == "placements"]
    matching = sum(row.round_count + row.not_due_count for row in placed)
    known = sum(row.known_count for row in placed)
    late = [row for row in stages if row.measured_at == "12_months"]
    not_due = sum(row.not_due_count for row in late)
    not_followed_up = sum(row.round_count - row.known_count for row in late)
    programmes = {row.programme for row in stages}
    return sentences.quiet_line(
        [
            w("foot.unit_persons"),
            w("foot.rounds", n=known, of=matching),
            w("foot.not_due", n=not_due) if not_due else "",
            w("foot.not_followed_up", n=not_followed_up) if not_followed_up else "",
            evidence(shown, stages),
            sources(shown, "outcome", measure=IN_CHAIN, programme=programmes),
        ]
    )


def uncertain_starts(shown: View) -> str:
    """How many starts are only known as "at the latest": they are in no column of starts."""
    (row,) = shown.rows("partnership_coverage")
    count = row.uncertain_count
    return shown.words("foot.uncertain_starts", n=count) if count else ""


def targets(shown: View, aims: Rows) -> str:
    w = shown.words
    known = sum(row.actual is not None for row in aims)
    return sentences.quiet_line(
        [
            w("foot.unit_targets"),
            sentences.based_on(w, "targets", known, len(aims), {"no_result": len(aims) - known}),
            evidence(shown, aims),
            w("foot.example_targets") if any(row.is_illustrative for row in aims) else "",
        ]
    )


def newest_sources(shown: View) -> str:
    """The date of the newest source of each kind of record."""
    w = shown.words
    newest: dict[str, str] = {}
    for row in shown.rows("sources"):
        newest[row.record] = max(newest.get(row.record, ""), row.source_date or "")
    kinds = [kind for kind in ("partnership", "activity", "outcome") if newest.get(kind)]
    return sentences.quiet_line(
        [w(f"about.newest_{kind}", date=w.day(newest[kind])) for kind in kinds]
    )


def measure_line(shown: View, measure: dict[str, str]) -> str:
    """Unit, how it adds, where the definition comes from, what to beware of."""
    w = shown.words
    source = measure["definition_source"]
    return sentences.quiet_line(
        [
            w.code("unit", measure["unit"]),
            w.code("adds", measure["adds"]),
            w("about.definition_source", source=source) if source else "",
            measure["caveat"],
        ]
    )
