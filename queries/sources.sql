-- One row per kind of record, programme, measure, evidence and source, the most
-- used first: of all records there are or, where measures are asked for, of those
-- that by as_of are in their numbers, but for partnerships in force, of which
-- partnership_sources.sql tells.
with asked as (
    select counted_id from counted_sets where list_has_any(counted_in, $counted_in)
),
counted as (
    select * exclude (counted_id)
    from source_cells
    where len($counted_in) = 0 or counted_id in (from asked)
    union all by name
    -- What is not counted yet is taken away again.
    select * exclude (counted_id, counts_on) replace (-record_count as record_count)
    from source_days
    where counts_on > $as_of and counted_id in (from asked)
),
cited as (
    select c.record, s.association, s.programme, c.measure, c.evidence, c.source,
        c.source_date, if($latest, c.to_year, null) as to_year,
        sum(c.record_count)::bigint as record_count
    from counted as c
    join selected($association, $partner_type, $partnership_type, $programme)
        as s using (facet_id)
    where ($illustrative or coalesce(c.evidence <> 'illustrative', true))
        and if(len($counted_in) = 0,
            c.record not in ('start', 'end', 'reached') and coalesce(
                matches(c.record, c.from_year, c.to_year, $from_year, $to_year),
                c.record in ('partnership', 'quote')),
            within(c.from_year, c.to_year, $from_year, $to_year)
            and (not $single_years or coalesce(c.from_year = c.to_year, false))
            and (not $exact_years or coalesce(
                c.from_year = $from_year and c.to_year = $to_year, false)))
    group by all
    having sum(c.record_count) > 0
),
latest as (
    select * from cited
    qualify not $latest or coalesce(to_year >= max(to_year)
        over (partition by association, programme), true)
)
select record, programme, measure, evidence::varchar as evidence, source,
    sum(record_count)::bigint as record_count, max(source_date) as source_date
from latest
group by record, programme, measure, latest.evidence, source
order by record, record_count desc, source nulls last, programme, measure,
    evidence nulls last
