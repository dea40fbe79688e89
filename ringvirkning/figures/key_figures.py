"""The five key figures of the overview, from the answers that its charts are made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from queries import answers
from ringvirkning.charts import KeyFigure, Numbers, forms
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.jobs import KINDS, Jobs, may_be_compared, single_years
from ringvirkning.figures.partnerships import in_year
from ringvirkning.figures.question import Question
from ringvirkning.figures.targets import kind_of, reached_target, unsure_words
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import difference, number, share

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
    is_example: bool


def by_year(found: Iterable[tuple[int | None, float | None]]) -> Mapping[int, float]:
    """Totals by year of what has a year and a value."""
    return forms.totals(
        (year, value) for year, value in found if year is not None and value is not None
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
) -> Card:
    """A key figure of the view's year from totals by year, beside those of the year before."""
    w, year = shown.words, shown.year
    value, earlier = now.get(year), before.get(year - 1)
    change = ""
    if value is not None and earlier is not None and may_compare:
        change = change_words(shown, value, earlier)
    return Card(
        measure,
        label,
        w("card.nothing") if value is None else w.known(value),
        change,
        [now.get(y) for y in range(year - YEARS_BACK + 1, year + 1)],
        w("card.none_in", year=str(year)) if value is None else note,
        asks,
        Question(measure, row=str(year), page="1"),
        value is not None and number(value).is_example,
    )


def change_words(shown: View, value: float, earlier: float) -> str:
    """How the year's number differs from that of the year before; an example and a published
    number are not compared."""
    if number(value).is_example != number(earlier).is_example:
        return ""
    w = shown.words
    kind, by = difference(value, earlier)
    sign = {"more": "+", "fewer": "−"}.get(kind, "")
    so_far = "_so_far" if shown.year == shown.as_of.year else ""
    signed = sign + w.plain(by) if by.is_exact else w("count.about", number=sign + w.plain(by))
    year = str(shown.year - 1)
    return w(f"card.{'change' if sign else kind}{so_far}", change=signed, year=year)


def key_figures(shown: View) -> list[Card]:
    """Active partnerships, activities, attendances, jobs, target attainment."""
    return [active_card(shown), *activity_cards(shown), jobs_card(shown), target_card(shown)]


def confirmed(active: Sequence[answers.PartnershipsByYear]) -> Mapping[int, float]:
    """Confirmed partnerships by year; a year with only unconfirmed ones has none."""
    return forms.totals((row.year, row.partnership_count * row.is_confirmed) for row in active)


def active_card(shown: View) -> Card:
    w, year = shown.words, shown.year
    now = shown.all_years(answers.PartnershipsByYear)
    before = shown.year_before(answers.PartnershipsByYear)
    _, unconfirmed, start_unknown = in_year(now, year)
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


def activity_cards(shown: View) -> list[Card]:
    w = shown.words
    now = shown.all_years(answers.ActivitiesByYear)
    before = shown.year_before(answers.ActivitiesByYear)
    this = [row for row in now if row.year == shown.year]
    held = sum(row.activity_count for row in this)
    examples = sum(row.example_count for row in this)
    known = w("card.known_for", known=sum(row.attended_known for row in this), of=held)
    more = "" if number(held).is_example or not examples else w("card.examples_beside", n=examples)
    return [
        card(
            shown,
            "activities_held",
            w("card.activities"),
            by_year((row.year, row.activity_count) for row in now),
            by_year((row.year, row.activity_count) for row in before),
            more,
            "activities_by_year",
        ),
        card(
            shown,
            "attended",
            w("card.attended"),
            by_year((row.year, row.attended_count) for row in now),
            by_year((row.year, row.attended_count) for row in before),
            known,
            "activities_by_year",
        ),
    ]


def jobs_card(shown: View) -> Card:
    w, now = shown.words, single_years(shown.all_years(answers.PlacementsByYear))
    before = single_years(shown.year_before(answers.PlacementsByYear))
    single, earlier = (
        [row for row in rows if row.measure == "placements"] for rows in (now, before)
    )
    this = [row for row in single if row.from_year == shown.year]
    last = [row for row in earlier if row.from_year == shown.year - 1]
    return card(
        shown,
        "placements",
        jobs_label(w, this),
        by_year((row.from_year, row.value) for row in single),
        by_year((row.from_year, row.value) for row in earlier),
        kinds_words(w, [row for row in now if row.from_year == shown.year]),
        "placements_by_year",
        not this or not last or may_be_compared(this[0], last[0]),
    )


