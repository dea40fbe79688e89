-- One row per year and event (started, ended), where known to the year.
select year, replace(event, 'partnerships_', '') as event,
    count(*) as partnership_count
from partnership_events($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where year is not null and within(year, year, $from_year, $to_year)
group by all
order by all
