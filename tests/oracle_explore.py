"""Questions of one's own answered a second time: every thing that a measure counts, one by one."""

from datetime import date
from itertools import product
from types import SimpleNamespace as Record
from typing import Any

from tests import oracle, oracle_time
from tests.oracle import (
    PLACEMENTS,
    counting,
    flagged,
    frame,
    is_chosen,
    is_within,
    known,
    last,
    text_last,
    together,
)  # fmt: skip

TOTAL = object()
STOCKS = ("active_partnerships", "partners_with_agreement")
COUNTED_ONCE = ("partners_with_agreement", "partners_in_activities", "agreements_in_activities")
RATED = ("placement_rate", "retention_rate", "target_attainment")
ACTIVITIES = {
    "activities_held": None,
    "registered": "registered",
    "attended": "attended",
    "employers": "employer",
}


def month(text, qualifier):
    return int(text[5:7]) if oracle.is_known(text, qualifier) and len(text) > 4 else None


def thing(of, record, **more):
    """What is counted once: the record it is, and what it has beside that."""
    first = more.pop("first", None)
    facts = {
        "record": record,
        "of": of,
        "first": first,
        "last": more.pop("last", first),
        "month": None,
        "kind": None,
        "evidence": None,
        "value": None,
        "base": None,
        "is_due": True,
        "is_uncertain": False,
        "is_start_unknown": False,
        "activity_type": None,
        "span": None,
        "status": None,
        "counted_id": None,
        "own_types": None,
        "unit": None,
        "ages": None,
        "background": None,
        "broken_down_by": set(),
        "link": record,
    }
    return Record(**facts | more)


def things(world, v):
    """Everything that the measure counts, whatever the filters."""
    measure = v["measure"]
    if measure == "active_partnerships":
        yield from in_force(world, v)
    elif measure in ("partnerships_started", "partnerships_ended"):
        yield from begun_or_ended(world, v, measure)
    elif measure == "partners_with_agreement":
        yield from partners_agreed(world, v)
    elif measure == "partners_in_activities":
        yield from partners_in(world, v)
    elif measure == "agreements_in_activities":
        yield from agreements_in(world, v)
    elif measure in ACTIVITIES:
        yield from held(world, v, ACTIVITIES[measure])
    elif measure == "target_attainment":
        yield from aims(world, v)
    else:
        yield from results(world, v, measure)


def in_force(world, v):
    for p in world.partnerships:
        for year in range(1990, v["as_of"].year + 1):
            if oracle.is_in_force(p, year, v):
                state = oracle.standing(p, year, v)
                yield thing(
                    p,
                    "partnership",
                    id=p.partnership_id,
                    first=year,
                    value=known(int(state == "confirmed")),
                    is_uncertain=state != "confirmed",
                    is_start_unknown=state == "start_unknown",
                )


def counted_partner(world, partner_id):
    p = world.partners[partner_id]
    more = {"counted_id": partner_id, "own_types": {p.partner_type}, "name": p.name}
    return more | {"record": "partner", "id": partner_id}


def partners_agreed(world, v):
    """Each partner of an agreement in each year that it is in force."""
    made = []
    for one in in_force(world, v):
        for i in told_ids(world, one, one.of.partner_ids, v):
            made.append(
                thing(
                    *(one.of, "partnership"),
                    first=one.first,
                    value=known(1),
                )
            )
            made[-1].__dict__.update(counted_partner(world, i))
    return made


def partners_in(world, v):
    """Each partner of an activity that was held."""
    for one in held(world, v, None):
        for i in told_ids(world, one, partners_of(world, one), v):
            yield Record(**vars(one) | counted_partner(world, i))


def told_ids(world, one, ids, v):
    """What partners are told as on the day, each once."""
    return {oracle_time.told(world, one.of.association, i, v["as_of"]) for i in ids}


def agreements_in(world, v):
    """Each agreement of an activity that was held, with what the agreement has."""
    for one in held(world, v, None):
        for i in one.of.partnership_ids:
            p = world.by_id[i]
            more = {"counted_id": i, "of": p, "own": one.of, "name": p.title}
            yield Record(**vars(one) | more | {"record": "agreement", "id": i})


