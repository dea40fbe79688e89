-- One row per year and event (started, ended), where known to the year.
with event as (
    select facet_id, partnership_count, year(begins_on) as year,
        'started' as event
    from partnership_cells
    where start_is_known and begins_on <= $as_of
    union all
    select facet_id, partnership_count, year(ends_on), 'ended'
    from partnership_cells
    where end_is_known and ends_on <= $as_of
)
select year::integer as year, event,
    sum(partnership_count)::bigint as partnership_count
from event
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where within(year, year, $from_year, $to_year)
group by all
order by all
