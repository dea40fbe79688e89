"""Every question answered a second time, in plain Python and pandas from the CSV files.

Written from the rules in words, not from queries/: a number is right when two who did not copy each
other agree. Slow and simple on purpose: `answer(World(read(folder)), name, values)` gives a frame.
"""

import calendar
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace as Record
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

import queries
from ringvirkning import ROOT

FILES = [file.stem for file in sorted((ROOT / "data").glob("*.csv"))]
LATER = {"partners": ("head_id", "valid_from", "municipality"), "activities": ("municipality",)}
TYPES = ("partner_types", "partnership_types", "activity_types")
SHIPPED = ROOT / "data"
POINTS = ["exit", "6_months", "12_months"]  # in the order of time
EVIDENCE = ["register", "employer", "participant", "estimate", "unstated", "illustrative"]
PLACEMENTS = [
    *("placement_permanent", "placement_temporary"),
    *("apprenticeship", "placement_unspecified"),
]
LONGEST = 1000  # rows in a list of records
LATEST_ROUNDS = 12
NEVER = date(9999, 12, 31)  # when what is not known yet counts from


# Reading: every field as text, an empty one None.


def read(folder):
    """Of types what is shipped, where the folder has none."""
    paths = {
        name: SHIPPED / path.name if name in TYPES and not path.exists() else path
        for name in FILES
        if (path := Path(folder) / f"{name}.csv")
    }
    return {
        name: pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.exists()
        else pd.DataFrame()
        for name, path in paths.items()
    }


def records(frame, later=()):
    """The rows; columns that have come later may be absent."""
    return [
        Record(**dict.fromkeys(later) | {key: value.strip() or None for key, value in row.items()})
        for row in frame.to_dict("records")
    ]


def split(text):
    return [item.strip() for item in text.split("|")] if text else []


def number(text):
    return None if text is None else float(text) if "." in text else int(text)


# Dates: as precisely as they are known.


def earliest(text):
    if text is None:
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def latest(text):
    if text is None:
        return None
    first = earliest(text)
    month = 12 if len(text) == 4 else first.month
    if len(text) == 10:
        return first
    return date(first.year, month, calendar.monthrange(first.year, month)[1])


def months_after(day, months):
    """The same day of a later month, or its last day where that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def confirmed_by(text):
    """The last day that a source of a day, month or year confirms."""
    return latest(f"{int(text[:4]) + 2}{text[4:]}".replace("-02-29", "-02-28")) if text else None


def first_of_month_after(day, months):
    return months_after(day.replace(day=1), months)


def is_known(text, qualifier):
    return text is not None and qualifier in (None, "exact")


def first_day(text):
    """Of a period: 2016, 2016/2019, 2024-Q1, 2024-05 or 2023-08/2024-07."""
    first = text.split("/")[0]
    if "Q" in first:
        first = f"{first[:4]}-{3 * int(first[-1]) - 2:02}"
    return earliest(first)


def last_day(text):
    last = text.split("/")[-1]
    if "Q" in last:
        last = f"{last[:4]}-{3 * int(last[-1]):02}"
    return latest(last)


def period(text):
    return (first_day(text).year, last_day(text).year) if text else (None, None)


def unusual(text):
    """A period that its years don't tell."""
    return None if text is None or re.fullmatch(r"\d{4}(/\d{4})?", text) else text


OPTIONAL = ["partnership_id", "partner_id", "value_status", "background"]


def absent(record, names):
    """With columns that a file may be without."""
    for name in names:
        setattr(record, name, getattr(record, name, None))
    return record


# The records, each with its facet: association, programme, partner types, partnership types.


class World:
    def __init__(self, raw):
        self.measures = [absent(m, ["scale", "can_be_negative"]) for m in records(raw["measures"])]
        self.types = {
            name.removesuffix("s"): self.in_order(name, raw[name])
            if name in raw
            else self.in_order(name, read(SHIPPED)[name])
            for name in TYPES
        }
        self.associations = records(raw["associations"])
        partners = records(raw["partners"], LATER["partners"])
        self.partners = {p.partner_id: p for p in partners}
        self.successions = records(raw["successions"])
        self.partnerships = [self.partnership(p) for p in records(raw["partnerships"])]
        self.by_id = {p.partnership_id: p for p in self.partnerships}
        self.activities = [
            self.activity(a) for a in records(raw["activities"], LATER["activities"])
        ]
        self.activity_by_id = {a.activity_id: a for a in self.activities}
        for p in self.partnerships:
            p.activities = [a for a in self.activities if p.partnership_id in a.partnership_ids]
        self.outcomes = [self.outcome(absent(o, OPTIONAL)) for o in records(raw["outcomes"])]
        self.targets = [self.target(absent(t, ["partnership_id"])) for t in records(raw["targets"])]
        self.programmes = records(raw["programmes"]) if "programmes" in raw else []
        self.work_streams = records(raw["work_streams"]) if "work_streams" in raw else []
        for stream in self.work_streams:
            stream.is_illustrative = stream.evidence == "illustrative"
        self.contributions = records(raw["contributions"]) if "contributions" in raw else []
        alike: dict[Any, list[Any]] = {}
        for o in self.outcomes:
            if not o.activity and o.value is not None:
                alike.setdefault(self.what_it_tells(o), []).append(o)
        for o in self.outcomes:
            others = alike.get(self.what_it_tells(o), []) if not o.activity else []
            o.is_told_above = o in others and any(self.is_above(w, o) for w in others)
        self.context = records(raw["context"]) if "context" in raw else []
        self.events = records(raw["events"]) if "events" in raw else []
        self.remarks = records(raw["remarks"]) if "remarks" in raw else []

    def in_order(self, name, rows):
        """A type by its code: by position and code, `other` last."""
        key = name.removesuffix("s")
        listed = [(getattr(row, key), row) for row in records(rows)]
        listed.sort(key=lambda one: (one[0] == "other", int(one[1].position), one[0]))
        return dict(listed)

    def place(self, kind, code):
        return [*self.types[kind]].index(code)

    def types_of(self, partner_ids):
        return {self.partners[i].partner_type for i in partner_ids}

    def partnership(self, p):
        p.partner_ids = split(p.partner_ids)
        for name in ("agreement_status", "agreement_level", "part_of"):
            setattr(p, name, getattr(p, name, None))  # older files lack them
        p.partner_types = self.types_of(p.partner_ids)
        p.partnership_types = {p.partnership_type}
        p.begins_on, p.ends_on = earliest(p.start_date), latest(p.end_date)
        p.confirmed_until = p.ends_on or confirmed_by(p.confirmed_date or p.source_date)
        p.start_is_known = is_known(p.start_date, p.start_qualifier)
        p.end_is_known = is_known(p.end_date, p.end_qualifier)
        return p

    def activity(self, a):
        a.partnership_ids, a.partner_ids = split(a.partnership_ids), split(a.partner_ids)
        shared = [self.by_id[i] for i in a.partnership_ids]
        a.partner_types = self.types_of(a.partner_ids).union(*(p.partner_types for p in shared))
        a.partnership_types = {p.partnership_type for p in shared}
        a.begins_on = earliest(a.start_date)
        a.ends_on = latest(a.end_date or a.start_date)
        a.year = a.begins_on.year if is_known(a.start_date, a.date_qualifier) else None
        a.is_cancelled = a.cancelled == "yes"
        a.is_illustrative = a.evidence == "illustrative"
        for count in ("registered_count", "attended_count", "employer_count"):
            setattr(a, count, number(getattr(a, count)))
        return a

    def outcome(self, o):
        o.value, o.followed_up_count = number(o.value), number(o.followed_up_count)
        o.measured_at = o.measured_at or "exit"
        o.is_illustrative = o.evidence == "illustrative"
        o.activity = self.activity_by_id.get(o.activity_id)
        o.is_part = bool(o.age_group or o.background)
        o.has_status = o.value is not None or o.value_status is not None
        o.period = o.span = None
        if o.activity:
            a = o.activity
            o.association, o.programme = a.association, a.programme
            o.partner_types, o.partnership_types = a.partner_types, a.partnership_types
            o.partnerships = [self.by_id[i] for i in a.partnership_ids]
            o.own_partner_ids = set(a.partner_ids).union(*(p.partner_ids for p in o.partnerships))
            o.named = o.partnerships
            o.from_year = o.to_year = a.year
            o.first_day = a.begins_on if a.year else None
            o.last_day = latest(a.start_date) if a.year else None
        else:
            self.add_origin(o)
            o.from_year, o.to_year = period(o.year)
            o.first_day, o.last_day = first_day(o.year), last_day(o.year)
            o.period = unusual(o.year)
            o.span = o.period if o.from_year < o.to_year else None
        return o

    @staticmethod
    def what_it_tells(o):
        when = (o.year, o.measured_at, o.partner_id, o.age_group, o.background, o.is_illustrative)
        return (o.association, o.measure, *when)

    def standing(self, o):
        """The agreements that a result stands on: the one that it names, or its programme's."""
        if o.partnership_id:
            return {o.partnership_id}
        return {p.partnership_id for p in self.of_programme(o.association, o.programme)}

    def wholes_of(self, partnership_id):
        """The agreements that one is part of, on whatever level."""
        found: list[Any] = []
        higher = self.by_id[partnership_id].part_of
        while higher in self.by_id and higher not in found:
            found.append(higher)
            higher = self.by_id[higher].part_of
        return set(found) - {partnership_id}

    def is_above(self, w, o):
        """Whether one result tells the same as another on an agreement that its own is part of."""
        is_other = w.programme != o.programme or (
            None not in (w.partnership_id, o.partnership_id)
            and w.partnership_id != o.partnership_id
        )
        wholes = set().union(*(self.wholes_of(i) for i in self.standing(o)))
        return is_other and not wholes.isdisjoint(self.standing(w))

    def target(self, t):
        t.value, t.baseline = number(t.value), number(t.baseline)
        t.is_illustrative = t.evidence == "illustrative"
        t.from_year, t.to_year = period(t.year)
        t.first_day, t.last_day, t.period = first_day(t.year), last_day(t.year), unusual(t.year)
        self.add_origin(absent(t, ["partner_id"]))
        return t

    def add_origin(self, record):
        """Without an activity: the agreement that it names, or those of its programme, of which a
        partner narrows it to its own."""
        agreement = self.by_id.get(record.partnership_id)
        if agreement:
            record.association = agreement.association
            record.programme = record.programme or agreement.programme
        of_programme = self.of_programme(record.association, record.programme)
        own = [agreement] if agreement else [
            p for p in of_programme if record.partner_id in (None, *p.partner_ids)
        ]  # fmt: skip
        partner_ids = set().union(*(p.partner_ids for p in own))
        record.named = [agreement] if agreement else []
        record.partnerships = own
        record.own_partner_ids = {record.partner_id} if record.partner_id else partner_ids
        record.partner_types = self.types_of(record.own_partner_ids)
        record.partnership_types = {p.partnership_type for p in own}

    def of_programme(self, association, programme):
        return [
            p
            for p in self.partnerships
            if programme and (p.association, p.programme) == (association, programme)
        ]


