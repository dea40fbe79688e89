"""The key figures of the overview: those that the association names, or what most is known of.

The usual ones are from the answers that the overview's charts are made from, all others, and those
of earlier years, from what is answered to a question of one's own by year.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from queries import answers
from ringvirkning.charts import KeyFigure, Numbers, forms
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import TOTAL
from ringvirkning.figures.explore.figure import answer_to, question_values
from ringvirkning.figures.in_force import in_year
from ringvirkning.figures.jobs import KINDS, Jobs, may_be_compared, single_years
from ringvirkning.figures.question import WORKED_OUT, Question
from ringvirkning.figures.targets import (
    held_against,
    kind_of,
    reached_target,
    target_measure,
    unsure_words,
)
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import own_row
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import Share, difference, number, share

YEARS_BACK = 10
MOST_CARDS = 5
CARD_NAMES = {
    "active_partnerships": "active", "activities_held": "activities", "attended": "attended",
    "target_attainment": "target",
}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """`values` are those of the years up to the one shown, None where nothing is known; `asks` the
    question they come from, `behind` the one whose records they are: its row is the year of the
    number, or its years. `within`: by how much the number may be off."""

    measure: str
    label: str
    number: str
    change: str
    values: Sequence[float | None]
    note: str
    asks: str
    behind: Question
    is_example: bool
    is_known: bool
    within: float = 0


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
    if value is not None and shown.measure(measure)["adds"] != "distinct":  # no stock
        note = sentences.quiet_line([note, so_far(shown, value, now.get(year + 1))])
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
        value is not None,
    )


def so_far(shown: View, value: float, running: float | None) -> str:
    """What the year that runs has come to, beside the last whole one; never an example beside a
    published number."""
    year = shown.year + 1
    is_left = year == shown.as_of.year and year <= (shown.selection.years or shown.span)[1]
    if not is_left or running is None or number(running).is_example != number(value).is_example:
        return ""
    return shown.words("card.so_far", year=str(year), n=running)


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
    """Those that are wanted, in that order; what has no number gives its place to the next that
    has, so that there are as many as are wanted or as can be told."""
    row = own_row(shown)
    own = list(row.key_figures or ()) if row else []
    known = (found for measure in wanted(shown, own) if (found := known_card(shown, measure)))
    return [unmixed(one) for one in islice(known, min(len(own), MOST_CARDS) or MOST_CARDS)]


def wanted(shown: View, own: Sequence[str]) -> Iterator[str]:
    """Each measure once, first its own; what else there is, is asked for only when it is come
    to."""
    first = dict.fromkeys([*own, *USUAL])
    yield from first
    yield from (measure for measure in other_measures(shown) if measure not in first)


def unmixed(card: Card) -> Card:
    """The card with the values of its number's kind alone: examples or published ones."""
    values = [v if v is None or number(v).is_example == card.is_example else None
              for v in card.values]  # fmt: skip
    return replace(card, values=values)


def other_measures(shown: View) -> list[str]:
    """What results are of beside jobs, those first that most programmes and years have."""
    results = shown.rows(answers.ResultsByProgramme)
    count = Counter(row.measure for row in results if row.measure not in KINDS)
    return [measure for measure, _ in count.most_common()]


def known_card(shown: View, measure: str) -> Card | None:
    """A measure's card for the year shown, or for the latest that is known of it; None without."""
    own = USUAL.get(measure)
    made = own(shown) if own else None
    return made if made and made.is_known else latest_card(shown, measure)


def latest_card(shown: View, measure: str) -> Card | None:
    """The same of any measure, from the answer of Explore by year: of the year shown or, where it
    has no number, of the latest year or years before it that do and that the filter leaves."""
    if measure == "target_attainment" and not may_be_reached(shown):
        return None
    every_year = replace(shown, selection=replace(shown.selection, years=None))
    first = (shown.selection.years or shown.span)[0]
    for point in points_of(shown, measure):
        known = known_by_period(every_year, measure, point)
        periods = [
            key for key in known if first <= first_year(key) and last_year(key) <= shown.year
        ]
        if periods:
            latest = max(periods, key=lambda key: (last_year(key), first_year(key)))
            return card_of_period(shown, Question(measure, point, row=latest, page="1"), known)
    return None


