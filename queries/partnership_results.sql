-- One row per programme, measure, measuring point, span of years, evidence and
-- source of the results this partnership contributed to; shared_value is the part
-- that other partnerships contributed to as well.
with own as (
    select o.*, if(o.activity_id is null, (
            select count(*) from partnerships as p
            where p.association = o.association and p.programme = o.programme
        ), len(a.partnership_ids)) > 1 as is_shared
    from outcomes as o
    left join activities as a using (activity_id)
    where o.age_group is null and (
        list_contains(a.partnership_ids, $partnership_id)
        or (o.activity_id is null and exists (
            from partnerships as p
            where p.partnership_id = $partnership_id
                and p.association = o.association
                and p.programme = o.programme
        ))
    )
)
select programme, measure, measured_at, from_year, to_year, evidence, quote,
    value_qualifier, source, told(summed(number)) as value,
    told(summed(followed_up)) as followed_up_count,
    told(summed(if(is_shared, number, null))) as shared_value
from own
where $illustrative or evidence <> 'illustrative'
group by all
order by programme, from_year, measure, measured_at, to_year, evidence, source, quote