def divided(world, v):
    """With a divisor: what has the measure, an activity or whose it is and when, once; and the
    divisor's number there."""
    plain = v | {"divisor": "", "rows": "", "split": ""}

    def by_unit(asked):
        found: dict[Any, list[Any]] = {}
        for one in things(world, asked):
            if one.unit is not None:
                found.setdefault(one.unit, []).append(one)
        return {unit: own for unit, own in found.items() if any(one.is_due for one in own)}

    def whole(own):
        """Their sum; none where a part of it is not known."""
        stated = [one for one in own if one.evidence not in (None, "illustrative")] or own
        is_known = all(one.value is not None and one.status in (None, "known") for one in stated)
        return together(one.value for one in own) if is_known else None

    below = by_unit(plain | {"measure": v["divisor"], "point": "exit"})
    for unit, own in by_unit(plain).items():
        value = whole(own)
        others = below.get(unit, [])
        base = whole(others)
        kinds = [one.evidence for one in own if one.evidence]
        bases = [oracle.weakest(one.evidence for one in others if one.evidence)] if others else []
        is_alike = value is not None and base is not None and value[3] == base[3]
        weaker = [max([k, *filter(None, bases)], key=oracle.EVIDENCE.index) for k in kinds]
        yield Record(
            **vars(own[0])
            | {
                "record": own[0].record,
                "value": value,
                "base": base if is_alike else None,
                "kind": None,
                "evidence": oracle.weakest(weaker),
                "status": None,
                "broken_down_by": set(),
            }
        )


def begun_or_ended(world, v, measure):
    for p in world.partnerships:
        if measure == "partnerships_started":
            day, is_known, text, qualifier = (
                *(p.begins_on, p.start_is_known, p.start_date, p.start_qualifier),
            )
            counts = day is None or day <= v["as_of"]
        else:
            day, is_known, text, qualifier = p.ends_on, p.end_is_known, p.end_date, p.end_qualifier
            counts = day is not None and day <= v["as_of"]
        if counts:
            yield thing(
                p,
                "partnership",
                id=p.partnership_id,
                first=day.year if is_known else None,
                month=month(text, qualifier),
                value=known(1),
            )


def held(world, v, column):
    for a in world.activities:
        if not a.is_cancelled and (a.begins_on is None or a.begins_on <= v["as_of"]):
            yield thing(
                a,
                "activity",
                id=a.activity_id,
                first=a.year,
                month=month(a.start_date, a.date_qualifier),
                activity_type=a.activity_type,
                unit=a.activity_id,
                evidence=a.evidence,
                value=oracle.counts_of(a, column) if column else known(1, None, a.evidence),
            )


def aims(world, v):
    everything: dict[str, list[str]] = {
        "association": [],
        "programme": [],
        "partner_type": [],
        "partnership_type": [],
    }
    wide = v | everything | {"from_year": None, "to_year": None}
    named = ("association", "programme", "partnership_id", "measure", "year")
    by_name = sorted(
        world.targets, key=lambda t: [(getattr(t, n) is None, getattr(t, n)) for n in named]
    )
    for number, t in enumerate(by_name, start=1):
        if t.measure != v["point"] or t.value is None or t.partnership_id:
            continue
        own = oracle.reaching(world, t, wide)
        weak = oracle.weakest(o.evidence for o in own)
        evidence = "illustrative" if t.is_illustrative else weak
        missing, hidden, to_come = oracle.without_number(world, t, wide)
        yield thing(
            t,
            "target",
            id=str(number),
            first=t.from_year,
            last=t.to_year,
            span=t.period if t.from_year < t.to_year else None,
            kind=t.measure,
            evidence=evidence,
            value=None
            if missing or hidden or to_come
            else flagged(together(map(oracle.result, own)), evidence),
            status="suppressed" if hidden and not (missing or to_come) else None,
            base=known(t.value, None, evidence),
            is_due=t.last_day < v["as_of"],
        )


def rounds_of(world):
    for a in world.activities:
        valued = [o for o in world.outcomes if o.activity is a and o.value is not None]
        if a.programme and not a.is_cancelled and valued:
            yield a, oracle.chain_of(world, a, valued)


