"""Made-up data folders, small and odd, within the contract; and the questions asked of them."""

from datetime import date, timedelta

import pandas as pd
from hypothesis import strategies as st

from tests import oracle

MEASURES = pd.read_csv("data/measures.csv", dtype=str, keep_default_na=False)
ASSOCIATIONS = ["Forening A", "Forening B"]
PROGRAMMES = ["WorkOP", "Mentor", "Ørneløft"]
PARTNER_TYPES = ["county", "municipality", "labour_welfare", "company"]
PARTNERSHIP_TYPES = ["strategic", "project", "other"]
AGES = ["", "", "16_19", "20-24"]
BACKGROUNDS = ["", "", "", "flyktninger"]
# Of each border reform: merged, split, unchanged; and one that is none.
MUNICIPALITIES = ["", "", "0602", "0711", "3005", "3301", "1103", "1141", "1507", "1850", "9998"]
SOURCES = ["", "Årsrapport 2020", "https://www.a.no/x", "https://a.no/y", "http://b.kommune.no"]
COLUMNS = {
    "associations": (
        "association short_name organisation_number area municipalities site title_colour"
        " band_colour logo"
        " flagship_programme key_figures target_measure source note"
    ),
    "partners": (
        "partner_id name partner_type organisation_number head_id valid_from valid_to"
        " municipality note"
    ),
    "successions": "predecessor_id successor_id date association place source note",
    "partnerships": (
        "partnership_id association title partnership_type partner_ids programme start_date"
        " start_qualifier end_date end_qualifier agreement_status agreement_level part_of"
        " confirmed_date confirmed_role confirmed_source asked_date purpose focus_areas source"
        " source_date note"
    ),
    "programmes": (
        "association programme target_group age_from age_to purpose source source_date note"
    ),
    "work_streams": (
        "work_stream_id partnership_id title programme work_status achieved next_step due_date"
        " own_role partner_role evidence source source_date note"
    ),
    "contributions": (
        "contribution_id partnership_id giver partner_ids contribution_kind amount"
        " amount_qualifier currency description contribution_state granted_date year source"
        " source_date note"
    ),
    "activities": (
        "activity_id association partnership_ids partner_ids programme activity_type title"
        " start_date end_date date_qualifier municipality cancelled registered_count"
        " attended_count employer_count count_qualifier evidence source source_date note"
    ),
    "outcomes": (
        "outcome_id activity_id programme association year partnership_id partner_id measure value"
        " value_status quote measured_at followed_up_count age_group background evidence"
        " value_qualifier source source_date note"
    ),
    "targets": (
        "association programme partnership_id measure year value quote baseline evidence source"
        " note"
    ),
    "events": (
        "event_id association event_kind date title_nb title_en is_internal source source_date note"
    ),
    "remarks": (
        "remark_id association measure period text_nb text_en is_internal source source_date"
    ),
}

# Questions of one's own: any measure at any point it is measured at, by anything.
ASKED = [
    *[(measure, "exit") for measure in ("active_partnerships", "partnerships_started")],
    *[(measure, "exit") for measure in ("partnerships_ended", "activities_held", "attended")],
    *[(measure, "exit") for measure in ("placements", "placement_rate", "jobs_created_fte")],
    *[(measure, "exit") for measure in ("partners_with_agreement", "partners_in_activities")],
    ("agreements_in_activities", "exit"),
    *[(measure, "exit") for measure in ("mentors", "interviews", "in_work_or_education")],
    *[(measure, "6_months") for measure in ("in_work_or_education", "retention_rate")],
    *[("target_attainment", of) for of in ("placement_permanent", "jobs_created_fte")],
]
DIMENSIONS = [
    *[
        "",
        "time",
        "time",
        "time",
        "association",
        "partner_type",
        "partnership_type",
        "programme",
        "partner",
    ],
    *["partnership", "activity_type", "kind", "evidence", "round"],
    *["partner_head", "municipality", "county"],
    *["focus_area", "age_group", "background"],
]
AREAS = ["ungdom", "næring", "kompetanse"]
DIVISORS = ["", "", "", "placements", "mentors", "attended"]
# What is no number of an activity or a result, or is divided already.
UNDIVIDED = (
    *("active_partnerships", "partnerships_started", "partnerships_ended", "target_attainment"),
    *("partners_with_agreement", "partners_in_activities", "agreements_in_activities"),
    *("placement_rate", "retention_rate"),
)
COUNTED_IN = [
    *[measure if point == "exit" else f"{measure}:{point}" for measure, point in ASKED],
    *["rounds", "registered", "employers", "retention_rate:12_months"],
]
KEYS = [
    "",
    "2024",
    "2025-H1",
    "2024-Q2",
    "2024?",
    "county",
    "WorkOP",
    "p0",
    "s1",
    "a1",
    "employer",
    "3005",
]

