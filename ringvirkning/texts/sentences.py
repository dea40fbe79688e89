"""Sentences made from answers: headlines, titles, claims and the quiet line under a figure.

A claim goes no further than its evidence: an example says so first, a source is named where only
a source says it. What is said of counts beside each other, texts.certainty decides.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ringvirkning.texts import Words
from ringvirkning.texts.certainty import attainment, difference, interval, largest, number, share

Rows = Sequence[Any]  # of an answer: named tuples, None where nothing is known
MOST_NAMED = 3  # that share the first place
WEAKER = ("register", "employer", "participant", "estimate", "unstated", "illustrative")


def weakest(evidence: Sequence[str]) -> str:
    return max(evidence, key=WEAKER.index)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def period(first: float | None, last: float | None) -> str:
    """2019, or 2016–2019; nothing for what has no year."""
    if first is None:
        return ""
    return str(int(first)) if first == last else f"{int(first)}–{int(last or first)}"


# Dates


def start_words(w: Words, text: Any, qualifier: Any) -> str:
    return dated(w, text, qualifier) or w("date.start_unknown")


def begun_words(w: Words, row: Any) -> str:
    """When a partnership began; of unknown start, the years that its activities show it in."""
    if row.first_seen is None:
        return start_words(w, row.start_date, row.start_qualifier)
    return w("date.start_unknown_seen", years=period(row.first_seen, row.last_seen))


def end_words(w: Words, text: Any, qualifier: Any) -> str:
    return dated(w, text, qualifier) or w("date.no_end")


def dated(w: Words, text: Any, qualifier: Any) -> str:
    if text is None:
        return ""
    return w(f"date.{qualifier or 'exact'}", date=w.day(text))


def span_note(w: Words, row: Any) -> str:
    return f"{shortened(row.title, 80)} · " + " · ".join(
        [
            begun_words(w, row),
            end_words(w, row.end_date, row.end_qualifier),
            w.code("status", row.status),
        ]
    )


# Partnerships


def standing(row: Any) -> str:
    """How surely partnerships are known to be in force: confirmed, or why not."""
    if row.is_confirmed:
        return "confirmed"
    return "unconfirmed" if row.has_start else "start_unknown"


def in_year(active: Rows, year: int) -> tuple[int, int, int]:
    """Partnerships of a year: confirmed, unconfirmed, and of unknown start."""
    count: Counter[str] = Counter()
    for row in active:
        if row.year == year:
            count[standing(row)] += row.partnership_count
    return count["confirmed"], count["unconfirmed"], count["start_unknown"]


def partnerships_in(w: Words, active: Rows, year: int) -> str:
    confirmed, unconfirmed, start_unknown = in_year(active, year)
    said = w("headline.confirmed", n=confirmed, year=str(year))
    if unconfirmed and confirmed:
        said += w("headline.also" if start_unknown else "headline.and", n=unconfirmed)
    elif unconfirmed:
        said += w("headline.but", n=unconfirmed)
    if not start_unknown:
        return said
    by = "_by_examples" if shown_by_examples(active, year) == start_unknown else ""
    return said + w(f"headline.start_unknown{by}", n=start_unknown)


def shown_by_examples(active: Rows, year: int) -> int:
    """How many are in force in a year by example activities alone, which is always said."""
    return sum(row.example_count for row in active if row.year == year)


def confirmed_of(w: Words, active: Rows, year: int) -> str:
    counts = in_year(active, year)
    examples = shown_by_examples(active, year)
    said = w("headline.confirmed_of", n=counts[0], of=sum(counts), year=str(year))
    return said + (w("headline.by_examples", n=examples) if examples else "")


def largest_type(w: Words, counted: Rows, kind: str) -> str:
    """What most of the partnerships of the year are; how many kinds there are where that is tied
    between many, or is only what has no kind of its own."""
    counts = [
        (getattr(row, kind), row.confirmed_count + row.unconfirmed_count + row.start_unknown_count)
        for row in counted
    ]
    top, most = largest(counts)
    if most is None or len(top) > MOST_NAMED or "other" in top:
        return w(f"headline.kinds_{kind}", n=len(counted))
    return w(f"headline.most_{kind}", n=most, name=w.listed(w.code(kind, one) for one in top))


def overlap(w: Words, parts: int, total: int) -> str:
    """What is counted more than once in a breakdown: sum of parts less the total."""
    return w("foot.overlap", parts=parts, total=total, more=parts - total) if parts > total else ""


def begun_and_ended(w: Words, started: float, ended: float) -> str:
    return w("headline.begun_and_ended", started=int(started), ended=int(ended))


def timeline_title(w: Words, records: Rows) -> str:
    unknown = sum(row.begins_on is None for row in records)
    said = w("headline.timeline", n=len(records))
    return said + (w("headline.timeline_unknown", n=unknown) if unknown else "")


# Activities


def activities_title(w: Words, held: Rows) -> str:
    by_year: dict[int, Any] = {}
    for row in held:
        by_year[row.year] = by_year.get(row.year, 0) + row.activity_count
    if not by_year:
        return w("headline.no_activities")
    total = number(sum(by_year.values()))
    alike = [(year, n) for year, n in by_year.items() if number(n).is_example == total.is_example]
    top, most = largest(alike)
    said = w("headline.activities", n=total)
    if most is not None and len(top) <= MOST_NAMED and len(alike) > 1:
        years = w.listed(str(year) for year in sorted(top))
        said += w("headline.activities_most", years=years, n=most)
    return example(w, total) + said


def activities_in(w: Words, held: Rows, year: int) -> str:
    """The activities of a year against the year before; examples say so first."""
    by_year = {row.year: row for row in held}
    if year not in by_year:
        return w("headline.no_activities_in", year=str(year))
    now, before = by_year[year], by_year.get(year - 1)
    said = w("headline.activities_in", n=now.activity_count, year=str(year))
    if before and before.activity_count.is_example == now.activity_count.is_example:
        than = w("change.year_before")
        said += ", " + change(w, now.activity_count, before.activity_count, than)
    return example(w, now.activity_count) + said


def programmes_title(w: Words, held: Rows) -> str:
    named = [row for row in held if row.programme is not None]
    if not named:
        return w("headline.no_programmes")
    said = w("headline.programmes", n=len(named))
    published = [row for row in named if not row.activity_count.is_example]
    top, most = largest((row.programme, row.activity_count) for row in published or named)
    if most is None or len(top) > MOST_NAMED or len(named) == 1:
        return example(w, sum(row.activity_count for row in named)) + said
    return example(w, most) + said + w("headline.programmes_most", name=w.listed(top), n=most)


def attendance_title(w: Words, held: Rows) -> str:
    """How many attendances are counted, and at how many; examples only where nothing else is."""
    counted = [row for row in held if row.attended_count is not None]
    if not counted:
        return w("headline.no_attendance")
    attended = sum(row.attended_count for row in counted)
    alike = [row for row in counted if row.attended_count.is_example == attended.is_example]
    known = sum(row.attended_known for row in alike)
    of = sum(row.activity_count for row in held)
    said = w("headline.attendance", n=attended, known=known, held=of)
    return example(w, attended) + capital(said)


# Results


def example(w: Words, of: float) -> str:
    """How a sentence begins whose number is an example."""
    return w("claim.example") + ": " if number(of).is_example else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def claim(w: Words, evidence: str, count: float, kind: str, through: str, when: str) -> str:
    """What may be said of a number of persons who got a job, after the kind of its evidence."""
    year = w("claim.in_year", year=when) if when else ""
    job = w(f"claim.job.{kind}")
    said = w(f"claim.{evidence}", n=count, job=job, programme=through, year=year).strip()
    return said if evidence == WEAKER[-1] else capital(said)


def change(w: Words, now: float, before: float | None, than: str) -> str:
    if before is None:
        return ""
    kind, by = difference(now, before)
    return w(f"change.{kind}", n=by, than=than)


def jobs_in(jobs: Rows, year: int, kind: str) -> Any:
    """The answer of the year for a kind of job; None where nothing is known."""
    return next(
        (row for row in jobs if row.from_year == row.to_year == year and row.measure == kind),
        None,
    )


def jobs_title(w: Words, now: Rows, before: Rows, year: int, so_far: bool) -> str:
    """The jobs of the year, permanent ones where any are known, against the year before.

    `so_far`: the year still runs, and `before` goes as far as the same day a year earlier.
    """
    for kind in ("placement_permanent", "placements"):
        if found := jobs_in(now, year, kind):
            earlier = jobs_in(before, year - 1, kind)
            named = w.listed(found.programmes)
            said = claim(w, found.evidence, found.value, kind, named, str(year))
            if earlier and may_be_compared(found, earlier):
                than = w("change.same_time" if so_far else "change.year_before")
                said += ", " + change(w, found.value, earlier.value, than)
            return said
    return w("headline.no_jobs", year=str(year))


def may_be_compared(now: Any, before: Any) -> bool:
    """Whether two years are of the same programmes, and both published or both examples."""
    return now.programmes == before.programmes and now.value.is_example == before.value.is_example


def overview_headline(w: Words, active: Rows, jobs: str, year: int) -> str:
    return f"{partnerships_in(w, active, year)}. {jobs}."


def stage_words(w: Words, row: Any) -> str:
    """A stage of the funnel: the number, its share of whom, or that it can't be known yet."""
    if not row.known_count:
        return w("chart.not_yet")
    said = [w.shown(row.value)]
    if of_whom := share_words(w, row):
        said.append(of_whom)
    if row.not_due_count:
        said.append(w("chart.n_not_yet", n=int(row.not_due_count)))
    return " · ".join(said)