def is_of(record, v):
    """Whether a record is an association's that is chosen."""
    return not v["association"] or record.association in v["association"]


def is_chosen(record, v, but=None):
    """Whether a record has what the filters ask for, but for one of them."""
    return (
        (but == "association" or is_of(record, v))
        and (but == "programme" or not v["programme"] or record.programme in v["programme"])
        and (
            but == "partner_type"
            or not v["partner_type"]
            or bool(record.partner_types & set(v["partner_type"]))
        )
        and (
            but == "partnership_type"
            or not v["partnership_type"]
            or bool(record.partnership_types & set(v["partnership_type"]))
        )
    )


def is_within(first, last, v):
    if v["from_year"] is None:
        return True
    return first is not None and v["from_year"] <= first and last <= v["to_year"]


def is_running_within(p, v):
    """A partnership record under a filter of years: it ran in some of them, as far as is known."""
    if v["from_year"] is None:
        return True
    if p.begins_on is None or p.begins_on.year > v["to_year"]:
        return False
    return p.ends_on is None or p.ends_on.year >= v["from_year"]


def is_ended_within(p, v):
    return p.end_is_known and is_within(p.ends_on.year, p.ends_on.year, v)


def may_run_within(p, v):
    """The same, or its start is unknown and it had not ended before."""
    if v["from_year"] is None or p.begins_on:
        return is_running_within(p, v)
    return p.ends_on is None or p.ends_on.year >= v["from_year"]


def is_shown(record, v):
    return v["illustrative"] or not record.is_illustrative


def is_begun(record, v):
    return record.begins_on is not None and record.begins_on <= v["as_of"]


def weakest(kinds):
    """Of published evidence the weakest; that of examples where there is nothing else."""
    given = list(kinds)
    published = [kind for kind in given if kind != "illustrative"]
    return max(published or given, key=EVIDENCE.index, default=None)


class Known(tuple[Any, ...]):
    """What is known of a number: value, the least and the most it may be (None: no bound), and
    whether it is an example."""


def known(value, qualifier=None, evidence=None):
    """About: from nothing to anything; over: no less; nearly: no more."""
    if value is None:
        return None
    low = 0 if qualifier in ("about", "nearly") else value
    high = None if qualifier in ("about", "over") else value
    return Known((value, low, high, evidence == "illustrative"))


def counting(numbers):
    """Those that count: the published ones, or where there are none the examples."""
    given = [n for n in numbers if n is not None]
    return [n for n in given if not n[3]] or given


def together(numbers):
    """Their sum; None where nothing is known."""
    own = counting(numbers)
    if not own:
        return None
    high = None if any(n[2] is None for n in own) else sum(n[2] for n in own)
    return Known((sum(n[0] for n in own), sum(n[1] for n in own), high, own[0][3]))


def flagged(n, evidence):
    return n and Known((*n[:3], evidence == "illustrative"))


