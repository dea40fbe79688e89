-- One row per association, programme and year whose counts tell of a few persons
-- who has seen the version before, too: how many have come or gone at the least. A
-- person is in several counts, so it is the one that differs most. What was not
-- counted before tells nothing; ids don't matter.
with now as (
    select cell, kind, count from given_rounded
),
before as (
    select cell, kind, count from given_before
),
came as (
    select *, row_number() over (partition by kind, count order by cell) as place
    from now
    anti join before using (cell)
),
went as (
    select *, row_number() over (partition by kind, count order by cell) as place
    from before
    anti join now using (cell)
),
-- Under other ids the same counts are the same rounds; of the others, by size.
new as (
    select kind, count, row_number() over (partition by kind order by count desc)
        as size
    from came
    anti join went using (kind, count, place)
),
gone as (
    select kind, count, row_number() over (partition by kind order by count desc)
        as size
    from went
    anti join came using (kind, count, place)
),
changed as (
    select n.kind, abs(n.count - b.count) as persons
    from now as n
    join before as b using (cell)
    union all
    select kind, abs(n.count - g.count)
    from new as n
    join gone as g using (kind, size)
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
having max(persons) between 1 and $1 - 1
order by association, programme, year;
