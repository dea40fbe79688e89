"""The forms that charts come in: from rows of an answer to a specification."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product, starmap
from math import inf
from typing import TypeVar

from ringvirkning.charts import (
    Bars,
    Base,
    Columns,
    Measured,
    Series,
    Timeline,
    TimelineRow,
    palette,
)
from ringvirkning.charts.layout import BROAD
from ringvirkning.texts import OTHER, Words
from ringvirkning.texts.certainty import BASE, Counted, Number, number, or_none, share
from ringvirkning.texts.sentences import partly_known, shortened

AnyMeasured = TypeVar("AnyMeasured", bound=Measured)
MOST_PARTS = 7
SEVERAL = "several"  # what is of several of the types that are shown
MOST_SPOKEN = 12  # rows of a chart in words
SHORT = 250  # letters of a chart in words where its table stands beside it
MOST_TICKS = 9  # below a chart
MOST_STEPS = 5  # beside it
PHONE_LETTERS = 48  # that fit side by side in a chart on a phone
LINE_OF_LETTERS = 0.08  # of the highest column, there


def year_labels(years: Sequence[int]) -> tuple[str, ...]:
    """Every year, or so few of them that they stand apart on a phone."""
    step = math.ceil(len(years) / MOST_TICKS)
    return tuple("" if (years[-1] - y) % step else str(y) for y in years)


def running_labels(w: Words, years: Sequence[int], running: int | None) -> tuple[str, ...]:
    """The same, the year that is not over yet with words that say so."""
    so_far = "\n" + w("chart.so_far")
    labels = zip(years, year_labels(years), strict=True)
    return tuple(label + so_far if label and y == running else label for y, label in labels)


def year_names(w: Words, years: Sequence[int], running: int | None) -> list[str]:
    """What years are called in a table."""
    return [w("chart.year_so_far", year=str(y)) if y == running else str(y) for y in years]


def time_of(spans: Sequence[TimelineRow], last: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The first day that a timeline of these shows, a year before any of them and its own last
    day, and the ticks from there to that."""
    years = [int(span.begins[:4]) for span in spans if span.begins]
    first = min([*years, int(last[:4])]) - 1
    return f"{first}-01-01", new_years(first + 1, int(last[:4]))


def new_years(first: int, last: int) -> tuple[tuple[str, str], ...]:
    """The first days of years, so few of them that their names stand apart on a phone."""
    years = range(first, last + 1)
    named = zip(years, year_labels(years), strict=True)
    return tuple((f"{year}-01-01", label) for year, label in named if label)


def steps(w: Words, top: float) -> tuple[tuple[float, str], ...]:
    """Whole round numbers from zero to the top: 0, 5, 10, 15."""
    size = 10 ** max(math.floor(math.log10(max(top, 1) / MOST_STEPS)), 0)
    step = next(size * n for n in (1, 2, 5, 10) if top <= size * n * MOST_STEPS)
    return tuple((value, w.number(value)) for value in range(0, int(top) + 1, step))


def spaced(labels: Sequence[str]) -> tuple[str, ...]:
    """Those labels that stand apart from each other on a phone, from the last on, which always
    stands: a long one takes no room from those further off."""
    room = PHONE_LETTERS / max(len(labels), 1)
    kept: dict[int, str] = {}
    after = len(labels), ""
    for place, label in reversed([*enumerate(labels)]):
        if label and (not kept or (len(label) + len(after[1])) / 2 <= (after[0] - place) * room):
            kept[place] = label
            after = place, label
    return tuple(kept.get(place, "") for place in range(len(labels)))


def spaced_side_by_side(series: Sequence[Series]) -> tuple[Series, ...]:
    """Series in columns side by side, with those of their labels that touch no other on a phone,
    from the last column on."""
    count = max((len(one.values) for one in series), default=0)
    highest = max((v or 0 for one in series for v in one.values), default=0)
    room, line = PHONE_LETTERS / max(count, 1), LINE_OF_LETTERS * highest
    found: dict[tuple[int, int], str] = {}
    taken: list[tuple[float, float, int]] = []
    for place, at in reversed([*product(range(count), range(len(series)))]):
        if label := "".join(series[at].labels[place : place + 1]):
            x, y = (place + BROAD * (at + 0.5) / len(series)) * room, series[at].values[place] or 0
            touches = (
                abs(x - beside) < (len(label) + letters + 1) / 2 and abs(y - height) < line
                for beside, height, letters in taken
            )
            if not any(touches):
                found[place, at] = label
                taken.append((x, y, len(label)))
    return tuple(
        replace(one, labels=tuple(found.get((place, at), "") for place in range(len(one.labels))))
        for at, one in enumerate(series)
    )