def total(values):
    """Unknown is not zero: the sum of what is known, None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def grouped(rows, key):
    groups = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def frame(columns, rows):
    return pd.DataFrame(rows, columns=columns.split(), dtype=object)


def last(value):
    """A sort key that puts None last."""
    return (value is None, value if value is not None else 0)


def text_last(value):
    return (value is None, value or "")


def latest_first(record):
    return last_first(record.begins_on)


def last_first(day):
    return (day is None, -(day or date.min).toordinal())


# Partnerships


def is_in_force(p, year, v):
    if p.begins_on is None:
        return is_seen(p, year, v)
    return (
        is_begun(p, v)
        and p.begins_on <= date(year, 12, 31)
        and year <= v["as_of"].year
        and (p.ends_on is None or p.ends_on >= date(year, 1, 1))
    )


def is_seen(p, year, v):
    """Whether an activity of an agreement was held in a year by then, before its end; no example
    shows that it was in force."""
    return any(
        a.year == year
        and not a.is_cancelled
        and not a.is_illustrative
        and is_begun(a, v)
        and (p.ends_on is None or a.begins_on <= p.ends_on)
        for a in p.activities
    )


def is_confirmed(p, year, v):
    return p.confirmed_until is not None and p.confirmed_until >= date(year, 1, 1)


def standing(p, year, v):
    """How surely it is in force in a year that it is in force in."""
    if is_confirmed(p, year, v):
        return "confirmed"
    return "unconfirmed" if p.begins_on else "start_unknown"


def has_activity(p, v):
    """Whether anything was held by then that names it; what is undated was."""
    return any(
        not a.is_cancelled and is_shown(a, v) and (a.begins_on is None or is_begun(a, v))
        for a in p.activities
    )


def results_of(world, p, v):
    """Figures and words, of its activities and of its programme, whatever became of them."""
    return [
        o
        for o in world.outcomes
        if not o.is_part
        and is_shown(o, v)
        and p in o.partnerships
        and o.value_status in (None, "known")
    ]


def years_seen(p, v):
    """The years in which only activities show that an agreement without a start is in force."""
    return (
        []
        if p.begins_on
        else [y for y in {a.year for a in p.activities} if y and is_in_force(p, y, v)]
    )


def part(types, chosen):
    """The part of a stack that a record belongs to."""
    counted = types & set(chosen) if chosen else types
    return next(iter(counted)) if len(counted) == 1 else "several"


def status(p, v):
    if p.begins_on is None:
        return "unknown"
    if p.begins_on > v["as_of"]:
        return "future"
    if p.ends_on and p.ends_on < v["as_of"]:
        return "ended"
    confirmed = p.confirmed_until is not None and p.confirmed_until >= v["as_of"]
    return "confirmed" if confirmed else "unconfirmed"


def partnerships_by_year(world, v):
    counts: Any = defaultdict(lambda: [0, 0])
    for p in world.partnerships:
        for year in range(1900, v["as_of"].year + 1):
            if is_chosen(p, v) and is_in_force(p, year, v) and is_within(year, year, v):
                sure, has_start = is_confirmed(p, year, v), p.begins_on is not None
                key = (year, part(p.partner_types, v["partner_type"]), sure, has_start)
                counts[key][0] += 1
                counts[key][1] += has_start and year == p.begins_on.year and not p.start_is_known
    rows = [(*key, *own) for key, own in sorted(counts.items())]
    columns = "year part is_confirmed has_start partnership_count uncertain_start_count"
    return frame(columns, rows)


def by_kind(world, v, column, kinds):
    """Those in force in the year under every kind they have."""
    counts: Any = defaultdict(list)
    for p in world.partnerships:
        if is_chosen(p, v) and is_in_force(p, v["year"], v):
            for kind in kinds(p):
                counts[kind].append(standing(p, v["year"], v))
    states = ("confirmed", "unconfirmed", "start_unknown")
    rows = [(kind, *(map(own.count, states))) for kind, own in counts.items()]
    rows.sort(key=lambda row: (row[0] == "other", -sum(row[1:]), world.place(column, row[0])))
    return frame(f"{column} confirmed_count unconfirmed_count start_unknown_count", rows)


def partnerships_by_partner_type(world, v):
    chosen = set(v["partner_type"] or world.types["partner_type"])
    return by_kind(world, v, "partner_type", lambda p: p.partner_types & chosen)


def partnerships_by_type(world, v):
    return by_kind(world, v, "partnership_type", lambda p: p.partnership_types)


def partnerships_begun_and_ended(world, v):
    counts: Any = defaultdict(int)
    for p in world.partnerships:
        if not is_chosen(p, v):
            continue
        if p.start_is_known and p.begins_on <= v["as_of"]:
            counts[p.begins_on.year, "started"] += 1
        if p.end_is_known and p.ends_on <= v["as_of"]:
            counts[p.ends_on.year, "ended"] += 1
    rows = [(*key, n) for key, n in sorted(counts.items()) if is_within(key[0], key[0], v)]
    return frame("year event partnership_count", rows)


def partnership_coverage(world, v):
    chosen = [p for p in world.partnerships if is_chosen(p, v) and may_run_within(p, v)]
    seen = [p for p in chosen if any(is_within(y, y, v) for y in years_seen(p, v))]
    row = (
        len(chosen),
        sum(p.begins_on is None for p in chosen) - len(seen),
        sum(p.begins_on is not None and p.begins_on > v["as_of"] for p in chosen),
        sum(is_begun(p, v) and not p.start_is_known for p in chosen),
        len(seen),
    )
    columns = "partnership_count undated_count future_count uncertain_count start_unknown_count"
    return frame(columns, [row])


def partnership_row(world, p, columns, v):
    parts = [
        part for part in world.partnerships if part.part_of == p.partnership_id and is_of(part, v)
    ]
    whole = world.by_id.get(p.part_of)
    whole = whole if whole and is_of(whole, v) else None
    parts.sort(key=lambda part: (part.title, part.partnership_id))
    derived = {
        "partner_types": sorted(p.partner_types),
        "status": status(p, v),
        "partner_names": sorted(world.partners[i].name for i in p.partner_ids),
        "first_seen": min(years_seen(p, v), default=None),
        "last_seen": max(years_seen(p, v), default=None),
        "part_of_title": whole.title if whole else None,
        "part_of": whole.partnership_id if whole else None,
        "part_ids": [part.partnership_id for part in parts] or None,
        "part_titles": [part.title for part in parts] or None,
    }
    return [derived[c] if c in derived else getattr(p, c) for c in columns.split()]


def partnership_records(world, v):
    columns = (
        "partnership_id partner_ids association title partnership_type programme start_date"
        " start_qualifier end_date end_qualifier begins_on ends_on confirmed_until first_seen"
        " last_seen source source_date partner_types status partner_names"
    )
    chosen = [
        p
        for p in world.partnerships
        if is_chosen(p, v)
        and (is_running_within(p, v) or any(is_within(y, y, v) for y in years_seen(p, v)))
        and (not v["partner_ids"] or {*p.partner_ids} & {*v["partner_ids"]})
        and (not v["partnership_ids"] or p.partnership_id in v["partnership_ids"])
    ]
    chosen.sort(key=lambda p: (latest_first(p), p.title))
    return frame(columns, [partnership_row(world, p, columns, v) for p in chosen[:LONGEST]])


def agreement_names(world, v):
    chosen = sorted(
        (p for p in world.partnerships if is_chosen(p, v)),
        key=lambda p: (p.title, p.partnership_id),
    )
    columns = (
        "partnership_id association title start_date start_qualifier end_date end_qualifier"
        " partner_names"
    )
    return frame(columns, [partnership_row(world, p, columns, v) for p in chosen])


def partnership(world, v):
    columns = (
        "partnership_id association title partnership_type partner_ids programme start_date"
        " start_qualifier end_date end_qualifier agreement_status agreement_level part_of"
        " confirmed_date confirmed_role confirmed_source asked_date purpose focus_areas source"
        " source_date note begins_on ends_on"
        " confirmed_until start_is_known end_is_known"
        " partner_types status part_of_title part_ids part_titles"
    )
    of_id = [p for p in world.partnerships if p.partnership_id == v["partnership_id"]]
    own = [p for p in of_id if is_of(p, v)]
    return frame(columns, [partnership_row(world, p, columns, v) for p in own])


# What agreements hold


def is_step_late(stream, v):
    due = latest(stream.due_date)
    return stream.work_status not in ("done", "stopped") and due is not None and due < v["as_of"]


def work_streams(world, v):
    columns = (
        "work_stream_id partnership_id agreement title programme work_status achieved next_step"
        " due_date is_late own_role partner_role evidence source source_date other_ids other_titles"
        " activity_count"
    )
    rows = []
    for stream in world.work_streams:
        if stream.partnership_id not in v["agreement_ids"] or not is_shown(stream, v):
            continue
        own = world.by_id[stream.partnership_id]
        if not is_of(own, v):
            continue
        others = [p for p in world.of_programme(own.association, stream.programme) if p is not own]
        others = sorted(others, key=lambda p: p.title) if stream.programme else []
        happened = [
            a
            for a in world.activities
            if stream.programme
            and (a.association, a.programme) == (own.association, stream.programme)
            and not a.is_cancelled
            and (a.begins_on is None or a.begins_on <= v["as_of"])
            and is_shown(a, v)
        ]
        derived = {
            "agreement": own.title,
            "is_late": is_step_late(stream, v),
            "other_ids": [p.partnership_id for p in others] or None,
            "other_titles": [p.title for p in others] or None,
            "activity_count": len(happened),
        }
        rows.append([derived[c] if c in derived else getattr(stream, c) for c in columns.split()])
    return frame(columns, sorted(rows, key=lambda row: (row[2], row[1])))


KINDS = ["cash", "hours", "in_kind"]
STATES = ["granted", "paid", "estimated"]


def contribution_order(c):
    currency = (c.currency is None, c.currency)
    return KINDS.index(c.contribution_kind), currency, STATES.index(c.contribution_state)


def amount_of(c):
    return known(number(c.amount), c.amount_qualifier, None)


def contributions(world, v):
    columns = (
        "contribution_id partnership_id agreement association giver giver_names contribution_kind"
        " amount currency description contribution_state granted_date from_year to_year"
        " period source source_date"
    )
    found = [
        c
        for c in world.contributions
        if c.partnership_id in v["agreement_ids"]
        and is_of(world.by_id[c.partnership_id], v)
        and (
            not v["giver_ids"]
            or c.giver == "association"
            or set(split(c.partner_ids)) & set(v["giver_ids"])
        )
    ]
    found.sort(key=lambda c: (*contribution_order(c), last(period(c.year)[0])))
    rows = []
    for c in found:
        own = world.by_id[c.partnership_id]
        first, final = period(c.year)
        names = sorted(world.partners[i].name for i in split(c.partner_ids)) or None
        rows.append((
            c.contribution_id, c.partnership_id, own.title, own.association, c.giver, names,
            c.contribution_kind, amount_of(c), c.currency, c.description, c.contribution_state,
            c.granted_date, first, final, unusual(c.year), c.source, c.source_date,
        ))  # fmt: skip
    return frame(columns, rows)


def contribution_totals(world, v):
    own = [
        c
        for c in world.contributions
        if c.partnership_id == v["partnership_id"] and is_of(world.by_id[c.partnership_id], v)
    ]
    rows = []
    for _, alike in sorted(grouped(own, contribution_order).items()):
        amounts = [amount_of(c) for c in alike]
        one, count = alike[0], sum(c.amount is not None for c in alike)
        rows.append((
            one.contribution_kind, one.currency, one.contribution_state, together(amounts),
            len(alike), count,
        ))  # fmt: skip
    columns = "contribution_kind currency contribution_state amount contribution_count known_count"
    return frame(columns, rows)


def funding(world, v):
    """Contributions as IATI's budgets, and why they are none."""
    columns = (
        "contribution_id partnership_id title purpose partnership_type association"
        " association_number start_date start_qualifier begins_on end_date end_qualifier ends_on"
        " status funder funder_number description amount currency granted_date from_day to_day"
        " budget_lacks grant_lacks"
    )
    numbers = {a.association: a.organisation_number for a in world.associations}
    told, seen = [], []
    for c in sorted(world.contributions, key=lambda c: (c.partnership_id, c.contribution_id)):
        own, givers = world.by_id[c.partnership_id], split(c.partner_ids)
        funder = world.partners[givers[0]] if len(givers) == 1 else None
        number_, day = numbers.get(own.association), c.year and first_day(c.year)
        state, final = status(own, v), c.year and last_day(c.year)
        common = {
            "funder": c.contribution_kind != "cash" or not funder,
            "estimated": c.contribution_state == "estimated",
            "amount": c.amount is None or c.amount_qualifier in ("about", "over", "nearly"),
        }
        budget = common | {
            "period": day is None,
            "long_period": day and final >= months_after(day, 12),
            "number": number_ is None,
            "status": state in ("unknown", "unconfirmed"),
        }
        grant = common | {
            "paid": c.contribution_state == "paid",
            "day": not re.fullmatch(r"[0-9-]{10}", c.granted_date or ""),
            "numbers": not (number_ and funder and funder.organisation_number),
        }
        reason, why_no_grant = (
            next((name for name, holds in reasons.items() if holds), None)
            for reasons in (budget, grant)
        )
        if is_of(own, v):
            seen.append((c, reason, day, final))
            told.append([
                c.contribution_id, own.partnership_id, own.title, own.purpose,
                own.partnership_type, own.association, number_, own.start_date,
                own.start_qualifier, own.begins_on, own.end_date, own.end_qualifier, own.ends_on,
                state, funder and funder.name, funder and funder.organisation_number,
                c.description, c.amount and f"{float(c.amount):.2f}", c.currency, c.granted_date,
                day, final, reason, why_no_grant,
            ])  # fmt: skip
    granted = [one for one in seen if (one[1], one[0].contribution_state) == (None, "granted")]
    for (c, reason, day, final), row in zip(seen, told, strict=True):
        if (reason, c.contribution_state) == (None, "paid") and any(
            from_whom(g) == from_whom(c) and from_day <= final and day <= to_day
            for g, _, from_day, to_day in granted
        ):
            row[-2] = "granted"
    return frame(columns, told)