def results(world, v, measure):
    point = v["point"]
    of_rounds = {
        "placement_rate": ("placements", "exit"),
        "retention_rate": ("in_work_or_education", point),
    }
    late = measure == "in_work_or_education" and point != "exit"
    if late or measure in of_rounds:
        wanted = of_rounds.get(measure, (measure, point))
        for a, chain in rounds_of(world):
            for row in chain:
                if (row.measure, row.measured_at) == wanted:
                    yield thing(
                        a,
                        "outcome",
                        id=a.activity_id,
                        first=a.year,
                        month=month(a.start_date, a.date_qualifier),
                        kind=row.measure,
                        evidence=row.evidence,
                        activity_type=a.activity_type,
                        unit=a.activity_id,
                        status=row.status,
                        broken_down_by=broken_down(world, (a.activity_id, *wanted))
                        if wanted == ("in_work_or_education", point) and row.has_outcome
                        else set(),
                        value=row.value,
                        base=row.base,
                        is_due=oracle.is_due(row, v),
                    )
        if measure in of_rounds:
            return
    in_rounds = {a.activity_id for a, _ in rounds_of(world)} if late else set()
    for o in [*oracle.counted(world, with_unknown=True), *breakdowns(world, v)]:
        is_it = (
            o.measure in PLACEMENTS and o.measured_at == "exit"
            if measure == "placements"
            else (o.measure, o.measured_at) == (measure, point)
        )
        if is_it and (o.is_part or o.activity_id not in in_rounds):
            yield thing(
                o,
                "outcome",
                id=o.activity_id,
                first=o.from_year,
                last=o.to_year,
                month=month(o.activity.start_date, o.activity.date_qualifier)
                if o.activity
                else oracle.first_day(o.year).month
                if len(o.year) == 7
                else None,
                activity_type=o.activity.activity_type if o.activity else None,
                span=o.span,
                status=o.value_status,
                unit=None if o.is_part else unit_of(o),
                ages=o.age_group and o.age_group.replace("_", "-"),
                background=o.background,
                broken_down_by=set() if o.is_part else broken_down(world, whole_of(o)),
                kind=o.measure,
                evidence=o.evidence,
                value=oracle.result(o),
                is_due=oracle.has_happened(o, v),
                base=None if o.is_part else flagged(base(world, o), o.evidence),
            )


def breakdown_by(o):
    if o.age_group and o.background:
        return "both"
    return "age_group" if o.age_group else "background" if o.background else ""


def asked_breakdown(v):
    asked = {v["rows"], v["split"]} & {"age_group", "background"}
    return "both" if len(asked) == 2 else next(iter(asked), "")


def breakdowns(world, v):
    """Results that break others down, by what is asked."""
    asked = asked_breakdown(v)
    return [
        o for o in world.outcomes
        if asked and o.value is not None and breakdown_by(o) == asked and not o.is_told_above
    ]  # fmt: skip


def whole_of(o):
    """What a result and those that break it down have in common."""
    whose = o.activity_id or (
        *(o.association, o.programme, o.year, o.partnership_id, o.partner_id),
    )
    return whose, o.measure, o.measured_at


def broken_down(world, whole):
    return {
        breakdown_by(o)
        for o in world.outcomes
        if o.is_part and o.value is not None and whole_of(o) == whole and not o.is_told_above
    }


def unit_of(o):
    return o.activity_id or (
        *(o.association, o.programme, o.partnership_id, o.partner_id, o.first_day, o.last_day),
    )


def base(world, o):
    """What a result is a share of, where the record list shows it."""
    if o.measured_at != "exit":
        return known(o.followed_up_count)
    persons = {m.measure for m in world.measures if m.unit == "persons"}
    a = o.activity
    is_round = a and a.programme and not a.is_cancelled
    return oracle.counts_of(a, "attended") if is_round and o.measure in persons else None


def period(thing_, grain):
    first, last_year, at = thing_.first, thing_.last, thing_.month
    if first is None:
        return None
    if grain == "season":
        has_one = not thing_.span and first == last_year and at is not None
        return f"Q{(at + 2) // 3}" if has_one else None
    if thing_.span:
        return thing_.span
    if first != last_year:
        return f"{first}/{last_year}"
    if grain == "year":
        return str(first)
    if at is None:
        return f"{first}?"
    return f"{first}-Q{(at + 2) // 3}" if grain == "quarter" else f"{first}-H{1 if at < 7 else 2}"