def may_be_reached(shown: View) -> bool:
    """Whether a target has a result in the years up to the one shown: what a question of one's own
    knows of it is no more, and costs a question."""
    first = (shown.selection.years or shown.span)[0]
    return any(
        first <= row.from_year <= row.to_year <= shown.year
        for row in shown.all_years(answers.TargetsMet)
        if reached_target(row)
    )


def points_of(shown: View, measure: str) -> list[str]:
    """The measuring points at which a measure can be asked for, the end of a round first; those of
    all associations. Of targets the one measure that they are told of."""
    offered = [row.point for row in shown.rows(answers.ExploreMeasures) if row.measure == measure]
    aimed = target_measure(shown) if measure == "target_attainment" else None
    if aimed:
        return [aimed] if aimed in offered else []
    return offered


class InPeriod(NamedTuple):
    """What is known of a measure in a period: what a line through the years shows, and what is
    counted; of a rate also of how many, and the share that it is where there may be one."""

    value: float | None
    counted: float
    of: float | None = None
    rate: Share | None = None


def known_by_period(shown: View, measure: str, point: str) -> dict[str, InPeriod]:
    """The years, and spans of years, that a measure has a number for: 2023, 2016/2019. What is at
    hand is the same as what is answered to a question of one's own, which costs three times as
    much."""
    found: list[tuple[str | None, float | None]] | None = None
    match measure:
        case "active_partnerships":
            found = [
                (str(y), n) for y, n in confirmed(shown.rows(answers.PartnershipsByYear)).items()
            ]
        case "activities_held" | "attended":
            column = "activity_count" if measure == "activities_held" else "attended_count"
            held = shown.rows(answers.ActivitiesByYear)
            found = [(str(row.year), getattr(row, column)) for row in held if row.year]
        case "placements":
            jobs = shown.rows(answers.PlacementsByYear)
            found = [(period_key(row), row.value) for row in jobs if row.measure == measure]
        case _ if is_result(shown, measure):
            results = shown.rows(answers.ResultsByYear)
            found = [
                (r.period, r.value) for r in results if (r.measure, r.point) == (measure, point)
            ]
    if found is not None:
        return {key: InPeriod(value, value) for key, value in found if key and value is not None}
    answer = answer_to(shown, Question(measure, point))
    cells = [(key, answer.cells.get((key, TOTAL))) for key in answer.row_keys]
    return {
        key: InPeriod(answer.value(cell), counted, cell.whole, answer.share(cell))
        for key, cell in cells
        if isinstance(key, str)
        and cell
        and (counted := cell.part if answer.is_rate else cell.value) is not None
        and (cell.whole is not None or not answer.is_rate)
    }


def period_key(row: answers.PlacementsByYear) -> str | None:
    """A period as it is written in addresses."""
    is_one = row.from_year == row.to_year
    years = row.from_year if is_one else f"{row.from_year}/{row.to_year}"
    return row.span or (str(years) if years else None)


def is_result(shown: View, measure: str) -> bool:
    """Whether it is a number of results as it stands, other than of jobs."""
    records = {row.record for row in shown.rows(answers.ExploreMeasures) if row.measure == measure}
    return records == {"outcome"} and measure not in (*WORKED_OUT, *KINDS, "placements")


def first_year(period: str) -> int:
    return int(period[:4])


def last_year(period: str) -> int:
    return int(period.split("/")[-1][:4])