def from_whom(c):
    return c.partnership_id, c.partner_ids, c.currency


def target_groups(world, v):
    columns = "association programme target_group age_from age_to purpose source source_date"
    rows = [
        [number(getattr(p, c)) if c.startswith("age") else getattr(p, c) for c in columns.split()]
        for p in world.programmes
        if (not v["association"] or p.association in v["association"])
        and (not v["programme"] or p.programme in v["programme"])
    ]
    return frame(columns, sorted(rows, key=lambda row: (row[1], row[0])))


# Activities


def held(world, v):
    return [
        a
        for a in world.activities
        if not a.is_cancelled
        and (a.begins_on is None or a.begins_on <= v["as_of"])
        and is_shown(a, v)
        and is_chosen(a, v)
        and is_within(a.year, a.year, v)
    ]


def counts_of(a, name):
    return known(getattr(a, f"{name}_count"), a.count_qualifier, a.evidence)


def ones(activities):
    return together(known(1, None, a.evidence) for a in activities)


def activities_by_year(world, v):
    columns = "year activity_count example_count"
    counts = ("registered", "attended", "employer")
    rows = []
    for year, own in grouped(held(world, v), lambda a: a.year).items():
        row = [year, ones(own), sum(a.is_illustrative for a in own)]
        for count in counts:
            numbers = [counts_of(a, count) for a in own]
            row += [together(numbers), len(counting(numbers))]
        rows.append([*row, v["illustrative"]])
    columns += "".join(f" {count}_count {count}_known" for count in counts) + " with_examples"
    return frame(columns, sorted(rows, key=lambda row: last(row[0])))


def activities_by_type(world, v):
    groups = grouped(held(world, v), lambda a: (a.year, a.activity_type))
    rows = [
        (year, kind, ones(own), sum(a.is_illustrative for a in own))
        for (year, kind), own in groups.items()
    ]
    rows.sort(key=lambda row: (last(row[0]), world.place("activity_type", row[1])))
    return frame("year activity_type activity_count example_count", rows)


def activities_by_programme(world, v):
    rows = []
    for programme, own in grouped(held(world, v), lambda a: a.programme).items():
        numbers = [counts_of(a, "attended") for a in own]
        examples = sum(a.is_illustrative for a in own)
        row = (programme, ones(own), examples, together(numbers), len(counting(numbers)))
        rows.append(row)
    rows.sort(key=lambda row: (row[0] is None, -row[1][0], row[0] or ""))
    columns = "programme activity_count example_count attended_count attended_known"
    return frame(columns, rows)


def activity_records(world, v):
    columns = (
        "activity_id title activity_type programme association start_date end_date date_qualifier"
        " begins_on registered_count attended_count employer_count count_qualifier is_cancelled"
        " evidence source"
    )
    chosen = [
        a
        for a in world.activities
        if is_shown(a, v)
        and is_chosen(a, v)
        and is_within(a.year, a.year, v)
        and (not v["activity_ids"] or a.activity_id in v["activity_ids"])
    ]
    chosen.sort(key=lambda a: (latest_first(a), a.title, a.activity_id))
    rows = [[*(getattr(a, c) for c in columns.split()), len(chosen)] for a in chosen[:LONGEST]]
    return frame(columns.replace("is_cancelled", "cancelled") + " matching_count", rows)


def partnership_activities(world, v):
    columns = (
        "activity_id title activity_type programme start_date end_date date_qualifier"
        " registered_count attended_count count_qualifier evidence source begins_on"
    )
    own = v["partnership_id"]
    chosen = [a for a in world.activities if own in a.partnership_ids and is_shown(a, v)]
    chosen = [a for a in chosen if not a.is_cancelled]
    chosen.sort(key=lambda a: (latest_first(a), a.title))
    rows = []
    for a in chosen[:LONGEST]:
        others = sorted(world.by_id[i].title for i in a.partnership_ids if i != own)
        rows.append([*(getattr(a, c) for c in columns.split()), others or None, len(chosen)])
    return frame(columns + " shared_with matching_count", rows)


# Rounds and their chain


def rounds(world, v):
    """Activities of a programme with a result, chosen by the filters; each with its chain."""
    for a in world.activities:
        valued = [o for o in world.outcomes if o.activity is a and o.value is not None]
        is_round = a.programme and not a.is_cancelled and valued
        if is_round and is_chosen(a, v) and is_within(a.year, a.year, v):
            chain = [row for row in chain_of(world, a, valued) if is_shown(row, v)]
            if chain:
                yield a, chain


def chain_of(world, a, valued):
    """What a round is measured by; only persons have a share of those who attended."""
    persons = {m.measure for m in world.measures if m.unit == "persons"}
    kind = weakest(o.evidence for o in valued)
    whole = [o for o in valued if not o.is_part]
    placed = [o for o in whole if o.measure in PLACEMENTS and o.measured_at == "exit"]
    placed_kind = weakest(o.evidence for o in placed) or kind
    registered, attended = counts_of(a, "registered"), counts_of(a, "attended")
    rows = {
        ("registered", "exit"): (registered, None, kind),
        ("attended", "exit"): (attended, registered, kind),
        ("placements", "exit"): (together(map(result, placed)), attended, placed_kind),
        ("in_work_or_education", "6_months"): (None, None, kind),
        ("in_work_or_education", "12_months"): (None, None, kind),
    }
    unknown = [
        o for o in world.outcomes
        if o.activity is a and o.value is None and o.value_status and not o.is_part
    ]  # fmt: skip
    stated = [*whole, *unknown]
    for o in stated:
        came = attended if o.measure in persons else None
        base = came if o.measured_at == "exit" else known(o.followed_up_count)
        rows[o.measure, o.measured_at] = (result(o), base, o.evidence)
    statuses = {(o.measure, o.measured_at): o.value_status for o in unknown}
    hidden_jobs = {
        o.value_status for o in unknown if o.measure in PLACEMENTS and o.measured_at == "exit"
    }
    if hidden_jobs:  # a part of the jobs: they are no share of those who came
        jobs = ("placements", "exit")
        known_jobs, _, kind_of_jobs = rows[jobs]
        rows[jobs] = (known_jobs, attended if known_jobs is None else None, kind_of_jobs)
        statuses[jobs] = min(hidden_jobs, key=["missing", "suppressed", "not_yet"].index)
    return [
        Record(
            measure=measure,
            measured_at=measured_at,
            value=flagged(value, evidence),
            base=flagged(base, evidence),
            evidence=evidence,
            is_illustrative=evidence == "illustrative",
            counts_on=NEVER
            if statuses.get((measure, measured_at)) == "not_yet" and measure != "placements"
            else due_on(a, measured_at),
            status=statuses.get((measure, measured_at)),
            has_outcome=(measure, measured_at) in {(o.measure, o.measured_at) for o in stated},
        )
        for (measure, measured_at), (value, base, evidence) in rows.items()
    ]


