"""Sentences made from answers: headlines, titles, claims and the quiet line under a figure.

A claim goes no further than its evidence: an example says so first, a source is named where only
a source says it, and no percentage stands on fewer than ten.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from texts import Words

WEAKER = ("register", "employer", "participant", "estimate", "unstated", "illustrative")


def weakest(evidence: Sequence[str]) -> str:
    return max(evidence, key=WEAKER.index)


def rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a small answer as plain values, None for what is missing.

    Far quicker than asking the frame itself, once for every figure.
    """
    lists = (
        [None if v is pd.NA or v != v else v for v in frame[column].tolist()] for column in columns
    )
    return zip(*lists, strict=True)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def period(first: float | None, last: float | None) -> str:
    """2019, or 2016–2019; nothing for what has no year."""
    if first is None or pd.isna(first):
        return ""
    return str(int(first)) if first == last else f"{int(first)}–{int(last or first)}"


# Dates


def start_words(w: Words, text: Any, qualifier: Any) -> str:
    return dated(w, text, qualifier) or w("date.start_unknown")


def end_words(w: Words, text: Any, qualifier: Any) -> str:
    return dated(w, text, qualifier) or w("date.no_end")


def dated(w: Words, text: Any, qualifier: Any) -> str:
    if text is None or pd.isna(text):
        return ""
    known = "exact" if qualifier is None or pd.isna(qualifier) else qualifier
    return w(f"date.{known}", date=w.day(str(text)))


def span_note(w: Words, row: Any) -> str:
    return f"{shortened(row.title, 80)}<br>".replace("<br>", " · ") + " · ".join(
        [
            start_words(w, row.start_date, row.start_qualifier),
            end_words(w, row.end_date, row.end_qualifier),
            w.code("status", row.status),
        ]
    )


# Partnerships


def in_year(frame: pd.DataFrame, year: int) -> tuple[int, int]:
    """Confirmed and unconfirmed partnerships of a year."""
    counts = {True: 0, False: 0}
    for y, is_confirmed, count in rows_of(frame, "year", "is_confirmed", "partnership_count"):
        if y == year:
            counts[is_confirmed] += int(count)
    return counts[True], counts[False]


def partnerships_in(w: Words, frame: pd.DataFrame, year: int) -> str:
    confirmed, unconfirmed = in_year(frame, year)
    said = w("headline.confirmed", n=confirmed, year=str(year))
    if not unconfirmed:
        return said
    return said + w("headline.and" if confirmed else "headline.but", n=unconfirmed)


def confirmed_of(w: Words, frame: pd.DataFrame, year: int) -> str:
    confirmed, unconfirmed = in_year(frame, year)
    return w("headline.confirmed_of", n=confirmed, of=confirmed + unconfirmed, year=str(year))


def largest_type(w: Words, frame: pd.DataFrame, kind: str) -> str:
    """What most of the partnerships of the year are."""
    top = frame.iloc[0]
    count = int(top.confirmed_count + top.unconfirmed_count)
    return w(f"headline.most_{kind}", n=count, name=w.code(kind, top[kind]))


def overlap(w: Words, parts: int, total: int) -> str:
    """What is counted more than once in a breakdown: sum of parts less the total."""
    return w("foot.overlap", parts=parts, total=total, more=parts - total) if parts > total else ""


def begun_and_ended(w: Words, started: float, ended: float) -> str:
    return w("headline.begun_and_ended", started=int(started), ended=int(ended))


def timeline_title(w: Words, records: pd.DataFrame) -> str:
    unknown = int(records.begins_on.isna().sum())
    said = w("headline.timeline", n=len(records))
    return said + (w("headline.timeline_unknown", n=unknown) if unknown else "")


# Activities


def activities_title(w: Words, frame: pd.DataFrame) -> str:
    by_year = frame.groupby("year").activity_count.sum()
    if by_year.empty:
        return w("headline.no_activities")
    top = int(by_year.idxmax())
    return w("headline.activities", n=int(by_year.sum()), year=str(top), most=int(by_year.max()))


