-- One row per programme, measure, measuring point, period, evidence, status and
-- source of the results this partnership contributed to; shared_value is the part
-- that other partnerships contributed to as well.
with own as (
    select o.*, len(l.partnership_ids) > 1 as is_shared
    from outcomes as o
    join links as l using (link_id)
    where not o.is_part and list_contains(l.partnership_ids, $partnership_id)
)
select programme, measure, measured_at, from_year, to_year, period, evidence,
    nullif(value_status::varchar, 'known') as value_status, quote, value_qualifier,
    source, count(*) as result_count, told(summed(number)) as value,
    told(summed(number_of(followed_up_count, within, null, evidence)))
        as followed_up_count,
    told(summed(if(is_shared, number, null))) as shared_value
from own
where $illustrative or evidence <> 'illustrative'
group by all
order by programme, from_year, measure, measured_at, to_year, period, evidence,
    value_status, source, quote