def result(o):
    return known(o.value, o.value_qualifier, o.evidence)


def due_on(a, measured_at):
    if measured_at == "exit":
        return a.begins_on
    return a.ends_on and first_of_month_after(a.ends_on, 7 if measured_at == "6_months" else 13)


def is_told(row):
    """Whether a follow-up was made: its number is known, or its source hides it."""
    return row.value is not None or row.status == "suppressed"


def is_due(row, v):
    return row.counts_on is None or row.counts_on <= v["as_of"]


def funnel(world, v):
    columns = (
        "programme measure measured_at evidence round_count not_due_count known_count"
        " partly_known_count suppressed_count value rated_value base_count"
    )
    stages = defaultdict(list)
    for a, chain in rounds(world, v):
        for row in chain:
            stages[a.programme, row.measure, row.measured_at].append(row)

    def is_published(row):
        return is_due(row, v) and row.evidence != "illustrative"

    own = {key[0] for key, stage in stages.items() if any(map(is_published, stage))}
    rows = []
    for key, stage in sorted(stages.items()):
        stage = [r for r in stage if r.evidence != "illustrative" or key[0] not in own]
        if not stage:
            continue
        due = [row for row in stage if is_due(row, v)]
        rated = [row for row in due if None not in (row.value, row.base)]
        known = counting(row.value for row in due)
        is_example = all(n[3] for n in known)
        partly = sum(
            row.value is not None and row.status is not None and row.value[3] == is_example
            for row in due
        )
        rows.append(
            (
                *key,
                weakest(row.evidence for row in due),
                len(due),
                len(stage) - len(due),
                len(known) - partly,
                partly,
                sum(row.status == "suppressed" for row in due),
                together(row.value for row in due),
                together(row.value for row in rated),
                together(row.base for row in rated),
            )
        )
    return frame(columns, rows)


SEASONS_IN_YEAR = {"winter": 1, "spring": 3, "summer": 6, "autumn": 9}  # by their first month
BEGIN_SEASONS = {
    "vinter": "winter", "winter": "winter", "sommer": "summer", "summer": "summer",
    "høst": "autumn", "haust": "autumn", "autumn": "autumn",
}  # fmt: skip


def season_of(a):
    """The season in the name of one of which only the year is known."""
    if len(a.start_date or "") != 4:
        return None
    told = [*re.findall(r"\w+", a.title.lower()), "0"]
    found = {s for word in told for begins, s in BEGIN_SEASONS.items() if word.startswith(begins)}
    for word, after in pairwise(told):
        is_season = after.isdigit() if word == "vår" else word not in ("våre", "vårt")
        if word == "spring" or (word.startswith("vår") and is_season):
            found.add("spring")
    return min(found, key=SEASONS_IN_YEAR.__getitem__, default=None)


def placed_on(a):
    """Where a round stands in time: at the beginning of its season, if only that is told."""
    season = season_of(a)
    return date(a.begins_on.year, SEASONS_IN_YEAR[season], 1) if season else a.begins_on


def round_stages(world, v):
    columns = (
        "activity_id association title begins_on is_of_year season measure measured_at evidence"
        " value_status value base_count is_due counts_on is_shared source source_date"
    )
    own_source = {
        (o.activity_id, o.measure, o.measured_at): (o.source, o.source_date)
        for o in world.outcomes
        if o.value is not None and not o.is_part
    }
    own = [(a, c) for a, c in rounds(world, v) if a.programme == v["round_programme"]]
    when_held = {a.activity_id: placed_on(a) for a, _ in own}
    own.sort(key=lambda pair: (last_first(when_held[pair[0].activity_id]), pair[0].activity_id))
    rows = []
    for a, chain in own[:LATEST_ROUNDS]:
        season = season_of(a)
        for row in chain:
            what = (row.measure, row.measured_at, row.evidence, row.status, row.value, row.base)
            shared = len(a.partnership_ids) > 1
            known = (is_due(row, v), row.counts_on if row.counts_on != NEVER else None)
            from_ = own_source.get((a.activity_id, row.measure, row.measured_at), (None, None))
            begins = None if a.date_qualifier == "no_later_than" else a.begins_on
            when = (begins, len(a.start_date or "") == 4, season)
            rows.append(
                (a.activity_id, a.association, a.title, *when, *what, *known, shared, *from_)
            )
    rows.sort(
        key=lambda row: (
            last(when_held[row[0]] and when_held[row[0]].toordinal()),
            *(row[0], row[6], row[7]),
        )
    )
    return frame(columns, rows)


# Results


def counted(world, v=None, with_unknown=False):
    """Results that may be added: figures of all, not of what was cancelled; those whose number is
    said to be unknown, too, if asked for."""
    return [
        o
        for o in world.outcomes
        if (o.has_status if with_unknown else o.value is not None)
        and not o.is_part
        and not o.is_told_above
        and (v is None or (is_shown(o, v) and is_chosen(o, v)))
        and (v is None or is_within(o.from_year, o.to_year, v))
    ]


def has_happened(o, v):
    """A result of a round counts from its first day, or when its follow-up is due."""
    if o.value_status == "not_yet":
        return False
    if o.activity:
        due = due_on(o.activity, o.measured_at)
        return due is None or due <= v["as_of"]
    return o.first_day <= v["as_of"]


def placements_by_year(world, v):
    own = [
        o
        for o in counted(world, v)
        if o.measure in PLACEMENTS and o.measured_at == "exit" and has_happened(o, v)
    ]
    groups = grouped(own, lambda o: (o.from_year, o.to_year, o.span, o.measure))
    groups |= grouped(own, lambda o: (o.from_year, o.to_year, o.span, "placements"))
    unknown = [
        o
        for o in counted(world, v, with_unknown=True)
        if o.measure in PLACEMENTS and o.measured_at == "exit" and has_happened(o, v)
        and o.value is None
    ]  # fmt: skip
    lacking = grouped(unknown, lambda o: (o.from_year, o.to_year, o.span, o.measure))
    lacking |= grouped(unknown, lambda o: (o.from_year, o.to_year, o.span, "placements"))
    rows = []
    for key, same in groups.items():
        published = [o for o in same if not o.is_illustrative]
        lack = sum(not published or not o.is_illustrative for o in lacking.get(key, ()))
        programmes = sorted({o.programme or "" for o in published or same})
        own = sorted({o.association for o in published or same})
        kind = weakest(o.evidence for o in same)
        # The kinds of a round are one figure, and so is a kind of it.
        rows.append(
            (*key, kind, programmes, own, together(map(result, same)),
             len(counting(map(result, same))), len(same), lack, v["illustrative"])
        )  # fmt: skip
    rows.sort(key=lambda r: (last(r[0]), last(r[1]), text_last(r[2]), r[3]))
    columns = "from_year to_year span measure evidence programmes associations value"
    columns += " known_count figure_count lacking_count with_examples"
    return frame(columns, rows)


def results_by_programme(world, v):
    columns = (
        "programme measure measured_at from_year to_year period evidence value figure_count source"
        " source_date missing_count suppressed_count not_yet_count"
    )
    groups = grouped(
        counted(world, v, with_unknown=True),
        lambda o: (o.programme, o.measure, o.measured_at, o.from_year, o.to_year, o.period),
    )
    rows = [
        (
            *key,
            weakest(o.evidence for o in same),
            together(map(result, same)),
            len(counting(map(result, same))),
            min((o.source for o in same if o.source), default=None),
            max((o.source_date for o in same if o.source_date), default=None),
            *(
                sum(o.value_status == status for o in same)
                for status in ("missing", "suppressed", "not_yet")
            ),
        )
        for key, same in groups.items()
    ]
    rows.sort(
        key=lambda r: (
            *(text_last(r[0]), r[1], last(r[3]), last(r[4]), text_last(r[5])),
            POINTS.index(r[2]),
        )
    )
    return frame(columns, rows)


