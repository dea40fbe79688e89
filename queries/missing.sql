-- One row per matter: of how many records of these partners or partnerships what
-- one would want to know is missing.
with own as (
    select link_id from links
    where list_has_any(partner_ids, $partner_ids)
        or list_has_any(partnership_ids, $partnership_ids)
),
found as (
    select 'start' as matter, begins_on is null as is_missing
    from partnerships
    where list_has_any(partner_ids, $partner_ids)
        or list_contains($partnership_ids, partnership_id)
    union all
    select 'confirmed', confirmed_date is null and end_date is null
    from partnerships
    where list_has_any(partner_ids, $partner_ids)
        or list_contains($partnership_ids, partnership_id)
    union all
    select unnest(['year', 'attended']),
        unnest([not date_is_known, attended_count is null])
    from activities
    semi join own using (link_id)
    where not cancelled and coalesce(begins_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    union all
    select 'follow_up', number is null
    from figures
    semi join own using (link_id)
    where is_round and measure = 'in_work_or_education'
        and measured_at <> 'exit' and coalesce(counts_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
)
select matter, count(*)::bigint as record_count,
    count(*) filter (is_missing)::bigint as missing_count
from found
group by matter
order by matter
