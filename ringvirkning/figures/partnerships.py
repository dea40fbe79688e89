"""Partnerskap: by type of partner and of partnership, begun and ended, each in time."""

from collections.abc import Sequence
from datetime import date

from queries import answers
from ringvirkning.charts import Bars, Panels, Pattern, Series, forms
from ringvirkning.charts.forms import totals
from ringvirkning.figures import Figure, Rows, feet, make
from ringvirkning.figures.in_force import Active, active, active_by_year, in_year
from ringvirkning.figures.question import Question
from ringvirkning.figures.timeline import timeline
from ringvirkning.figures.view import View
from ringvirkning.texts import OTHER, Words
from ringvirkning.texts.certainty import largest
from ringvirkning.texts.sentences import MOST_NAMED

Kinds = Sequence[answers.PartnershipsByPartnerType] | Sequence[answers.PartnershipsByType]
BegunAndEnded = Sequence[answers.PartnershipsBegunAndEnded]
# What the panels of those begun and ended count.
EVENTS = ("partnerships_started", "partnerships_ended")


def headline(shown: View) -> str:
    return partnerships_in(shown.words, shown.rows(answers.PartnershipsByYear), shown.year)


def partnerships_in(w: Words, active: Active, year: int) -> str:
    confirmed, unconfirmed, start_unknown = in_year(active, year)
    said = w("headline.confirmed", n=confirmed, year=str(year))
    if unconfirmed and confirmed:
        said += w("headline.also" if start_unknown else "headline.and", n=unconfirmed)
    elif unconfirmed:
        said += w("headline.but", n=unconfirmed)
    return said + (w("headline.start_unknown", n=start_unknown) if start_unknown else "")


def uncertain_starts(shown: View) -> str:
    """How many starts are only known as "at the latest": they are in no column of starts."""
    (row,) = shown.rows(answers.PartnershipCoverage)
    count = row.uncertain_count
    return shown.words("foot.uncertain_starts", n=count) if count else ""


# By type


def by_partner_type(shown: View) -> Figure | None:
    w, found = shown.words, shown.rows(answers.PartnershipsByPartnerType)
    if not found:
        return None
    total = sum(in_year(shown.rows(answers.PartnershipsByYear), shown.year))
    parts = sum(
        row.confirmed_count + row.unconfirmed_count + row.start_unknown_count for row in found
    )
    return make(
        shown,
        "by-partner-type",
        by_kind_chart(w, found, "partner_type", shown.year, total),
        foot=feet.partnerships(shown, overlap(w, parts, total)),
        measures=["active_partnerships"],
        asks=["partnerships_by_partner_type"],
        cited=feet.cited(shown, "active_partnerships", year=shown.year),
        behind=Question("active_partnerships", rows="partner_type", page="1"),
        opens="records",
    )


def by_partnership_type(shown: View) -> Figure | None:
    found = shown.rows(answers.PartnershipsByType)
    if not found:
        return None
    return make(
        shown,
        "by-partnership-type",
        by_kind_chart(shown.words, found, "partnership_type", shown.year),
        foot=feet.partnerships(shown),
        measures=["active_partnerships"],
        asks=["partnerships_by_type"],
        cited=feet.cited(shown, "active_partnerships", year=shown.year),
        behind=Question("active_partnerships", rows="partnership_type", page="1"),
        opens="records",
    )


def by_kind_chart(w: Words, counted: Kinds, kind: str, year: int, total: int = 0) -> Bars:
    """Active partnerships of a year by a kind of code (partner_type, partnership_type); `total` is
    how many they are where one may be of several."""
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
        largest_type(w, counted, kind, total),
        w(f"chart.by_{kind}", year=str(year)),
        names,
        [
            part("confirmed", "accent", "solid"),
            *(
                one
                for one in (
                    part("unconfirmed", "unconfirmed", "hatched"),
                    part("start_unknown", "unconfirmed", "outline"),
                )
                if any(one.values)
            ),
        ],
        [
            w.number(row.confirmed_count + row.unconfirmed_count + row.start_unknown_count)
            for row in counted
        ],
        w(f"filter.{kind}"),
    )