def partnership_results(world, v):
    columns = (
        "programme measure measured_at from_year to_year period evidence value_status quote"
        " value_qualifier source result_count value followed_up_count shared_value"
    )
    p = world.by_id.get(v["partnership_id"])
    own = [
        o for o in world.outcomes if p and not o.is_part and is_shown(o, v) and p in o.partnerships
    ]
    groups = grouped(
        own,
        lambda o: (
            *(o.programme, o.measure, o.measured_at, o.from_year, o.to_year, o.period, o.evidence),
            None if o.value_status == "known" else o.value_status,
            *(o.quote, o.value_qualifier, o.source),
        ),
    )
    rows = [
        (
            *key,
            len(same),
            together(map(result, same)),
            together(known(o.followed_up_count, None, o.evidence) for o in same),
            together(result(o) for o in same if len(o.partnerships) > 1),
        )
        for key, same in groups.items()
    ]
    rows.sort(key=lambda row: (text_last(row[0]), last(row[3]), row[1], POINTS.index(row[2])))
    return frame(columns, rows)


def quotes(world, v):
    columns = (
        "programme measure is_target quote from_year to_year evidence source source_date"
        " association"
    )
    rows = [
        tuple(getattr(r, column, None) for column in columns.split())
        for r in [
            *(Record(**vars(o), is_target=False) for o in world.outcomes),
            *(Record(**vars(t), is_target=True) for t in world.targets),
        ]
        if r.quote
        and is_shown(r, v)
        and is_chosen(r, v)
        and (r.from_year is None or is_within(r.from_year, r.to_year, v))
    ]
    rows.sort(key=lambda row: [(x is None, "" if x is None else x) for x in row])
    return frame(columns, rows)


def targets_left(world, v):
    rows = {
        (t.association, t.programme, t.from_year, t.to_year)
        for t in world.targets
        if not t.partnership_id and is_chosen(t, v) and is_within(t.from_year, t.to_year, v)
    }
    order = sorted(rows, key=lambda r: (r[0], text_last(r[1]), *r[2:]))
    return frame("association programme from_year to_year", order)


def targets_met(world, v):
    columns = (
        "association programme measure from_year to_year period target baseline higher_is_better"
        " can_be_negative quote is_illustrative source actual evidence is_over actual_from"
        " actual_to missing_count suppressed_count not_yet_count with_examples"
    )
    more_is_better = {m.measure for m in world.measures if m.higher_is_better != "no"}
    rows = []
    for t in world.targets:
        if t.partnership_id or not (
            is_shown(t, v) and is_chosen(t, v) and is_within(t.from_year, t.to_year, v)
        ):
            continue
        own = reaching(world, t, v)
        actual = together(map(result, own))
        kind = weakest(o.evidence for o in own)
        promise = (
            *(t.measure, t.from_year, t.to_year, t.period, t.value, t.baseline),
            *(t.measure in more_is_better, t.measure in falling(world)),
            *(t.quote, t.is_illustrative, t.source),
        )
        is_over = t.last_day < v["as_of"]
        years = (
            min((o.from_year for o in own), default=None),
            max((o.to_year for o in own), default=None),
        )
        told = (actual, kind, is_over, *years, *without_number(world, t, v))
        rows.append((t.association, t.programme, *promise, *told, v["illustrative"]))
    rows.sort(key=lambda r: (r[0], text_last(r[1]), r[3], r[4], text_last(r[5]), r[2]))
    return frame(columns, rows)


def falling(world):
    return {m.measure for m in world.measures if m.can_be_negative == "yes"}


def without_number(world, t, v):
    """How many results of a target have no number: missing, suppressed, to come."""
    unknown = [
        o.value_status
        for o in counted(world, with_unknown=True)
        if is_shown(o, v)
        and (o.measured_at, o.measure) == ("exit", t.measure)
        and is_reaching(o, t)
    ]
    return [unknown.count(status) for status in ("missing", "suppressed", "not_yet")]


def reaching(world, t, v):
    """What a target is held against: results of its programme, or that name its agreement, by
    themselves or by their activity, within its time."""
    return [
        o
        for o in counted(world)
        if is_shown(o, v)
        and o.measured_at == "exit"
        and has_happened(o, v)
        and is_reaching(o, t)
        and o.measure == t.measure
    ]


def is_reaching(o, t):
    if t.partnership_id:
        is_whose = t.partnership_id in [p.partnership_id for p in o.named]
    else:
        is_whose = t.programme and (o.association, o.programme) == (t.association, t.programme)
    is_dated = o.first_day is not None
    return is_whose and is_dated and t.first_day <= o.first_day and o.last_day <= t.last_day


def partnership_targets(world, v):
    columns = (
        "measure from_year to_year period target baseline higher_is_better can_be_negative quote"
        " is_illustrative source actual evidence is_over missing_count suppressed_count"
        " not_yet_count"
    )
    more_is_better = {m.measure for m in world.measures if m.higher_is_better != "no"}
    rows = []
    for t in world.targets:
        if t.partnership_id != v["partnership_id"] or not is_shown(t, v):
            continue
        own = reaching(world, t, v)
        rows.append(
            (
                *(t.measure, t.from_year, t.to_year, t.period, t.value, t.baseline),
                *(t.measure in more_is_better, t.measure in falling(world)),
                *(t.quote, t.is_illustrative, t.source),
                *(together(map(result, own)), weakest(o.evidence for o in own)),
                t.last_day < v["as_of"],
                *without_number(world, t, v),
            )
        )
    rows.sort(key=lambda r: (r[1], r[2], text_last(r[3]), r[0]))
    return frame(columns, rows)


# About everything


def attention(world, v):
    mine = [p for p in world.partnerships if is_chosen(p, v)]
    begun = [p for p in mine if is_begun(p, v)]
    running = [
        p
        for p in mine
        if (p.begins_on is None or p in begun) and (p.ends_on is None or p.ends_on >= v["as_of"])
    ]
    idle = [p for p in running if not has_activity(p, v)]
    barren = [p for p in running if not results_of(world, p, v)]
    undated = [p for p in mine if p.begins_on is None]
    horizon = months_after(v["as_of"], 6)
    ending = [p for p in begun if p.ends_on and v["as_of"] <= p.ends_on <= horizon]
    unconfirmed = [
        p
        for p in begun
        if not p.ends_on and (p.confirmed_until is None or p.confirmed_until < v["as_of"])
    ]
    begun, running, idle, barren, undated, ending, unconfirmed = (
        sorted(those, key=lambda p: (p.title, p.partnership_id))
        for those in (begun, running, idle, barren, undated, ending, unconfirmed)
    )
    ending.sort(key=lambda p: p.ends_on)
    unconfirmed.sort(key=lambda p: p.confirmed_until or date.min)
    for those in (idle, barren):
        those.sort(key=latest_first)
    undated.sort(key=lambda p: (not has_activity(p, v), not results_of(world, p, v)))
    early = [p for p in begun if p.start_qualifier == "no_later_than"]
    agreed = {
        "ending": (ending, begun),
        "unconfirmed": (unconfirmed, begun),
        "no_start": (undated, mine),
        "start_at_latest": (early, begun),
        "no_activity": (idle, running),
        "no_result": (barren, running),
    }
    rows: list[Any] = [
        (
            matter,
            len(found),
            len(of),
            [p.title for p in found[:3]] or None,
            [p.partnership_id for p in found] or None,
        )
        for matter, (found, of) in agreed.items()
    ]
    rows += [
        (matter, len(found), len(of), None, None)
        for matter, (found, of) in lacking(world, v).items()
    ]
    steps = [
        s
        for s in world.work_streams
        if s.due_date and world.by_id[s.partnership_id] in mine and is_shown(s, v)
    ]
    late = [s for s in steps if is_step_late(s, v)]
    late.sort(key=lambda s: (latest(s.due_date), s.title, s.partnership_id))
    if steps:
        titles, ids = [s.title for s in late[:3]], [s.partnership_id for s in late]
        rows.append(("step_is_late", len(late), len(steps), titles or None, ids or None))
    aims = [t for t in world.targets if t.programme and not t.partnership_id]
    aims = [t for t in aims if is_chosen(t, v) and is_shown(t, v)]
    this_year = v["as_of"].year
    aimed = {(t.programme, t.association) for t in aims if t.from_year <= this_year <= t.to_year}
    ending_now = sorted(
        aimed - {(t.programme, t.association) for t in aims if t.to_year > this_year}
    )
    if aimed and v["as_of"].month >= 10:
        titles = [programme for programme, _ in ending_now[:3]]
        rows.append(("no_next_target", len(ending_now), len(aimed), titles or None, None))
    return frame("matter record_count of_count titles partnership_ids", rows)


def attention_activities(world, v):
    matters = lacking(world, v)
    found = matters[v["matter"]][0] if v["matter"] in matters else []
    return frame("activity_id", [(one.activity_id,) for one in found[:1000]])