def partnerships_of(world, one):
    if one.record == "partnership" or hasattr(one.of, "partnership_type"):
        return [one.of]
    if one.record == "target":
        return []
    if hasattr(one.of, "partnership_ids"):
        return [world.by_id[i] for i in one.of.partnership_ids]
    return one.of.partnerships


def partners_of(world, one):
    if hasattr(one.of, "own_partner_ids") and one.record == "outcome":
        return one.of.own_partner_ids
    activity = one.of if one.record in ("activity", "outcome") else None
    own = set(activity.partner_ids) if activity else set()
    return own.union(*(set(p.partner_ids) for p in partnerships_of(world, one)))


BY_PARTNER = ("partner", "partner_head", "story")


def keys(world, one, dimension, v):
    """The rows that a thing stands in; `None` where it has none of the dimension."""
    of = one.of
    ids = {
        oracle_time.told(world, of.association, i, v["as_of"])
        for i in (partners_of(world, one) if dimension in BY_PARTNER else ())
    }
    types = one.own_types or of.partner_types
    many = {
        "partner_type": lambda: types & set(v["partner_type"] or types),
        "partnership_type": lambda: (
            of.partnership_types & set(v["partnership_type"] or of.partnership_types)
        ),
        "partner": lambda: ids,
        "partner_head": lambda: {oracle_time.heads(world, i)[-1] for i in ids},
        "story": lambda: {head for i in ids for head in oracle_time.heads(world, i)},
        "municipality": lambda: oracle_time.places_of(world, one, partnerships_of(world, one), v)[
            0
        ],
        "county": lambda: oracle_time.places_of(world, one, partnerships_of(world, one), v)[1],
        "partnership": lambda: {p.partnership_id for p in partnerships_of(world, one)},
        "focus_area": lambda: focus_areas_of(world, one),
    }
    if dimension in ("age_group", "background") and asked_breakdown(v) in one.broken_down_by:
        return []
    if dimension in many:
        return list(many[dimension]()) or [None]
    single = {
        "time": lambda: period(one, v["grain"]),
        "association": lambda: of.association,
        "programme": lambda: of.programme,
        "activity_type": lambda: one.activity_type,
        "kind": lambda: one.kind,
        "evidence": lambda: one.evidence,
        "round": lambda: one.id,
        "age_group": lambda: one.ages,
        "background": lambda: one.background,
    }
    return [single[dimension]()] if dimension else []


def is_there(world, one, v):
    """Whether a thing is in one of the places asked for."""
    found = oracle_time.places_of(world, one, partnerships_of(world, one), v)
    return not set(v["places"]).isdisjoint(set().union(*found))


def focus_areas_of(world, one):
    found = (oracle.split(p.focus_areas) for p in partnerships_of(world, one))
    return {area for areas in found for area in areas if area}


def matching(world, v):
    has_time = "time" in (v["rows"], v["split"])
    return [
        one
        for one in (divided(world, v) if v["divisor"] else things(world, v))
        if is_chosen(one.of, v)
        and (not v.get("places") or is_there(world, one, v))
        and (not v["focus_area"] or focus_areas_of(world, one) & set(v["focus_area"]))
        and (not one.own_types or not v["partner_type"] or one.own_types & set(v["partner_type"]))
        and (v["illustrative"] or one.evidence != "illustrative")
        and (
            one.first == v["year"]
            if v["measure"] in STOCKS and not has_time
            else is_within(one.first, one.last, v)
        )
    ]


def adding(world, v):
    return next(m.adds for m in world.measures if m.measure == v["measure"])


def passed(world, v, found):
    """Those of a stock that a later year of the same programme has taken the place of."""
    if adding(world, v) != "latest":
        return set()
    newest: dict[Any, int] = {}
    for one in found:
        if one.value is not None and one.last is not None:
            whose = (one.of.association, one.of.programme)
            newest[whose] = max(newest.get(whose, 0), one.last)
    return {
        id(one)
        for one in found
        if one.last is not None and one.last < newest.get((one.of.association, one.of.programme), 0)
    }