def largest_type(w: Words, counted: Kinds, kind: str, total: int = 0) -> str:
    """What most of the partnerships of the year are, what all are where there is no other kind; how
    many kinds there are where that is tied between many or all, or is only what has no kind of its
    own."""
    counts = [
        (getattr(row, kind), row.confirmed_count + row.unconfirmed_count + row.start_unknown_count)
        for row in counted
    ]
    if len(counts) == 1:
        ((only, count),) = counts
        return w(f"headline.only_{kind}", n=count, name=w.code(kind, only))
    top, most = largest(counts)
    if most is None or len(top) > MOST_NAMED or OTHER in top:
        return w(f"headline.kinds_{kind}", n=len(counted))
    named = w.listed(w.code(kind, one) for one in top)
    if float(most) == total:
        return w("headline.all_partner_type", n=most, name=named)
    if len(top) > 1:
        return w(f"headline.tied_{kind}", n=most, name=named)
    return w(f"headline.most_{kind}", n=most, name=named)


def overlap(w: Words, parts: int, total: int) -> str:
    """What is counted more than once in a breakdown: sum of parts less the total."""
    return w("foot.overlap", parts=parts, total=total, more=parts - total) if parts > total else ""


# Begun and ended


def begun_and_ended(shown: View) -> Figure | None:
    events = shown.rows(answers.PartnershipsBegunAndEnded)
    if not events:
        return None
    # Years in which none did say so, too: as many as those in force are shown for.
    years = forms.all_years([r.year for r in active_by_year(shown)] + [r.year for r in events])
    return make(
        shown,
        "begun-and-ended",
        begun_and_ended_chart(shown.words, events, years, shown.as_of),
        foot=feet.partnerships(shown, uncertain_starts(shown), "foot.unit_begun_and_ended"),
        measures=EVENTS,
        asks=["partnerships_begun_and_ended"],
        cited=feet.cited(shown, *EVENTS, single_years=True),
        behind=Question(EVENTS[0], page="1"),
        opens="records",
    )


def begun_and_ended_chart(
    w: Words, events: BegunAndEnded, years: Sequence[int], as_of: date
) -> Panels:
    """Two panels over the same years: started, ended."""
    happened = totals(((row.event, row.year), row.partnership_count) for row in events)

    def series(panel: int, event: str, label: str, colour: str) -> Series:
        counts = tuple(happened[event, y] for y in years)
        return Series(
            label,
            colour,
            counts,
            tuple(w.number(n) if n else "" for n in counts),
            tuple(f"{y} · {label}: {w.number(n)}" for y, n in zip(years, counts, strict=True)),
            keys=tuple(f"{EVENTS[panel]} {y}" for y in years),
            panel=panel,
        )

    both = (
        series(0, "started", w("chart.started"), "accent"),
        series(1, "ended", w("chart.ended"), "before"),
    )
    title = begun_and_ended_title(w, *(sum(v or 0 for v in of.values) for of in both))
    rows: list[tuple[str, ...]] = [(w("chart.year"), *(of.label for of in both))]
    for i, name in enumerate(forms.year_names(w, years, as_of.year)):
        rows.append((name, *(w.number(of.values[i] or 0) for of in both)))
    words = forms.base(w, title, w("chart.begun_and_ended"), rows)
    names = tuple(of.label for of in both)
    labels = forms.running_labels(w, years, as_of.year)
    return Panels(*words, labels, both, names, years=tuple(years))


def begun_and_ended_title(w: Words, started: float, ended: float) -> str:
    return w("headline.begun_and_ended", started=int(started), ended=int(ended))


FIGURES: Rows = ((by_partner_type, by_partnership_type), (active, begun_and_ended), (timeline,))