years = st.integers(2019, 2026)
days = st.dates(date(2019, 1, 1), date(2026, 12, 31))
known_dates = st.one_of(
    years.map(str), days.map(lambda day: f"{day:%Y-%m}"), days.map(date.isoformat)
)
dates = st.one_of(st.just(""), known_dates, known_dates)
date_qualifiers = st.sampled_from(["", "exact", "exact", "about", "no_later_than"])
counts = st.one_of(st.just(""), st.integers(0, 60).map(str), st.integers(10, 60).map(str))
count_qualifiers = st.sampled_from(["", "exact", "about", "over"])
sources = st.sampled_from(SOURCES)
programmes = st.sampled_from(["", *PROGRAMMES, *PROGRAMMES])
parts_of_years = st.one_of(
    st.tuples(years, st.integers(1, 4)).map(lambda part: f"{part[0]}-Q{part[1]}"),
    days.map(lambda day: f"{day:%Y-%m}"),
    years.map(lambda year: f"{year}-08/{year + 1}-07"),
)
periods = st.one_of(
    years.map(str),
    st.tuples(years, years).map(lambda pair: f"{min(pair)}/{max(pair)}"),
    parts_of_years,
)


def frame(name, rows):
    return pd.DataFrame(rows, columns=COLUMNS[name].split(), dtype=object).fillna("")


def some(ids, least=0):
    return st.lists(st.sampled_from(ids), min_size=least, max_size=3, unique=True).map("|".join)


@st.composite
def start_and_end(draw):
    start, end = draw(dates), draw(dates)
    if start and end and oracle.latest(end) < oracle.earliest(start):
        start, end = end, start
    return start, end


@st.composite
def partnership(draw, number, partner_ids):
    start, end = draw(start_and_end())
    return {
        "partnership_id": f"s{number}",
        "association": draw(st.sampled_from(ASSOCIATIONS)),
        "title": f"Avtale {number}",
        "partnership_type": draw(st.sampled_from(PARTNERSHIP_TYPES)),
        "partner_ids": draw(some(partner_ids, least=1)),
        "programme": draw(programmes),
        "start_date": start,
        "start_qualifier": draw(date_qualifiers),
        "end_date": draw(st.sampled_from(["", end])),
        "end_qualifier": draw(date_qualifiers),
        "confirmed_date": draw(dates),
        "confirmed_role": draw(st.sampled_from(["", "daglig leder"])),
        "confirmed_source": draw(st.sampled_from(["", "samtale", "https://x.example/a"])),
        "asked_date": draw(dates),
        "focus_areas": "|".join(draw(st.lists(st.sampled_from(AREAS), max_size=2, unique=True))),
        "source": draw(sources),
        "source_date": draw(dates),
    }


def levelled(draw, partnerships):
    """Some of them part of one before it of the same association."""
    for place, row in enumerate(partnerships):
        before = [p for p in partnerships[:place] if p["association"] == row["association"]]
        ids = [p["partnership_id"] for p in before]
        row["part_of"] = draw(st.sampled_from(["", *ids]))
    return partnerships


@st.composite
def work_stream(draw, number, partnership_ids):
    due = draw(dates)
    return {
        "work_stream_id": f"w{number}",
        "partnership_id": draw(st.sampled_from(partnership_ids)),
        "title": f"Arbeid {number}",
        "programme": draw(programmes),
        "work_status": draw(st.sampled_from(["planned", "under_way", "done", "unknown"])),
        "next_step": "Møte" if due else "",
        "due_date": due,
        "own_role": draw(st.sampled_from(["", "daglig leder"])),
        "evidence": draw(st.sampled_from(["unstated", "register", "illustrative"])),
        "source": draw(sources),
    }