def share_words(w: Words, row: Any) -> str:
    if not row.known_count or row.base_count is None:
        return ""
    of = {"attended": "share.of_registered"}.get(row.measure, "share.of_attended")
    if row.measured_at != "exit":
        of = "share.of_followed_up"
    if row.measure == "registered":
        return ""
    found = share(row.rated_value, row.base_count)
    return w(
        of, share=x_of_y(w, row.rated_value, row.base_count) if not found else w.percent(found)
    )


def x_of_y(w: Words, part: float, whole: float) -> str:
    """12 of 14; about 10 of 15, or 0–4 of 5, where either is rounded."""
    none_seen = number(part)
    if not none_seen and not none_seen.is_exact:
        part_said = f"{w.plain(none_seen.low)}–{w.plain(none_seen.high)}"
        return w("chart.x_of_y", x=part_said, y=w.plain(whole))
    return w("chart.x_of_y", x=part, y=w.plain(whole))


def interval_words(w: Words, row: Any) -> str:
    if row.measure == "registered" or not (found := share(row.rated_value, row.base_count)):
        return ""
    return bounds_words(w, *interval(found))


def bounds_words(w: Words, low: float, high: float) -> str:
    """27–38 %: the bounds of an interval of shares."""
    return w("share.interval", low=w.percent(low).removesuffix("%").strip(), high=w.percent(high))