def explore(world, v):
    found = matching(world, v)
    old, has_time = passed(world, v, found), "time" in (v["rows"], v["split"])
    is_never_added = adding(world, v) == "distinct" and has_time
    cells: dict[Any, list[Any]] = {}
    for one in found:
        if id(one) in old and not has_time:
            continue
        rows, splits = (keys(world, one, v[name], v) for name in ("rows", "split"))
        no_total = id(one) in old or is_never_added
        totals = [
            not (v[name] == "time" and no_total)
            and not (v[name] in ("age_group", "background") and (one.ages or one.background))
            for name in ("rows", "split")
        ]
        rows += [TOTAL] if totals[0] else []
        splits += [TOTAL] if totals[1] else []
        for pair in product(rows, splits):
            cells.setdefault(pair, []).append(one)
    is_rate = v["measure"] in RATED or bool(v["divisor"])
    is_once = v["measure"] in COUNTED_ONCE
    is_single = adding(world, v) == "never" and not is_rate
    columns = (
        "row is_row_total split is_split_total record_count known_count not_due_count"
        " example_count value uncertain_count start_unknown_count rated_count part whole evidence"
        " suppressed_count"
    )
    body = []
    for (row, split), own in cells.items():
        due = [one for one in own if counts(one, v, row is TOTAL, split is TOTAL)]
        rated = [one for one in due if is_rate and None not in (one.value, one.base)]
        numbers = [one.value for one in due if one.value is not None]
        value = counted_once(due) if is_once else together(numbers)
        if is_rate or (is_single and len(counting(numbers)) > 1):
            value = None
        body.append(
            (
                *(None if row is TOTAL else row, row is TOTAL),
                *(None if split is TOTAL else split, split is TOTAL),
                len(due),
                len(numbers if is_rate else counting(numbers)),
                len(own) - len(due),
                sum(one.evidence == "illustrative" for one in due),
                value,
                sum(one.is_uncertain for one in own),
                sum(one.is_start_unknown for one in own),
                len(counting(one.value for one in rated)),
                together(one.value for one in rated),
                together(one.base for one in rated),
                oracle.weakest(one.evidence for one in due if one.evidence),
                sum(one.status == "suppressed" for one in due),
            )
        )
    body.sort(key=lambda r: (r[1], text_last(r[0]), r[3], text_last(r[2])))
    return frame(columns, body)


def counts(one, v, of_all_rows, of_all_splits):
    """Whether it can be known; a target whose time isn't over counts in that time alone."""
    of_time = [v["rows"] * (not of_all_rows), v["split"] * (not of_all_splits)]
    return one.is_due or (v["measure"] == "target_attainment" and "time" in of_time)


def counted_once(due):
    """How many there are: of what is published, or where there is nothing of the examples."""
    stated = {one.counted_id for one in due if one.evidence != "illustrative"}
    examples = {one.counted_id for one in due}
    evidence = None if stated else "illustrative"
    return known(len(stated or examples), None, evidence) if examples else None


def explore_records(world, v):
    columns = (
        "record record_id association programme from_year to_year span month activity_type kind"
        " evidence value base_count is_due is_uncertain is_start_unknown title start_date"
        " date_qualifier source partner_names"
    )
    found = matching(world, v)
    old = passed(world, v, found)
    in_time = any(
        v[name] == "time" and v[key] != "*"
        for name, key in (("rows", "row_key"), ("split", "split_key"))
    )
    behind = [
        one
        for one in found
        if (id(one) not in old or in_time)
        and not any(
            v[key] == "*"
            and v[name] in ("age_group", "background")
            and (one.ages or one.background)
            for name, key in (("rows", "row_key"), ("split", "split_key"))
        )
        and all(
            v[key] == "*" or v[key] in [k or "" for k in keys(world, one, v[name], v)]
            for name, key in (("rows", "row_key"), ("split", "split_key"))
        )
    ]
    behind.sort(
        key=lambda one: (
            (one.first is None, -(one.first or 0)),
            (one.month is None, -(one.month or 0)),
        )
    )
    page = behind[v["offset"] : v["offset"] + v["limit"]]
    return frame(columns, [record_row(world, one, v) for one in page])


def explore_every_record(world, v):
    """The same, all of them, with what a file has of each."""
    columns = (
        "record record_id title association programme from_year to_year span start_date"
        " date_qualifier activity_type kind evidence value base_count is_due is_uncertain"
        " is_start_unknown source partner_names"
    )
    everything = explore_records(world, v | {"limit": 10**9, "offset": 0})
    return everything[columns.split()]


def day_sign(own: Any) -> str | None:
    """How sure the day is, where it isn't."""
    return own.date_qualifier if own and own.date_qualifier != "exact" else None