@st.composite
def contribution(draw, number, partnership_ids, partner_ids):
    kind = draw(st.sampled_from(["cash", "hours", "in_kind"]))
    givers = draw(some(partner_ids))
    return {
        "contribution_id": f"c{number}",
        "partnership_id": draw(st.sampled_from(partnership_ids)),
        "giver": "partners" if givers else draw(st.sampled_from(["association", "others"])),
        "partner_ids": givers,
        "contribution_kind": kind,
        "amount": draw(st.sampled_from(["", "100", "12.5"])),
        "amount_qualifier": draw(st.sampled_from(["", "exact", "about", "over"])),
        "currency": "" if kind == "hours" else draw(st.sampled_from(["NOK", "EUR"])),
        "description": "Lokaler",
        "contribution_state": draw(st.sampled_from(["granted", "paid", "estimated"])),
        "granted_date": draw(st.sampled_from(["", "2023-12", "2023-12-07"])),
        "year": draw(st.sampled_from(["", "2024", "2023/2025"])),
        "source": draw(sources),
    }


names_of_rounds = st.sampled_from(
    ["Møte", "Vår", "Runden våren", "Høstkull", "Vår runde", "Vårrunde", "Winter"]
)


@st.composite
def activity(draw, number, partnership_ids, partner_ids):
    start, end = draw(start_and_end())
    return {
        "activity_id": f"a{number}",
        "association": draw(st.sampled_from(ASSOCIATIONS)),
        "partnership_ids": draw(some(partnership_ids)),
        "partner_ids": draw(some(partner_ids)),
        "programme": draw(programmes),
        "activity_type": draw(st.sampled_from(["job_matching", "conference", "course", "other"])),
        "title": f"{draw(names_of_rounds)} {number}",
        "start_date": start,
        "end_date": draw(st.sampled_from(["", end])),
        "date_qualifier": draw(date_qualifiers),
        "municipality": draw(st.sampled_from(MUNICIPALITIES)),
        "cancelled": draw(st.sampled_from(["", "", "", "no", "yes"])),
        "registered_count": draw(counts),
        "attended_count": draw(counts),
        "employer_count": draw(counts),
        "count_qualifier": draw(count_qualifiers),
        "evidence": draw(st.sampled_from(oracle.EVIDENCE)),
        "source": draw(sources),
        "source_date": draw(dates),
    }


@st.composite
def figure(draw, measure):
    """What every outcome has; a value, words or both."""
    quote = draw(st.sampled_from(["", "", "", "mange", "nesten alle"]))
    value = draw(st.integers(0, 30))
    if measure.endswith("_fte"):
        value += draw(st.sampled_from([0, 0.5, 0.25]))
    if draw(st.integers(0, 7)) == 7:
        status = draw(st.sampled_from(["missing", "suppressed", "not_yet"]))
    else:
        status = ""
    is_known = not (status or (quote and draw(st.booleans())))
    return {
        "measure": measure,
        "quote": quote,
        "value": str(value) if is_known else "",
        "value_status": status,
        "age_group": draw(st.sampled_from(AGES)),
        "background": draw(st.sampled_from(BACKGROUNDS)),
        "evidence": draw(st.sampled_from(oracle.EVIDENCE)),
        "value_qualifier": draw(count_qualifiers),
        "source": draw(sources),
        "source_date": draw(dates),
    }


ROUND_MEASURES = [
    *[(measure, "exit") for measure in oracle.PLACEMENTS],
    *[(measure, "") for measure in ("interviews", "placement_permanent", "jobs_created_fte")],
    ("education_start", "exit"),
    ("placement_temporary", "6_months"),
    *[("in_work_or_education", at) for at in ("exit", "6_months", "6_months", "12_months")],
]


