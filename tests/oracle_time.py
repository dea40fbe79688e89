"""Organisations and places in time, a second time: who is told as whom on a day, and which place
lies where within the borders of a year."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests import oracle
from tests.oracle import frame

KLASS = Path(__file__).parents[1] / "queries" / "klass"
ERAS = {"2019": date.min, "2023": date(2020, 1, 1), "2024": date(2024, 1, 1)}


def followers(world, association, partner_id):
    """Who took its place for an association: what is said for it alone goes first, then what is
    said for where it works."""
    works_in = [
        number
        for one in world.associations
        if one.association == association
        for number in oracle.split(one.municipalities)
    ]
    found = [
        s
        for s in world.successions
        if s.predecessor_id == partner_id
        and s.association in (None, association)
        and (s.place is None or any(s.place in (number, number[:2]) for number in works_in))
    ]
    own, there = [s for s in found if s.association], [s for s in found if s.place]
    return own or there or found


@cache  # a world does not change, and each partner is asked for its predecessor among all
def successor(world, association, partner_id):
    """The one that took its place, and the day; none where it can't be told which."""
    found = followers(world, association, partner_id)
    if len({s.successor_id for s in found}) != 1:
        return None
    return found[0].successor_id, max(oracle.earliest(s.date) or date.min for s in found)


def predecessor(world, association, partner_id):
    """The only one whose place it took, if that is known to have been there from a day."""
    found = [
        i for i in world.partners if (successor(world, association, i) or [0])[0] == partner_id
    ]
    return found[0] if len(found) == 1 and world.partners[found[0]].valid_from else None


@cache
def chain(world, association, partner_id):
    """Those it is told as, in order, each from a day."""
    before = [partner_id]
    while one := predecessor(world, association, before[0]):
        before.insert(0, one)
    found, day, one = [], date.min, before[0]
    while True:
        is_before = one in before[:-1]
        known = oracle.earliest(world.partners[one].valid_from) if is_before else None
        found.append((one, max(day, known or date.min)))
        following = successor(world, association, one)
        if not following:
            return tuple(found)
        one, day = following[0], max(day, following[1])


def told(world, association, partner_id, day):
    """What an organisation is told as on a day."""
    found = chain(world, association, partner_id)
    ends = [begins for _, begins in found[1:]] + [date.max]
    in_force = [one for (one, begins), end in zip(found, ends, strict=True) if begins <= day < end]
    return in_force[-1] if in_force else partner_id


def heads(world, partner_id):
    """What it is an office of, itself first, the topmost last."""
    found = [partner_id]
    while head := world.partners[found[-1]].head_id:
        found.append(head)
    return found


def own_in_story(world, association, ids, v):
    """Of organisations those of the asked partner's story, and the others, as they are told."""
    if v["partner_id"] not in world.partners:
        return set(), set()
    asked = told(world, association, v["partner_id"], v["as_of"])
    now = {told(world, association, i, v["as_of"]) for i in ids}
    own = {i for i in now if asked in heads(world, i)}
    return own, now - own


def partner(world, v):
    columns = (
        "association partner_id told_id name partner_type organisation_number is_office head_id"
        " head_name"
    )
    if v["partner_id"] not in world.partners:
        return frame(columns, [])
    rows = []
    used = [(a.association, partners_of_activity(world, a)) for a in world.activities]
    used += [(p.association, set(p.partner_ids)) for p in world.partnerships]
    used += [
        (o.association, set().union(*(p.partner_ids for p in own)))
        for o in [*world.outcomes, *world.targets]
        if (own := world.of_programme(o.association, o.programme))
    ]
    used += [(o.association, {o.partner_id}) for o in world.outcomes if o.partner_id]
    associations = {a for a, ids in used if own_in_story(world, a, ids, v)[0]}
    with_whom = {(a, i) for a, ids in used for i in ids}
    for a in associations:
        if v["association"] and a not in v["association"]:
            continue
        asked = told(world, a, v["partner_id"], v["as_of"])
        for i in world.partners:
            now = told(world, a, i, v["as_of"])
            if asked in heads(world, now) and (now == asked or (a, i) in with_whom):
                ends = dict(chain_ends(world, a, i))
                rows.append((a, i, asked, now != asked, ends.get(i, date.max)))
    if not rows:
        rows = [(None, v["partner_id"], v["partner_id"], False, date.max)]
    rows.sort(key=lambda r: (r[0] is None, r[0] or "", r[3], r[4], world.partners[r[1]].name, r[1]))
    body = []
    for a, i, asked, is_office, _ in rows:
        p = world.partners[i]
        head = world.partners[p.head_id].name if p.head_id else None
        number = p.organisation_number
        body.append((a, i, asked, p.name, p.partner_type, number, is_office, p.head_id, head))
    return frame(columns, body)


def chain_ends(world, association, partner_id):
    found = chain(world, association, partner_id)
    ends = [begins for _, begins in found[1:]] + [date.max]
    return [(one, end) for (one, begins), end in zip(found, ends, strict=True) if begins < end]


def partners_of_activity(world, a):
    return set(a.partner_ids).union(*(world.by_id[i].partner_ids for i in a.partnership_ids))