def rounds_words(w: Words, row: Any) -> str:
    said = w("chart.x_of_y", x=int(row.known_count), y=int(row.round_count + row.not_due_count))
    return said + (
        ", " + w("chart.n_not_yet", n=int(row.not_due_count)) if row.not_due_count else ""
    )


def funnel_title(w: Words, rows: Mapping[tuple[str, str], Any], programme: str) -> str:
    placed = rows.get(("placements", "exit"))
    if placed is None or not placed.known_count:
        return w("headline.funnel_unknown", programme=programme)
    said = claim(w, placed.evidence, placed.value, "placements", programme, "")
    if not (found := share(placed.rated_value, placed.base_count)):
        return said
    within = bounds_words(w, *interval(found))
    return f"{said}, {w('headline.funnel_rate', share=w.percent(found), interval=within)}"


def round_name(w: Words, row: Any) -> str:
    """Spring 2024: the half-year a round begins in."""
    if row.begins_on is None:
        return shortened(row.title, 16)
    half = "spring" if row.begins_on.month < 7 else "autumn"
    return w(f"chart.{half}", year=str(row.begins_on.year))


def rounds_title(w: Words, rounds: Rows, programme: str) -> str:
    shared = sum(row.is_shared for row in rounds)
    said = w("headline.rounds", n=len(rounds), programme=programme)
    if any(row.evidence == "illustrative" for row in rounds):
        said = w("claim.example") + ": " + said
    return said + (w("headline.rounds_shared", n=shared) if shared else "")