def card_of_period(shown: View, behind: Question, known: Mapping[str, InPeriod]) -> Card:
    """A card of the period that is asked for, of those that are known."""
    w, measure, told = shown.words, behind.measure, known[behind.row]
    of, unsure = "", ""
    if told.of is not None:
        of = sentences.x_of_y(w, told.counted, told.of)
        is_target = measure == "target_attainment"
        unsure = unsure_words(w, told.counted, told.of) if is_target else ""
    counted = of or sentences.measured_number(w, measure, told.counted)
    years = [str(shown.year - back) for back in reversed(range(YEARS_BACK))]
    return Card(
        measure,
        period_label(shown, behind),
        w.percent(told.rate) if told.rate else counted,
        sentences.quiet_line([of if told.rate else "", unsure]),
        [known[year].value if year in known else None for year in years],
        period_note(shown, behind),
        "explore",
        behind,
        number(told.counted).is_example,
        is_known=True,
        within=forms.widest([told.counted]),
    )


def period_label(shown: View, behind: Question) -> str:
    w, measure, period = shown.words, behind.measure, behind.row
    if measure == "placements":
        jobs = shown.all_years(answers.PlacementsByYear)
        years = (first_year(period), last_year(period))
        span = period if "-" in period else None
        found = [row for row in jobs if (row.from_year, row.to_year, row.span) == (*years, span)]
        return jobs_label(w, found)
    if measure in CARD_NAMES:
        return w(f"card.{CARD_NAMES[measure]}")
    return wording.measure_words(w, measure, behind.point)


def period_note(shown: View, behind: Question) -> str:
    """What a number is of, where that is another year than the one shown, or a target's."""
    w, is_now = shown.words, behind.row == str(shown.year)
    years = wording.period_words(w, behind.row)
    if behind.measure == "target_attainment":
        return target_note(w, behind.point, years)
    return "" if is_now else w("card.latest", years=years, year=str(shown.year))


def target_note(w: Words, measure: str, years: str) -> str:
    return w("card.target_for", measure=sentences.small(w.code("measure", measure)), years=years)


def confirmed(active: Sequence[answers.PartnershipsByYear]) -> Mapping[int, float]:
    """Confirmed partnerships by year; a year with only unconfirmed ones has none."""
    return forms.totals((row.year, row.partnership_count * row.is_confirmed) for row in active)


def active_card(shown: View) -> Card:
    w, year = shown.words, shown.year
    now = shown.all_years(answers.PartnershipsByYear)
    before = shown.year_before(answers.PartnershipsByYear)
    _, unconfirmed, start_unknown = in_year(now, year)
    # No growth is claimed for a year whose beginners are only known as "at the latest", and no
    # change of those that nobody has confirmed or that no activity tells of.
    is_sure = not any(row.uncertain_start_count for row in now if row.year == year) and all(
        row.has_start and row.is_confirmed
        for row in ([row for row in now if row.year == year]
                    + [row for row in before if row.year == year - 1])
    )  # fmt: skip
    unsure = {"card.unconfirmed": unconfirmed, "card.start_unknown": start_unknown}
    note = ", ".join(w(key, n=count) for key, count in unsure.items() if count)
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
    last = [row for row in before if row.year == shown.year - 1]
    are_counted = all(row.attended_known == float(row.activity_count) for row in (*this, *last))
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
            are_counted,  # more may be counted, and not more have come
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
    if "" in programmes:  # what is of none is through none
        return w.code("measure", "placements")
    return w("card.jobs")


def kinds_words(w: Words, now: Jobs) -> str:
    value = {row.measure: row.value for row in now}
    return " · ".join(w(f"card.kind.{kind}", n=value[kind]) for kind in KINDS if kind in value)


def is_example(aim: answers.TargetsMet) -> bool:
    return kind_of(aim) == "illustrative"


