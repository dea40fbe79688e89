-- One row per year and event (started, ended), where known to the year.
with event as (
    select facet_id, partnership_count, start_year as year, 'started' as event
    from partnership_cells
    where start_year is not null and begins_on <= $as_of
    union all
    select facet_id, partnership_count, end_year, 'ended'
    from partnership_cells
    where end_year is not null and ends_on <= $as_of
)
select year, event,
    sum(partnership_count)::bigint as partnership_count
from event
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where within(year, year, $from_year, $to_year)
group by all
order by all
