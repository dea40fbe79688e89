-- One row per other partner that shares agreements or activities with these.
with shared as (
    select link_id, unnest(partner_ids) as partner_id
    from links
    where list_has_any(partner_ids, $partner_ids)
),
held as (
    select link_id, count(*) as activity_count
    from activities
    where is_of(association, $association)
        and not cancelled and coalesce(begins_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by link_id
),
agreed as (
    select unnest(partner_ids) as partner_id, partnership_id
    from partnerships
    where list_has_any(partner_ids, $partner_ids)
        and is_of(association, $association)
),
counted as (
    select partner_id, activity_count, 0 as partnership_count
    from shared
    join held using (link_id)
    union all
    select partner_id, 0, 1 from agreed
)
select partner_id, p.name, p.partner_type::varchar as partner_type,
    sum(activity_count)::bigint as activity_count,
    sum(partnership_count)::bigint as partnership_count
from counted
join partners as p using (partner_id)
where not list_contains($partner_ids, partner_id)
group by all
order by activity_count desc, partnership_count desc, p.name, partner_id
