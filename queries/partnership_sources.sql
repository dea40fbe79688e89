-- One row per programme and source of the partnerships that are in force in some of the
-- years, the most used first. They stand apart from sources.sql, which would take half
-- as long again to plan.
with counted as (
    select distinct facet_id, partnership_id
    from partnerships_in_force($as_of)
    where within(year, year, $from_year, $to_year)
)
select s.programme, c.source, count(*) as record_count,
    max(c.source_date) as source_date
from counted
join partnerships_cited as c using (partnership_id)
join selected($association, $partner_type, $partnership_type, $programme)
    as s using (facet_id)
group by s.programme, c.source
order by record_count desc, c.source nulls last, s.programme