def record_row(world, one, v):
    of = one.of
    own = getattr(one, "own", None) or (
        of if hasattr(of, "title") else getattr(of, "activity", None)
    )
    names = names_on_day(world, one, own)
    day = one.month and f"{one.first}-{one.month:02}-01"
    return (
        *(one.record, one.id, of.association, of.programme, one.first, one.last, one.span),
        oracle.earliest(day),
        *(one.activity_type, one.kind, one.evidence, one.value, one.base),
        counts(one, v, v["row_key"] == "*", v["split_key"] == "*"),
        *(one.is_uncertain, one.is_start_unknown),
        getattr(one, "name", own.title if own else None),
        own.start_date if own else None,
        day_sign(own) if hasattr(own, "date_qualifier") else None,
        source_of(world, one, v),
        names,
    )


def names_on_day(world, one, own):
    """What the partners of a thing were called on its day; of an agreement as in the files."""
    day = oracle.earliest(own.start_date if own else None)
    day = day or (date(one.first, 1, 1) if one.first else None)
    ids: dict[str, str] = {}
    for i in sorted(partners_of(world, one)):
        was = i
        if day and one.record != "partnership":
            was = oracle_time.told(world, one.of.association, i, day)
        ids.setdefault(was, i)
    return [world.partners[i].name for i, _ in sorted(ids.items(), key=lambda pair: pair[::-1])]


def source_of(world, one, v):
    if one.record == "target":
        return None
    if one.record != "outcome" or hasattr(one.of, "measure"):
        return one.of.source
    cited = [
        o.source
        for o in world.outcomes
        if o.value is not None
        and o.source
        and o.activity_id == one.id
        and o.measured_at == v["point"]
        and not o.is_part
        and one.kind in (o.measure, "placements" if o.measure in PLACEMENTS else None)
    ]
    return min(cited, default=None)


def explore_measures(world, v):
    rows = set()
    every = [a for a in world.activities if not a.is_cancelled]
    if any(p.partner_ids for p in world.partnerships):
        rows.add(("partner", "partners_with_agreement", "exit"))
    if any(partners_behind(world, a) for a in every):
        rows.add(("partner", "partners_in_activities", "exit"))
    if any(a.partnership_ids for a in every):
        rows.add(("agreement", "agreements_in_activities", "exit"))
    if world.partnerships:
        rows |= {
            ("partnership", m, "exit")
            for m in ("active_partnerships", "partnerships_started", "partnerships_ended")
        }
    if any(not a.is_cancelled for a in world.activities):
        rows |= {("activity", m, "exit") for m in ACTIVITIES}
    for o in oracle.counted(world):
        rows.add(("outcome", o.measure, o.measured_at))
        if o.measure in PLACEMENTS and o.measured_at == "exit":
            rows.add(("outcome", "placements", "exit"))
    for _, chain in rounds_of(world):
        for row in chain:
            if None in (row.value, row.base):
                continue
            if row.measure == "placements":
                rows.add(("outcome", "placement_rate", "exit"))
            if row.measure == "in_work_or_education" and row.measured_at != "exit":
                rows.add(("outcome", "retention_rate", row.measured_at))
    rows |= {
        ("target", "target_attainment", t.measure)
        for t in world.targets
        if t.value is not None and not t.partnership_id
    }
    adds = {m.measure: m.adds for m in world.measures}
    in_time = ("exit", "6_months", "12_months")

    def place(row):
        return (*row[:2], in_time.index(row[2]) if row[2] in in_time else -1, row[2])

    told = [
        (*row, adds[row[1]], told_of(world)) for row in sorted(rows, key=place) if row[1] in adds
    ]
    return frame("record measure point adds told_of", told)


def told_of(world):
    """The dimensions that only those split by who have told of them."""
    has_places = len(oracle_time.explore_places(world, {"borders": "2024", "association": []}))
    has_offices = any(p.head_id for p in world.partners.values())
    return ["county", "municipality"] * bool(has_places) + ["partner_head"] * has_offices


def explore_choices(world, v):
    own = [p for p in world.partnerships if oracle.is_of(p, v)]
    rows = {("focus_area", area) for p in own for area in oracle.split(p.focus_areas)}
    for o in world.outcomes:
        if o.is_part and o.value is not None and oracle.is_of(o, v):
            rows |= {("age_group", o.age_group.replace("_", "-"))} if o.age_group else set()
            rows |= {("background", o.background)} if o.background else set()
    return frame("dimension code", sorted(rows))


