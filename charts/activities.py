"""Charts of activities: per year, by type and programme, registered against attended."""

from datetime import date

import pandas as pd

from charts import Chart, Pattern, Series, forms
from charts.palette import COLOURS
from texts import Words, sentences

MOST_PROGRAMMES = 12


def by_type(w: Words, frame: pd.DataFrame, as_of: date) -> Chart:
    """Activities by year and type; a year's examples are hatched within each type."""
    dated = frame.dropna(subset=["year"])
    years = forms.all_years(dated)
    shown_as = forms.folded(dated.groupby("activity_type").activity_count.sum().to_dict())
    table = dated.assign(activity_type=dated.activity_type.map(shown_as))
    parts = sorted(set(shown_as.values()), key=list(COLOURS).index)
    count = table.groupby(["activity_type", "year"])[["activity_count", "illustrative_count"]].sum()
    series = []
    for part in parts:
        found = [count.loc[(part, y)] if (part, y) in count.index else (0, 0) for y in years]
        label = w.code("activity_type", part)
        series.append(
            Series(
                label,
                part,
                tuple(int(n) for n, _ in found),
                hovers=tuple(
                    f"{y} · {label}: {w.number(int(n))}"
                    + (f" ({w('chart.of_which_examples', n=int(e))})" if e else "")
                    for y, (n, e) in zip(years, found, strict=True)
                ),
                pattern=tuple("hatched" if e else "solid" for _, e in found),
                keys=tuple(str(y) for y in years),
            )
        )
    title = sentences.activities_title(w, dated)
    return forms.columns(w, title, w("chart.activities_by_type"), years, series, running=as_of.year)


def by_programme(w: Words, frame: pd.DataFrame) -> Chart:
    """Activities by programme, the largest first; the many small ones and those without last."""
    columns = ("programme", "activity_count", "illustrative_count")
    rows = list(sentences.rows_of(frame, *columns))
    named = [row for row in rows if row[0] is not None]
    if len(named) > MOST_PROGRAMMES:
        rest = named[MOST_PROGRAMMES - 1 :]
        others = (
            w("chart.other_programmes", n=len(rest)),
            *(sum(r[i] for r in rest) for i in (1, 2)),
        )
        named = [*named[: MOST_PROGRAMMES - 1], others]
    without = [(w("chart.no_programme"), *row[1:]) for row in rows if row[0] is None]
    names = [str(name) for name, _, _ in named + without]
    counts = [int(n) for _, n, _ in named + without]
    examples = [int(e) for _, _, e in named + without]
    real = [n - e for n, e in zip(counts, examples, strict=True)]

    def part(label: str, values: list[int], pattern: Pattern) -> Series:
        hovers = tuple(f"{p}: {w.number(v)} · {label}" for p, v in zip(names, values, strict=True))
        return Series(label, "accent", tuple(values), hovers=hovers, pattern=pattern)

    series = [part(w("chart.activities"), real, "solid")]
    if any(examples):
        series.append(part(w("claim.example"), examples, "hatched"))
    title = sentences.programmes_title(w, frame)
    subtitle = w("chart.activities_by_programme")
    labels = [w.number(n) for n in counts]
    return forms.bars(w, title, subtitle, names, series, labels, w("filter.programme"))


def registered_and_attended(w: Words, frame: pd.DataFrame, as_of: date) -> Chart:
    """Two measures side by side, never stacked; a year that counts none has no bar."""
    dated = frame.dropna(subset=["year"]).set_index("year")
    counted = dated[(dated.registered_known > 0) | (dated.attended_known > 0)]
    years = forms.all_years(counted.reset_index())

    def series(measure: str, colour: str) -> Series:
        values, hovers = [], []
        for y in years:
            row = dated.loc[y] if y in dated.index else None
            known = int(row[f"{measure}_known"]) if row is not None else 0
            value = int(row[f"{measure}_count"]) if row is not None and known else None
            values.append(value)
            of = int(row.activity_count) if row is not None else 0
            hovers.append(
                f"{y} · {w(f'chart.{measure}')}: {w.number(value)}"
                f" ({w('chart.from_activities', n=known, of=of)})"
                if value is not None
                else ""
            )
        labels = forms.spaced(["" if v is None else w.number(v) for v in values], 2)
        examples = tuple(y in dated.index and dated.loc[y].illustrative_count > 0 for y in years)
        pattern: tuple[Pattern, ...] = tuple("hatched" if e else "solid" for e in examples)
        return Series(w(f"chart.{measure}"), colour, tuple(values), labels, tuple(hovers), pattern)

    title = sentences.attendance_title(w, dated)
    return forms.columns(
        w,
        title,
        w("chart.registered_and_attended"),
        years,
        [series("registered", "before"), series("attended", "accent")],
        grouped=True,
        running=as_of.year,
    )
