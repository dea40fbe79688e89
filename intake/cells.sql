-- What is protected: every count of people in given.*, and what rounding must keep.

-- One row per count of people. unit is the round, or the programme and years.
create or replace temp table cells as
with attendance as (
    unpivot (
        select activity_id as record_id, activity_id, association, programme,
            evidence, if(coalesce(date_qualifier, 'exact') = 'exact',
                left(start_date, 4), null) as year,
            registered_count, attended_count
        from given.activities
        where not is_open_to_all(activity_type)
    ) on registered_count, attended_count into name field value count
),
result as (
    unpivot (
        select outcome_id as record_id, o.activity_id, o.measure, o.evidence,
            coalesce(o.measured_at, 'exit') as measured_at,
            coalesce(a.association, o.association) as association,
            coalesce(a.programme, o.programme) as programme,
            if(a.activity_id is null, o.year, if(
                coalesce(a.date_qualifier, 'exact') = 'exact',
                left(a.start_date, 4), null)) as year,
            o.value::integer as value, o.followed_up_count
        from given.outcomes as o
        left join given.activities as a using (activity_id)
        join given.measures as m using (measure)
        where m.counts_people = 'yes' and o.age_group is null
    ) on value, followed_up_count into name field value count
),
counted as (
    select *, null as measure, null as measured_at from attendance
    union all by name
    select * from result
),
known as (
    select *, coalesce(
            activity_id, concat_ws(chr(31), association, programme, year)
        ) as unit,
        case
            when field <> 'value' then field
            when is_placement(measure) then 'placements'
            else measure
        end as total
    from counted
)
-- In this order a unit's cells stand together.
select (row_number() over (order by unit, field, measure, measured_at) - 1)
        ::integer as cell_id,
    concat_ws(chr(31), unit, field, measure, measured_at) as cell, *
from known
order by cell_id;

-- One row per total of the cells in `more`, and by how much it may be off; and
-- one per order in a unit that the true counts have: `more` at least `fewer`, as
-- in the funnel, which may not be off at all.
create or replace temp table limits as
with totals as (
    select total, measured_at, field, dimension, part,
        if(dimension = 'all', 2, 5) as most, list(cell_id) as more
    from (
        -- The grand total of a measure is over all kinds, years and programmes.
        select *, unnest(['all', 'year', 'association', 'programme', 'measure',
                'evidence']) as dimension,
            unnest([null, year, association,
                concat_ws(' · ', association, programme), measure, evidence])
                as part
        from cells
        where total not in (
            select measure from given.measures where adds <> 'sum'
        )
    )
    where dimension = 'all' or part is not null
    group by all
    having dimension = 'all' or count(*) > 1
),
stages as (
    select unit, case
            when field = 'followed_up_count' then 'followed_up ' || measured_at
            when total = 'in_work_or_education' then 'in_work ' || measured_at
            else replace(total, '_count', '')
        end as stage,
        list(cell_id) as cells, sum(count) as count
    from cells
    group by all
    union all
    select unit, 'begun', list(cell_id), sum(count)
    from cells
    where total in ('placements', 'education_start') and field = 'value'
    group by all
)
select dimension, part, total, field, measured_at, most, more,
    []::integer[] as fewer
from totals
union all
select 'order', upper.unit, upper.stage, lower.stage, null, null, upper.cells,
    lower.cells
from stages as upper
join stages as lower using (unit)
where upper.count >= lower.count and (upper.stage, lower.stage) in (
    ('registered', 'attended'), ('attended', 'interviews'),
    ('interviews', 'job_offers'), ('job_offers', 'placements'),
    ('attended', 'placements'), ('begun', 'in_work 6_months'),
    ('begun', 'in_work 12_months'), ('followed_up 6_months', 'in_work 6_months'),
    ('followed_up 12_months', 'in_work 12_months')
)
order by all;
