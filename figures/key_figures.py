"""The five key figures of the overview, from the answers that its charts are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts import Series
from charts.forms import alternative, numbers, totals
from charts.outcomes import KINDS, single_years
from figures import Figure, feet
from figures.question import Question
from figures.view import View
from texts import Words, sentences
from texts.sentences import Rows

YEARS_BACK = 10


@dataclass(frozen=True)
class Card:
    """`values` are those of the years up to the one shown, None where nothing is known; `asks` the
    question they come from, `behind` the one whose records they are."""

    measure: str
    label: str
    number: str
    change: str
    values: Sequence[float | None]
    note: str
    asks: str
    behind: Question
    is_example: bool = False


def by_year(rows: Rows, value: str, year: str = "year") -> Mapping[int, float]:
    """Totals by year of the rows that have a year and a value."""
    return totals(
        (getattr(row, year), getattr(row, value))
        for row in rows
        if getattr(row, year) is not None and getattr(row, value) is not None
    )


def card(
    shown: View,
    measure: str,
    label: str,
    now: Mapping[int, float],
    before: Mapping[int, float],
    note: str,
    asks: str,
    may_compare: bool = True,
    is_example: bool = False,
) -> Card:
    """A key figure of the view's year from totals by year, beside those of the year before."""
    w, year = shown.words, shown.year
    value, earlier = now.get(year), before.get(year - 1)
    change = ""
    if value is not None and earlier is not None and may_compare:
        key = "card.unchanged" if value == earlier else "card.change"
        key += "_so_far" if year == shown.as_of.year else ""
        change = w(key, change=w.signed(value - earlier), year=str(year - 1))
    return Card(
        measure,
        label,
        w("card.nothing") if value is None else w.number(value),
        change,
        [now.get(y) for y in range(year - YEARS_BACK + 1, year + 1)],
        w("card.none_in", year=str(year)) if value is None else note,
        asks,
        Question(measure, row=str(year), page="1"),
        is_example,
    )


def key_figures(shown: View, now: Sequence[Rows], before: Sequence[Rows]) -> list[Card]:
    """Active partnerships, activities, attendances, jobs, target attainment.

    `now` and `before` are the partnerships, activities and placements by year.
    """
    return [
        active_card(shown, now[0], before[0]),
        *activity_cards(shown, now[1], before[1]),
        jobs_card(shown, now[2], before[2]),
        target_card(shown),
    ]


def confirmed(active: Rows) -> Mapping[int, float]:
    """Confirmed partnerships by year; a year with only unconfirmed ones has none."""
    return totals((row.year, row.partnership_count * row.is_confirmed) for row in active)


def active_card(shown: View, now: Rows, before: Rows) -> Card:
    w, year = shown.words, shown.year
    _, unconfirmed, start_unknown = sentences.in_year(now, year)
    # No growth is claimed for a year whose beginners are only known as "at the latest", and none
    # of those that may have been in force in a year that no activity tells of.
    is_sure = not any(row.uncertain_start_count for row in now if row.year == year) and all(
        row.has_start
        for row in (*now, *before)
        if row.is_confirmed and row.year in (year - 1, year)
    )
    note = w("card.unconfirmed", n=unconfirmed)
    if start_unknown:
        note += ", " + w("card.start_unknown", n=start_unknown)
    label = w("card.active")
    return card(
        shown, "active_partnerships", label, confirmed(now), confirmed(before), note,
        "partnerships_by_year", is_sure,
    )  # fmt: skip


def activity_cards(shown: View, now: Rows, before: Rows) -> list[Card]:
    w = shown.words
    held, examples, attended_known = (
        int(by_year(now, column).get(shown.year, 0))
        for column in ("activity_count", "illustrative_count", "attended_known")
    )
    known = w("card.known_for", known=attended_known, of=held)
    has_examples = w("card.of_which_examples", n=examples) if examples else ""
    return [
        card(
            shown, measure, label, by_year(now, column), by_year(before, column), note,
            "activities_by_year", is_example=bool(examples),
        )
        for measure, column, label, note in (
            ("activities_held", "activity_count", w("card.activities"), has_examples),
            ("attended", "attended_count", w("card.attended"), known),
        )
    ]  # fmt: skip