def target_card(shown: View) -> Card:
    """Attainment of the year's targets for the one measure, in the programmes that have results."""
    w, year, measure = shown.words, shown.year, target_measure(shown)
    aims = [
        row
        for row in single_years(shown.all_years(answers.TargetsMet))
        if row.measure == measure and reached_target(row)
    ]
    # Where a year has published ones, its examples don't count.
    stated = {row.from_year for row in aims if not is_example(row)}
    aims = [row for row in aims if row.from_year not in stated or not is_example(row)]
    actual = by_year((row.from_year, row.actual) for row in aims)
    target = by_year((row.from_year, row.target) for row in aims)
    known = by_year((row.from_year, held_against(row)) for row in aims)
    reached = {y: share(known[y], target[y], is_part=False) for y in target}
    this = [row for row in aims if row.from_year == year]
    of = sentences.x_of_y(w, actual[year], target[year]) if this else ""
    per_cent = reached.get(year)
    unsure = unsure_words(w, actual[year], target[year]) if this else ""
    unknown = sentences.unknown_words(w, feet.unknown_counts(*this))
    values = (reached.get(y) for y in range(year - YEARS_BACK + 1, year + 1))
    return Card(
        "target_attainment",
        w("card.target"),
        w.percent(per_cent) if per_cent else of or w("card.nothing"),
        sentences.quiet_line([of if per_cent else "", unknown, unsure]),
        [None if found is None else found.number for found in values],
        target_note(w, measure, str(year))
        if this and measure
        else w("card.no_target", year=str(year)),
        "targets_met",
        Question("target_attainment", measure or "exit", row=str(year), page="1"),
        is_example=any(map(is_example, this)),
        is_known=bool(this),
    )


USUAL: Mapping[str, Callable[[View], Card]] = {
    "active_partnerships": active_card,
    "activities_held": lambda shown: activity_cards(shown)[0],
    "attended": lambda shown: activity_cards(shown)[1],
    "placements": jobs_card,
    "target_attainment": target_card,
}


def card_heading(shown: View, card: Card) -> str:
    return f"{card.label}, {wording.period_words(shown.words, card.behind.row)}"


def card_title(shown: View, card: Card) -> str:
    return f"{card_heading(shown, card)}: {card.number}"


def card_figure(shown: View, card: Card) -> Figure:
    """A key figure as a figure: its values by year, the shown year last, then its number where that
    is of several years or of an earlier one."""
    w = shown.words
    first = shown.year - len(card.values) + 1
    period, heading = card.behind.row, card_heading(shown, card)
    foot = [w("claim.example") if card.is_example else "", card.change, card.note]
    rows = [
        (w("chart.year"), card.label),
        *((str(first + at), card_value(shown, card, v)) for at, v in enumerate(card.values)),
    ]
    if period not in dict(rows):
        rows.append((wording.period_words(w, period), card.number))
    more = question_values(card.behind) if card.asks == "explore" else {}
    return Figure(
        card.measure,
        Numbers(card_title(shown, card), heading, tuple(rows), alt=""),
        sentences.quiet_line(
            [*foot, feet.rounding(shown, [card.measure], cards_within(shown, [card]))]
        ),
        [card.measure],
        [card.asks],
        {"from_year": None, "to_year": None, **more},
        card.behind,
        cited(shown, card),
    )


def cited(shown: View, card: Card) -> feet.Cited:
    """Where its number is from."""
    measure, period = feet.counted_in(card.behind.measure, card.behind.point), card.behind.row
    years = (first_year(period), last_year(period))
    return feet.without_unmet(feet.cited(shown, measure, exact_years=years))


def cards_within(shown: View, cards: Sequence[Card]) -> float:
    """By how much their numbers, and what headlines count, may be off."""
    return max([feet.headline_within(shown), *(card.within for card in cards)])


def card_value(shown: View, card: Card, value: float | None) -> str:
    w = shown.words
    if value is None:
        return ""
    return w.percent(value) if w.unit(card.measure) == "share" else w.plain(value)


def together(shown: View, cards: Sequence[Card], title: str, name: str) -> Figure:
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
        name,
        Numbers(*forms.base(w, title, subtitle, rows), figures),
        sentences.quiet_line([*foot, feet.rounding(shown, measures, cards_within(shown, cards))]),
        measures,
        list(dict.fromkeys(card.asks for card in cards)),
        cited=[row for card in cards for row in cited(shown, card)],
    )
