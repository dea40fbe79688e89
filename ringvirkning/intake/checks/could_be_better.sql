-- What is missing and would make the figures say more. After should_look.sql,
-- whose `results` are used.

select 'no_organisation_number', 'partners.csv', 'organisation_number',
    told(organisation_number is null, rowid + 2, null, null)
from given.partners;

-- In no partnership and no activity, and neither is one that it succeeds.
with used as (
    select unnest(partner_ids) as partner_id from given.partnerships
    union
    select unnest(partner_ids) from given.activities
)
select 'unused_partner', 'partners.csv', 'partner_id',
    told(partner_id not in (select partner_id from used), rowid + 2, null, null)
from given.partners
where partner_id not in (
        select unnest([predecessor_id, successor_id]) from given.successions
    )
    and partner_id not in (
        select h.head_id from given.partners as h where h.head_id is not null
    );

select 'no_purpose', 'partnerships.csv', 'purpose',
    told(purpose is null, rowid + 2, null, null)
from given.partnerships;

select 'no_start_date', 'partnerships.csv', 'start_date',
    told(start_date is null, rowid + 2, null, null)
from given.partnerships
union all
select 'no_start_date', 'activities.csv', 'start_date',
    told(start_date is null, rowid + 2, null, null)
from given.activities;

select 'only_latest_start', 'partnerships.csv', 'start_date',
    told(start_qualifier is not distinct from 'no_later_than', rowid + 2, start_date,
        null)
from given.partnerships
where start_date is not null;

-- Running, as far as is known, and nothing held that names it.
with named as (
    select distinct unnest(partnership_ids) as partnership_id
    from given.activities
    where cancelled is distinct from 'yes'
)
select 'no_activity', 'partnerships.csv', 'partnership_id',
    told(n.partnership_id is null, p.rowid + 2, null, null)
from given.partnerships as p
left join named as n using (partnership_id)
where coalesce(has_begun(start_date, $as_of), true)
    and coalesce(latest_day(end_date) >= $as_of::date, true);

select 'no_end_date', 'partnerships.csv', 'end_date',
    told(end_date is null, rowid + 2, null, null)
from given.partnerships;

select 'no_confirmed_date', 'partnerships.csv', 'confirmed_date',
    told(confirmed_date is null, rowid + 2, null, null)
from given.partnerships
where end_date is null;

-- Confirmed for 24 months after the last source.
select 'long_unconfirmed', 'partnerships.csv', 'confirmed_date',
    told(still_confirmed(coalesce(confirmed_date, source_date)) < $as_of::date,
        rowid + 2, coalesce(confirmed_date, source_date), null)
from given.partnerships
where end_date is null;

-- Where a row is from. An example has no source.
select 'no_source', 'partnerships.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.partnerships
union all
select 'no_source', 'activities.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.activities
where evidence <> 'illustrative'
union all
select 'no_source', 'outcomes.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.outcomes
where evidence <> 'illustrative'
union all
select 'no_source', 'targets.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.targets
where evidence <> 'illustrative'
union all
select 'no_source', 'work_streams.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.work_streams
where evidence <> 'illustrative'
union all
select 'no_source', 'contributions.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.contributions
union all
select 'no_source', 'events.csv', 'source',
    told(source is null, rowid + 2, null, null)
from given.events;

select 'no_amount', 'contributions.csv', 'amount',
    told(amount is null, rowid + 2, null, null)
from given.contributions;

-- A step whose day has passed, of work that goes on.
select 'step_is_late', 'work_streams.csv', 'due_date',
    told(latest_day(due_date) < $as_of::date, rowid + 2, due_date, null)
from given.work_streams
where work_status not in ('done', 'stopped');

-- Work that goes on, and nobody knows what comes next or who sees to it.
select 'no_next_step', 'work_streams.csv', 'next_step',
    told(next_step is null, rowid + 2, null, null)
from given.work_streams
where work_status not in ('done', 'stopped');

select 'no_role', 'work_streams.csv', 'own_role',
    told(own_role is null, rowid + 2, null, null)
from given.work_streams
where work_status not in ('done', 'stopped');

select 'no_partner', 'activities.csv', 'partner_ids',
    told(partnership_ids is null and partner_ids is null, rowid + 2, null, null)
from given.activities
where cancelled is distinct from 'yes';

-- Held, if only nobody knows when, and nobody knows how many came, or what came of
-- it.
select 'no_attended_count', 'activities.csv', 'attended_count',
    told(attended_count is null, rowid + 2, null, null)
from given.activities
where cancelled is distinct from 'yes'
    and (start_date is null or has_begun(start_date, $as_of));

select 'no_result', 'activities.csv', 'activity_id',
    told(o.activity_id is null, a.rowid + 2, null, null)
from given.activities as a
left join (
    select distinct activity_id from given.outcomes where activity_id is not null
) as o using (activity_id)
join given.activity_types as t using (activity_type)
where t.aims_at_persons = 'yes' and cancelled is distinct from 'yes'
    and (start_date is null or has_begun(start_date, $as_of));

-- Placed, and not followed up at a measuring point that has passed. What the source
-- hides was followed up.
with rounds as (
    select activity_id, min(line) filter (is_placement(measure)) as line,
        latest_day(any_value(end_date)) as ends_on
    from results
    where activity_id is not null
    group by activity_id
    having line is not null
),
followed as (
    select activity_id, list(measured_at) as points
    from given.outcomes
    where measure = 'in_work_or_education' and activity_id is not null
        and (value is not null or value_status = 'suppressed')
        and not is_breakdown(age_group, background)
    group by activity_id
)
select 'no_follow_up', 'outcomes.csv', 'measured_at',
    told(not coalesce(list_contains(points, p.point), false), line, null, p.point)
from rounds
left join followed using (activity_id)
cross join (values ('6_months'), ('12_months')) as p (point)
where due_on(p.point, null, ends_on) <= $as_of::date;

-- A share of those followed up needs to know how many these were.
select 'no_followed_up_count', 'outcomes.csv', 'followed_up_count',
    told(followed_up_count is null, rowid + 2, null, null)
from given.outcomes
where measure = 'in_work_or_education' and measured_at <> 'exit'
    and value is not null and not is_breakdown(age_group, background);

-- A promise for a time that has come, and nothing to hold it against: what the source
-- hides was measured.
with told_of as (
    from results
    union all
    from stated where value_status = 'suppressed'
),
reached as (
    select association, null as partnership_id, programme,
        if(is_placement(measure), 'placement', measure) as kind
    from told_of
    union
    select association, unnest(partnership_ids), null,
        if(is_placement(measure), 'placement', measure)
    from told_of
)
select 'no_result_of_target', 'targets.csv', 'measure',
    told(r.kind is null, t.rowid + 2, measure, null)
from given.targets as t
left join reached as r
    on r.association = t.association
    and r.partnership_id is not distinct from t.partnership_id
    and (t.partnership_id is not null or r.programme is not distinct from t.programme)
    and r.kind = if(
        is_placement(measure) or measure = 'placements', 'placement', measure
    )
where has_begun(left(year, 4), $as_of) and value is not null;