def activities_in(w: Words, frame: pd.DataFrame, year: int) -> str:
    """The activities of a year against the year before; examples say so first."""
    rows = frame[frame.year == year]
    if rows.empty:
        return w("headline.no_activities_in", year=str(year))
    count, examples = int(rows.activity_count.sum()), int(rows.illustrative_count.sum())
    before = frame[frame.year == year - 1]
    said = w("headline.activities_in", n=count, year=str(year))
    if len(before):
        than = w("change.year_before")
        said += ", " + change(w, count, int(before.activity_count.sum()), than)
    return (w("claim.example") + ": " if examples == count else "") + said


def programmes_title(w: Words, frame: pd.DataFrame) -> str:
    named = frame.dropna(subset=["programme"])
    if named.empty:
        return w("headline.no_programmes")
    top = named.iloc[0]
    return w("headline.programmes", n=len(named), name=top.programme, most=int(top.activity_count))


def attendance_title(w: Words, frame: pd.DataFrame) -> str:
    known = int(frame.attended_known.sum())
    held = int(frame.activity_count.sum())
    if not known:
        return w("headline.no_attendance")
    return w("headline.attendance", n=int(frame.attended_count.sum()), known=known, held=held)


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


def jobs_in(frame: pd.DataFrame, year: int, kind: str) -> tuple[int, list[str], list[str]] | None:
    """How many got a job of this kind in the year, on which evidence, through which programmes."""
    columns = ("from_year", "to_year", "measure", "value", "evidence", "programme")
    found = [
        (value, evidence, programme)
        for first, last, measure, value, evidence, programme in rows_of(frame, *columns)
        if first == last == year and kind in ("placements", measure)
    ]
    if not found:
        return None
    values, evidence, programmes = zip(*found, strict=True)
    return int(sum(values)), list(evidence), sorted(set(programmes))


def jobs_title(w: Words, now: pd.DataFrame, before: pd.DataFrame, year: int, so_far: bool) -> str:
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


def overview_headline(w: Words, active: pd.DataFrame, jobs: str, year: int) -> str:
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
    if not row.known_count or pd.isna(row.base_count):
        return ""
    of = {"attended": "share.of_registered"}.get(row.measure, "share.of_attended")
    if row.measured_at != "exit":
        of = "share.of_followed_up"
    if row.measure == "registered":
        return ""
    if pd.isna(row.rate):
        return w(of, share=w("chart.x_of_y", x=int(row.rated_value), y=int(row.base_count)))
    return w(of, share=w.percent(row.rate))


def interval_words(w: Words, row: Any) -> str:
    if row.measure == "registered" or pd.isna(row.rate):
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
    if pd.isna(placed.rate):
        return said
    low, high = w.number(100 * placed.rate_low), w.percent(placed.rate_high)
    return f"{said}, {w('headline.funnel_rate', share=w.percent(placed.rate), low=low, high=high)}"


def round_name(w: Words, row: Any) -> str:
    """Spring 2024: the half-year a round begins in."""
    if pd.isna(row.begins_on):
        return shortened(row.title, 16)
    half = "spring" if row.begins_on.month < 7 else "autumn"
    return w(f"chart.{half}", year=str(row.begins_on.year))


def rounds_title(w: Words, rounds: pd.DataFrame, programme: str) -> str:
    shared = int(rounds.is_shared.sum())
    said = w("headline.rounds", n=len(rounds), programme=programme)
    if (rounds.evidence == "illustrative").any():
        said = w("claim.example") + ": " + said
    return said + (w("headline.rounds_shared", n=shared) if shared else "")


def target_words(w: Words, actual: int | None, target: int) -> str:
    if actual is None:
        return w("headline.target_unknown", target=target)
    said = w("chart.x_of_y", x=actual, y=target)
    return f"{said} · {w.percent(actual / target)}" if target >= 10 else said