@st.composite
def round_outcomes(draw, activity):
    """Results of a round: no more placed than came, none longer in work than were placed."""
    drawn = draw(st.lists(st.sampled_from(ROUND_MEASURES), max_size=6))
    rows = []
    for measure, measured_at in drawn:
        row = draw(figure(measure)) | {
            "activity_id": activity["activity_id"],
            "measured_at": measured_at,
        }
        if measured_at in ("6_months", "12_months"):
            row["followed_up_count"] = draw(counts)
        if draw(st.integers(0, 5)) == 5:
            row |= {"programme": activity["programme"], "association": activity["association"]}
        if activity["evidence"] == "illustrative":
            row["evidence"] = "illustrative"
        rows.append(row)
    attended = oracle.number(activity["attended_count"] or None)
    placed, entered, has_entered = 0, 0, False
    rows = distinct(rows)
    for row in rows:
        is_part = bool(row["age_group"] or row["background"])
        is_whole = not is_part and row["measured_at"] in ("", "exit")
        if row["value"] and is_whole and row["measure"] in oracle.PLACEMENTS:
            if attended is not None:
                row["value"] = str(min(int(row["value"]), attended - placed))
            placed += int(row["value"])
        if is_whole and row["measure"] in (*oracle.PLACEMENTS, "education_start"):
            entered += int(row["value"] or 0)
            has_entered = True
    for row in rows:
        limits = [int(row["followed_up_count"])] if row.get("followed_up_count") else []
        is_part = bool(row["age_group"] or row["background"])
        is_whole_later = row["measure"] == "in_work_or_education" and not is_part
        if is_whole_later and has_entered:
            limits.append(entered)
        if row["value"] and limits:
            row["value"] = str(min(int(row["value"]), *limits))
    if activity["cancelled"] == "yes":
        rows = [row | {"value": "", "value_status": "", "quote": "Avlyst"} for row in rows]
    return rows


@st.composite
def programme_outcome(draw, partnerships, partner_ids):
    """A result of a programme, of a partner in it, or of an agreement and a partner."""
    measure = draw(
        st.sampled_from(
            ["placement_permanent", "jobs_created_fte", "events_held", "mentors", "mentors"]
        )
    )
    row = draw(figure(measure)) | {
        "programme": draw(st.sampled_from(PROGRAMMES)),
        "association": draw(st.sampled_from(ASSOCIATIONS)),
        "year": draw(periods),
        "partner_id": draw(st.sampled_from(["", "", *partner_ids])),
    }
    if row["partner_id"] and draw(st.booleans()):
        row["programme"] = ""
    if draw(st.integers(0, 2)) == 2:
        row |= draw(of_agreement(partnerships))
    return row


@st.composite
def of_agreement(draw, partnerships):
    """What a row that names an agreement says of it; its programme may be another."""
    agreement = draw(st.sampled_from(partnerships))
    return {
        "partnership_id": agreement["partnership_id"],
        "association": agreement["association"],
        "programme": draw(st.sampled_from([agreement["programme"], "Mentor"])),
    }


@st.composite
def target(draw, partnerships):
    row = draw(figure(draw(st.sampled_from(["placement_permanent", "jobs_created_fte"]))))
    own = {"association": draw(st.sampled_from(ASSOCIATIONS)), "programme": draw(programmes)}
    if draw(st.integers(0, 2)) == 2:
        own = draw(of_agreement(partnerships))
    value = row["value"] or ("" if row["quote"] else "7")
    return own | {
        "measure": row["measure"],
        "year": draw(periods),
        "value": value,
        "quote": row["quote"],
        "baseline": draw(st.sampled_from(["", "0", "12", "-3.5"])),
        "evidence": draw(st.sampled_from(["stated", "illustrative"])),
        "source": row["source"],
    }


def distinct(outcomes):
    """Without results that are there twice, each with an id."""
    seen = set()
    kept: list[dict[str, str]] = []
    for row in outcomes:
        names = ["programme", "association", "partnership_id", "partner_id"]
        if row.get("activity_id"):
            names = ["activity_id"]
        whose = tuple(row.get(name, "") for name in names)
        parts = (row["age_group"], row["background"], row.get("measured_at") or "exit")
        year = "" if row.get("activity_id") else row.get("year", "")
        # What lies within one year is told once, as the whole or as one of its parts.
        key = (
            whose,
            row["measure"],
            *parts,
            year[:4] if year[:4] in year[5:] + year[:4] * ("/" not in year) else year,
        )
        if key not in seen:
            seen.add(key)
            kept.append(row | {"outcome_id": f"o{len(kept)}"})
    return kept