def target_words(w: Words, row: Any) -> str:
    """A target beside its result: 12 of 10, its per cent, and whether it is met."""
    if row.actual is None:
        return w("headline.target_unknown", target=row.target)
    said = [x_of_y(w, row.actual, row.target)]
    if row.baseline is not None:
        said.append(w("target.from", baseline=row.baseline))
    if reached := share(row.actual, row.target, is_part=False):
        said.append(w.percent(reached))
    return quiet_line([*said, unsure_words(w, row.actual, row.target)])


def unsure_words(w: Words, actual: float, target: float) -> str:
    """How near a target a result is, where rounding leaves open whether it is met."""
    kind, near = attainment(actual, target), number(actual)
    if kind in ("met", "not_met"):
        return ""
    return w(f"target.{kind}", low=near.low, high=near.high)


def mark_words(w: Words, actual: float | None, target: float) -> str:
    """A target's mark in words; where rounding leaves open whether it is met, that."""
    said = w("chart.target_of", n=target)
    is_unsure = actual is not None and unsure_words(w, actual, target)
    return f"{said} ({w('target.cannot_tell')})" if is_unsure else said


def reached_target(row: Any) -> str:
    """What can be said of a target that has a result."""
    return attainment(row.actual, row.target, row.higher_is_better)


def is_open(row: Any) -> bool:
    """Whether rounding leaves open if a target is met."""
    return reached_target(row) not in ("met", "not_met")


def target_without_result(w: Words, targets: Rows, programme: str) -> str:
    """Of targets for which no result is known at all; nothing where one is."""
    if any(row.actual is not None for row in targets):
        return ""
    example = any(row.is_illustrative for row in targets)
    said = w("headline.targets_no_result", programme=programme)
    return (w("claim.example") + ": " if example else "") + said


def quote_begins(w: Words, row: Any) -> str:
    """How a statement in words begins: as a target, as an example, or as what it is."""
    target = w("quote.target") if row.is_target else ""
    return (w("explore.example") if row.evidence == WEAKER[-1] else "") + target


def target_name(w: Words, row: Any) -> str:
    """A target's measure and years, and those of its result where they are others."""
    name = f"{w.code('measure', row.measure)} {period(row.from_year, row.to_year)}"
    years = (row.actual_from, row.actual_to)
    if row.actual is None or years == (row.from_year, row.to_year):
        return name
    return name + w("headline.result_of", years=period(*years))


def targets_title(w: Words, targets: Rows, programme: str) -> str:
    """How many of the targets whose time is over were reached, as far as that can be told."""
    if said := target_without_result(w, targets, programme):
        return said
    over = [row for row in targets if row.is_over and row.actual is not None]
    if not over:
        return w("headline.targets_running", programme=programme)
    kinds = [reached_target(row) for row in over]
    met, missed = kinds.count("met"), kinds.count("not_met")
    if met + missed == len(over):
        key = "targets" if met else "targets_none"
    else:
        key = "targets_some_met" if met else "targets_some_missed" if missed else "targets_unsure"
    said = w(f"headline.{key}", n=len(over), met=met, missed=missed, programme=programme)
    evidence = weakest([kind_of(row) for row in over])
    if evidence == WEAKER[-1]:
        return w("claim.example") + ": " + said
    is_sourced = evidence == "unstated" and key != "targets_unsure"
    return w("headline.by_source", said=said) if is_sourced else said


def kind_of(target: Any) -> str:
    """The evidence of a target and its result: an example where either is."""
    return WEAKER[-1] if target.is_illustrative else target.evidence