def names(world, v):
    partners = [
        (p.partner_id, p.name, p.partner_type, None, None, None) for p in world.partners.values()
    ]
    places = [
        (row["number"], row["name"], None, None, None, None)
        for name in ("municipalities", "counties")
        for row in oracle_time.rows_of(name)
    ]
    found: dict[str, list[tuple[Any, ...]]] = {
        "partner": partners,
        "partner_head": partners,
        "municipality": places,
        "county": places,
        "partnership": [
            (p.partnership_id, p.title, None, None, None, p.association) for p in world.partnerships
        ],
        "round": [
            (a.activity_id, a.title, None, a.start_date, day_sign(a), a.association)
            for a in world.activities
        ],
    }
    rows = [row for row in found.get(v["dimension"], []) if row[0] in v["ids"]]
    return frame("id name partner_type day date_qualifier association", sorted(rows))


oracle.ANSWERS.update(
    {
        f.__name__: f
        for f in (
            *(explore, explore_choices, explore_every_record, explore_measures, explore_records),
            names,
        )
    }
)


# A partner's story; who is in it stands in oracle_time.py


def partners_behind(world, o):
    """All partners that a result or activity belongs to."""
    if hasattr(o, "own_partner_ids"):
        return o.own_partner_ids
    activity = o
    shared = [world.by_id[i] for i in activity.partnership_ids]
    return set(activity.partner_ids).union(*(p.partner_ids for p in shared))


def story(world, o, v):
    """Of what a result or activity belongs to, the asked partner's own and the others."""
    return oracle_time.own_in_story(world, o.association, partners_behind(world, o), v)


def partner_results(world, v):
    groups: dict[Any, list[Any]] = {}
    for o in oracle.counted(world, with_unknown=True):
        is_asked = story(world, o, v)[0] and oracle.is_of(o, v)
        if is_asked and oracle.is_shown(o, v):
            key = (
                *(o.programme, o.measure, o.measured_at, o.from_year, o.to_year, o.period),
                *(o.evidence, None if o.value_status == "known" else o.value_status),
            )
            groups.setdefault(key, []).append(o)
    rows = []
    for key, own in groups.items():
        others = {i for o in own for i in story(world, o, v)[1]}
        shared = together(oracle.result(o) for o in own if story(world, o, v)[1])
        names_of = sorted(world.partners[i].name for i in others)
        value = together(map(oracle.result, own))
        rows.append((*key, len(own), value, shared, names_of or None))
    rows.sort(
        key=lambda r: (
            *(text_last(r[0]), last(r[3]), r[1], oracle.POINTS.index(r[2]), last(r[4])),
            *(text_last(r[5]), oracle.EVIDENCE.index(r[6]), text_last(r[7])),
        )
    )
    columns = (
        "programme measure measured_at from_year to_year period evidence value_status"
        " result_count value shared_value"
    )
    return frame(columns + " shared_with", rows)


def neighbours(world, v):
    activities: dict[str, int] = {}
    agreements: dict[str, int] = {}
    for a in filter(lambda a: oracle.is_of(a, v), world.activities):
        begun = a.begins_on is None or a.begins_on <= v["as_of"]
        own, others = story(world, a, v)
        if own and not a.is_cancelled and begun and oracle.is_shown(a, v):
            for i in others:
                activities[i] = activities.get(i, 0) + 1
    for p in world.partnerships:
        own, others = oracle_time.own_in_story(world, p.association, p.partner_ids, v)
        if own and oracle.is_of(p, v):
            for i in others:
                agreements[i] = agreements.get(i, 0) + 1
    rows = []
    for i in activities.keys() | agreements.keys():
        p = world.partners[i]
        rows.append((i, p.name, p.partner_type, activities.get(i, 0), agreements.get(i, 0)))
    rows.sort(key=lambda row: (-row[3], -row[4], row[1], row[0]))
    return frame("partner_id name partner_type activity_count partnership_count", rows)


