"""Charts of partnerships: what is in force, of which type, since when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ringvirkning.charts import Bars, Columns, Panels, Pattern, Series, Span, Timeline, forms
from ringvirkning.charts.forms import totals
from ringvirkning.charts.palette import COLOURS
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.sentences import Rows

LONGEST_TIMELINE = 60
UNCERTAIN: dict[str, Pattern] = {"unconfirmed": "hatched", "start_unknown": "outline"}


def by_year(w: Words, active: Rows, year: int, as_of: date) -> Columns:
    """Active partnerships by year: confirmed by partner type, on top the unconfirmed, hatched, and
    those of unknown start in outline."""
    years = forms.all_years(row.year for row in active)
    confirmed = [row for row in active if row.is_confirmed]
    shown_as = forms.folded(totals((row.part, row.partnership_count) for row in confirmed), most=6)
    count = totals(((shown_as[row.part], row.year), row.partnership_count) for row in confirmed)
    parts = sorted(set(shown_as.values()), key=list(COLOURS).index)
    series = [
        part_series(w, w.code("partner_type", part), part, years, [count[part, y] for y in years])
        for part in parts
    ]
    uncertain = totals(
        ((sentences.standing(row), row.year), row.partnership_count) for row in active
    )
    for state, pattern in UNCERTAIN.items():
        values = [uncertain[state, y] for y in years]
        if any(values):
            series.append(
                part_series(w, w(f"chart.{state}"), "unconfirmed", years, values, pattern)
            )
    return forms.columns(
        w,
        sentences.confirmed_of(w, active, year),
        w("chart.partnerships_by_year"),
        years,
        series,
        running=as_of.year,
    )


def part_series(
    w: Words,
    label: str,
    colour: str,
    years: list[int],
    values: list[int],
    pattern: Pattern = "solid",
) -> Series:
    hovers = (f"{y} · {label}: {w.number(v)}" for y, v in zip(years, values, strict=True))
    return Series(label, colour, tuple(values), hovers=tuple(hovers), pattern=pattern)


def by_kind(w: Words, counted: Rows, kind: str, year: int) -> Bars:
    """Active partnerships of a year by a kind of code (partner_type, partnership_type)."""
    codes = [getattr(row, kind) for row in counted]
    names = [w.code(kind, code) for code in codes]

    def part(state: str, colour: str, pattern: Pattern) -> Series:
        values = [getattr(row, f"{state}_count") for row in counted]
        said = (w(f"chart.n_{state}", n=v) for v in values)
        hovers = tuple(f"{name}: {n}" for name, n in zip(names, said, strict=True))
        label, keys = w(f"chart.{state}"), tuple(codes)
        return Series(label, colour, tuple(values), hovers=hovers, pattern=pattern, keys=keys)

    return forms.bars(
        w,
        sentences.largest_type(w, counted, kind),
        w(f"chart.by_{kind}", year=str(year)),
        names,
        [
            part("confirmed", "accent", "solid"),
            part("unconfirmed", "unconfirmed", "hatched"),
            *(
                [part("start_unknown", "unconfirmed", "outline")]
                if any(row.start_unknown_count for row in counted)
                else []
            ),
        ],
        [
            w.number(row.confirmed_count + row.unconfirmed_count + row.start_unknown_count)
            for row in counted
        ],
        w(f"filter.{kind}"),
    )


def begun_and_ended(w: Words, active: Rows, events: Rows, as_of: date) -> Panels:
    """Three panels over the same years: active, started, ended."""
    years = forms.all_years(row.year for row in (*active, *events))
    held = totals(((sentences.standing(row), row.year), row.partnership_count) for row in active)
    happened = totals(((row.event, row.year), row.partnership_count) for row in events)

    keys = tuple(map(str, years))
    standings = [
        (state, tuple(held[state, y] for y in years)) for state in ("confirmed", *UNCERTAIN)
    ]
    standings = [one for one in standings if any(one[1]) or one[0] != "start_unknown"]
    active_labels = [sum(counts) for counts in zip(*(v for _, v in standings), strict=True)]

    def series(
        label: str,
        colour: str,
        values: tuple[int, ...],
        panel: int,
        pattern: Pattern = "solid",
        labels: Sequence[int] = (),
    ) -> Series:
        hovers = tuple(f"{y} · {label}: {w.number(v)}" for y, v in zip(years, values, strict=True))
        written = tuple(w.number(n) if n else "" for n in labels)
        return Series(label, colour, values, written, hovers, pattern, keys, panel=panel)

    names = (w("chart.active"), w("chart.started"), w("chart.ended"))
    started, ended = (tuple(happened[event, y] for y in years) for event in ("started", "ended"))
    all_series = (
        *(
            series(
                w(f"chart.{state}"),
                "unconfirmed" if state in UNCERTAIN else "accent",
                counts,
                0,
                UNCERTAIN.get(state, "solid"),
                active_labels if (state, counts) == standings[-1] else (),
            )
            for state, counts in standings
        ),
        series(names[1], "accent", started, 1, labels=started),
        series(names[2], "before", ended, 2, labels=ended),
    )
    title = sentences.begun_and_ended(w, sum(started), sum(ended))
    rows: list[tuple[str, ...]] = [(w("chart.year"), *(s.label for s in all_series))]
    for i, y in enumerate(years):
        name = w("chart.year_so_far", year=str(y)) if y == as_of.year else str(y)
        rows.append((name, *(w.number(s.values[i] or 0) for s in all_series)))
    subtitle = w("chart.begun_and_ended")
    return Panels(
        *forms.base(w, title, subtitle, rows),
        forms.year_labels(years),
        all_series,
        names,
    )


def timeline(w: Words, records: Rows, as_of: date) -> Timeline:
    """Every partnership from its known start: confirmed, unconfirmed, ended, or unknown; of unknown
    start, in the years that its activities show."""
    shown = records[:LONGEST_TIMELINE]
    starts = [begun.year for row in shown if (begun := first_day(row))]
    first = f"{min(starts, default=as_of.year) - 1}-01-01"
    spans = tuple(span(w, row, as_of) for row in shown)
    rows = [(w("record.title"), w("record.start"), w("record.end"), w("record.status"))] + [
        (
            row.title,
            sentences.begun_words(w, row),
            sentences.end_words(w, row.end_date, row.end_qualifier),
            w.code("status", row.status),
        )
        for row in shown
    ]
    title = sentences.timeline_title(w, records)
    subtitle = w("chart.timeline") + (
        " " + w("chart.first_of", n=LONGEST_TIMELINE, all=len(records))
        if len(records) > LONGEST_TIMELINE
        else ""
    )
    return Timeline(
        *forms.base(w, title, subtitle, rows),
        first,
        as_of.isoformat(),
        spans,
        forms.new_years(int(first[:4]) + 1, as_of.year),
    )


def first_day(row: Any) -> date | None:
    """When it began, or the first year that its activities show it in."""
    return row.begins_on or (date(row.first_seen, 1, 1) if row.first_seen else None)


def span(w: Words, row: Any, as_of: date) -> Span:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    ends = row.ends_on
    if row.first_seen:
        ends = min(date(row.last_seen, 12, 31), row.ends_on or date.max)
    return Span(
        row.partnership_id,
        sentences.shortened(row.title, 44),
        sentences.span_note(w, row),
        iso(first_day(row)),
        iso(row.confirmed_until),
        iso(ends and min(ends, as_of)),
        row.start_qualifier == "no_later_than",
        row.begins_on is None,
    )
