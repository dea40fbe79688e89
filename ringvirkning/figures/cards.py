"""Key figures of the year shown, each beside the year before: the usual ones, from the answers that
the overview's charts are made from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from queries import answers
from ringvirkning.charts import forms
from ringvirkning.figures import feet
from ringvirkning.figures.in_force import in_year
from ringvirkning.figures.jobs import KINDS, Jobs, may_be_compared, single_years
from ringvirkning.figures.question import Question
from ringvirkning.figures.targets import (
    held_against,
    kind_of,
    reached_target,
    target_measure,
    unsure_words,
)
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import difference, number, share

YEARS_BACK = 10
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
    is_change = kind in ("more", "fewer")
    so_far = "_so_far" if shown.year == shown.as_of.year else ""
    signed = w.changed(kind, by) if is_change else ""
    year = str(shown.year - 1)
    return w(f"card.{'change' if is_change else kind}{so_far}", change=signed, year=year)


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
        sentences.quiet_line(
            [
                kinds_words(w, [row for row in now if row.from_year == shown.year]),
                *(w("card.unknown", n=row.lacking_count) for row in this if row.lacking_count),
            ]
        ),
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
    has_aim = any(
        measure in (None, row.measure) and row.from_year == year and row.target is not None
        for row in single_years(shown.all_years(answers.TargetsMet))
    )
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
        else w(f"card.{'no_known_result' if has_aim else 'no_target'}", year=str(year)),
        "targets_met",
        Question("target_attainment", measure or "exit", row=str(year), page="1"),
        is_example=any(map(is_example, this)),
        is_known=bool(this),
    )


def target_note(w: Words, measure: str, years: str) -> str:
    return w("card.target_for", measure=sentences.small(w.code("measure", measure)), years=years)


USUAL: Mapping[str, Callable[[View], Card]] = {
    "active_partnerships": active_card,
    "activities_held": lambda shown: activity_cards(shown)[0],
    "attended": lambda shown: activity_cards(shown)[1],
    "placements": jobs_card,
    "target_attainment": target_card,
}
