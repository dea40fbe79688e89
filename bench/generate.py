"""A data folder of any size in the contract of data/: `python bench/generate.py DIR ACTIVITIES`.

Deterministic: the same size gives the same bytes. One activity in nine is a round
with some eighteen outcomes, so that there are twice as many outcomes as activities; a small share
is undated, uncounted or cancelled, as in real files. Counts of people are in the first 2,000
activities and at open events: 3,900 cells are protected, whatever the size, unless it is asked for.
"""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

from ringvirkning import ROOT

DATA = ROOT / "data"

TYPES = """
create macro types(kind) as case kind
    when 'partner_type' then
        (select list(partner_type order by position) from partner_types)
    when 'partnership_type' then
        (select list(partnership_type order by position) from partnership_types)
    else (select list(activity_type order by position) from activity_types)
end
"""

# An association's activities are under its own partnerships, one after another.
OWN = """
create macro own_partnership(i) as i // 9 % $associations
    + $associations * (i // (9 * $associations) % ($partnerships // $associations))
"""

PARTNERS = """
select 'p' || i as partner_id, 'Partner ' || i as name,
    types('partner_type')[1 + i % 9] as partner_type,
    null as organisation_number, null as note
from range($partners) as r(i)
"""

PARTNERSHIPS = """
select 's' || i as partnership_id,
    'Forening ' || (1 + i % $associations) as association,
    'Partnerskap ' || i as title,
    types('partnership_type')[1 + i % 7] as partnership_type,
    'p' || (i % $partners)
        || case when i % 3 = 0 then '|p' || ((i + 1) % $partners) else '' end as partner_ids,
    'Program ' || (i % 12) as programme,
    case when i % 11 > 0 then (2008 + i % 15) || '-0' || (1 + i % 9) end as start_date,
    case when i % 4 = 0 then 'no_later_than' end as start_qualifier,
    case when i % 5 = 0 then (2023 + i % 6)::varchar end as end_date,
    null as end_qualifier,
    case when i % 2 = 0 then (2020 + i % 7)::varchar end as confirmed_date,
    'Formål ' || i as purpose, null as focus_areas,
    'https://kilde' || (i % 5) || '.no/' as source, '2024' as source_date, null as note
from range($partnerships) as r(i)
"""

ACTIVITIES = """
select 'a' || i as activity_id,
    'Forening ' || (1 + i // 9 % $associations) as association,
    's' || own_partnership(i)
        || case when i % 10 = 0 then '|s' || own_partnership(i + 9 * $associations) else '' end
        as partnership_ids,
    null as partner_ids,
    case when i % 9 = 0 or i % 5 = 0 then 'Program ' || (i % 12) end as programme,
    types('activity_type')[1 + i % 9] as activity_type,
    'Aktivitet ' || i as title,
    case when i % 37 > 0
        then (date '2010-01-04' + ((i * 7919) % 6150)::integer)::date::varchar end as start_date,
    null as end_date, null as date_qualifier,
    case when i % 53 = 0 and i % 9 > 0 then 'yes' end as cancelled,
    case when i % 4 > 0 and (i < $persons or i % 9 in (1, 2)) then 20 + i % 60 end
        as registered_count,
    case when i % 11 > 0 and (i < $persons or i % 9 in (1, 2)) then 10 + i % 10 end
        as attended_count,
    case when i % 6 = 0 then i % 12 end as employer_count,
    null as count_qualifier,
    enum_range(null::evidence)[1 + i % 6] as evidence,
    'https://kilde' || (i % 5) || '.no/' as source, '2025-06' as source_date, null as note
from range($activities) as r(i)
"""

OUTCOMES = """
select 'o' || i || m.measure || coalesce(age, '') || coalesce(point, '') as outcome_id,
    'a' || i as activity_id,
    null as programme, null as association, null as year,
    case when i < $persons then m.measure else m.other end as measure,
    case when age is null then 3 * (i // 9 % 3) else i // 9 % 3 end as value, null as quote,
    point as measured_at,
    case when point <> 'exit' then 9 end as followed_up_count, age as age_group,
    enum_range(null::evidence)[1 + (i // 9) % 6] as evidence,
    null as value_qualifier,
    'https://kilde' || (i % 5) || '.no/' as source, '2025-06' as source_date, null as note
from range(0, $activities, 9) as r(i),
    (values ('interviews', 'exit', 'companies_started'),
        ('placement_permanent', 'exit', 'jobs_created_fte'),
        ('education_start', 'exit', 'plans_adopted'),
        ('in_work_or_education', '6_months', 'jobs_safeguarded_fte'),
        ('in_work_or_education', '12_months', 'jobs_safeguarded_fte')) as m (measure, point, other),
    (values (null), ('16_19'), ('20_24'), ('25_30')) as g (age)
where (i // 9) % 10 < 9
"""

