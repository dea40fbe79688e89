"""Charts of results: jobs by kind and year, the funnel of a programme's rounds, round by round."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ringvirkning.charts import Bars, Columns, Panels, Pattern, Series, forms
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import number, share
from ringvirkning.texts.sentences import Rows

KINDS = ("placement_permanent", "placement_temporary", "apprenticeship", "placement_unspecified")
STAGES = (
    ("registered", "exit"),
    ("attended", "exit"),
    ("interviews", "exit"),
    ("job_offers", "exit"),
    ("placements", "exit"),
    ("in_work_or_education", "6_months"),
    ("in_work_or_education", "12_months"),
)

IN_CHAIN = {measure for measure, _ in STAGES} | set(KINDS)


def single_years(rows: Rows) -> list[Any]:
    """The figures of one year each; one for several years at once can't be split."""
    return [row for row in rows if row.from_year == row.to_year is not None]


def jobs_by_year(w: Words, jobs: Rows, targets: Rows, as_of: date, title: str) -> Columns:
    """Placements by year and kind; the target for permanent jobs as a thin mark.

    Figures for spans of years can't be split, and are not in it.
    """
    all_kinds = [row for row in single_years(jobs) if row.measure == "placements"]
    single = [row for row in single_years(jobs) if row.measure in KINDS]
    programmes = {programme for row in single for programme in row.programmes}
    aim = forms.totals(
        (row.from_year, row.target)
        for row in single_years(targets)
        if row.measure == "placement_permanent"
        and row.target is not None
        and row.programme in programmes
    )
    years = forms.all_years(row.from_year for row in single)
    value = forms.totals(((row.measure, row.from_year), row.value) for row in single)
    present = [k for k in KINDS if any(k == measure for measure, _ in value)]
    series = [
        kind_series(
            w,
            kind,
            [value.get((kind, y)) for y in years],
            [str(y) for y in years],
            labelled=kind == KINDS[0],
        )
        for kind in present
    ]
    subtitle = w("chart.jobs_by_year") + (" " + w("chart.target_mark") if aim else "")
    permanent = {year: n for (kind, year), n in value.items() if kind == KINDS[0]}
    marks = [(y, float(v), sentences.mark_words(w, permanent.get(y), v)) for y, v in aim.items()]
    sums = {row.from_year: row.value for row in all_kinds}
    return forms.columns(w, title, subtitle, years, series, marks, running=as_of.year, sums=sums)


def kind_series(
    w: Words,
    kind: str,
    values: list[Any],
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
        pattern=tuple("hatched" if example else "solid" for example in examples),
    )


def funnel(w: Words, stages: Rows, programme: str) -> Bars:
    """From registered to still in work after 12 months, each with its share and its interval."""
    rows = {(r.measure, r.measured_at): r for r in stages}
    shown = [
        rows[s]
        for s in STAGES
        if s in rows and (rows[s].known_count or (rows[s].not_due_count and s[1] != "exit"))
    ]
    names = [w(f"stage.{r.measure}.{r.measured_at}") for r in shown]
    values = [r.value if r.known_count else None for r in shown]
    said = [sentences.stage_words(w, r) for r in shown]
    series = Series(
        w("chart.persons"),
        "accent",
        tuple(v if v is not None else 0 for v in values),
        hovers=tuple(f"{n}: {s}" for n, s in zip(names, said, strict=True)),
        pattern=tuple("hatched" if r.evidence == "illustrative" else "solid" for r in shown),
    )
    table = [
        (
            w("chart.stage"),
            w("chart.persons"),
            w("chart.share"),
            w("chart.interval"),
            w("chart.rounds"),
        )
    ]
    for name, r, value in zip(names, shown, values, strict=True):
        table.append(
            (
                name,
                w("chart.not_yet") if value is None else w.shown(value),
                sentences.share_words(w, r),
                sentences.interval_words(w, r),
                sentences.rounds_words(w, r),
            )
        )
    title = sentences.funnel_title(w, rows, programme)
    heading = w("chart.stage")
    within = forms.widest(n for r in shown for n in (r.value, r.rated_value, r.base_count))
    return forms.bars(
        w, title, w("chart.funnel"), names, [series], said, heading, table, within=within
    )


