"""The quiet line under a figure: unit, n of N and why, evidence, source and its date."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from queries import Value, answers
from queries.alphabet import alphabetical
from ringvirkning.charts.forms import widest
from ringvirkning.figures.filters import filter_summary
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import BASE

Cited = Sequence[answers.Sources]  # where the records in a number are from
IN_FORCE = "active_partnerships"  # a measure whose records have a question of their own
Result = answers.PartnerResults | answers.PartnershipResults | answers.ResultsByProgramme


def under_list(shown: View) -> str:
    """What a list is of that counts nobody."""
    w = shown.words
    chosen = filter_summary(w, shown.selection, shown.span)
    return sentences.quiet_line([chosen, w("foot.as_of", date=w.day(shown.as_of))])


def under_headline(shown: View) -> str:
    w = shown.words
    jobs = shown.in_years(shown.all_years(answers.PlacementsByYear))
    examples = {one for row in jobs if row.value.is_example for one in row.programmes}
    named = sentences.programmes_words(w, alphabetical(examples, w.language))
    return sentences.quiet_line(
        [
            under_list(shown),
            w("foot.examples_in", programmes=named) if examples else "",
            rounding(shown, ["attended", "placements"], headline_within(shown)),
        ]
    )


def headline_within(shown: View) -> float:
    """By how much what headlines and key figures count may be off: jobs and attendances of the
    years, and what a programme's rounds gave in all. Exact figures are not: nothing is asked."""
    if not shown.is_protected:
        return 0
    by_year = shown.in_years(shown.all_years(answers.PlacementsByYear))
    held = shown.in_years(shown.all_years(answers.ActivitiesByYear))
    jobs = [row.value for row in by_year]
    attended = [row.attended_count for row in held]
    stages = [row.value for row in shown.rows(answers.Funnel) if row.measure == "placements"]
    return widest([*jobs, *attended, *stages])


def rounding(shown: View, measures: Iterable[str], within: float = 0) -> str:
    """How counts of people are protected, where any of these measures is or rests on one; and by
    how much a sum that is shown may be off."""
    w = shown.words
    concerned = any(
        shown.measure(code)["counts_people"] == "yes" or shown.measure(code)["unit"] == "share"
        for code in measures
    )
    if not (shown.is_protected and concerned):
        return ""
    return w("foot.rounded_sums", most=within) if within >= BASE else w("foot.rounded")


def rounding_of(shown: View, results: Sequence[Result], totals: Iterable[float] = ()) -> str:
    """The same of results in a table, and of what they are in all."""
    values = [row.value for row in results]
    return rounding(shown, [row.measure for row in results], widest([*values, *totals]))


def partnerships(shown: View, extra: str = "", unit: str = "foot.unit_partnerships") -> str:
    w = shown.words
    (row,) = shown.rows(answers.PartnershipCoverage)
    left_out = {"undated": row.undated_count, "future": row.future_count}
    matching = row.partnership_count
    seen = row.start_unknown_count
    if seen:
        extra = sentences.quiet_line([w("foot.by_activities", n=seen), extra])
    return sentences.quiet_line(
        [
            w(unit),
            sentences.based_on(
                w, "partnerships", matching - sum(left_out.values()), matching, left_out
            ),
            extra,
        ]
    )


def counted_in(measure: str, point: str) -> str:
    """The name under which records are cited for a measure at its measuring point."""
    return measure if point == "exit" else f"{measure}:{point}"


def cited(
    shown: View,
    *measures: str,
    year: int | None = None,
    exact_years: tuple[int, int] | None = None,
    single_years: bool = False,
    latest: bool = False,
    **narrower: Sequence[str],
) -> Cited:
    """Where the records in the numbers of these measures are from, and those of no others.

    Of one `year`, of what is of `exact_years` (the first and the last), of `single_years` (not
    several at once, nor unknown ones), or of the `latest` that each programme has; `narrower` are
    other filters than the selection's.
    """
    first, last = exact_years or (year, year)
    years: dict[str, Value] = {} if first is None else {"from_year": first, "to_year": last}
    found: list[answers.Sources] = []
    if IN_FORCE in measures:
        found += [
            answers.Sources("partnership", row.programme, None, None, *row[1:])
            for row in shown.rows(answers.PartnershipSources, **years, **narrower)
        ]
    if others := [measure for measure in measures if measure != IN_FORCE]:
        found += shown.rows(
            answers.Sources,
            counted_in=tuple(others),
            exact_years=exact_years is not None,
            single_years=single_years,
            latest=latest,
            **years,
            **narrower,
        )
    return found