def measured(w: Words, measure: str, measured_at: str) -> str:
    """The measure, with when it was measured unless that is at the end of the round."""
    said = w.code("measure", measure)
    return said if measured_at == "exit" else f"{said}, {w.code('measuring_point', measured_at)}"


def counted(w: Words, value: Any, qualifier: Any) -> str:
    """A number as exactly as its source gives it: 120, about 80, over 330; nothing if unknown."""
    if value is None:
        return ""
    decimals = 0 if float(value).is_integer() else 1
    return w(f"count.{qualifier or 'exact'}", number=w.number(float(value), decimals))


def programme_headline(w: Words, stages: Rows, results: Rows, programme: str) -> str:
    """What a programme gave, in the wording its evidence allows."""
    for row in stages:
        if row.programme == programme and row.measure == "placements" and row.known_count:
            return claim(w, row.evidence, row.value, "placements", programme, "")
    rows = [row for row in results if row.programme == programme]
    if not rows:
        return w("headline.no_figures", programme=programme)
    rows.sort(key=lambda row: row.to_year or 0, reverse=True)
    placed = [row for row in rows if row.measure.startswith("placement")]
    top = (placed or rows)[0]
    years = period(top.from_year, top.to_year)
    if placed:
        said = claim(w, top.evidence, top.value, "placements", programme, "")
    else:
        measure = w.code("measure", top.measure)
        # A name after a colon needs no plural.
        named = f"{programme}, {measure[0].lower()}{measure[1:]}"
        said = f"{example(w, top.value)}{named}: {measured_number(w, top)}"
    return said + (f", {years}" if years else "")


def measured_number(w: Words, row: Any) -> str:
    """A result's number as exactly as its source gives it, kroner as kroner."""
    if row.value is None:
        return ""
    said = w.known(row.value)
    return w("count.nok", number=said) if w.unit(row.measure) == "nok" else said


def agreement_line(w: Words, row: Any) -> str:
    """Association, type and programme of a partnership."""
    said = [row.association, w.code("partnership_type", row.partnership_type)]
    if row.programme:
        said.append(w("record.in_programme", programme=row.programme))
    return quiet_line(said)


def loaded(w: Words, cited: Rows, published_at: str) -> str:
    """How much of each kind of record there is, and since when."""
    count: Counter[str] = Counter()
    for row in cited:
        count[row.record] += row.record_count
    parts = [
        w(f"loaded.{kind}", n=count[kind] + count[also])
        for kind, also in (("partnership", ""), ("activity", ""), ("outcome", "quote"))
    ]
    return w("loaded.title", records=w.listed(parts), date=w.day(published_at))


# The quiet line


def based_on(w: Words, what: str, known: int, matching: int, reasons: Mapping[str, int]) -> str:
    """n of N, of what, and why the others are left out."""
    said = w(f"foot.based_on.{what}", n=known, of=matching)
    why = [w(f"foot.{reason}", n=count) for reason, count in reasons.items() if count]
    return ", ".join([said, *why])


def site(source: str) -> str:
    """The site of an address without www, else the source as it is called."""
    found = re.match(r"https?://(www\.)?([^/]+)", source)
    return found[2] if found else source


def is_only_examples(cited: Rows) -> bool:
    return bool(cited) and all(row.evidence == WEAKER[-1] for row in cited)


def sources(w: Words, cited: Rows, most: int = 2) -> str:
    """The sources most used, and the date of the newest; an example has none."""
    if not cited or is_only_examples(cited):
        return w("foot.examples_no_source") if cited else ""
    used: Counter[str] = Counter()
    newest = ""
    for row in cited:
        if row.source and row.evidence != WEAKER[-1]:
            used[site(row.source)] += row.record_count
            newest = max(newest, row.source_date or "")
    if not used:
        return w("foot.no_source")
    names = sorted(used, key=lambda source: -used[source])[:most]
    rest = len(used) - len(names)
    said = w("foot.sources", names=", ".join(names) + (w("foot.and_more", n=rest) if rest else ""))
    return said + (" · " + w("foot.newest", date=w.day(newest)) if newest else "")


def quiet_line(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