def by_round(w: Words, measured: Rows, programme: str) -> Panels:
    """Three panels over the rounds: jobs by kind, in work after 6 and after 12 months."""
    rounds = {r.activity_id: r for r in reversed(measured)}
    ids = list(rounds)[::-1]
    cell = {(r.activity_id, r.measure, r.measured_at): r for r in measured}
    names = [sentences.round_name(w, rounds[i]) for i in ids]
    present = [k for k in KINDS if any((i, k, "exit") in cell for i in ids)]
    series: list[Series] = []
    for kind in present:
        found = [cell.get((i, kind, "exit")) for i in ids]
        series.append(
            kind_series(
                w,
                kind,
                [r and r.value for r in found],
                names,
            )
        )
    titles = [w("chart.jobs_by_round")]
    for panel, point in enumerate(("6_months", "12_months"), start=1):
        found = [cell.get((i, "in_work_or_education", point)) for i in ids]
        series.append(follow_up_series(w, found, names, point, panel))
        titles.append(w(f"stage.in_work_or_education.{point}"))
    table = [(w("chart.round"), *(s.label for s in series))]
    for i, name in enumerate(names):
        cells = [
            s.labels[i] if s.panel else ("" if s.values[i] is None else w.shown(s.values[i] or 0))
            for s in series
        ]
        table.append((name, *cells))
    title = sentences.rounds_title(w, [rounds[i] for i in ids], programme)
    subtitle = w("chart.by_round")
    return Panels(
        *forms.base(w, title, subtitle, table),
        tuple(name.replace(" ", "\n", 1) for name in names),
        tuple(series),
        tuple(titles),
        within=forms.widest(n for r in measured for n in (r.value, r.base_count)),
    )


def follow_up_series(
    w: Words, found: list[Any], names: list[str], point: str, panel: int
) -> Series:
    """In work of those followed up; "not yet" for a round too young, "missing" for one overdue."""
    known = [r is not None and r.value is not None and r.is_due for r in found]
    due = [r is None or r.is_due for r in found]
    labels = [
        sentences.x_of_y(w, r.value, r.base_count)
        if k and r.base_count is not None
        else w.shown(r.value)
        if k
        else w("chart.missing" if d else "chart.not_yet")
        for r, k, d in zip(found, known, due, strict=True)
    ]
    label = w(f"stage.in_work_or_education.{point}")
    return Series(
        label,
        "accent",
        tuple(r.value if k else 0 if d else 1 for r, k, d in zip(found, known, due, strict=True)),
        labels=tuple(labels),
        hovers=tuple(f"{n} · {label}: {t}" for n, t in zip(names, labels, strict=True)),
        pattern=tuple(
            "outline"
            if not d
            else "hatched"
            if r is not None and r.evidence == "illustrative"
            else "solid"
            for r, d in zip(found, due, strict=True)
        ),
        panel=panel,
    )


def against_targets(w: Words, targets: Rows, programme: str) -> Bars:
    """Actual against target, period by period; a target without a result has an empty bar."""
    names = [sentences.target_name(w, r) for r in targets]
    # As a plain count: what is over and what is left are parts of a bar, not numbers of their own.
    actual = [0.0 if r.actual is None else float(r.actual) for r in targets]
    aims = [float(r.target) for r in targets]
    said = [sentences.target_words(w, r) for r in targets]
    examples: tuple[Pattern, ...] = tuple(
        "hatched" if sentences.kind_of(r) == "illustrative" else "solid" for r in targets
    )
    reached = Series(
        w("chart.actual"),
        "accent",
        tuple(min(a, t) for a, t in zip(actual, aims, strict=True)),
        pattern=examples,
        hovers=tuple(f"{n}: {words}" for n, words in zip(names, said, strict=True)),
    )
    is_open = [r.actual is not None and sentences.is_open(r) for r in targets]
    over = [a - t for a, t in zip(actual, aims, strict=True)]

    def apart(label: str, colour: str, pattern: Any, values: Iterable[float]) -> Series:
        return Series(w(label), colour, tuple(values), pattern=pattern)

    pairs = list(zip(over, is_open, strict=True))
    short = apart(
        "chart.short_of_target", "before", "outline", (max(-n, 0) * (not o) for n, o in pairs)
    )
    above = apart(
        "chart.above_target", "apprenticeship", examples, (max(n, 0) * (not o) for n, o in pairs)
    )
    # No colour says that a target is met or missed where rounding leaves it open.
    unsure = apart("chart.either_way", "unconfirmed", "outline", (abs(n) * o for n, o in pairs))
    table = [(w("chart.target_for"), w("chart.actual"), w("chart.target"), w("chart.attainment"))]
    for name, r in zip(names, targets, strict=True):
        per_cent = share(r.actual, r.target, is_part=False)
        table.append(
            (
                name,
                w("chart.unknown") if r.actual is None else w.known(r.actual),
                w.plain(r.target),
                w.percent(per_cent) if per_cent else "",
            )
        )
    title = sentences.targets_title(w, targets, programme)
    series = [reached, *(part for part in (short, above, unsure) if any(part.values))]
    heading = w("chart.target_for")
    return forms.bars(
        w,
        title,
        w("chart.against_targets"),
        names,
        series,
        said,
        heading,
        table,
        within=forms.widest(r.actual for r in targets),
    )