def all_years(years: Iterable[float | None]) -> list[int]:
    """The years from first to last, without gaps; None is of no year."""
    found = {int(y) for y in years if y is not None}
    return list(range(min(found), max(found) + 1)) if found else []


def totals(pairs: Iterable[tuple[Counted, float]]) -> defaultdict[Counted, float]:
    """What is counted under each key, added up; nothing is zero."""
    found: defaultdict[Counted, float] = defaultdict(int)
    for key, count in pairs:
        found[key] += count
    return found


def without_examples(of: Series, totals: Sequence[float]) -> Series:
    """A part of a stack, without the examples that would stand on published numbers."""
    is_left_out = [
        v is not None and number(v).is_example and not number(total).is_example
        for v, total in zip(of.values, totals, strict=True)
    ]
    if not any(is_left_out):
        return of
    own = list(zip(of.values, of.meanings, is_left_out, strict=True))
    labels = zip(of.labels, is_left_out, strict=False)
    return replace(
        of,
        values=tuple(None if out else value for value, _, out in own),
        labels=tuple("" if out else label for label, out in labels),
        pattern=tuple("solid" if out else meaning for _, meaning, out in own),
    )


def unhatched(chart: AnyMeasured) -> AnyMeasured:
    """The chart with none of its examples hatched."""
    return replace(
        chart,
        series=tuple(
            replace(s, pattern=tuple("solid" if m == "example" else m for m in s.meanings))
            for s in chart.series
        ),
    )


def with_whole(
    w: Words, stack: Sequence[Series], totals: Sequence[float], lacking: Sequence[int] = ()
) -> list[Series]:
    """The parts of a stack, each of whose marks says what all of it comes to, too, and what share
    of that it is, where that may be said: not where some of it is `lacking`."""
    if len(stack) < 2:
        return list(stack)
    if lacking:
        totals = [0 if lacks else total for total, lacks in zip(totals, lacking, strict=True)]

    def said(hover: str, value: float | None, total: float) -> str:
        if not hover or value is None or not total:
            return hover
        found = share(value, total)
        words = w("chart.share_of_all", share=w.percent(found), total=total) if found else ""
        return f"{hover}\n{words or w('chart.of_all', total=total)}"

    return [
        replace(s, hovers=tuple(starmap(said, zip(s.hovers, s.values, totals, strict=True))))
        if s.hovers
        else s
        for s in stack
    ]


def widest(values: Iterable[float | None]) -> float:
    """By how much the least certain of rounded numbers may be off; what a source leaves open
    ("over 300") is not because of rounding, and where such rests on rounded counts, as much as one
    of these may be."""

    def off(n: Number) -> float:
        return n.within if n.within < inf else BASE - 1 if n.is_rounded else 0

    return max((off(number(v)) for v in values if v is not None), default=0)


def folded(parts: Mapping[str, float], most: int = MOST_PARTS) -> dict[str, str]:
    """Which part each is shown as: the largest stay, the rest are `other`."""
    if len(parts) <= most:
        return {part: part for part in parts}
    largest = sorted((p for p in parts if p != OTHER), key=lambda p: -parts[p])[: most - 1]
    return {part: part if part in largest else OTHER for part in parts}


def type_order(w: Words, kind: str, codes: Iterable[str]) -> list[str]:
    """Types of a kind as they stand; last what is of no other type, then several together."""
    places = [*own_places(w, kind), OTHER, SEVERAL]
    return sorted(codes, key=lambda code: ((*places, code).index(code), code))


def type_colour(w: Words, kind: str, code: str) -> str:
    """The colour of a type: that of its place."""
    places = own_places(w, kind)
    if code in places:
        return palette.colour_of_place(places.index(code))
    return SEVERAL if code == SEVERAL else OTHER


def own_places(w: Words, kind: str) -> list[str]:
    return [code for code in w.types.get(kind, ()) if code != OTHER]


def alternative(w: Words, title: str, subtitle: str, rows: Sequence[Sequence[str]]) -> str:
    """The chart in words for who can't see it, with its first twelve rows."""
    _, *body = rows
    said = list(spoken_rows(rows))[:MOST_SPOKEN]
    begins = f"{title.rstrip('.')}. {subtitle.rstrip('.')}."
    return f"{begins} {'; '.join(said)}. {rest_words(w, len(body) - len(said))}".strip()