def earlier(number):
    """One of the partners before it, or none: whatever refers to them, nothing goes round."""
    return st.sampled_from(["", "", *(f"p{i}" for i in range(number))])


@st.composite
def succession(draw, partner_count):
    """One partner in the place of another, perhaps for one association: forks are among them."""
    number = draw(st.integers(1, partner_count - 1))
    return {
        "predecessor_id": f"p{number}",
        "successor_id": f"p{draw(st.integers(0, number - 1))}",
        "date": draw(st.sampled_from(["", "2018-05", "2020-01-01", "2024"])),
        "association": draw(st.sampled_from(["", *ASSOCIATIONS])),
        "place": draw(st.sampled_from(["", "", "33", "3209"])),
    }


def association(name):
    return st.fixed_dictionaries(
        {
            "association": st.just(name),
            "short_name": st.sampled_from(["", "NF"]),
            "organisation_number": st.sampled_from(["", "974760673"]),
            "municipalities": st.sampled_from(["", "3301|3312", "3209|3240"]),
            "title_colour": st.sampled_from(["", "#0b5563"]),
            "flagship_programme": st.sampled_from(["", *PROGRAMMES]),
            "key_figures": st.sampled_from(["", "placements", "attended|placements"]),
            "target_measure": st.sampled_from(["", "placements"]),
        }
    )


def of_whom(draw):
    return draw(st.sampled_from(["", *ASSOCIATIONS]))


@st.composite
def event(draw, number):
    return {
        "event_id": f"e{number}",
        "association": of_whom(draw),
        "event_kind": draw(st.sampled_from(["reform", "method", "other"])),
        "date": draw(known_dates),
        "title_nb": f"Hendelse {number}",
        "title_en": draw(st.sampled_from(["", f"Event {number}"])),
        "is_internal": draw(st.sampled_from(["", "no", "yes"])),
        "source": draw(sources),
    }


@st.composite
def remark(draw, number):
    return {
        "remark_id": f"r{number}",
        "association": of_whom(draw),
        "measure": draw(st.sampled_from(["active_partnerships", "placement_permanent"])),
        "period": draw(st.one_of(years.map(str), parts_of_years, st.just("2020/2023"))),
        "text_nb": f"Merknad {number}",
        "text_en": draw(st.sampled_from(["", f"Remark {number}"])),
        "is_internal": draw(st.sampled_from(["", "no", "yes"])),
        "source": draw(sources),
    }


@st.composite
def folders(draw):
    """The frames of a small data folder, as its files hold them."""
    partners = [
        {
            "partner_id": f"p{i}",
            "name": f"Partner {i}",
            "partner_type": draw(st.sampled_from(PARTNER_TYPES)),
            "head_id": draw(earlier(i)),
            "valid_from": draw(st.sampled_from(["", "2016", "2020-01-01"])),
            "municipality": draw(st.sampled_from(MUNICIPALITIES)),
        }
        for i in range(draw(st.integers(1, 5)))
    ]
    partner_ids = [p["partner_id"] for p in partners]
    partnerships = [draw(partnership(i, partner_ids)) for i in range(draw(st.integers(3, 7)))]
    partnership_ids = [p["partnership_id"] for p in partnerships]
    activities = [
        draw(activity(i, partnership_ids, partner_ids)) for i in range(draw(st.integers(4, 9)))
    ]
    outcomes = [o for a in activities for o in draw(round_outcomes(a))]
    outcomes += draw(st.lists(programme_outcome(partnerships, partner_ids), max_size=6))
    rows = {
        "associations": [
            draw(association(name)) for name in draw(st.sets(st.sampled_from(ASSOCIATIONS)))
        ],
        "partners": partners,
        "partnerships": levelled(draw, partnerships),
        "programmes": [
            {"association": whose, "programme": name, "target_group": "Unge", "age_from": "16"}
            for whose in ASSOCIATIONS
            for name in draw(st.lists(st.sampled_from(PROGRAMMES), max_size=2, unique=True))
        ],
        "work_streams": [
            draw(work_stream(i, partnership_ids)) for i in range(draw(st.integers(0, 4)))
        ],
        "contributions": [
            draw(contribution(i, partnership_ids, partner_ids))
            for i in range(draw(st.integers(0, 4)))
        ],
        "successions": draw(
            st.lists(succession(len(partners)), max_size=4) if partners[1:] else st.just([])
        ),
        "activities": activities,
        "outcomes": distinct(outcomes),
        "targets": draw(st.lists(target(partnerships), max_size=3)),
        "events": [draw(event(i)) for i in range(draw(st.integers(0, 4)))],
        "remarks": [draw(remark(i)) for i in range(draw(st.integers(0, 4)))],
    }
    return {"measures": MEASURES} | {name: frame(name, own) for name, own in rows.items()}


