-- One row per measure that can be asked for and its measuring point; a target's
-- point is the measure it is set for. told_of are the dimensions that only those
-- who have told of them split by.
with offered as (
    select 'partnership' as record, unnest([
            'active_partnerships', 'partnerships_started', 'partnerships_ended'
        ]) as measure, 'exit' as point
    where exists (from partnerships)
    union all
    select 'partner', 'partners_with_agreement', 'exit'
    where exists (from partnership_partners)
    union all
    select 'partner', 'partners_in_activities', 'exit'
    where exists (from activities as a join links using (link_id)
        where not cancelled and len(links.partner_ids) > 0)
    union all
    select 'agreement', 'agreements_in_activities', 'exit'
    where exists (from activities where not cancelled and len(partnership_ids) > 0)
    union all
    select 'activity', unnest([
            'activities_held', 'registered', 'attended', 'employers'
        ]), 'exit'
    where exists (from activity_cells)
    union
    select 'outcome', measure, measured_at::varchar
    from figure_cells
    where known_count > 0 and measure not in ('registered', 'attended')
    union
    select 'outcome', 'placements', 'exit'
    from figure_cells
    where known_count > 0 and is_placement(measure) and measured_at = 'exit'
    union
    select 'outcome', 'placement_rate', 'exit'
    from figure_cells
    where is_round and measure = 'placements' and rated is not null
    union
    select 'outcome', 'retention_rate', measured_at::varchar
    from figure_cells
    where is_round and measure = 'in_work_or_education' and rated is not null
        and measured_at <> 'exit'
    union
    select 'target', 'target_attainment', measure
    from targets
    where value is not null and partnership_id is null
),
known as (
    select list(dimension order by dimension) as told_of
    from (
        select 'partner_head' as dimension where exists (from heads where not is_top)
        union all
        select unnest(['municipality', 'county']) where exists (from places)
    )
)
select record, measure, point, adds::varchar as adds, coalesce(told_of, []) as told_of
from offered
join measures using (measure)
cross join known
-- In the order of time: exit, 6_months, 12_months.
order by record, measure, try_cast(split_part(point, '_', 1) as integer) nulls first,
    point
