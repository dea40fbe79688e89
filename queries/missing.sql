-- One row per matter: of how many records of these partners or partnerships what
-- one would want to know is missing.
with own as (
    select link_id from links
    where list_has_any(partner_ids, $partner_ids)
        or list_has_any(partnership_ids, $partnership_ids)
),
agreed as (
    select *
    from partnerships_known($as_of, $illustrative)
    where is_of(association, $association)
        and (list_has_any(partner_ids, $partner_ids)
            or list_contains($partnership_ids, partnership_id))
),
found as (
    select unnest(['start', 'start_at_latest', 'confirmed', 'confirmed_lately'])
            as matter,
        unnest([begins_on is null, has_only_latest_start, is_never_confirmed,
            is_unconfirmed and not is_never_confirmed]) as is_missing
    from agreed
    union all
    select unnest(['activity', 'result']), unnest([not has_activity, not has_result])
    from agreed
    where not is_future
    union all
    select unnest(['year', 'attended']),
        unnest([not date_is_known, attended_count is null])
    from activities
    semi join own using (link_id)
    where is_of(association, $association)
        and not cancelled and coalesce(begins_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    union all
    select 'follow_up', number is null
    from figures
    semi join own using (link_id)
    where is_of(association, $association)
        and is_round and measure = 'in_work_or_education'
        and measured_at <> 'exit' and coalesce(counts_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
)
select matter, count(*)::bigint as record_count,
    count(*) filter (is_missing)::bigint as missing_count
from found
group by matter
order by matter