def missing(world, v):
    named = set(v["partnership_ids"])

    def partnerships_behind(o):
        return set(o.partnership_ids)

    found: dict[str, list[bool]] = {}
    for p in world.partnerships:
        is_own = oracle_time.own_in_story(world, p.association, p.partner_ids, v)[0]
        is_asked = is_own or p.partnership_id in named
        if is_asked and oracle.is_of(p, v):
            is_old = p.confirmed_until is not None and p.confirmed_until < v["as_of"]
            is_latest = p.begins_on is not None and p.start_qualifier == "no_later_than"
            lacking = {
                "start": p.begins_on is None,
                "start_at_latest": is_latest,
            }
            if p.begins_on is None or p.begins_on <= v["as_of"]:
                is_open = p.end_date is None
                lacking["confirmed"] = p.confirmed_date is None and is_open
                lacking["confirmed_lately"] = bool(p.confirmed_date) and is_open and is_old
                lacking["activity"] = not oracle.has_activity(p, v)
                lacking["result"] = not oracle.results_of(world, p, v)
            for matter, is_lacking in lacking.items():
                found.setdefault(matter, []).append(is_lacking)
    agreed = {
        p.partnership_id: p
        for p in world.partnerships
        if (
            oracle_time.own_in_story(world, p.association, p.partner_ids, v)[0]
            or p.partnership_id in named
        )
        and oracle.is_of(p, v)
    }
    for stream in world.work_streams:
        if stream.partnership_id in agreed and oracle.is_shown(stream, v):
            found.setdefault("work_status", []).append(stream.work_status == "unknown")
    for c in world.contributions:
        own = agreed.get(c.partnership_id)
        givers = oracle.split(c.partner_ids)
        if own and (
            c.partnership_id in named
            or oracle_time.own_in_story(world, own.association, givers, v)[0]
        ):
            found.setdefault("amount", []).append(c.amount is None)
    for a in world.activities:
        is_own = story(world, a, v)[0] or partnerships_behind(a) & named
        begun = a.begins_on is None or a.begins_on <= v["as_of"]
        if is_own and oracle.is_of(a, v) and not a.is_cancelled and begun and oracle.is_shown(a, v):
            found.setdefault("year", []).append(a.year is None)
            found.setdefault("attended", []).append(a.attended_count is None)
    for a, chain in rounds_of(world):
        is_own = story(world, a, v)[0] or partnerships_behind(a) & named
        if is_own and oracle.is_of(a, v):
            for row in chain:
                late = row.measure == "in_work_or_education" and row.measured_at != "exit"
                if late and oracle.is_due(row, v) and oracle.is_shown(row, v):
                    found.setdefault("follow_up", []).append(not oracle.is_told(row))
    rows = [(matter, len(is_), sum(is_)) for matter, is_ in sorted(found.items())]
    return frame("matter record_count missing_count", rows)


def partnership_partners(world, v):
    columns = (
        "partner_id name partner_type organisation_number continued_as_name head_name"
        " partnership_count"
    )
    own = world.by_id.get(v["partnership_id"])
    rows = []
    for i in own.partner_ids if own else []:
        t = world.partners[i]
        now = oracle_time.told(world, own.association, i, v["as_of"])
        next_name = world.partners[now].name if now != i else None
        head = world.partners[t.head_id].name if t.head_id else None
        count = sum(i in p.partner_ids and oracle.is_of(p, v) for p in world.partnerships)
        rows.append((i, t.name, t.partner_type, t.organisation_number, next_name, head, count))
    return frame(columns, sorted(rows, key=lambda row: row[1]))


def results_by_year(world, v):
    by_year: dict[str, Any] = {"rows": "time", "split": "", "grain": "year", "divisor": ""}
    by_year |= {"focus_area": [], "places": [], "borders": "2024"}
    rows = []
    for one in explore_measures(world, v).itertuples():
        if one.record == "outcome" and one.measure not in (*RATED, *PLACEMENTS, "placements"):
            asked = v | by_year | {"measure": one.measure, "point": one.point}
            rows += [
                (one.measure, one.point, cell.row, cell.value, v["illustrative"])
                for cell in explore(world, asked).itertuples()
                if not cell.is_row_total and cell.value is not None
            ]
    rows.sort(key=lambda row: (*row[:2], text_last(row[2])))
    return frame("measure point period value with_examples", rows)


oracle.ANSWERS.update(
    {
        f.__name__: f
        for f in (partner_results, neighbours, missing, partnership_partners, results_by_year)
    }
)