def targets_title(w: Words, targets: pd.DataFrame, programme: str) -> str:
    over = targets[targets.is_over & targets.actual.notna()]
    met = int((over.actual >= over.target).sum())
    said = w("headline.targets", n=len(over), met=met, programme=programme)
    example = (targets.is_illustrative | (targets.evidence == "illustrative")).any()
    return (w("claim.example") + ": " if example else "") + said


def measured(w: Words, measure: str, measured_at: str) -> str:
    """The measure, with when it was measured unless that is at the end of the round."""
    said = w.code("measure", measure)
    return said if measured_at == "exit" else f"{said}, {w.code('measuring_point', measured_at)}"


def counted(w: Words, value: Any, qualifier: Any) -> str:
    """A number as exactly as its source gives it: 120, about 80, over 330; nothing if unknown."""
    if value is None or pd.isna(value):
        return ""
    known = "exact" if qualifier is None or pd.isna(qualifier) else qualifier
    decimals = 0 if float(value).is_integer() else 1
    return w(f"count.{known}", number=w.number(float(value), decimals))


def programme_headline(
    w: Words, stages: pd.DataFrame, results: pd.DataFrame, programme: str
) -> str:
    """What a programme gave, in the wording its evidence allows."""
    own = stages[(stages.programme == programme) & (stages.measure == "placements")]
    if len(own) and own.iloc[0].known_count:
        row = own.iloc[0]
        return claim(w, row.evidence, int(row.value), "placements", programme, "")
    rows = results[results.programme == programme]
    if rows.empty:
        return w("headline.no_figures", programme=programme)
    rows = rows.sort_values("to_year", ascending=False, kind="stable")
    placed = rows[rows.measure.str.startswith("placement")]
    top = placed.iloc[0] if len(placed) else rows.iloc[0]
    years = period(top.from_year, top.to_year)
    if len(placed):
        said = claim(w, top.evidence, int(top.value), "placements", programme, "")
    else:
        number = measured_number(w, top)
        example = w("claim.example") + ": " if top.evidence == "illustrative" else ""
        said = f"{example}{programme}: {number} {w.code('measure', top.measure).lower()}"
    return said + (f", {years}" if years else "")


def measured_number(w: Words, row: Any) -> str:
    """A result's number as exactly as its source gives it, kroner as kroner."""
    said = counted(w, row.value, row.value_qualifier)
    return w("count.nok", number=said) if w.unit(row.measure) == "nok" else said


def agreement_line(w: Words, row: Any) -> str:
    """Association, type and programme of a partnership."""
    said = [row.association, w.code("partnership_type", row.partnership_type)]
    if pd.notna(row.programme):
        said.append(w("record.in_programme", programme=row.programme))
    return quiet_line(said)


# The quiet line


def based_on(w: Words, what: str, known: int, matching: int, reasons: Mapping[str, int]) -> str:
    """n of N, of what, and why the others are left out."""
    said = w(f"foot.based_on.{what}", n=known, of=matching)
    why = [w(f"foot.{reason}", n=count) for reason, count in reasons.items() if count]
    return ", ".join([said, *why])


def sources(w: Words, frame: pd.DataFrame, most: int = 2) -> str:
    """The sources most used, and the date of the newest."""
    used: dict[str, int] = {}
    newest = ""
    for source, count, day in rows_of(frame, "source", "record_count", "source_date"):
        if source:
            used[source] = used.get(source, 0) + int(count)
            newest = max(newest, day or "")
    if not used:
        return w("foot.no_source")
    names = sorted(used, key=lambda source: -used[source])[:most]
    rest = len(used) - len(names)
    said = w("foot.sources", names=", ".join(names) + (w("foot.and_more", n=rest) if rest else ""))
    return said + (" · " + w("foot.newest", date=w.day(newest)) if newest else "")


def quiet_line(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