def without_unmet(cited: Cited) -> Cited:
    """Without the targets that have no result: they are in no share."""
    held = {row.programme for row in cited if row.record == "reached"}
    return [row for row in cited if row.record != "target" or row.programme in held]


def every_source(shown: View) -> Cited:
    """Where all records in the selection are from."""
    return shown.rows(
        answers.Sources, counted_in=(), exact_years=False, single_years=False, latest=False
    )


def site_name(source: str) -> str:
    """The site of an address without www, else the source as it is called."""
    found = re.match(r"https?://(www\.)?([^/]+)", source)
    return found[2] if found else source


def is_only_examples(cited: Cited) -> bool:
    return bool(cited) and all(row.evidence == sentences.WEAKER[-1] for row in cited)


def sources(w: Words, cited: Cited, most: int = 2) -> str:
    """The sources most used, and the date of the newest; an example has none."""
    if not cited or is_only_examples(cited):
        return w("foot.examples_no_source") if cited else ""
    used: Counter[str] = Counter()
    newest = ""
    for row in cited:
        if row.source and row.evidence != sentences.WEAKER[-1]:
            used[site_name(row.source)] += row.record_count
            newest = max(newest, row.source_date or "")
    if not used:
        return w("foot.no_source")
    names = sorted(used, key=lambda source: -used[source])[:most]
    rest = len(used) - len(names)
    said = w("foot.sources", names=", ".join(names) + (w("foot.and_more", n=rest) if rest else ""))
    return said + (" · " + w("foot.newest", date=w.day(newest)) if newest else "")


def evidence(shown: View, kinds: Iterable[str | None]) -> str:
    w, kinds = shown.words, set(kinds)
    found = [kind for kind in sentences.WEAKER if kind in kinds]
    return (
        w("foot.evidence", kinds=w.listed(w.code("evidence", kind) for kind in found))
        if found
        else ""
    )


def loaded(shown: View) -> str:
    """How much of each kind of record there is, how many examples beside, and since when."""
    w, counts = shown.words, record_counts(shown)
    parts = [w(f"loaded.{kind}", n=n) for kind, n in counts.items() if n or kind != "example"]
    published = w.day(shown.version.published_at)
    return w("loaded.title", records=w.listed(parts), date=published)


def record_counts(shown: View) -> dict[str, int]:
    """How much there is of each kind of record, and how many examples beside."""
    count: Counter[str] = Counter()
    for row in every_source(shown):
        kind = "example" if row.evidence == sentences.WEAKER[-1] else row.record
        count["outcome" if kind == "quote" else kind] += row.record_count
    return {kind: count[kind] for kind in ("partnership", "activity", "outcome", "example")}


def newest_sources(shown: View) -> str:
    """The date of the newest source of each kind of record."""
    w = shown.words
    newest: dict[str, str] = {}
    for row in every_source(shown):
        newest[row.record] = max(newest.get(row.record, ""), row.source_date or "")
    kinds = [kind for kind in ("partnership", "activity", "outcome") if newest.get(kind)]
    dates = [w(f"about.newest_{kind}", date=w.day(newest[kind])) for kind in kinds]
    return w("about.newest", dates=sentences.quiet_line(dates)) if dates else ""


def measures_by_name(shown: View, level: str) -> list[dict[str, str]]:
    """The words of the measures of a level."""
    rows = [measure for measure in shown.measures() if measure["level"] == level]
    return alphabetical(rows, shown.words.language, lambda measure: measure["name"])


def measure_line(shown: View, measure: dict[str, str]) -> str:
    """Unit, how it adds, where the definition comes from, what to beware of."""
    w = shown.words
    source = measure["definition_source"]
    return sentences.quiet_line(
        [
            w.code("unit", measure["unit"]),
            w.code("adds", measure["adds"]),
            w("about.definition_source", source=source) if source else "",
            measure["caveat"],
        ]
    )


Unknowing = answers.ResultsByProgramme | answers.PartnershipTargets | answers.TargetsMet


def unknown_counts(*rows: Unknowing) -> dict[str, int]:
    """How many of their results have no number, by why."""
    return {
        "suppressed": sum(row.suppressed_count for row in rows),
        "missing": sum(row.missing_count for row in rows),
        "not_yet": sum(row.not_yet_count for row in rows),
    }