def lacking(world, v):
    """Activities by what they lack, the latest first, and of which it could be lacking."""
    due = [
        (a, row)
        for a, chain in rounds(world, v)
        for row in chain
        if row.measured_at in ("6_months", "12_months")
        and row.measure == "in_work_or_education"
        and is_due(row, v)
    ]
    awaited = [(row.counts_on, a) for a, row in due if not is_told(row)]
    awaited.sort(
        key=lambda one: (one[0] is None, -(one[0] or date.min).toordinal(), one[1].activity_id)
    )
    missing = [a for _, a in awaited]
    uncounted = [a for a in held(world, v) if a.attended_count is None]
    with_result = {o.activity_id for o in world.outcomes}
    for_persons = [
        a
        for a in held(world, v)
        if world.types["activity_type"][a.activity_type].aims_at_persons == "yes"
    ]
    fruitless = [a for a in for_persons if a.activity_id not in with_result]
    for activities in (fruitless, uncounted):
        activities.sort(key=lambda a: (latest_first(a), a.activity_id))
    return {
        "not_followed_up": (missing, due),
        "without_results": (fruitless, for_persons),
        "not_counted": (uncounted, held(world, v)),
    }


def upkeep(world, v):
    running = [
        p
        for p in world.partnerships
        if is_chosen(p, v)
        and p.ends_on is None
        and (p.begins_on is None or p.begins_on <= v["as_of"])
    ]
    lacking = [
        p
        for p in running
        if not p.confirmed_date or p.confirmed_until < months_after(v["as_of"], 12)
    ]
    lacking.sort(key=lambda p: (p.confirmed_until or date.min, p.title, p.partnership_id))
    aimed = [t for t in world.targets if is_chosen(t, v) and not t.is_illustrative]
    ids = [p.partnership_id for p in lacking]
    rows = [
        ("confirmed", len(running) - len(lacking), len(running), ids or None),
        ("with_source", sum(bool(t.source) for t in aimed), len(aimed), None),
    ]
    return frame("matter done_count of_count partnership_ids", rows)


def choices(world, v):
    """Every code that a record has, and how many records in the years have it and the others. An
    end that is known is there, too, where the start isn't."""
    present = [
        *(p for p in world.partnerships if is_running_within(p, v) or is_ended_within(p, v)),
        *(a for a in world.activities if is_within(a.year, a.year, v) and is_shown(a, v)),
        *(
            r
            for r in [*world.outcomes, *world.targets]
            if is_within(r.from_year, r.to_year, v) and is_shown(r, v)
        ),
    ]
    everything = [*world.partnerships, *world.activities, *world.outcomes, *world.targets]
    codes = {
        "association": lambda r: {r.association},
        "programme": lambda r: {r.programme} - {None},
        "partner_type": lambda r: r.partner_types,
        "partnership_type": lambda r: r.partnership_types,
    }
    rows = []
    for name, codes_of in codes.items():
        left = Counter(c for r in present if is_chosen(r, v, but=name) for c in codes_of(r))
        rows += [(name, code, left[code]) for r in everything for code in codes_of(r)]

    def place(row):
        name, code, _ = row
        return name, world.place(name, code) if name in world.types else 0, code

    return frame("filter code record_count", sorted(set(rows), key=place))


def host(source):
    """The site of an address without www, or the source as it is called."""
    if source and source.startswith(("http://", "https://")):
        return urlsplit(source).netloc.removeprefix("www.")
    return source


def evidence_of(kind, record):
    """What a record rests on; a target only says whether it is an example."""
    evidence = getattr(record, "evidence", None)
    return evidence if kind != "target" or evidence == "illustrative" else None


def counted_activity(a):
    """The measures whose numbers an activity is in."""
    if a.is_cancelled:
        return set()
    counts = {
        "registered": a.registered_count,
        "attended": a.attended_count,
        "employers": a.employer_count,
    }
    return {"activities_held"} | {name for name, count in counts.items() if count is not None}


def counted_outcome(o):
    """The measures whose numbers a result is in, at its measuring point."""
    if o.value is None or o.is_part or o.is_told_above:
        return set()
    at = "" if o.measured_at == "exit" else f":{o.measured_at}"
    found = {o.measure + at}
    is_job = o.measure in PLACEMENTS and not at
    is_late = o.measure == "in_work_or_education" and bool(at)
    if is_job:
        found.add("placements")
    if o.activity and o.activity.programme and not o.activity.is_cancelled:
        if is_job or is_late or (not at and o.measure in ("interviews", "job_offers")):
            found.add("rounds")
        if is_job and o.activity.attended_count is not None:
            found.add("placement_rate")
        if is_late and o.followed_up_count is not None:
            found.add("retention_rate" + at)
    return found


def partnership_sources(world, v):
    """Of each partnership in force in some of the years."""
    years = [y for y in range(1900, v["as_of"].year + 1) if is_within(y, y, v)]
    told = source_told(world)
    groups = grouped(
        (
            p
            for p in world.partnerships
            if is_chosen(p, v) and any(is_in_force(p, y, v) for y in years)
        ),
        lambda p: (p.programme, told(p.source)),
    )
    rows = [
        (*key, len(own), max((p.source_date for p in own if p.source_date), default=None))
        for key, own in groups.items()
    ]
    rows.sort(key=lambda r: (-r[2], text_last(r[1]), text_last(r[0])))
    return frame("programme source record_count source_date", rows)


def source_told(world):
    """How a source is told: where every row has an address of its own, by its site."""
    everything = [*world.partnerships, *world.activities, *world.outcomes, *world.targets]
    is_few = len({record.source for record in everything} - {None}) <= 500
    return (lambda source: source) if is_few else host


def citations(world):
    """What may be cited: kind of record, the record, its years, its day, what it is counted in."""
    for p in world.partnerships:
        first, last_day = p.begins_on, p.ends_on
        years = (first and first.year, last_day and last_day.year)
        yield "partnership", p, years, first, set()
        year = first.year if p.start_is_known else None
        yield "start", p, (year, year), first, {"partnerships_started"}
        if last_day:
            year = last_day.year if p.end_is_known else None
            yield "end", p, (year, year), last_day, {"partnerships_ended"}
    chain: Any = defaultdict(set)
    for o in world.outcomes:
        if o.activity and o.value is not None:
            chain[o.activity_id] |= {"round"} | (counted_outcome(o) & {"placements"})
    for a in world.activities:
        counted = counted_activity(a)
        if a.programme and "round" in chain[a.activity_id]:
            if counted & {"registered", "attended"}:
                counted |= {"rounds"}
            if "placements" in chain[a.activity_id] and "attended" in counted:
                counted |= {"placement_rate"}
        yield "activity", a, (a.year, a.year), a.begins_on, counted
    for o in world.outcomes:
        kind = "quote" if o.value is None and o.quote else "outcome"
        yield kind, o, (o.from_year, o.to_year), known_on(o), counted_outcome(o)
    for t in world.targets:
        is_asked = t.value is not None and not t.partnership_id
        key = {f"target_attainment:{t.measure}"} if is_asked else set()
        yield "target", t, (t.from_year, t.to_year), None, key
        for o in world.outcomes:
            is_reached = not t.partnership_id and is_reaching(o, t)
            if is_reached and t.measure in counted_outcome(o):
                reached = Record(
                    **vars(t)
                    | {"source": o.source, "source_date": o.source_date, "measure": o.measure}
                    | {"evidence": t.evidence if t.is_illustrative else o.evidence}
                    | {"is_illustrative": t.is_illustrative or o.is_illustrative}
                )
                yield "reached", reached, (t.from_year, t.to_year), known_on(o), key


def known_on(o):
    """The day a result can be known; none where its activity has no date."""
    if o.value_status == "not_yet":
        return NEVER
    return due_on(o.activity, o.measured_at) if o.activity else o.first_day


def is_cited(cited, v):
    """Whether the sources that are asked for are this record's, too."""
    kind, r, (first, last), day, counted = cited
    shown = getattr(r, "is_illustrative", False) is False or v["illustrative"]
    if not (shown and is_chosen(r, v)):
        return False
    if not v["counted_in"]:
        if kind == "partnership":
            return may_run_within(r, v)
        is_open = kind == "quote" and first is None
        return kind not in ("start", "end", "reached") and (is_open or is_within(first, last, v))
    if not (counted & set(v["counted_in"]) and (day is None or day <= v["as_of"])):
        return False
    is_single = first is not None and first == last
    is_exact = first is not None and (first, last) == (v["from_year"], v["to_year"])
    return (
        is_within(first, last, v)
        and (is_single or not v["single_years"])
        and (is_exact or not v["exact_years"])
    )


