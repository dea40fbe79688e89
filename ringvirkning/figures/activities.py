"""Aktiviteter: per year and type, registered against attended, by programme."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from queries import answers
from queries.alphabet import alphabetical_within
from ringvirkning.charts import Bars, Columns, Meaning, Panels, Series, forms
from ringvirkning.figures import Figure, Rows, feet, make
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import largest, number
from ringvirkning.texts.sentences import MOST_NAMED, capital, change_sentence, example

MOST_PROGRAMMES = 9  # with the rest; with what is of none as many bars as a slide has
Held = Sequence[answers.ActivitiesByYear]


def held_by_year(shown: View) -> list[answers.ActivitiesByYear]:
    """Of the years that are left: from the answer of all, which other figures ask for, too."""
    return shown.in_years(shown.all_years(answers.ActivitiesByYear))


def dated(shown: View) -> list[answers.ActivitiesByYear]:
    return [row for row in held_by_year(shown) if row.year is not None]


def undated(shown: View) -> list[answers.ActivitiesByYear]:
    return [row for row in held_by_year(shown) if row.year is None]


def latest(shown: View, ids: Iterable[str] = ()) -> list[answers.ActivityRecords]:
    """Those that began last first, of one day by title: a thousand of all, or of these."""
    rows = shown.rows(answers.ActivityRecords, activity_ids=tuple(sorted({*ids})))
    return alphabetical_within(
        rows, shown.words.language, lambda row: row.begins_on, lambda row: row.title
    )


def headline(shown: View) -> str:
    """What was done in the year; where only examples are known of it, in the latest year before
    that has published ones."""
    held, year = dated(shown), shown.year
    if any(row.year == year and row.activity_count.is_example for row in held):
        published = [row.year for row in held if not row.activity_count.is_example]
        year = max((one for one in published if one and one < year), default=year)
    return activities_in(shown.words, held, year)


def activities_in(w: Words, held: Held, year: int) -> str:
    """The activities of a year against the year before; examples say so first."""
    by_year = {row.year: row for row in held}
    if year not in by_year:
        return w("headline.no_activities_in", year=str(year))
    now, before = by_year[year], by_year.get(year - 1)
    said = w("headline.activities_in", n=now.activity_count, year=str(year))
    if before and before.activity_count.is_example == now.activity_count.is_example:
        than = w("change.year_before")
        said += change_sentence(w, now.activity_count, before.activity_count, than)
    return example(w, now.activity_count) + said


# Per year and type


def by_type(shown: View) -> Figure | None:
    if not dated(shown):
        return None
    return make(
        shown,
        "activities-by-type",
        by_type_chart(shown.words, shown.rows(answers.ActivitiesByType), shown.as_of),
        foot=foot(
            shown,
            held_by_year(shown),
            "foot.unit_activities",
            {"undated_activities": sum(row.activity_count for row in undated(shown))},
        ),
        measures=["activities_held"],
        asks=["activities_by_type"],
        cited=feet.cited(shown, "activities_held", single_years=True),
        behind=Question(split="activity_type", page="1"),
        opens="records",
    )


def by_type_chart(w: Words, held: Sequence[answers.ActivitiesByType], as_of: date) -> Panels:
    """Activities by year, all of them and below those of each type; examples, hatched, only where
    nothing is published."""
    dated = [row for row in held if row.year is not None]
    years = forms.all_years(row.year for row in dated)
    shown_as = forms.folded(forms.totals((row.activity_type, row.activity_count) for row in dated))
    keyed = [((shown_as[row.activity_type], row.year), row) for row in dated]
    count = forms.totals((key, row.activity_count) for key, row in keyed)
    found = forms.totals((row.year, row.activity_count) for row in dated)
    totals = [found[y] for y in years]
    parts = [
        of_years(w, w.code("activity_type", part), years, [count[part, y] for y in years])
        for part in forms.type_order(w, "activity_type", set(shown_as.values()))
    ]
    stack = forms.with_whole(w, [forms.without_examples(s, totals) for s in parts], totals)
    series = [
        replace(s, panel=panel, labels=forms.spaced([w.shown(v) if v else "" for v in s.values]))
        for panel, s in enumerate([of_years(w, w("chart.total"), years, totals), *stack])
    ]
    table = [(w("chart.year"), *(s.label for s in stack), w("chart.total"))]
    table += forms.value_rows(w, forms.year_names(w, years, as_of.year), stack, totals)
    return Panels(
        *forms.base(w, activities_title(w, dated), w("chart.activities_by_type"), table),
        forms.running_labels(w, years, as_of.year),
        tuple(series),
        tuple(s.label for s in series),
        within=forms.widest(v for s in series for v in s.values),
        years=tuple(years),
    )


def of_years(w: Words, label: str, years: Sequence[int], counts: Sequence[float]) -> Series:
    examples = [number(n).is_example for n in counts]
    hovers = [
        f"{y} · {label}: {w.number(n)}" + (f" · {w('claim.example')}" if example else "")
        for y, n, example in zip(years, counts, examples, strict=True)
    ]
    return Series(
        label,
        "accent",
        tuple(counts),
        hovers=tuple(hovers),
        pattern=tuple("example" if example else "solid" for example in examples),
        keys=tuple(map(str, years)),
    )


def activities_title(w: Words, held: Sequence[answers.ActivitiesByType]) -> str:
    by_year: dict[int, float] = {}
    for row in held:
        if row.year is not None:
            by_year[row.year] = by_year.get(row.year, 0) + row.activity_count
    if not by_year:
        return w("headline.no_activities")
    total = number(sum(by_year.values()))
    alike = [(year, n) for year, n in by_year.items() if number(n).is_example == total.is_example]
    top, most = largest(alike)
    said = w("headline.activities", n=total)
    if most is not None and len(top) <= MOST_NAMED:
        years = w.listed(str(year) for year in sorted(top))
        said += w("headline.activities_most", years=years, n=most)
    return example(w, total) + said


# Registered against attended


def registered_and_attended(shown: View) -> Figure | None:
    """None where no year has a count of either."""
    held = held_by_year(shown)
    is_example = number(sum(row.activity_count for row in held)).is_example
    counted = [
        row
        for row in held
        if row.attended_count is not None and row.attended_count.is_example == is_example
    ]
    known = sum(row.attended_known for row in counted)
    if not any(row.attended_known or row.registered_known for row in dated(shown)):
        return None
    return make(
        shown,
        "registered-and-attended",
        registered_and_attended_chart(shown.words, held, shown.as_of),
        foot=foot(
            shown,
            held,
            "foot.unit_attendances",
            {
                "not_counted": int(sum(row.activity_count for row in held)) - known,
                "counted_undated": sum(row.attended_known for row in counted if row.year is None),
            },
        ),
        measures=["registered", "attended"],
        asks=["activities_by_year"],
        cited=feet.cited(shown, "registered", "attended", single_years=True),
        behind=Question("attended", page="1"),
        opens="records",
    )


def registered_and_attended_chart(w: Words, held: Held, as_of: date) -> Columns:
    """Two measures side by side, never stacked; a year that counts none has no bar."""
    dated = {row.year: row for row in held if row.year is not None}
    counted = [y for y, row in dated.items() if row.registered_known or row.attended_known]
    years = forms.all_years(counted)

    def series(measure: str, colour: str) -> Series:
        values, hovers = [], []
        for y in years:
            row = dated.get(y)
            known = getattr(row, f"{measure}_known", 0)
            value = getattr(row, f"{measure}_count") if known else None
            values.append(value)
            of = row.activity_count if row else 0
            hovers.append(
                f"{y} · {w(f'chart.{measure}')}: {w.known(value)}"
                f" ({w('chart.from_activities', n=known, of=of)})"
                if value is not None
                else ""
            )
        labels = tuple("" if v is None else w.shown(v) for v in values)
        pattern: tuple[Meaning, ...] = tuple(
            "example" if v is not None and v.is_example else "solid" for v in values
        )
        said, keys = w(f"chart.{measure}"), tuple(f"{measure} {y}" for y in years)
        return Series(said, colour, tuple(values), labels, tuple(hovers), pattern, keys)

    title = attendance_title(w, held)
    return forms.columns(
        w,
        title,
        w("chart.registered_and_attended"),
        years,
        [series("registered", "before"), series("attended", "accent")],
        grouped=True,
        running=as_of.year,
    )


def attendance_title(w: Words, held: Held) -> str:
    """How many attendances are counted, and at how many, those of unknown year among them; examples
    only where nothing else is."""
    counted = [(n, row.attended_known) for row in held if (n := row.attended_count) is not None]
    if not counted:
        return w("headline.no_attendance")
    attended = number(sum(count for count, _ in counted))
    known = sum(known for count, known in counted if count.is_example == attended.is_example)
    of = sum(row.activity_count for row in held)
    said = w("headline.attendance", n=attended) + w("headline.attended_at", known=known, of=of)
    return example(w, attended) + said if attended.is_example else capital(said)


# By programme


def by_programme(shown: View) -> Figure | None:
    found = alphabetical_within(
        shown.rows(answers.ActivitiesByProgramme),
        shown.words.language,
        lambda row: (row.programme is None, float(row.activity_count)),
        lambda row: row.programme or "",
    )
    if not found:
        return None
    return make(
        shown,
        "activities-by-programme",
        by_programme_chart(shown.words, found),
        foot=foot(shown, held_by_year(shown), "foot.unit_activities", {}),
        measures=["activities_held"],
        asks=["activities_by_programme"],
        cited=feet.cited(shown, "activities_held"),
        behind=Question(rows="programme", page="1"),
        opens="records",
    )


def by_programme_chart(w: Words, held: Sequence[answers.ActivitiesByProgramme]) -> Bars:
    """Activities by programme, the largest first; the many small ones and those without last."""
    rows = [(row.programme, row.activity_count) for row in held]
    named = [row for row in rows if row[0] is not None]
    if len(named) > MOST_PROGRAMMES:
        rest = named[MOST_PROGRAMMES - 1 :]
        others = w("chart.other_programmes", n=len(rest)), number(sum(count for _, count in rest))
        named = [*named[: MOST_PROGRAMMES - 1], others]
    without = [(w("chart.no_programme"), count) for programme, count in rows if programme is None]
    names = [str(name) for name, _ in named + without]
    counts = [number(n) for _, n in named + without]
    known = {row.programme for row in held}
    keys = tuple(str(p) if p in known else "" for p, _ in named) + ("",) * len(without)

    def part(label: str, is_example: bool, pattern: Meaning) -> Series:
        values = tuple(n if n.is_example == is_example else 0.0 for n in counts)
        hovers = tuple(f"{p}: {w.number(v)} · {label}" for p, v in zip(names, values, strict=True))
        return Series(label, "accent", values, hovers=hovers, pattern=pattern, keys=keys)

    both = part(w("chart.activities"), False, "solid"), part(w("claim.example"), True, "example")
    series = [one for one in both if any(one.values)] or list(both[:1])
    title = programmes_title(w, held)
    subtitle = w("chart.activities_by_programme")
    labels = [w.number(n) for n in counts]
    return forms.bars(w, title, subtitle, names, series, labels, w("filter.programme"))


def programmes_title(w: Words, held: Sequence[answers.ActivitiesByProgramme]) -> str:
    named = [(name, row.activity_count) for row in held if (name := row.programme) is not None]
    if not named:
        return w("headline.no_programmes")
    named = [(name, count) for name, count in named if not count.is_example] or named
    said = w("headline.programmes", n=len(named))
    top, most = largest(named)
    if most is None or len(top) > MOST_NAMED:
        return example(w, sum(count for _, count in named)) + said
    return example(w, most) + said + w("headline.programmes_most", name=w.listed(top), n=most)


# On the page


def foot(shown: View, held: Held, unit: str, left_out: Mapping[str, float]) -> str:
    """`left_out` are those that are not drawn, by the reason why."""
    w = shown.words
    matching = number(sum(row.activity_count for row in held))
    examples = 0 if matching.is_example else sum(row.example_count for row in held)
    return sentences.quiet_line(
        [
            w(unit),
            sentences.based_on(
                w, "activities", int(matching) - sum(left_out.values()), int(matching), left_out
            ),
            w("foot.examples_beside", n=examples) if examples else "",
        ]
    )


FIGURES: Rows = ((by_type,), (registered_and_attended, by_programme))
