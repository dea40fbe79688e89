"""Jobs by year and kind, against the target for one of them; which kinds of jobs there are."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from queries import answers
from ringvirkning.charts import Columns, Series, forms
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.question import Question
from ringvirkning.figures.targets import mark_words, target_measure
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import number
from ringvirkning.texts.sentences import change_sentence, claim

Jobs = Sequence[answers.PlacementsByYear]
Yearly = TypeVar("Yearly", answers.PlacementsByYear, answers.TargetsMet)
KINDS = ("placement_permanent", "placement_temporary", "apprenticeship", "placement_unspecified")
NAMED_KINDS = KINDS[:3]  # in words of their own


def single_years(rows: Sequence[Yearly]) -> list[Yearly]:
    """The figures of one year each; one for several years at once can't be split."""
    return [row for row in rows if row.from_year == row.to_year is not None]


def aimed_kind(shown: View) -> str:
    """The kind of job that targets are set for; permanent ones where they are for no kind."""
    measure = target_measure(shown)
    return measure if measure in KINDS else KINDS[0]


def jobs(shown: View) -> Figure | None:
    """None where no result is of one year."""
    by_year = shown.in_years(shown.all_years(answers.PlacementsByYear))
    if not single_years(by_year):
        return None
    targets = shown.in_years(shown.all_years(answers.TargetsMet))
    return make(
        shown,
        "jobs",
        jobs_chart(shown.words, by_year, targets, shown.as_of, title(shown), aimed_kind(shown)),
        foot=foot(shown, by_year),
        measures=["placements", aimed_kind(shown)],
        asks=["placements_by_year", "targets_met"],
        cited=jobs_cited(shown),
        behind=Question("placements", split="kind", page="1"),
        opens="records",
    )


def jobs_chart(
    w: Words,
    jobs: Jobs,
    targets: Sequence[answers.TargetsMet],
    as_of: date,
    title: str,
    aimed: str = KINDS[0],
) -> Columns:
    """Placements by year and kind; the target for jobs of the kind `aimed` as a thin mark.

    Figures for spans of years can't be split, and are not in it.
    """
    all_kinds = [row for row in single_years(jobs) if row.measure == "placements"]
    single = [row for row in single_years(jobs) if row.measure in KINDS]
    programmes = {programme for row in single for programme in row.programmes}
    aim = forms.totals(
        (row.from_year, row.target)
        for row in single_years(targets)
        if row.measure == aimed and row.target is not None and (row.programme or "") in programmes
    )
    years = forms.all_years(row.from_year for row in single)
    value = forms.totals(((row.measure, row.from_year), row.value) for row in single)
    # What the target is for stands on the ground, where its mark is measured from.
    kinds = sorted(KINDS, key=lambda kind: kind != aimed)
    present = [k for k in kinds if any(k == measure for measure, _ in value)]
    series = [
        kind_series(
            w,
            kind,
            [value.get((kind, y)) for y in years],
            [str(y) for y in years],
            labelled=kind == aimed,
        )
        for kind in present
    ]
    of = sentences.small(w.code("measure", aimed))
    subtitle = w("chart.jobs_by_year") + (" " + w("chart.target_mark", measure=of) if aim else "")
    reached = {year: n for (kind, year), n in value.items() if kind == aimed}
    marks = [(y, float(v), mark_words(w, reached.get(y), v)) for y, v in aim.items()]
    sums = {row.from_year: row.value for row in all_kinds if row.from_year is not None}
    return forms.columns(w, title, subtitle, years, series, marks, running=as_of.year, sums=sums)


def kind_series(
    w: Words,
    kind: str,
    values: Sequence[float | None],
    names: list[str],
    labelled: bool = False,
) -> Series:
    label = w.code("measure", kind)
    examples = [v is not None and number(v).is_example for v in values]
    return Series(
        label,
        kind,
        tuple(values),
        labels=tuple(w.shown(v) if v else "" for v in values) if labelled else (),
        hovers=tuple(
            f"{name} · {label}: {w.known(v)}" + (f" · {w('claim.example')}" if example else "")
            if v is not None
            else ""
            for name, v, example in zip(names, values, examples, strict=True)
        ),
        pattern=tuple("example" if example else "solid" for example in examples),
    )


def title(shown: View, is_compared: bool = True) -> str:
    return jobs_title(
        shown.words,
        shown.all_years(answers.PlacementsByYear),
        shown.year_before(answers.PlacementsByYear) if is_compared else [],
        shown.year,
        so_far=shown.year == shown.as_of.year,
        aimed=aimed_kind(shown),
    )


def jobs_in(jobs: Jobs, year: int, kind: str) -> answers.PlacementsByYear | None:
    """The answer of the year for a kind of job; None where nothing is known."""
    return next(
        (row for row in jobs if row.from_year == row.to_year == year and row.measure == kind),
        None,
    )


def jobs_title(
    w: Words, now: Jobs, before: Jobs, year: int, so_far: bool, aimed: str = KINDS[0]
) -> str:
    """The jobs of the year, of the kind `aimed` where any are known, against the year before.

    `so_far`: the year still runs, and `before` goes as far as the same day a year earlier.
    """
    for kind in (aimed, "placements") if aimed in NAMED_KINDS else ("placements",):
        if found := jobs_in(now, year, kind):
            earlier = jobs_in(before, year - 1, kind)
            named = sentences.programmes_words(w, found.programmes)
            said = claim(w, found.evidence, found.value, kind, named, str(year))
            if earlier and may_be_compared(found, earlier):
                than = w("change.same_time" if so_far else "change.year_before")
                said += ", " + change_sentence(w, found.value, earlier.value, than)
            return said
    return w("headline.no_jobs", year=str(year))


def may_be_compared(now: answers.PlacementsByYear, before: answers.PlacementsByYear) -> bool:
    """Whether two years are of the same programmes, and both published or both examples."""
    return now.programmes == before.programmes and now.value.is_example == before.value.is_example


def foot(shown: View, jobs: Jobs) -> str:
    """Under the jobs by year: figures for several years at once can't be split, and are told."""
    w = shown.words
    single = single_years([row for row in jobs if row.measure == "placements"])
    alike = {row.value.is_example for row in single}
    of_all_kinds = [
        row for row in jobs if row.measure == "placements" and row.value.is_example in alike
    ]
    matching = sum(row.figure_count for row in of_all_kinds)
    left_out = {
        "spans": matching - sum(row.figure_count for row in single),
        "examples": sum(row.figure_count - row.known_count for row in single),
    }
    return sentences.quiet_line(
        [
            w("foot.unit_jobs"),
            sentences.based_on(w, "figures", matching - sum(left_out.values()), matching, left_out),
            feet.evidence(shown, (row.evidence for row in single)),
        ]
    )


def jobs_cited(shown: View) -> feet.Cited:
    """Where the jobs of single years are from, and the targets that they are shown against."""
    jobs = feet.cited(shown, "placements", single_years=True)
    programmes = {row.programme for row in jobs}
    aims = feet.cited(shown, f"target_attainment:{aimed_kind(shown)}", single_years=True)
    return [*jobs, *(r for r in aims if r.record == "target" and r.programme in programmes)]