def notable_days(raw):
    """Days on which something begins, ends, falls due or goes stale, and those beside them."""
    world = oracle.World(raw)
    found = {p.begins_on for p in world.partnerships} | {p.ends_on for p in world.partnerships}
    found |= {p.confirmed_until for p in world.partnerships}
    for a in world.activities:
        found |= {oracle.due_on(a, at) for at in ("exit", "6_months", "12_months")}
    return sorted(day + timedelta(n) for day in found - {None} for n in (-1, 0, 1))


def values(raw):
    """What a page may ask with: any filters, and a day that often matters in this folder."""
    chosen = {
        "association": ASSOCIATIONS,
        "partner_type": PARTNER_TYPES,
        "partnership_type": PARTNERSHIP_TYPES,
        "programme": PROGRAMMES,
    }
    return st.fixed_dictionaries(
        {
            name: st.one_of(st.just([]), st.lists(st.sampled_from(codes), max_size=2, unique=True))
            for name, codes in chosen.items()
        }
        | {
            "span": st.one_of(st.just((None, None)), st.tuples(years, years).map(sorted)),
            "illustrative": st.booleans(),
            "as_of": st.sampled_from([date(2026, 11, 23), *notable_days(raw)]),
            "year": years,
            "partnership_id": st.sampled_from(list(raw["partnerships"].partnership_id)),
            "round_programme": st.sampled_from(PROGRAMMES),
            "asked": st.sampled_from(ASKED),
            "rows": st.sampled_from(DIMENSIONS),
            "split": st.sampled_from(DIMENSIONS),
            "divisor": st.sampled_from(DIVISORS),
            "focus_area": st.sampled_from([[], [], [], ["ungdom"], ["næring", "annet"]]),
            "grain": st.sampled_from(["year", "half_year", "quarter", "season"]),
            "row_key": st.sampled_from(["*", "*", *KEYS]),
            "split_key": st.sampled_from(["*", "*", *KEYS]),
            "limit": st.just(1000),
            "offset": st.just(0),
            "partner_id": st.sampled_from(["p0", "p1", "p3"]),
            "places": st.sampled_from([[], [], ["33"], ["06", "07"], ["3005"], ["several"]]),
            "borders": st.sampled_from(["2024", "2023", "2019"]),
            "matter": st.sampled_from(["not_followed_up", "without_results", "not_counted"]),
            "partnership_ids": st.sampled_from([[], [], ["s0", "s1"]]),
            "agreement_ids": st.sampled_from([["s0"], ["s0", "s1", "s2"], []]),
            "giver_ids": st.sampled_from([[], [], ["p0"]]),
            "partner_ids": st.sampled_from([[], [], ["p0", "p1"]]),
            "activity_ids": st.sampled_from([[], [], ["a0", "a3"]]),
            "dimension": st.sampled_from(["partner", "partnership", "round", "county"]),
            "ids": st.just(["p0", "p2", "s1", "a0", "a3", "30", "none"]),
            "counted_in": st.lists(st.sampled_from(COUNTED_IN), max_size=3, unique=True),
            "exact_years": st.booleans(),
            "single_years": st.booleans(),
            "latest": st.booleans(),
        }
    ).map(spread)


def spread(chosen):
    first, last = chosen.pop("span")
    measure, point = chosen.pop("asked")
    asked = {"measure": measure, "point": point}
    if measure in UNDIVIDED or chosen["divisor"] == measure:
        asked["divisor"] = ""
    return chosen | asked | {"from_year": first, "to_year": last}


def written(raw, folder):
    for name, rows in raw.items():
        rows.to_csv(folder / f"{name}.csv", index=False)
    return folder
