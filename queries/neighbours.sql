-- One row per other partner that shares agreements or activities with this one, as
-- it is told on the day.
with shared as (
    select link_id, unnest(other_ids) as partner_id
    from story_links($partner_id, $as_of)
),
held as (
    select link_id, count(*) as activity_count
    from activities
    where is_of(association, $association)
        and not cancelled and coalesce(begins_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by link_id
),
counted as (
    select partner_id, activity_count, 0 as partnership_count
    from shared
    join held using (link_id)
    union all
    select partner_id, 0, 1
    from shared
    join partnerships as a using (link_id)
    where is_of(a.association, $association)
)
select partner_id, p.name, p.partner_type,
    sum(activity_count)::bigint as activity_count,
    sum(partnership_count)::bigint as partnership_count
from counted
join partners as p using (partner_id)
group by all
order by activity_count desc, partnership_count desc, p.name, partner_id