def sources(world, v):
    told = source_told(world)
    seen = [one for one in citations(world) if is_cited(one, v)]
    if v["latest"]:
        newest = {
            key: max((to for _, _, (_, to), _, _ in own if to is not None), default=None)
            for key, own in grouped(seen, whose).items()
        }
        seen = [one for one in seen if one[2][1] in (None, newest[whose(one)])]
    groups = grouped(
        ((kind, r) for kind, r, _, _, _ in seen),
        lambda pair: (
            *(pair[0], pair[1].programme, getattr(pair[1], "measure", None)),
            evidence_of(*pair),
            told(pair[1].source),
        ),
    )
    rows = [
        (
            *key,
            len(own),
            max((d for _, r in own if (d := getattr(r, "source_date", None))), default=None),
        )
        for key, own in groups.items()
    ]
    rows.sort(key=lambda r: (r[0], -r[5], *(text_last(r[at]) for at in (4, 1, 2, 3))))
    return frame("record programme measure evidence source record_count source_date", rows)


def whose(cited):
    return cited[1].association, cited[1].programme


def span(world, v):
    held = [a for a in world.activities if a.year and is_begun(a, v) and not a.is_cancelled]
    results = [
        o
        for o in counted(world)
        if o.from_year and (is_begun(o.activity, v) if o.activity else o.first_day <= v["as_of"])
    ]
    years = [p.begins_on.year for p in world.partnerships if is_begun(p, v) and is_of(p, v)]
    years += [a.year for a in held if is_of(a, v)]
    years += [o.from_year for o in results if is_of(o, v)]
    last_year = v["as_of"].year
    return frame("first_year last_year", [(min([*years, last_year]), last_year)])


def type_words(world, v):
    rows = [
        (kind, code, row.name_nb, row.name_en)
        for kind, of_kind in sorted(world.types.items())
        for code, row in of_kind.items()
    ]
    return frame("kind code name_nb name_en", rows)


def examples(world, v):
    told = [*world.activities, *world.outcomes, *world.targets, *world.work_streams]
    return frame("has_examples", [(any(one.evidence == "illustrative" for one in told),)])


def measure_words(world, v):
    columns = (
        "measure name_nb name_en definition_nb definition_en unit scale level adds"
        " counts_people higher_is_better can_be_negative definition_source caveat_nb caveat_en"
    )
    rows = [tuple(getattr(m, name) for name in columns.split()) for m in world.measures]
    level = columns.split().index("level")
    return frame(columns, sorted(rows, key=lambda row: (row[level] != "output", row[0])))


def association_words(world, v):
    columns = (
        "association short_name organisation_number area site title_colour band_colour logo"
        " flagship_programme key_figures target_measure"
    )
    rows = [
        tuple(
            (split(getattr(a, name)) or None) if name == "key_figures" else getattr(a, name)
            for name in columns.split()
        )
        for a in world.associations
    ]
    return frame(columns, sorted(rows))


def of_a_kind(rows, known):
    """Those among which what is known counts: the published ones, or examples."""
    is_example = all(row.evidence == "illustrative" for row in known or rows)
    return [row for row in rows if (row.evidence == "illustrative") == is_example]


def associations(world, v):
    """Each association's numbers as its own pages have them."""
    records = [*world.partnerships, *world.activities, *world.outcomes]
    rows = []
    for name in sorted(
        {r.association for r in records if r.association}, key=lambda n: (n.lower(), n)
    ):
        own = v | {"association": [name]}
        if v["association"] and name not in v["association"]:
            continue
        in_force = [
            standing(p, v["year"], own)
            for p in world.partnerships
            if is_chosen(p, own) and is_in_force(p, v["year"], own)
        ]
        activities = held(world, own)
        attended = [counts_of(a, "attended") for a in activities]
        placed = [
            o
            for o in counted(world, own)
            if o.measure in PLACEMENTS and o.measured_at == "exit" and has_happened(o, own)
        ]
        only_examples = bool(placed) and all(o.evidence == "illustrative" for o in placed)
        unplaced = [
            o
            for o in counted(world, own, with_unknown=True)
            if o.measure in PLACEMENTS and o.measured_at == "exit" and has_happened(o, own)
            if o.value is None and (o.evidence == "illustrative") == only_examples
        ]
        # Of its rounds: those that are due.
        due = [row for _, chain in rounds(world, own) for row in chain if is_due(row, own)]
        shares = []
        for measure, point in (("placements", "exit"), ("in_work_or_education", "6_months")):
            stage = [r for r in due if (r.measure, r.measured_at) == (measure, point)]
            rated = [r for r in stage if None not in (r.value, r.base)]
            shares += [len(of_a_kind(stage, rated)), len(counting(r.value for r in rated))]
            shares += [together(r.value for r in rated), together(r.base for r in rated)]
        row = (
            name,
            in_force.count("confirmed"),
            len(in_force) - in_force.count("confirmed"),
            ones(activities),
            len(counting(attended)),
            len(of_a_kind(activities, [a for a in activities if a.attended_count is not None])),
            together(attended),
            together(map(result, placed)),
            sum(o.value_status == "suppressed" for o in unplaced),
            sum(o.value_status == "missing" for o in unplaced),
            weakest(o.evidence for o in placed),
            *shares,
        )
        if in_force or activities or placed or shares[0] or shares[4]:
            rows.append(row)
    columns = (
        "association confirmed_count unconfirmed_count activity_count attended_known_count"
        " counted_activities attended_count placement_count suppressed_count missing_count"
        " evidence round_count"
        " placed_round_count placed_part placed_whole due_round_count followed_round_count"
        " retained_part retained_whole"
    )
    return frame(columns, rows)


def context(world, v):
    """A figure of others: its years are those of its period, else of its day."""
    rows: list[tuple[Any, ...]] = []
    for c in world.context:
        when = (c.period or c.event_date or "").split("/")
        first, last = (int(part[:4]) if part else None for part in (when[0], when[-1]))
        is_out = v["from_year"] is not None and not (
            first is not None and first <= v["to_year"] and last >= v["from_year"]
        )
        if is_out or (v["association"] and c.association not in [None, *v["association"]]):
            continue
        decimals = len(c.value.partition(".")[2].rstrip("0")) if c.value else None
        both = [
            getattr(c, name)
            for stem in ("indicator", "population", "unit", "caveat")
            for name in (f"{stem}_nb", f"{stem}_en" if getattr(c, f"{stem}_en") else f"{stem}_nb")
        ]
        rows.append(
            (
                *(
                    len(rows) + 1,
                    c.context_id,
                    c.association,
                    c.programme,
                    c.subject,
                    *both[:6],
                    c.period,
                ),
                *(first, last, number(c.value), decimals, c.value_status or "known"),
                *(c.value_qualifier, c.event_date, c.source, c.source_title, c.source_date),
                *both[6:],
            )
        )
    columns = (
        "place context_id association programme subject indicator_nb indicator_en population_nb"
        " population_en unit_nb unit_en period from_year to_year value decimals value_status"
        " value_qualifier event_date source source_title source_date caveat_nb caveat_en"
    )
    return frame(columns, rows)


def is_beside(row, v):
    return not v["association"] or row.association in [None, *v["association"]]


def events(world, v):
    """In order of time; its turn is that of the year before it, or after it from July on."""
    rows = [
        (
            *(e.event_id, e.association, e.event_kind, e.date, int(e.date[:4])),
            int(e.date[:4]) + (e.date[5:7] in ("07", "08", "09", "10", "11", "12")),
            *(e.title_nb, e.title_en or e.title_nb, e.is_internal or "no", e.source),
            e.source_date,
        )
        for e in sorted(world.events, key=lambda e: (e.date, e.event_id))
        if is_beside(e, v)
    ]
    columns = (
        "event_id association event_kind date year turn title_nb title_en is_internal source"
        " source_date"
    )
    return frame(columns, rows)


def remarks(world, v):
    """By the first year of its period."""
    rows = [
        (
            *(r.remark_id, r.association, r.measure, r.period, int(r.period[:4])),
            int(r.period.split("/")[-1][:4]),
            *(r.text_nb, r.text_en or r.text_nb, r.is_internal or "no", r.source),
            r.source_date,
        )
        for r in sorted(world.remarks, key=lambda r: (r.period[:4], r.period, r.remark_id))
        if is_beside(r, v)
    ]
    columns = (
        "remark_id association measure period from_year to_year text_nb text_en is_internal source"
        " source_date"
    )
    return frame(columns, rows)


# Each question has a function of its name here.
ANSWERS = {name: globals()[name] for name in queries.questions() if name in globals()}
ANSWERS["rounds"] = round_stages


def answer(world, name, values):
    """The answer to a question of queries/, with the same columns in the promised order."""
    return ANSWERS[name](world, values)
