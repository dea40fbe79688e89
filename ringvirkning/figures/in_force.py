"""Partnerships in force over the years: a line of all, with a shade of those that are not sure."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from queries import answers
from ringvirkning.charts import AreaLine, Columns, Pattern, Series, forms
from ringvirkning.charts.forms import totals
from ringvirkning.charts.layout import JOINED
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import share

Active = Sequence[answers.PartnershipsByYear]
PARTNER_TYPE = "partner_type"
UNCERTAIN: dict[str, Pattern] = {"unconfirmed": "hatched", "start_unknown": "outline"}


def standing(row: answers.PartnershipsByYear) -> str:
    """How surely partnerships are known to be in force: confirmed, or why not."""
    if row.is_confirmed:
        return "confirmed"
    return "unconfirmed" if row.has_start else "start_unknown"


def in_year(active: Active, year: int) -> tuple[int, int, int]:
    """Partnerships of a year: confirmed, unconfirmed, and of unknown start."""
    count: Counter[str] = Counter()
    for row in active:
        if row.year == year:
            count[standing(row)] += row.partnership_count
    return count["confirmed"], count["unconfirmed"], count["start_unknown"]


def active_by_year(shown: View) -> Active:
    """Partnerships of the years that are left."""
    return shown.in_years(shown.all_years(answers.PartnershipsByYear))


def active(shown: View) -> Figure | None:
    found = active_by_year(shown)
    if not found:
        return None
    return make(
        shown,
        "active",
        active_chart(shown.words, found, shown.year, shown.as_of),
        foot=feet.partnerships(shown),
        measures=["active_partnerships"],
        asks=["partnerships_by_year", "partnership_coverage"],
        cited=feet.cited(shown, "active_partnerships"),
        behind=Question("active_partnerships", row=str(shown.year), page="1"),
        opens="records",
    )


def active_chart(w: Words, active: Active, year: int, as_of: date) -> AreaLine | Columns:
    """Active partnerships by year: a line of all, with a shade of those that are not sure; its
    table has them by partner type, and so have columns where a line would be of few years."""
    by_type = active_by_type(w, active, year, as_of)
    years = forms.all_years(row.year for row in active)
    if len(years) < JOINED:
        return by_type
    count = totals(((standing(row), row.year), row.partnership_count) for row in active)
    states = [s for s in ("confirmed", *UNCERTAIN) if any(count[s, y] for y in years)]
    series = [
        Series(
            w(f"chart.{state}"),
            "unconfirmed" if state in UNCERTAIN else "accent",
            tuple(count[state, y] for y in years),
            pattern=UNCERTAIN.get(state, "solid"),
            keys=tuple(map(str, years)),
        )
        for state in states
    ]
    return AreaLine(
        by_type.title,
        w("chart.partnerships_in_time"),
        by_type.rows,
        forms.alternative(w, by_type.title, w("chart.partnerships_in_time"), by_type.rows),
        by_type.categories,
        tuple(series),
        words_at_end(w, years[-1], *in_year(active, years[-1])),
        by_type.ticks,
        tuple(year_words(w, y, *in_year(active, y)) for y in years),
        years=tuple(years),
    )


def words_at_end(
    w: Words, year: int, confirmed: int, unconfirmed: int, start_unknown: int
) -> tuple[tuple[float, str], ...]:
    """What stands at the end of the line, from the lowest up."""
    unsure = unconfirmed + start_unknown
    total = confirmed + unsure
    ends = [(confirmed / 2, w("chart.n_confirmed", n=confirmed))] if confirmed else []
    ends += [(confirmed + unsure / 2, w("chart.n_unsure", n=unsure))] if unsure else []
    return (*ends, (total, total_words(w, year, total)))


def total_words(w: Words, year: int, total: int) -> str:
    return f"{year}: {w('chart.n_in_all', n=total)}"


def year_words(w: Words, year: int, confirmed: int, *uncertain: int) -> str:
    """A year's total, and its parts with the share of each, where that may be said."""
    total = confirmed + sum(uncertain)
    parts = zip(("confirmed", *UNCERTAIN), (confirmed, *uncertain), strict=True)
    said = []
    for state, n in parts:
        part, found = w(f"chart.n_{state}", n=n), share(n, total)
        said += [f"{part} ({w.percent(found)})" if found else part] if n else []
    return "\n".join([total_words(w, year, total), *said])


def active_by_type(w: Words, active: Active, year: int, as_of: date) -> Columns:
    """Active partnerships by year: confirmed by partner type, on top the unconfirmed, hatched, and
    those of unknown start in outline."""
    years = forms.all_years(row.year for row in active)
    confirmed = [row for row in active if row.is_confirmed]
    shown_as = forms.folded(totals((row.part, row.partnership_count) for row in confirmed), most=6)
    count = totals(((shown_as[row.part], row.year), row.partnership_count) for row in confirmed)
    parts = forms.type_order(w, PARTNER_TYPE, set(shown_as.values()))
    series = [
        part_series(
            w,
            w.code(PARTNER_TYPE, part),
            forms.type_colour(w, PARTNER_TYPE, part),
            years,
            [count[part, y] for y in years],
        )
        for part in parts
    ]
    uncertain = totals(((standing(row), row.year), row.partnership_count) for row in active)
    for state, pattern in UNCERTAIN.items():
        values = [uncertain[state, y] for y in years]
        if any(values):
            series.append(
                part_series(w, w(f"chart.{state}"), "unconfirmed", years, values, pattern)
            )
    return forms.columns(
        w,
        confirmed_of(w, active, year),
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
    values: Sequence[float],
    pattern: Pattern = "solid",
) -> Series:
    hovers = (f"{y} · {label}: {w.number(v)}" for y, v in zip(years, values, strict=True))
    return Series(label, colour, tuple(values), hovers=tuple(hovers), pattern=pattern)


def confirmed_of(w: Words, active: Active, year: int) -> str:
    counts = in_year(active, year)
    return w("headline.confirmed_of", n=counts[0], of=sum(counts), year=str(year))
