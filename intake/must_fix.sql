-- Rules between rows. Each statement: rule, file, row, column, found, expected.

-- More placed than attended.
select 'placed_above_attended', 'outcomes.csv', o.line, 'value',
    o.value::bigint::varchar, '≤ ' || a.attended_count || ' (attended_count)'
from (
    select activity_id, min(rowid) + 2 as line, sum(value) as value
    from given.outcomes
    where is_placement(measure) and age_group is null
        and coalesce(measured_at, 'exit') = 'exit'
    group by all
) as o
join given.activities as a using (activity_id)
where o.value > a.attended_count
order by o.line
limit 20;

-- More in work later than were placed or began an education.
select 'retained_above_placed', 'outcomes.csv', later.rowid + 2, 'value',
    later.value::bigint::varchar, '≤ ' || placed.value::bigint
from given.outcomes as later
join (
    select activity_id, sum(value) as value
    from given.outcomes
    where (is_placement(measure) or measure = 'education_start')
        and age_group is null and coalesce(measured_at, 'exit') = 'exit'
    group by all
) as placed using (activity_id)
where later.measure = 'in_work_or_education' and later.age_group is null
    and later.value > placed.value
order by 3
limit 20;

-- More in work than were followed up.
select 'retained_above_followed_up', 'outcomes.csv', rowid + 2, 'value',
    value::bigint::varchar, '≤ ' || followed_up_count
from given.outcomes
where value > followed_up_count
order by 3
limit 20;

-- The same result twice. One 64-bit hash for seven columns: two million results
-- are told apart in a tenth of the time.
with keyed as (
    select rowid + 2 as line, measure, hash(
            activity_id, if(activity_id is null, programme, null),
            if(activity_id is null, association, null),
            if(activity_id is null, year, null), measure,
            coalesce(measured_at, 'exit'), age_group
        ) as key
    from given.outcomes
    where value is not null
)
select 'repeated_result', 'outcomes.csv', line, 'measure', measure, null
from keyed
where key in (select key from keyed group by key having count(*) > 1)
qualify row_number() over (partition by key order by line) > 1
order by 3
limit 20;

-- A result of an activity that also names another programme or year than it.
select 'contradicts_activity', 'outcomes.csv', o.rowid + 2, 'programme',
    o.programme, a.programme
from given.outcomes as o
join given.activities as a using (activity_id)
where o.programme <> a.programme
order by 3
limit 20;

-- Half a person, firm or event.
select 'not_whole_number', 'outcomes.csv', o.rowid + 2, 'value',
    o.value::varchar, null
from given.outcomes as o
join given.measures as m using (measure)
where m.unit in ('persons', 'organisations', 'count')
    and o.value <> trunc(o.value)
order by 3
limit 20;

-- A result in figures of something that was not held.
select 'result_of_cancelled', 'outcomes.csv', o.rowid + 2, 'activity_id',
    o.activity_id, null
from given.outcomes as o
join given.activities as a using (activity_id)
where a.cancelled = 'yes' and o.value is not null
order by 3
limit 20;

-- A measure that is worked out, and would be counted twice.
select 'computed_measure', 'outcomes.csv', rowid + 2, 'measure', measure, null
from given.outcomes
where measure in ('active_partnerships', 'partnerships_started',
    'partnerships_ended', 'activities_held', 'registered', 'attended',
    'employers', 'placements', 'placement_rate', 'retention_rate',
    'target_attainment')
order by 3
limit 20;
