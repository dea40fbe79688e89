"""What happened and what is remarked: beside a figure over years, and part of no number in it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from queries import answers
from ringvirkning.charts import Event, Timeline, forms
from ringvirkning.charts.forms import AnyMeasured
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import association_row, chosen_association
from ringvirkning.texts import sentences

MOST_MARKED = 4  # turns of a year in a chart
MOST_AT_A_TURN = 4  # events at one of them
MOST_REMARKS = 3
# What says most of the figures comes first where there is no room for all.
WEIGHT = ("method", "reform", "pandemic", "agreement", "other")


def beside(
    shown: View, chart: AnyMeasured, measures: Sequence[str]
) -> tuple[AnyMeasured, tuple[str, ...], tuple[str, ...]]:
    """A chart with marks of what happened between its years and of the remarks on its measures;
    what is said of them below it; and all that there is to say."""
    if not shown.selection.events or not chart.years:
        return chart, (), ()
    happened, noted = happened_between(shown, chart.years), remarks_on(shown, chart.years, measures)
    years = chart.years

    def between(turn: int, rows: Sequence[answers.Events]) -> float:
        return next(at for at, year in enumerate(years) if year >= turn) - 0.5

    events = rules(shown, happened, between, (-0.5, len(years) - 0.5))
    chart = replace(starred(chart, noted[:MOST_REMARKS]), events=events)
    chart = replace(chart, alt=f"{chart.alt} {forms.event_words(shown.words, chart)}".strip())
    told = [one.words for one in events]
    told += [f"{stars(at)} {remark_line(shown, r)}" for at, r in enumerate(noted[:MOST_REMARKS])]
    left = len(happened) - sum(len(own) for _, own in at_turns(happened))
    left += max(len(noted) - MOST_REMARKS, 0)
    told += [shown.words("events.more", n=left)] if left else []
    every = [event_line(shown, row) for row in happened]
    return chart, tuple(told), (*every, *(remark_line(shown, row) for row in noted))


def beside_spans(shown: View, chart: Timeline) -> tuple[Timeline, tuple[str, ...], tuple[str, ...]]:
    """A timeline with marks of what happened, at the first day of those that share one; what is
    said of them below it; and all that there is to say."""
    if not shown.selection.events:
        return chart, (), ()
    first, last = (date.fromisoformat(day) for day in (chart.first, chart.last))
    happened = happened_between(shown, range(first.year, last.year + 1))

    def day(turn: int, rows: Sequence[answers.Events]) -> float:
        found = min(f"{row.date}-01-01"[:10] for row in rows)
        return min(date.fromisoformat(found), last).toordinal()

    events = rules(shown, happened, day, (first.toordinal(), last.toordinal()))
    chart = replace(chart, events=events)
    chart = replace(chart, alt=f"{chart.alt} {forms.event_words(shown.words, chart)}".strip())
    told = [one.words for one in events]
    left = len(happened) - sum(len(own) for _, own in at_turns(happened))
    told += [shown.words("events.more", n=left)] if left else []
    return chart, tuple(told), tuple(event_line(shown, row) for row in happened)


def happened_between(shown: View, years: Sequence[int]) -> list[answers.Events]:
    """The events that lie between years that are shown, in order of time. One of the last year is
    no later than before it. Where several associations are shown, only what is of none."""
    is_everyones = chosen_association(shown) is None
    return [
        row._replace(turn=turn)
        for row in shown.rows(answers.Events)
        if years[0] < (turn := turn_within(row, years)) <= years[-1]
        and not (is_everyones and row.association)
    ]


def turn_within(row: answers.Events, years: Sequence[int]) -> int:
    return min(row.turn, years[-1]) if row.year <= years[-1] else row.turn


def at_turns(happened: Sequence[answers.Events]) -> list[tuple[int, list[answers.Events]]]:
    """What is marked, by the turn of a year: of many turns those with what says most, the latest
    first; of many events at one the same."""
    found: defaultdict[int, list[answers.Events]] = defaultdict(list)
    for row in happened:
        found[row.turn].append(row)

    def weight(row: answers.Events) -> int:
        return WEIGHT.index(row.event_kind)

    ranked = sorted(found, key=lambda turn: (min(map(weight, found[turn])), -turn))
    kept = {turn: sorted(found[turn], key=weight)[:MOST_AT_A_TURN] for turn in ranked[:MOST_MARKED]}
    return [(turn, [row for row in found[turn] if row in kept[turn]]) for turn in sorted(kept)]


def rules(
    shown: View,
    happened: Sequence[answers.Events],
    place_of: Callable[[int, Sequence[answers.Events]], float],
    ends: tuple[float, float],
) -> tuple[Event, ...]:
    """A rule for each turn of a year, in a place between the ends: the one there is has its words
    where there is room on a phone, several have numbers."""
    turns = at_turns(happened)
    found = []
    for number, (turn, rows) in enumerate(turns, 1):
        place = place_of(turn, rows)
        named = [event_title(shown, row) for row in rows]
        room = forms.PHONE_LETTERS * (ends[1] - place) / (ends[1] - ends[0])
        is_alone = len(turns) == len(rows) == 1 and len(named[0]) <= room
        label = named[0] if is_alone else str(number)
        said = said_of(shown, rows)
        found.append(Event(place, label, said if is_alone else f"{number}: {said}"))
    return tuple(found)


def said_of(shown: View, rows: Sequence[answers.Events]) -> str:
    """Koronapandemien, Viken ble opprettet (2020)."""
    by_year: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(event_title(shown, row))
    return "; ".join(f"{', '.join(named)} ({year})" for year, named in by_year.items())


def event_title(shown: View, row: answers.Events) -> str:
    """Its few words, and that it is internal where it is."""
    return own_words(shown, row.title_nb, row.title_en, row.is_internal)


def own_words(shown: View, nb: str, en: str, is_internal: str) -> str:
    words = nb if shown.words.language == "nb" else en
    return shown.words("events.internal", words=words) if is_internal == "yes" else words


def event_line(shown: View, row: answers.Events) -> str:
    """With its day and its source."""
    line = f"{shown.words.day(row.date)}: {event_title(shown, row)}"
    return f"{line} ({row.source})" if row.source else line


# Remarks


def remarks_on(shown: View, years: Sequence[int], measures: Sequence[str]) -> list[answers.Remarks]:
    """Those on these measures whose period touches the years."""
    return [
        row
        for row in shown.rows(answers.Remarks)
        if row.measure in measures and row.from_year <= years[-1] and row.to_year >= years[0]
    ]


def remark_line(shown: View, row: answers.Remarks) -> str:
    """Its period, whose figures it is about where several associations are shown, its words."""
    w = shown.words
    months = row.period if "-" in row.period else None
    whose = ""
    if row.association and chosen_association(shown) is None:
        own = association_row(shown.database, row.association)
        whose = (own and own.short_name) or row.association
    when = sentences.time_in_words(w, row.from_year, row.to_year, months)
    text = own_words(shown, row.text_nb, row.text_en, row.is_internal)
    return f"{', '.join(filter(None, [when, whose]))}: {text.rstrip('.')}"


def stars(at: int) -> str:
    return "*" * (at + 1)


def starred(chart: AnyMeasured, noted: Sequence[answers.Remarks]) -> AnyMeasured:
    """The chart with a star at the years of each remark: at those that have a name below it, else
    at the last."""
    names = [*chart.categories]
    for at, row in enumerate(noted):
        inside = [p for p, y in enumerate(chart.years) if row.from_year <= y <= row.to_year]
        for place in [p for p in inside if chart.categories[p]] or inside[-1:]:
            name, line, below = names[place].partition("\n")
            names[place] = f"{name}{stars(at)}{line}{below}"
    return replace(chart, categories=tuple(names))
