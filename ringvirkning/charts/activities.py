"""Charts of activities: per year, by type and programme, registered against attended."""

from datetime import date

from ringvirkning.charts import Bars, Columns, Pattern, Series, forms
from ringvirkning.charts.palette import COLOURS
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import number
from ringvirkning.texts.sentences import Rows

MOST_PROGRAMMES = 12


def by_type(w: Words, held: Rows, as_of: date) -> Columns:
    """Activities by year and type; examples, hatched, only where nothing is published."""
    dated = [row for row in held if row.year is not None]
    years = forms.all_years(row.year for row in dated)
    shown_as = forms.folded(forms.totals((row.activity_type, row.activity_count) for row in dated))
    parts = sorted(set(shown_as.values()), key=list(COLOURS).index)
    keyed = [((shown_as[row.activity_type], row.year), row) for row in dated]
    count = forms.totals((key, row.activity_count) for key, row in keyed)
    series = []
    for part in parts:
        found = [count[part, y] for y in years]
        label = w.code("activity_type", part)
        series.append(
            Series(
                label,
                part,
                tuple(found),
                hovers=tuple(
                    f"{y} · {label}: {w.number(n)}"
                    + (f" · {w('claim.example')}" if number(n).is_example else "")
                    for y, n in zip(years, found, strict=True)
                ),
                pattern=tuple("hatched" if number(n).is_example else "solid" for n in found),
            )
        )
    title = sentences.activities_title(w, dated)
    return forms.columns(w, title, w("chart.activities_by_type"), years, series, running=as_of.year)


def by_programme(w: Words, held: Rows) -> Bars:
    """Activities by programme, the largest first; the many small ones and those without last."""
    rows = [(row.programme, row.activity_count) for row in held]
    named = [row for row in rows if row[0] is not None]
    if len(named) > MOST_PROGRAMMES:
        rest = named[MOST_PROGRAMMES - 1 :]
        others = (w("chart.other_programmes", n=len(rest)), sum(count for _, count in rest))
        named = [*named[: MOST_PROGRAMMES - 1], others]
    without = [(w("chart.no_programme"), count) for programme, count in rows if programme is None]
    names = [str(name) for name, _ in named + without]
    counts = [number(n) for _, n in named + without]
    known = {row.programme for row in held}
    keys = tuple(str(p) if p in known else "" for p, _ in named) + ("",) * len(without)

    def part(label: str, is_example: bool, pattern: Pattern) -> Series:
        values = tuple(n if n.is_example == is_example else 0.0 for n in counts)
        hovers = tuple(f"{p}: {w.number(v)} · {label}" for p, v in zip(names, values, strict=True))
        return Series(label, "accent", values, hovers=hovers, pattern=pattern, keys=keys)

    series = [part(w("chart.activities"), False, "solid")]
    if any(n.is_example for n in counts):
        series.append(part(w("claim.example"), True, "hatched"))
    title = sentences.programmes_title(w, held)
    subtitle = w("chart.activities_by_programme")
    labels = [w.number(n) for n in counts]
    return forms.bars(w, title, subtitle, names, series, labels, w("filter.programme"))


def registered_and_attended(w: Words, held: Rows, as_of: date) -> Columns:
    """Two measures side by side, never stacked; a year that counts none has no bar."""
    dated = {row.year: row for row in held if row.year is not None}
    counted = [y for y, row in dated.items() if row.registered_known or row.attended_known]
    years = forms.all_years(counted)

    def series(measure: str, colour: str) -> Series:
        values, hovers = [], []
        for y in years:
            row = dated.get(y)
            known = getattr(row, f"{measure}_known", 0)
            value = getattr(row, f"{measure}_count") if known else None
            values.append(value)
            of = row.activity_count if row else 0
            hovers.append(
                f"{y} · {w(f'chart.{measure}')}: {w.known(value)}"
                f" ({w('chart.from_activities', n=known, of=of)})"
                if value is not None
                else ""
            )
        labels = forms.spaced(["" if v is None else w.shown(v) for v in values], 2)
        pattern: tuple[Pattern, ...] = tuple(
            "hatched" if v is not None and v.is_example else "solid" for v in values
        )
        return Series(w(f"chart.{measure}"), colour, tuple(values), labels, tuple(hovers), pattern)

    title = sentences.attendance_title(w, list(dated.values()))
    return forms.columns(
        w,
        title,
        w("chart.registered_and_attended"),
        years,
        [series("registered", "before"), series("attended", "accent")],
        grouped=True,
        running=as_of.year,
    )