TARGETS = """
select 'Forening 1' as association, 'Program 0' as programme,
    'placement_permanent' as measure, (2010 + i)::varchar as year,
    1000 as value, null as quote, null as baseline, 'stated' as evidence,
    null as source, null as note
from range(17) as r(i)
"""


ROWS = {
    "partners": PARTNERS,
    "partnerships": PARTNERSHIPS,
    "activities": ACTIVITIES,
    "outcomes": OUTCOMES,
    "targets": TARGETS,
}

# Whose a row of these is; all of others is shared, and there are targets of the first alone.
OWNER = {
    "partnerships": "association",
    "activities": "association",
    "outcomes": "'Forening ' || (1 + activity_id[2:]::bigint // 9 % $associations)",
    "targets": "association",
}


def generate(
    folder: Path,
    activities: int,
    associations: int = 2,
    persons: int = 2000,
    partnerships: int = 0,
) -> Path:
    """Write the six files of a set with so many activities and twice as many outcomes.

    Counts of people are in the first so many activities: two are protected for each of them. There
    are as many partnerships as suit the activities, where it isn't said, and two for each
    association at least.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = set_of(activities, associations, persons, partnerships)
    con = generator(sizes)
    for name, sql in ROWS.items():
        write(con, folder, name, filled(sql, sizes))
    shutil.copy(DATA / "measures.csv", folder)
    return folder


def generate_parts(place: Path, activities: int, associations: int, persons: int = 2000) -> Path:
    """The same rows as a place of `publish-parts`: a folder for each association, and the shared
    one."""
    sizes = set_of(activities, associations, persons, 0)
    folders = [place / f"Forening {number}" for number in range(1, associations + 1)]
    for folder in (place / "shared", *folders):
        folder.mkdir(parents=True, exist_ok=True)
    con = generator(sizes, place / "rows.duckdb")
    for name, sql in ROWS.items():
        if name not in OWNER:
            write(con, place / "shared", name, filled(sql, sizes))
            continue
        # Made once: to make them anew for each folder would take as long as there are folders.
        con.execute(
            filled(f"create table made as select {OWNER[name]} as owner, * from ({sql})", sizes)
        )
        for folder in folders:
            own = f"select * exclude (owner) from made where owner = '{folder.name}'"
            write(con, folder, name, own)
        con.execute("drop table made")
    con.close()
    (place / "rows.duckdb").unlink()
    shutil.copy(DATA / "measures.csv", place / "shared")
    return place


def set_of(activities: int, associations: int, persons: int, partnerships: int) -> dict[str, int]:
    return {
        "activities": activities,
        "partnerships": partnerships or max(min(60 + activities // 1000, 400), 2 * associations),
        "partners": 40,
        "persons": persons,
        "associations": associations,
    }


def generator(
    sizes: Mapping[str, int], place: Path | str = ":memory:"
) -> duckdb.DuckDBPyConnection:
    """A database that knows the types, and which partnership an activity is of."""
    con = duckdb.connect(place)
    con.execute((ROOT / "queries" / "schema.sql").read_text("utf-8"))
    for kind in ("partner_type", "partnership_type", "activity_type"):
        con.execute(f"copy {kind}s from '{(DATA / f'{kind}s.csv').as_posix()}' (header)")
    con.execute(TYPES)
    con.execute(filled(OWN, sizes))
    return con


def write(con: duckdb.DuckDBPyConnection, folder: Path, name: str, rows: str) -> None:
    con.execute(f"copy ({rows}) to '{(folder / f'{name}.csv').as_posix()}' (header, delim ',')")


def filled(sql: str, sizes: Mapping[str, int]) -> str:
    for size, number in sizes.items():
        sql = sql.replace(f"${size}", str(number))
    return sql


if __name__ == "__main__":
    print(generate(Path(sys.argv[1]), int(sys.argv[2])))