def partners(world, v):
    columns = (
        "partner_id name partner_type place former_names statuses start_date start_qualifier"
        " activity_count last_title last_date last_qualifier last_begins_on last_evidence"
    )
    agreed: dict[str, list[Any]] = {}
    held: dict[str, list[Any]] = {}
    for p in world.partnerships:
        seen = any(oracle.is_within(y, y, v) for y in oracle.years_seen(p, v))
        if oracle.is_chosen(p, v) and (seen or oracle.is_running_within(p, v)):
            for i in {told(world, p.association, i, v["as_of"]) for i in p.partner_ids}:
                agreed.setdefault(i, []).append(p)
    for a in oracle.held(world, v):
        ids = partners_of_activity(world, a)
        for i in {told(world, a.association, i, v["as_of"]) for i in ids}:
            held.setdefault(i, []).append(a)
    rows = []
    for i in agreed.keys() | held.keys():
        partner = world.partners[i]
        if v["partner_type"] and partner.partner_type not in v["partner_type"]:
            continue
        begun = [p for p in agreed.get(i, []) if p.begins_on and p.begins_on <= v["as_of"]]
        first = min(
            begun,
            key=lambda p: (p.begins_on, p.start_date, p.start_qualifier or "~"),
            default=None,
        )
        last = min(
            held.get(i, []),
            key=lambda a: (oracle.latest_first(a), a.title, a.activity_id),
            default=None,
        )
        rows.append(
            (
                *(i, partner.name, partner.partner_type, place_name(partner.municipality)),
                former_names(world, i, v),
                sorted(oracle.status(p, v) for p in agreed.get(i, [])),
                *((first.start_date, first.start_qualifier) if first else (None, None)),
                len(held.get(i, [])),
                *(getattr(last, c, None) for c in ("title", "start_date", "date_qualifier")),
                *(getattr(last, c, None) for c in ("begins_on", "evidence")),
            )
        )
    return frame(columns, sorted(rows, key=lambda row: (row[1], row[0])))


def former_names(world, partner_id, v):
    """What those are called that are told as this one on the day, by an association asked of."""
    whose = {a.association for a in (*world.partnerships, *world.activities, *world.targets)}
    whose |= {o.association for o in world.outcomes}
    found = {
        world.partners[i].name
        for association in whose
        if not v["association"] or association in v["association"]
        for i in world.partners
        if i != partner_id and told(world, association, i, v["as_of"]) == partner_id
    }
    return sorted(found) or None


def place_name(number):
    named = (row["name"] for row in rows_of("municipalities") if row["number"] == number)
    return next(named, None)


# Places


@cache
def rows_of(name):
    with (KLASS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_valid(row, day):
    first = row["valid_from"] or str(date.min)
    return first <= str(day) <= (row["valid_to"] or str(date.max))


@cache
def valid_on(day):
    return {
        row["number"]
        for row in rows_of("municipalities")
        if is_valid(row, max(day, date(1900, 1, 1)))
    }


@cache
def became(day):
    """What each municipality became on a day of reform, what stays itself among them."""
    days = list(ERAS.values())
    before = valid_on(days[days.index(day) - 1])
    pairs = {(n, n) for n in before & valid_on(day)}
    return pairs | {(r["number"], r["became"]) for r in rows_of("reforms") if r["date"] == str(day)}


def parts(number, era, borders):
    """Which municipalities one of an era may have been or become within other borders."""
    days = list(ERAS.values())
    at, to, found = days.index(ERAS[era]), days.index(ERAS[borders]), {number}
    while at < to:
        at += 1
        found = {new for n in found for old, new in became(days[at]) if old == n}
    while at > to:
        found = {old for n in found for old, new in became(days[at]) if new == n}
        at -= 1
    return found


def where(number, day, borders):
    """The municipality and the county of a place that is told by its number on a day, or at some
    time; "several" where it can't be told which."""
    eras = [era for era, first in ERAS.items() if day is None or first <= day]
    eras = eras if day is None else eras[-1:]
    found = {
        part
        for era in eras
        if number in valid_on(ERAS[era])
        for part in parts(number, era, borders)
    }
    return tuple(
        None if not some else some.pop() if len(some) == 1 else "several"
        for some in (found, {part[:2] for part in found})
    )


def places_of(world, one, partnerships, v):
    """The municipalities and counties of a thing: an activity's own, those of an agreement's
    partners."""
    if hasattr(one.of, "partnership_type"):
        ids = {i for p in partnerships for i in p.partner_ids}
        stood = [(world.partners[i].municipality, None) for i in ids]
    else:
        activity = one.of if hasattr(one.of, "partner_ids") else getattr(one.of, "activity", None)
        stood = [(activity.municipality, activity.begins_on)] if activity else []
    found = [where(number, day, v["borders"]) for number, day in stood if number]
    return {m for m, _ in found if m}, {c for _, c in found if c}


def explore_places(world, v):
    names = {
        row["number"]: row["name"] for f in ("municipalities", "counties") for row in rows_of(f)
    }
    stood = {(a.municipality, a.begins_on) for a in world.activities if oracle.is_of(a, v)}
    used = {i for p in world.partnerships if oracle.is_of(p, v) for i in p.partner_ids}
    stood |= {(world.partners[i].municipality, None) for i in used}
    numbers = {n for number, day in stood if number for n in where(number, day, v["borders"])}
    rows = [(n, names[n]) for n in numbers if n in names]
    return frame("number name", sorted(rows, key=lambda row: (len(row[0]), row[1], row[0])))


oracle.ANSWERS.update({f.__name__: f for f in (partner, partners, explore_places)})
