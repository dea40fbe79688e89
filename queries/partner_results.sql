-- One row per programme, measure, measuring point, period, evidence and status of
-- the results that a partner contributed to, under all its names, and with whom;
-- shared_value is the part that others contributed to as well.
with own as (
    select o.*, s.other_ids
    from outcomes as o
    join story_links($partner_id, $as_of) as s using (link_id)
    where (o.value is not null or o.value_status is not null) and not o.is_part
        and is_of(o.association, $association)
        and ($illustrative or o.evidence <> 'illustrative')
),
summed as (
    select programme, measure, measured_at, from_year, to_year, period, evidence,
        nullif(value_status::varchar, 'known') as value_status,
        count(*) as result_count, told(summed(number)) as value,
        told(summed(if(len(other_ids) > 0, number, null))) as shared_value,
        list_distinct(flatten(list(other_ids))) as others
    from own
    group by all
)
select * exclude (others), (
        select list(name order by name) from partners
        where list_contains(others, partner_id)
    ) as shared_with
from summed
order by programme, from_year, measure, measured_at, to_year, period, evidence,
    value_status
