"""What others have published: beside our own figures, and part of none of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, TypeVar

from queries import answers
from ringvirkning.charts import Bars, Lines, RowsOnly, Series, forms
from ringvirkning.charts.palette import SEQUENCE
from ringvirkning.figures import Figure, Rows, feet, make
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import chosen_association
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import Number

FEWEST_PERIODS = 3  # known ones that make a chart; fewer are told in the table
MOST_CHARTS = 4
MOST_PLACES = len(SEQUENCE)  # that can be told apart in a chart
MOST_BARS = 8
MOST_FACTS = 40  # in a table
# What the columns of the tables are called.
COLUMN_NAMES = (
    "subject", "indicator", "number", "numbers", "period", "population", "programme", "source",
    "caveat",
)  # fmt: skip
FORMS_OF_PERIODS = {
    "year": re.compile(r"(\d{4})"),
    "half": re.compile(r"(\d{4})-H(\d)"),
    "quarter": re.compile(r"(\d{4})-Q(\d)"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
}
PARTS = {"year": 1, "half": 2, "quarter": 4, "month": 12}  # of a year
Facts = Sequence[answers.Context]
RowOf = TypeVar("RowOf")  # what a row of a table is of


class Kind(NamedTuple):
    """What figures must have in common to stand in one chart: in Norwegian, as the files say it."""

    indicator: str
    population: str
    unit: str
    grain: str


def facts_beside(shown: View, programme: str | None = None) -> list[answers.Context]:
    """Those beside a programme; without one, those of the association and its area, and where
    several are shown only those that are of none."""
    rows = [row for row in shown.rows(answers.Context) if row.programme == programme]
    is_everyones = programme is None and chosen_association(shown) is None
    return [row for row in rows if row.association is None] if is_everyones else rows


def in_language(shown: View, row: answers.Context, name: str) -> str:
    """A text of a figure that is there in both languages; "" where it is not there."""
    return getattr(row, f"{name}_{shown.words.language}") or ""


# A figure in words


def fact_words(shown: View, row: answers.Context, with_unit: bool = True) -> str:
    """As its source says it, "over 950", with its unit where its name doesn't say that; a day; or
    why it is not known."""
    w = shown.words
    if row.event_date:
        return w.day(row.event_date)
    if row.value is None:
        return w.code("value_status", row.value_status)
    number = w.number(row.value, row.decimals or 0)
    unit = in_language(shown, row, "unit")
    if is_share(row):
        number += "\u00a0%" if w.language == "nb" else "%"
    elif with_unit and unit.casefold() not in in_language(shown, row, "indicator").casefold():
        number = f"{number} {unit}"
    said = w(f"count.{row.value_qualifier or 'exact'}", number=number)
    is_sure = row.value_status == "known"
    return said if is_sure else f"{said} ({w.code('value_status', row.value_status)})"


def is_share(row: answers.Context) -> bool:
    return row.unit_nb in ("prosent", "%", "pst.", "per cent")


def fact_period(w: Words, row: answers.Context) -> str:
    """2014, 2014–2017, 2. kvartal 2024, september 2021; "" where it is not known."""
    period = row.period or ""
    if "/" in period:
        months = period if "-" in period else None
        return sentences.time_in_words(w, row.from_year, row.to_year, months)
    if not period:
        return ""
    if part := re.fullmatch(r"(\d{4})-([HQW])(\d+)", period):
        year, kind, number = part.groups()
        return w(f"explore.part.{kind}", year=year, n=str(int(number)))
    return w.day(period)


def when_words(w: Words, row: answers.Context) -> str:
    """The same in a table: that it is not known is said, and a day has none beside it."""
    return fact_period(w, row) or ("" if row.event_date else w("date.year_unknown"))


def source_words(shown: View, row: answers.Context) -> str:
    return row.source_title or feet.site_name(row.source or "")


# Series over time


def grain(row: answers.Context) -> str:
    """What a period is: a year, a part of one; "" for spans, weeks, days and none."""
    found = (kind for kind, form in FORMS_OF_PERIODS.items() if form.fullmatch(row.period or ""))
    return next(found, "")


def kind_of_series(row: answers.Context) -> Kind:
    return Kind(row.indicator_nb, row.population_nb or "", row.unit_nb or "", grain(row))


def series_by_kind(rows: Facts) -> dict[Kind, dict[str, list[answers.Context]]]:
    """The series that are long enough for a chart, by whom they are about. One that has two figures
    of a period is none."""
    found: dict[Kind, dict[str, list[answers.Context]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if grain(row) and not row.event_date:
            found[kind_of_series(row)][row.subject].append(row)
    long = {
        kind: {
            subject: sorted(own, key=lambda row: row.period or "")
            for subject, own in by_subject.items()
            if len({row.period for row in own}) == len(own)
            and sum(row.value is not None for row in own) >= FEWEST_PERIODS
        }
        for kind, by_subject in found.items()
    }
    kept = {kind: series for kind, series in long.items() if 0 < len(series) <= MOST_PLACES}
    return dict([*kept.items()][:MOST_CHARTS])


def periods_between(first: str, last: str, kind: str) -> list[str]:
    """All periods of a kind from one to another, so that a gap is seen as one."""
    form, size = FORMS_OF_PERIODS[kind], PARTS[kind]

    def place(period: str) -> int:
        year, *part = map(int, re.findall(r"\d+", period))
        return year * size + (part[0] if part else 1) - 1

    assert form.fullmatch(first)
    pattern = {"year": "{}", "half": "{}-H{}", "quarter": "{}-Q{}", "month": "{}-{:02}"}[kind]
    return [
        pattern.format(at // size, at % size + 1) for at in range(place(first), place(last) + 1)
    ]


def series_figure(shown: View, kind: Kind) -> Figure | None:
    """Figures of one kind over time, of one or several places."""
    series = series_by_kind(facts_beside(shown)).get(kind)
    if not series:
        return None
    rows = [row for own in series.values() for row in own]
    return make(
        shown,
        "-".join(["context", *filter(None, kind)]),
        series_chart(shown, kind, series),
        foot=shown.words("foot.context"),
        measures=[],
        asks=["context"],
        cited=cited(rows),
    )


def series_chart(
    shown: View, kind: Kind, series: Mapping[str, Sequence[answers.Context]]
) -> Bars | Lines:
    """Few years of one as bars, their numbers in words; others as points over time, joined where no
    period lacks."""
    w = shown.words
    rows = [row for own in series.values() for row in own]
    words = forms.base(
        w, series_title(shown, series), series_subtitle(shown, rows[0]), context_table(shown, rows)
    )
    if len(series) == 1 and len(rows) <= MOST_BARS:
        periods = [row.period or "" for row in rows]
        (one,) = drawn_series(shown, series, periods)
        bar = replace(one, values=tuple(value or 0 for value in one.values), labels=())
        return Bars(*words, tuple(fact_period(w, row) for row in rows), (bar,), one.labels)
    known = sorted(row.period or "" for row in rows)
    periods = periods_between(known[0], known[-1], kind.grain)
    drawn = drawn_series(shown, series, periods)
    top = max(value for one in drawn for value in one.values if value is not None)
    said = forms.spaced([period_in_words(w, period) for period in periods])
    return Lines(*words, said, drawn, forms.steps(w, top))


def drawn_series(
    shown: View, series: Mapping[str, Sequence[answers.Context]], periods: Sequence[str]
) -> tuple[Series, ...]:
    return tuple(
        one_series(shown, subject, own, periods, colour)
        for (subject, own), colour in zip(series.items(), SEQUENCE, strict=False)
    )


def one_series(
    shown: View, subject: str, own: Sequence[answers.Context], periods: Sequence[str], colour: str
) -> Series:
    by_period = {row.period: row for row in own}
    rows = [by_period.get(period) for period in periods]
    return Series(
        subject,
        colour,
        tuple(row and drawn_number(row) for row in rows),
        labels=tuple(fact_words(shown, row, with_unit=False) if row else "" for row in rows),
        hovers=tuple(
            f"{fact_period(shown.words, row)} · {subject}: {fact_words(shown, row)}" if row else ""
            for row in rows
        ),
    )


def drawn_number(row: answers.Context) -> float | None:
    """The number with what its source leaves open: over 950 is 950 or more."""
    if row.value is None or row.value_qualifier in (None, "exact"):
        return row.value
    low = row.value if row.value_qualifier == "over" else 0
    high = row.value if row.value_qualifier == "nearly" else float("inf")
    return Number(row.value, low, high)


def period_in_words(w: Words, period: str) -> str:
    """Below a chart, where a year and its part have little room."""
    return period.replace("-Q", " K" if w.language == "nb" else " Q")


def series_title(shown: View, series: Mapping[str, Sequence[answers.Context]]) -> str:
    """The latest that is known of each, or of how many there are."""
    w = shown.words
    latest = [
        next(row for row in reversed(own) if row.value is not None) for own in series.values()
    ]
    name = in_language(shown, latest[0], "indicator")
    if len(latest) > 1:
        return w("context.of_several", indicator=name, names=w.listed(series))
    return w(
        "context.latest",
        indicator=name,
        subject=latest[0].subject,
        number=fact_words(shown, latest[0]),
        period=fact_period(w, latest[0]),
    )


def series_subtitle(shown: View, row: answers.Context) -> str:
    """The unit, and who is counted."""
    told = [in_language(shown, row, "unit"), in_language(shown, row, "population")]
    return sentences.capital(", ".join(filter(None, told)))


# Tables


def context_table(shown: View, rows: Facts) -> list[tuple[str, ...]]:
    """A row for each figure, its heading first; without the columns that say nothing."""
    w = shown.words
    columns: list[tuple[str, Callable[[answers.Context], str]]] = [
        ("subject", lambda row: row.subject),
        ("indicator", lambda row: in_language(shown, row, "indicator")),
        ("number", lambda row: fact_words(shown, row)),
        ("period", lambda row: when_words(w, row)),
        ("population", lambda row: in_language(shown, row, "population")),
        ("source", lambda row: source_words(shown, row)),
        ("caveat", lambda row: in_language(shown, row, "caveat")),
    ]
    return table_of(shown, columns, rows)


def programme_rows(shown: View, rows: Facts) -> list[tuple[str, ...]]:
    """A row for each programme, period and source: what came in and what came out, side by side."""
    w = shown.words
    together: dict[tuple[object, ...], list[answers.Context]] = defaultdict(list)
    for row in rows:
        key = (row.subject, row.period, row.source, row.population_nb, row.caveat_nb)
        together[key].append(row)

    def numbers(own: Facts) -> str:
        return " · ".join(
            f"{in_language(shown, row, 'indicator')}: {fact_words(shown, row, with_unit=False)}"
            for row in own
        )

    columns: list[tuple[str, Callable[[Facts], str]]] = [
        ("programme", lambda own: own[0].subject),
        ("numbers", numbers),
        ("period", lambda own: when_words(w, own[0])),
        ("population", lambda own: in_language(shown, own[0], "population")),
        ("source", lambda own: source_words(shown, own[0])),
        ("caveat", lambda own: in_language(shown, own[0], "caveat")),
    ]
    return table_of(shown, columns, list(together.values()))


def table_of(
    shown: View, columns: Sequence[tuple[str, Callable[[RowOf], str]]], rows: Sequence[RowOf]
) -> list[tuple[str, ...]]:
    cells = [[text(row) for row in rows] for _, text in columns]
    kept = [
        (shown.words(f"context.{name}"), *column)
        for (name, _), column in zip(columns, cells, strict=True)
        if any(column)
    ]
    return list(zip(*kept, strict=True))


def facts_table(shown: View) -> Figure | None:
    """All that no chart shows."""
    rows = facts_beside(shown)
    charted = {
        row.context_id
        for series in series_by_kind(rows).values()
        for own in series.values()
        for row in own
    }
    left = [row for row in rows if row.context_id not in charted]
    if not left:
        return None
    w = shown.words
    told = left[:MOST_FACTS]
    of_all = w("chart.first_of", n=MOST_FACTS, all=len(left)) if told != left else ""
    title = w("context.table")
    subtitle = " ".join(filter(None, [w("context.as_published"), of_all]))
    return make(
        shown,
        "context",
        RowsOnly(*forms.base(w, title, subtitle, context_table(shown, told))),
        foot=w("foot.context"),
        measures=[],
        asks=["context"],
        cited=cited(told),
    )


def comparable(shown: View, programme: str) -> Figure | None:
    """What has been published of programmes like one: each counts other things of other people, so
    that it is a measure for none."""
    rows = facts_beside(shown, programme)
    if not rows:
        return None
    w = shown.words
    title = w("context.comparable", programme=programme)
    table = programme_rows(shown, rows)
    return make(
        shown,
        f"comparable-{programme}",
        RowsOnly(*forms.base(w, title, w("context.comparable_what"), table)),
        foot=w("foot.context"),
        measures=[],
        asks=["context"],
        cited=cited(rows),
    )


def cited(rows: Facts) -> feet.Cited:
    """Where figures are from. A source without a date is as new as what it tells of."""
    return [
        answers.Sources(
            *("context", row.programme, None, None),
            row.source or row.source_title,
            1,
            row.source_date or last_told(row.period or ""),
        )
        for row in rows
    ]


def last_told(period: str) -> str | None:
    """The end of a period, as precisely as a date can be: 2017 of 2014/2017 and of 2017-Q1."""
    found = re.match(r"\d{4}(-\d\d){0,2}", period.rpartition("/")[2])
    return found and found[0]


def chart_rows(shown: View) -> Rows:
    """The charts, two side by side."""
    charts = [partial(series_figure, kind=kind) for kind in series_by_kind(facts_beside(shown))]
    return [charts[at : at + 2] for at in range(0, len(charts), 2)]


def overview_rows(shown: View) -> Rows:
    """The charts, and the table of the rest."""
    return [*chart_rows(shown), [facts_table]]