def short_alternative(w: Words, chart: Base) -> str:
    """The same where the table stands beside it: the title and as many rows as can be listened to,
    SHORT letters at most."""
    _, *body = chart.rows
    marked = event_words(w, chart)
    title, rest = chart.title.rstrip("."), rest_words(w, len(body)) + marked
    said: list[str] = []
    for row in spoken_rows(chart.rows):
        if row.endswith(": "):
            continue  # nothing is known of it
        if len(f"{title}. {'; '.join([*said, row])}. {rest}") > SHORT:
            break
        said.append(row)
    parts = [title, "; ".join(said)]
    spoken = " ".join(f"{part}." for part in parts if part)
    spoken = " ".join(filter(None, [spoken, rest_words(w, len(body) - len(said)), marked]))
    return shortened(spoken, SHORT)


def event_words(w: Words, chart: Base) -> str:
    """How many events are marked in a chart; "" without any."""
    marked = len(chart.events) if isinstance(chart, Measured | Timeline) else 0
    return w("chart.events_marked", n=marked) if marked else ""


def spoken_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    heading, *body = rows
    for name, *values in body:
        told = [f"{h} {v.rstrip('.')}" for h, v in zip(heading[1:], values, strict=True) if v]
        yield f"{name}: {', '.join(told)}"


def rest_words(w: Words, n: int) -> str:
    return w("chart.alt_rest", n=n) if n > 0 else ""


def base(
    w: Words, title: str, subtitle: str, rows: Sequence[tuple[str, ...]]
) -> tuple[str, str, tuple[tuple[str, ...], ...], str]:
    """The first fields of every form: title, subtitle, rows, and all of it in words."""
    return title, subtitle, tuple(rows), alternative(w, title, subtitle, rows)


def value_rows(
    w: Words,
    names: Sequence[str],
    series: Sequence[Series],
    totals: Sequence[float] | None = None,
    lacking: Sequence[Sequence[int]] = (),
) -> list[tuple[str, ...]]:
    """The rows of a table: a column for each series and, where there are totals, for them. Of each
    column may be given how many numbers its cells are `lacking`."""
    columns = [["" if v is None else w.shown(v) for v in one.values] for one in series]
    columns += [[w.shown(total) for total in totals]] if totals is not None else []
    for at, lacks in enumerate(lacking):
        columns[at] = [partly_known(w, *cell) for cell in zip(columns[at], lacks, strict=True)]
    return list(zip(names, *columns, strict=True))


def columns(
    w: Words,
    title: str,
    subtitle: str,
    years: Sequence[int],
    series: Sequence[Series],
    grouped: bool = False,
    running: int | None = None,
) -> Columns:
    """Columns over years, each known by its year; `running` is the year not over yet."""
    totals: list[float] = [sum(or_none(s.values[i]) for s in series) for i in range(len(years))]
    if grouped:
        series = spaced_side_by_side(series)
    else:
        series = with_whole(w, [without_examples(s, totals) for s in series], totals)
    values = [v for s in series for v in s.values]
    names = year_names(w, years, running)
    heading = (w("chart.year"), *(s.label for s in series))
    table = [heading if grouped else (*heading, w("chart.total"))]
    table += value_rows(w, names, series, None if grouped else totals)
    known = [any(s.values[i] is not None for s in series) for i in range(len(years))]
    said = [w.shown(t) if t and k else "" for t, k in zip(totals, known, strict=True)]
    tops = [v or 0 for v in values] if grouped else totals
    return Columns(
        *base(w, title, subtitle, table),
        running_labels(w, years, running),
        tuple(replace(s, keys=s.keys or tuple(map(str, years))) for s in series),
        () if grouped else spaced(said),
        (),
        steps(w, max(tops, default=0)),
        grouped,
        within=widest([*values, *([] if grouped else totals)]),
        years=tuple(years),
    )


def bars(
    w: Words,
    title: str,
    subtitle: str,
    categories: Sequence[str],
    series: Sequence[Series],
    totals: Sequence[str],
    heading: str,
    rows: Sequence[tuple[str, ...]] = (),
    within: float | None = None,
) -> Bars:
    """Lying bars. `totals` are the words at the end of each bar, `rows` a fuller table."""
    headings = (heading, *(s.label for s in series))
    table = list(rows) or [headings, *value_rows(w, categories, series)]
    if within is None:
        within = widest(v for s in series for v in s.values)
    words = base(w, title, subtitle, table)
    return Bars(*words, tuple(categories), tuple(series), tuple(totals), within=within)
