-- One row per matter: of how many records of this partner or these partnerships what
-- one would want to know is missing.
with told as (
    select link_id from story_links($partner_id, $as_of)
),
own as (
    from told
    union
    select link_id from links
    where list_has_any(partnership_ids, $partnership_ids)
),
agreed as (
    select *
    from partnerships_known($as_of, $illustrative)
    where is_of(association, $association)
        and (link_id in (from told)
            or list_contains($partnership_ids, partnership_id))
),
found as (
    select unnest(['start', 'start_at_latest']) as matter,
        unnest([begins_on is null, has_only_latest_start]) as is_missing
    from agreed
    union all
    select unnest(['confirmed', 'confirmed_lately', 'activity', 'result']),
        unnest([is_never_confirmed, is_unconfirmed and not is_never_confirmed,
            not has_activity, not has_result])
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
    select 'work_status', work_status = 'unknown'
    from work_streams
    join agreed using (partnership_id)
    where $illustrative or evidence <> 'illustrative'
    union all
    select 'amount', c.number is null
    from contributions as c
    join agreed as a using (partnership_id)
    where list_contains($partnership_ids, c.partnership_id)
        or exists (
            select 1 from story_partners($partner_id, $as_of) as s
            where s.association = a.association
                and list_contains(c.partner_ids, s.partner_id)
        )
    union all
    select 'follow_up', number is null and coalesce(value_status <> 'suppressed', true)
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
