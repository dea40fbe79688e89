"""Sentences made from answers: headlines, titles, claims and the quiet line under a figure.

A claim goes no further than its evidence: an example says so first, a source is named where only
a source says it, and no percentage stands on fewer than ten.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from texts import Words

Rows = Sequence[Any]  # of an answer: named tuples, None where nothing is known
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
    return f"{shortened(row.title, 80)}<br>".replace("<br>", " · ") + " · ".join(
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
    """What most of the partnerships of the year are."""
    top = counted[0]
    count = top.confirmed_count + top.unconfirmed_count + top.start_unknown_count
    return w(f"headline.most_{kind}", n=count, name=w.code(kind, getattr(top, kind)))


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
    by_year: Counter[int] = Counter()
    for row in held:
        by_year[row.year] += row.activity_count
    if not by_year:
        return w("headline.no_activities")
    most = max(by_year.values())
    top = min(year for year, count in by_year.items() if count == most)
    return w("headline.activities", n=by_year.total(), year=str(top), most=most)


def activities_in(w: Words, held: Rows, year: int) -> str:
    """The activities of a year against the year before; examples say so first."""
    by_year = {row.year: row for row in held}
    if year not in by_year:
        return w("headline.no_activities_in", year=str(year))
    now, before = by_year[year], by_year.get(year - 1)
    said = w("headline.activities_in", n=now.activity_count, year=str(year))
    if before:
        than = w("change.year_before")
        said += ", " + change(w, now.activity_count, before.activity_count, than)
    is_example = now.illustrative_count == now.activity_count
    return (w("claim.example") + ": " if is_example else "") + said


def programmes_title(w: Words, held: Rows) -> str:
    named = [row for row in held if row.programme is not None]
    if not named:
        return w("headline.no_programmes")
    top = named[0]
    return w("headline.programmes", n=len(named), name=top.programme, most=top.activity_count)


def attendance_title(w: Words, held: Rows) -> str:
    known = sum(row.attended_known for row in held)
    if not known:
        return w("headline.no_attendance")
    attended = sum(row.attended_count or 0 for row in held)
    of = sum(row.activity_count for row in held)
    return w("headline.attendance", n=attended, known=known, held=of)


# Results


def claim(w: Words, evidence: str, count: int, kind: str, through: str, when: str) -> str:
    """What may be said of a number of persons who got a job, after the kind of its evidence."""
    year = w("claim.in_year", year=when) if when else ""
    job = w(f"claim.job.{kind}")
    return w(f"claim.{evidence}", n=count, job=job, programme=through, year=year).strip()


def change(w: Words, now: int, before: int | None, than: str) -> str:
    if before is None:
        return ""
    key = "same" if now == before else "more" if now > before else "fewer"
    return w(f"change.{key}", n=abs(now - before), than=than)


def jobs_in(jobs: Rows, year: int, kind: str) -> tuple[int, list[str], list[str]] | None:
    """How many got a job of this kind in the year, on which evidence, through which programmes."""
    found = [
        row
        for row in jobs
        if row.from_year == row.to_year == year and kind in ("placements", row.measure)
    ]
    if not found:
        return None
    programmes = sorted({row.programme for row in found})
    return int(sum(row.value for row in found)), [row.evidence for row in found], programmes


def jobs_title(w: Words, now: Rows, before: Rows, year: int, so_far: bool) -> str:
    """The jobs of the year, permanent ones where any are known, against the year before.

    `so_far`: the year still runs, and `before` goes as far as the same day a year earlier.
    """
    for kind in ("placement_permanent", "placements"):
        if found := jobs_in(now, year, kind):
            count, evidence, programmes = found
            earlier = jobs_in(before, year - 1, kind)
            said = claim(w, weakest(evidence), count, kind, w.listed(programmes), str(year))
            if earlier and earlier[2] == programmes:
                than = w("change.same_time" if so_far else "change.year_before")
                said += ", " + change(w, count, earlier[0], than)
            return said
    return w("headline.no_jobs", year=str(year))


def overview_headline(w: Words, active: Rows, jobs: str, year: int) -> str:
    return f"{partnerships_in(w, active, year)}. {jobs}."


def stage_words(w: Words, row: Any) -> str:
    """A stage of the funnel: the number, its share of whom, or that it can't be known yet."""
    if not row.known_count:
        return w("chart.not_yet")
    said = [w.number(int(row.value))]
    if share := share_words(w, row):
        said.append(share)
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
    if row.rate is None:
        return w(of, share=w("chart.x_of_y", x=int(row.rated_value), y=int(row.base_count)))
    return w(of, share=w.percent(row.rate))


def interval_words(w: Words, row: Any) -> str:
    if row.measure == "registered" or row.rate is None:
        return ""
    low, high = w.number(100 * row.rate_low), w.percent(row.rate_high)
    return w("share.interval", low=low, high=high)


def rounds_words(w: Words, row: Any) -> str:
    said = w("chart.x_of_y", x=int(row.known_count), y=int(row.round_count + row.not_due_count))
    return said + (
        ", " + w("chart.n_not_yet", n=int(row.not_due_count)) if row.not_due_count else ""
    )


def funnel_title(w: Words, rows: Mapping[tuple[str, str], Any], programme: str) -> str:
    placed = rows.get(("placements", "exit"))
    if placed is None or not placed.known_count:
        return w("headline.funnel_unknown", programme=programme)
    said = claim(w, placed.evidence, int(placed.value), "placements", programme, "")
    if placed.rate is None:
        return said
    low, high = w.number(100 * placed.rate_low), w.percent(placed.rate_high)
    return f"{said}, {w('headline.funnel_rate', share=w.percent(placed.rate), low=low, high=high)}"


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


def target_words(w: Words, actual: int | None, target: int) -> str:
    if actual is None:
        return w("headline.target_unknown", target=target)
    said = w("chart.x_of_y", x=actual, y=target)
    return f"{said} · {w.percent(actual / target)}" if target >= 10 else said


def targets_title(w: Words, targets: Rows, programme: str) -> str:
    over = [row for row in targets if row.is_over and row.actual is not None]
    met = sum(row.actual >= row.target for row in over)
    said = w("headline.targets", n=len(over), met=met, programme=programme)
    example = any(row.is_illustrative or row.evidence == "illustrative" for row in targets)
    return (w("claim.example") + ": " if example else "") + said


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
            return claim(w, row.evidence, int(row.value), "placements", programme, "")
    rows = [row for row in results if row.programme == programme]
    if not rows:
        return w("headline.no_figures", programme=programme)
    rows.sort(key=lambda row: row.to_year or 0, reverse=True)
    placed = [row for row in rows if row.measure.startswith("placement")]
    top = (placed or rows)[0]
    years = period(top.from_year, top.to_year)
    if placed:
        said = claim(w, top.evidence, int(top.value), "placements", programme, "")
    else:
        number = measured_number(w, top)
        example = w("claim.example") + ": " if top.evidence == "illustrative" else ""
        measure = w.code("measure", top.measure)
        # A name after a colon needs no plural.
        said = f"{example}{programme}, {measure[0].lower()}{measure[1:]}: {number}"
    return said + (f", {years}" if years else "")


def measured_number(w: Words, row: Any) -> str:
    """A result's number as exactly as its source gives it, kroner as kroner."""
    said = counted(w, row.value, row.value_qualifier)
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


def sources(w: Words, cited: Rows, most: int = 2) -> str:
    """The sources most used, and the date of the newest."""
    used: Counter[str] = Counter()
    newest = ""
    for row in cited:
        if row.source:
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
