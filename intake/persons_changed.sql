-- One row per association, programme and year: by how many persons, at the least,
-- this version differs from the one before, whatever its rounds are called. Who
-- was added is in several counts, so it is the one that differs most.
with now as (
    select cell, kind, count from given_rounded
),
before as (
    select cell, kind, count from given_published where cell is not null
),
came as (
    select *, row_number() over (partition by kind order by count desc) as place
    from now
    anti join before using (cell)
),
went as (
    select *, row_number() over (partition by kind order by count desc) as place
    from before
    anti join now using (cell)
),
changed as (
    select n.kind, abs(n.count - b.count) as persons
    from now as n
    join before as b using (cell)
    union all
    select coalesce(c.kind, w.kind),
        abs(coalesce(c.count, 0) - coalesce(w.count, 0))
    from came as c
    full join went as w on w.kind = c.kind and w.place = c.place
)
select association, programme, year, max(persons)::integer as persons
from (
    select split_part(kind, chr(31), 1) as association,
        split_part(kind, chr(31), 2) as programme,
        split_part(kind, chr(31), 3) as year, sum(persons) as persons
    from changed
    group by association, programme, year, kind
)
group by association, programme, year
having max(persons) > 0
order by association, programme, year;