def jobs_card(shown: View, now: Rows, before: Rows) -> Card:
    w = shown.words
    single, earlier = single_years(now), single_years(before)
    this = [row for row in single if row.from_year == shown.year]
    return card(
        shown,
        "placements",
        jobs_label(w, this),
        by_year(single, "value", "from_year"),
        by_year(earlier, "value", "from_year"),
        kinds_words(w, this),
        "placements_by_year",
        is_example=any(row.evidence == "illustrative" for row in this),
    )


def jobs_label(w: Words, now: Rows) -> str:
    programmes = sorted({row.programme for row in now})
    if len(programmes) == 1:
        return w("card.jobs_through", programme=programmes[0])
    return w("card.jobs")


def kinds_words(w: Words, now: Rows) -> str:
    value = totals((row.measure, row.value) for row in now)
    return " · ".join(w(f"card.kind.{kind}", n=int(value[kind])) for kind in KINDS if kind in value)


def target_card(shown: View) -> Card:
    """Attainment of the year's targets for permanent jobs, in the programmes that have results."""
    w, year = shown.words, shown.year
    aims = [
        row
        for row in single_years(shown.all_years("targets_met"))
        if row.measure == "placement_permanent" and None not in (row.target, row.actual)
    ]
    actual, target = (by_year(aims, column, "from_year") for column in ("actual", "target"))
    share = {y: actual[y] / target[y] for y in target if target[y]}
    this = [row for row in aims if row.from_year == year]
    enough = target.get(year, 0) >= 10
    x_of_y = w("chart.x_of_y", x=int(actual[year]), y=int(target[year])) if this else ""
    return Card(
        "target_attainment",
        w("card.target"),
        w.percent(share[year]) if enough else x_of_y or w("card.nothing"),
        x_of_y if enough else "",
        [share.get(y) for y in range(year - YEARS_BACK + 1, year + 1)],
        w("card.target_for" if this else "card.no_target", year=str(year)),
        "targets_met",
        Question("target_attainment", "placement_permanent", row=str(year), page="1"),
        is_example=any(row.is_illustrative or row.evidence == "illustrative" for row in this),
    )


def told(shown: View, card: Card) -> Figure:
    """A key figure as a figure: its values by year, the shown year last."""
    w = shown.words
    first = shown.year - len(card.values) + 1
    foot = [w("claim.example") if card.is_example else "", card.change, card.note]
    rows = [
        (w("chart.year"), card.label),
        *((str(first + at), said(shown, card, v)) for at, v in enumerate(card.values)),
    ]
    return Figure(
        card.measure,
        numbers(f"{card.label}, {shown.year}: {card.number}", f"{card.label}, {shown.year}", rows),
        sentences.quiet_line([*foot, feet.rounding(shown, [card.measure])]),
        [card.measure],
        [card.asks],
        {"from_year": None, "to_year": None},
        card.behind,
    )


def said(shown: View, card: Card, value: Any) -> str:
    w = shown.words
    if value is None:
        return ""
    return w.percent(value) if w.unit(card.measure) == "share" else w.number(value)


def together(shown: View, cards: Sequence[Card], title: str) -> Figure:
    """The key figures side by side, as they stand on a slide."""
    w = shown.words
    notes = [sentences.quiet_line([card.change, card.note]) for card in cards]
    examples = [card.is_example for card in cards]
    series = Series(
        str(shown.year),
        "accent",
        tuple(card.values[-1] for card in cards),
        labels=tuple(card.number for card in cards),
        hovers=tuple(
            sentences.quiet_line([note, w("claim.example") if is_example else ""])
            for note, is_example in zip(notes, examples, strict=True)
        ),
        pattern=tuple("hatched" if is_example else "solid" for is_example in examples),
    )
    labels = [card.label for card in cards]
    rows = [
        (w("chart.key_figure"), str(shown.year), w("figure.basis")),
        *zip(labels, series.labels, series.hovers, strict=True),
    ]
    measures = [card.measure for card in cards]
    subtitle = w("chart.key_figures", year=str(shown.year))
    return feet.rounded(
        shown,
        "key-figures",
        numbers(title, subtitle, rows, alternative(w, title, subtitle, rows), labels, [series]),
        sentences.quiet_line(
            [
                w("foot.as_of", date=w.day(shown.as_of)),
                w("foot.key_figures"),
            ]
        ),
        measures,
        list(dict.fromkeys(card.asks for card in cards)),
    )
