"""Jobs by year and kind, against the target for one of them; which kinds of jobs there are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from queries import answers
from ringvirkning.charts import Panels, Series, forms
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.question import Question
from ringvirkning.figures.targets import target_marks, target_measure
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import number, or_none
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
        measures=["placements", *dict.fromkeys([aimed_kind(shown), *known_kinds(by_year)])],
        asks=["placements_by_year", "targets_met"],
        cited=jobs_cited(shown),
        behind=Question("placements", page="1"),
        opens="records",
    )


def known_kinds(jobs: Jobs) -> list[str]:
    """The kinds of jobs that are known of single years."""
    known = {row.measure for row in single_years(jobs)}
    return [kind for kind in KINDS if kind in known]


def own_targets(jobs: Jobs, targets: Sequence[answers.TargetsMet], aimed: str) -> dict[int, float]:
    """The targets for a kind of job by year, where its jobs are of the same programmes and
    associations, and of no others."""
    programmes = {programme for row in jobs for programme in row.programmes}
    found = [
        row
        for row in single_years(targets)
        if row.measure == aimed and row.target is not None and (row.programme or "") in programmes
    ]
    jobs_of = {
        row.from_year: ({*row.programmes}, {*(row.associations or ())})
        for row in jobs
        if row.measure == aimed
    }
    aim = forms.totals((row.from_year, or_none(row.target)) for row in found)
    for year in [*aim]:
        own = [row for row in found if row.from_year == year]
        whose = ({row.programme or "" for row in own}, {row.association for row in own})
        if jobs_of.get(year, whose) != whose:
            del aim[year]
    return aim


def jobs_chart(
    w: Words,
    jobs: Jobs,
    targets: Sequence[answers.TargetsMet],
    as_of: date,
    title: str,
    aimed: str = KINDS[0],
) -> Panels:
    """Placements by year, a panel for each kind: first the kind `aimed`, with its targets as thin
    marks where they are of the same programmes and associations.

    Figures for spans of years can't be split, and are not in it.
    """
    single = [row for row in single_years(jobs) if row.measure in KINDS]
    aim = own_targets(single, targets, aimed)
    years = forms.all_years(row.from_year for row in single)
    value = forms.totals(((row.measure, row.from_year), row.value) for row in single)
    aims = {y: aim[y] for y in years if y in aim}
    present = {measure for measure, _ in value} | ({aimed} if aims else set())
    kinds = sorted(present or {aimed}, key=lambda kind: (kind != aimed, KINDS.index(kind)))
    names = forms.year_names(w, years, as_of.year)
    sums = {row.from_year: row.value for row in single_years(jobs) if row.measure == "placements"}
    totals = [sums.get(y, sum(or_none(value.get((kind, y))) for kind in kinds)) for y in years]
    lacks = Counter[tuple[str, int | None]]()
    for row in single_years(jobs):
        lacks[row.measure, row.from_year] += row.lacking_count
    lacking = [[lacks[kind, year] for year in years] for kind in (*kinds, "placements")]
    series = [
        replace(kind_series(w, kind, [value.get((kind, y)) for y in years], names), panel=panel)
        for panel, kind in enumerate(kinds)
    ]
    parts = forms.with_whole(
        w, [forms.without_examples(s, totals) for s in series], totals, lacking[-1]
    )
    drawn = [
        replace(
            part,
            labels=forms.spaced(["" if v is None else w.shown(v) for v in part.values]),
            keys=tuple(f"{kind} {year}" for year in years),
        )
        for kind, part in zip(kinds, parts, strict=True)
    ]
    marks = [(place, value.get((aimed, y)), aims[y]) for place, y in enumerate(years) if y in aims]
    table = forms.value_rows(w, names, series, totals, lacking)
    table = [(w("chart.year"), *(s.label for s in series), w("chart.total")), *table]
    if aims:  # beside what it is for
        said = [w("chart.target"), *(w.shown(aims[y]) if y in aims else "" for y in years)]
        table = [(*row[:2], aim, *row[2:]) for row, aim in zip(table, said, strict=True)]
    return Panels(
        *forms.base(w, title, w("chart.jobs_by_year"), table),
        forms.running_labels(w, years, as_of.year),
        tuple(drawn),
        tuple(one.label for one in drawn),
        target_marks(w, marks),
        within=forms.widest([*totals, *(v for s in drawn for v in s.values)]),
        years=tuple(years),
    )


def kind_series(
    w: Words,
    kind: str,
    values: Sequence[float | None],
    names: list[str],
) -> Series:
    label = w.code("measure", kind)
    examples = [v is not None and number(v).is_example for v in values]
    return Series(
        label,
        kind,
        tuple(values),
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
            said += w("explore.where_known") if found.lacking_count else ""
            if earlier and may_be_compared(found, earlier):
                than = w("change.same_time" if so_far else "change.year_before")
                said += change_sentence(w, found.value, earlier.value, than)
            return said
    return w("headline.no_jobs", year=str(year))


def may_be_compared(now: answers.PlacementsByYear, before: answers.PlacementsByYear) -> bool:
    """Whether two years are of the same programmes, both published or both examples, and nothing
    that counts in either lacks its number."""
    are_alike = now.value.is_example == before.value.is_example
    are_whole = not now.lacking_count and not before.lacking_count
    return now.programmes == before.programmes and are_alike and are_whole


def foot(shown: View, jobs: Jobs) -> str:
    """Under the jobs by year: figures for several years at once can't be split, and are told."""
    w = shown.words
    single = single_years([row for row in jobs if row.measure == "placements"])
    alike = {row.value.is_example for row in single}
    of_all_kinds = [
        row for row in jobs if row.measure == "placements" and row.value.is_example in alike
    ]
    matching = sum(row.figure_count for row in of_all_kinds)
    lacking = sum(row.lacking_count or 0 for row in single)
    undated = sum(row.figure_count for row in of_all_kinds if row.from_year is None)
    spans = matching - undated - sum(row.figure_count for row in single)
    matching += lacking
    left_out = {
        "no_number": lacking,
        "undated_activities": undated,
        "spans": spans,
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
    found = feet.cited(
        shown, "placements", f"target_attainment:{aimed_kind(shown)}", single_years=True
    )
    jobs = [row for row in found if row.record not in ("target", "reached")]
    programmes = {row.programme for row in jobs}
    aims = (row for row in found if row.record == "target" and row.programme in programmes)
    return [*jobs, *aims]