def jobs_label(w: Words, now: Jobs) -> str:
    programmes = {programme for row in now for programme in row.programmes}
    if len(programmes) == 1:
        return w("card.jobs_through", programme=sentences.programmes_words(w, programmes))
    return w("card.jobs")


def kinds_words(w: Words, now: Jobs) -> str:
    value = {row.measure: row.value for row in now}
    return " · ".join(w(f"card.kind.{kind}", n=value[kind]) for kind in KINDS if kind in value)


def is_example(aim: answers.TargetsMet) -> bool:
    return kind_of(aim) == "illustrative"


def target_card(shown: View) -> Card:
    """Attainment of the year's targets for permanent jobs, in the programmes that have results."""
    w, year = shown.words, shown.year
    aims = [
        row
        for row in single_years(shown.all_years(answers.TargetsMet))
        if row.measure == "placement_permanent" and reached_target(row)
    ]
    # Where a year has published ones, its examples don't count.
    stated = {row.from_year for row in aims if not is_example(row)}
    aims = [row for row in aims if row.from_year not in stated or not is_example(row)]
    actual = by_year((row.from_year, row.actual) for row in aims)
    target = by_year((row.from_year, row.target) for row in aims)
    reached = {y: share(actual[y], target[y], is_part=False) for y in target}
    this = [row for row in aims if row.from_year == year]
    of = sentences.x_of_y(w, actual[year], target[year]) if this else ""
    per_cent = reached.get(year)
    unsure = unsure_words(w, actual[year], target[year]) if this else ""
    values = (reached.get(y) for y in range(year - YEARS_BACK + 1, year + 1))
    return Card(
        "target_attainment",
        w("card.target"),
        w.percent(per_cent) if per_cent else of or w("card.nothing"),
        sentences.quiet_line([of if per_cent else "", unsure]),
        [None if found is None else found.number for found in values],
        w("card.target_for" if this else "card.no_target", year=str(year)),
        "targets_met",
        Question("target_attainment", "placement_permanent", row=str(year), page="1"),
        is_example=any(map(is_example, this)),
    )


def card_figure(shown: View, card: Card) -> Figure:
    """A key figure as a figure: its values by year, the shown year last."""
    w = shown.words
    first = shown.year - len(card.values) + 1
    heading = f"{card.label}, {shown.year}"
    foot = [w("claim.example") if card.is_example else "", card.change, card.note]
    rows = [
        (w("chart.year"), card.label),
        *((str(first + at), card_value(shown, card, v)) for at, v in enumerate(card.values)),
    ]
    return Figure(
        card.measure,
        Numbers(f"{heading}: {card.number}", heading, tuple(rows), alt=""),
        sentences.quiet_line(
            [*foot, feet.rounding(shown, [card.measure], feet.headline_within(shown))]
        ),
        [card.measure],
        [card.asks],
        {"from_year": None, "to_year": None},
        card.behind,
        cited(shown, card),
    )


def cited(shown: View, card: Card) -> feet.Cited:
    """Where the number of the year shown is from."""
    measure = feet.counted_in(card.behind.measure, card.behind.point)
    return feet.without_unmet(feet.cited(shown, measure, year=shown.year, single_years=True))


def card_value(shown: View, card: Card, value: float | None) -> str:
    w = shown.words
    if value is None:
        return ""
    return w.percent(value) if w.unit(card.measure) == "share" else w.plain(value)


def together(shown: View, cards: Sequence[Card], title: str) -> Figure:
    """The key figures side by side, as they stand on a slide."""
    w = shown.words
    figures = tuple(
        KeyFigure(
            card.label,
            card.number,
            sentences.quiet_line(
                [card.change, card.note, w("claim.example") if card.is_example else ""]
            ),
        )
        for card in cards
    )
    rows = [
        (w("chart.key_figure"), str(shown.year), w("figure.basis")),
        *((one.label, one.number, one.note) for one in figures),
    ]
    measures = [card.measure for card in cards]
    subtitle = w("chart.key_figures", year=str(shown.year))
    foot = [w("foot.as_of", date=w.day(shown.as_of)), w("foot.key_figures")]
    return Figure(
        "key-figures",
        Numbers(*forms.base(w, title, subtitle, rows), figures),
        sentences.quiet_line([*foot, feet.rounding(shown, measures, feet.headline_within(shown))]),
        measures,
        list(dict.fromkeys(card.asks for card in cards)),
        cited=[row for card in cards for row in cited(shown, card)],
    )
