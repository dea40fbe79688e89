-- What is protected: every count of people in given.*, and what rounding must keep.

-- One row per result and whose it is, of people and of a known time.
create or replace temp table dated as
select o.outcome_id, o.measure, o.value, coalesce(o.measured_at, 'exit') as measured_at,
    a.activity_id is not null as is_round,
    coalesce(a.association, p.association, o.association) as association,
    coalesce(a.programme, o.programme, p.programme) as programme,
    o.partnership_id, o.partner_id, a.partnership_ids,
    if(is_round, earliest_day(a.start_date), period_start(o.year)) as first_day,
    if(is_round, latest_day(a.start_date), period_end(o.year)) as last_day,
    year(first_day) < year(last_day) as is_long,
    -- No two that are alike count anybody together: those of within a year, and those
    -- across years that begin in one month and are as long.
    if(not is_long, null, concat_ws('-', month(first_day),
        datediff('month', first_day, last_day))) as alike
from given.outcomes as o
left join given.activities as a using (activity_id)
left join given.partnerships as p on p.partnership_id = o.partnership_id
join given.measures as m using (measure)
where not is_breakdown(o.age_group, o.background) and m.counts_people = 'yes'
    and coalesce(a.date_qualifier, 'exact') = 'exact';

-- One row per result of a programme, an agreement or a partner and one that is among
-- it: of the same and of a shorter time, or of a round. Those of other agreements and
-- partners are told beside it.
create or replace temp table within as
with of_agreements as (
    select * replace (unnest(partnership_ids) as partnership_id)
    from dated
    where is_round
),
parts as (
    from dated
    union all
    from of_agreements
    union all
    -- An agreement without a programme is of all that is done under it.
    select * replace (null as programme) from of_agreements where programme is not null
)
select w.outcome_id as whole_id, w.value as whole, w.is_long, p.outcome_id as part_id,
    p.value as part, p.is_round, year(p.first_day) as part_year, p.alike
from dated as w
join parts as p
    on p.association = w.association and p.measure = w.measure
    and p.measured_at = w.measured_at
    and p.programme is not distinct from w.programme
    and p.partnership_id is not distinct from w.partnership_id
    and p.partner_id is not distinct from w.partner_id
where not w.is_round and p.first_day >= w.first_day and p.last_day <= w.last_day
    and (p.is_round or w.is_long
        and (p.first_day, p.last_day) <> (w.first_day, w.last_day));

-- One row per result and those of the same that are of all its time and more, such as
-- a school year and the two years that it lies in, where these come to as much.
create or replace temp table covered as
select w.outcome_id, w.is_long, list(p.outcome_id) as by_ids
from dated as w
join dated as p
    on p.association = w.association and p.measure = w.measure
    and p.measured_at = w.measured_at
    and p.programme is not distinct from w.programme
    and p.partnership_id is not distinct from w.partnership_id
    and p.partner_id is not distinct from w.partner_id
where not w.is_round and not p.is_round and p.value is not null
    and p.first_day <= w.last_day and p.last_day >= w.first_day
    and (p.first_day > w.first_day or p.last_day < w.last_day)
group by w.outcome_id, w.value, w.is_long, w.first_day, w.last_day, p.alike
having min(p.first_day) <= w.first_day and max(p.last_day) >= w.last_day
    and (min(p.first_day) < w.first_day or max(p.last_day) > w.last_day)
    and sum(least(p.last_day, w.last_day) - greatest(p.first_day, w.first_day) + 1)
        = w.last_day - w.first_day + 1
    and sum(p.value) >= w.value;

-- Results that those of their parts beside them tell already, or of the years that
-- they lie in, and those told on a level above: both together would be counted twice,
-- and the difference between them would tell of each.
create or replace temp table told_in_parts as
with by_year as (
    select whole_id, whole, is_long, alike, part_year,
        coalesce(sum(part) filter (is_round), 0) as of_rounds,
        greatest(of_rounds, sum(part) filter (not is_round)) as told
    from within
    where part is not null
    group by all
)
select whole_id as outcome_id
from by_year
group by whole_id, whole, is_long, alike
having count_if(of_rounds > 0 or is_long) > 0 and sum(told) >= whole
union
select outcome_id from covered where is_long
union
select outcome_id from told_above;

-- One row per count of people. unit is the round, or whose and of what time it is;
-- year is how the queries write the years of the period.
create or replace temp table cells as
with attendance as (
    unpivot (
        select activity_id as record_id, activity_id, association, programme,
            evidence, start_date, title, if(coalesce(date_qualifier, 'exact') = 'exact',
                left(start_date, 4), null) as year,
            registered_count, attended_count
        from given.activities
        where activity_id not in (from open_to_all)
    ) on registered_count, attended_count into name field value count
),
result as (
    unpivot (
        select outcome_id as record_id, o.activity_id, o.measure, o.evidence,
            a.start_date, if(a.activity_id is null, nullif(concat_ws(chr(31), p.title,
                t.name), ''), a.title) as title,
            coalesce(o.measured_at, 'exit') as measured_at,
            coalesce(a.association, p.association, o.association) as association,
            coalesce(a.programme, o.programme, p.programme) as programme,
            o.partnership_id, o.partner_id,
            if(a.activity_id is null, o.year, if(
                coalesce(a.date_qualifier, 'exact') = 'exact',
                left(a.start_date, 4), null)) as period,
            if(a.activity_id is null, years_of(year(period_start(o.year)),
                year(period_end(o.year))), period) as year,
            o.value::integer as value, o.followed_up_count
        from given.outcomes as o
        left join given.activities as a using (activity_id)
        left join given.partnerships as p on p.partnership_id = o.partnership_id
        left join given.partners as t on t.partner_id = o.partner_id
        join given.measures as m using (measure)
        where m.counts_people = 'yes'
            and not is_breakdown(o.age_group, o.background)
            and o.outcome_id not in (from told_in_parts)
    ) on value, followed_up_count into name field value count
),
counted as (
    select *, null as measure, null as measured_at, null as partnership_id,
        null as partner_id, year as period
    from attendance
    union all by name
    select * from result
),
known as (
    select *, coalesce(
            activity_id, concat_ws(chr(31), association, programme, period,
                partnership_id, chr(31) || partner_id)
        ) as unit,
        case
            when field <> 'value' then field
            when is_placement(measure) then 'placements'
            else measure
        end as total,
        concat_ws(chr(31), association, coalesce(programme, ''),
            coalesce(period, ''), field, coalesce(measure, ''),
            coalesce(measured_at, '')) as kind
    from counted
)
-- kind and label are what a cell is of, without the ids that are given to rounds:
-- a rounding follows that. In this order, too, a unit's cells stand together.
select (row_number() over (order by association, programme, year, start_date,
        title, unit, field, measure, measured_at) - 1)::integer as cell_id,
    concat_ws(chr(31), unit, field, measure, measured_at) as cell, kind,
    concat_ws(chr(31), start_date, title, row_number() over (
        partition by kind, start_date, title order by unit)) as label,
    * exclude (kind)
from known
order by cell_id;

-- One row per count that has parts, and one of them: what it counts beyond them is no
-- more than that.
create or replace temp table wholes as
select w.cell_id, w.count, p.cell_id as part_id, p.count as part, i.is_round,
    i.alike
from within as i
join cells as w on w.record_id = i.whole_id
join cells as p on p.record_id = i.part_id and p.field = w.field
where w.measure is not null and p.measure is not null;

-- One row per published total: all cells of a measure, and those of a year, an
-- association, a programme, a kind or an evidence; null where it runs over all. What
-- has parts isn't counted twice; has_wholes where there is such beside them.
-- weight: how much it matters that it is near, beyond what is published. Where a
-- total has few counts it doesn't: who knows the orders could tell of some that
-- they aren't four.
create or replace temp table totals as
with parts as (
    select total, field, measured_at, year, association, programme, measure,
        evidence::varchar as evidence,
        list(cell_id order by cell_id) filter (not is_whole) as cells,
        bool_or(is_whole) as has_wholes,
        grouping(year, association, programme, measure, evidence) as over
    from (
        select *, cell_id in (select cell_id from wholes) as is_whole from cells
    )
    where total not in (
        select measure from given.measures where adds <> 'sum'
    )
    group by grouping sets (
        (total, field, measured_at), (total, field, measured_at, year),
        (total, field, measured_at, association),
        (total, field, measured_at, association, programme),
        (total, field, measured_at, measure),
        (total, field, measured_at, evidence)
    )
)
select (row_number() over (order by total, field, measured_at, over desc, year,
        association, programme, measure, evidence) - 1)::integer as total_id,
    * exclude (over),
    case
        when len(cells) < 6 then 0
        when over = 31 then 2
        when total = 'placements' and (year is not null or programme is not null)
            then 1
        else 0
    end as weight
from parts
where len(cells) > 0 and over = 31 or len(cells) > 1 and case over
        when 15 then year
        when 23 then association
        when 19 then programme
        when 29 then measure
        else evidence
    end is not null
order by total_id;

-- One row per order that anybody knows and the true counts have: the cells in
-- `more` count at least as many persons as those in `fewer`. What follows from
-- two others of a unit is left out.
create or replace temp table orders as
with placed as (
    select *, case
            when field in ('registered_count', 'attended_count')
                then replace(field, '_count', '')
            when measure = 'in_work_or_education'
                then if(field = 'value', 'in_work', 'followed_up')
            when field = 'value' and measured_at = 'exit'
                then if(total = 'placements', total, measure)
            when field = 'followed_up_count' or total in ('interviews',
                'job_offers', 'placements', 'work_training', 'education_start')
                then 'later'
        end as stage
    from cells
    union all
    select *, 'begun'
    from cells
    where total in ('placements', 'education_start') and field = 'value'
        and measured_at = 'exit'
),
stages as (
    select unit, stage, measured_at, list(cell_id order by cell_id) as cells,
        sum(count) as count
    from (select *, if(stage = 'later', cell_id, null) as apart from placed)
    where stage is not null
    group by unit, stage, measured_at, apart
),
known as (
    select k.upper, unnest(k.lowers) as lower
    from (values
        ('registered', ['attended', 'interviews', 'job_offers', 'placements',
            'education_start', 'begun', 'work_training', 'followed_up',
            'in_work', 'later']),
        ('attended', ['interviews', 'job_offers', 'placements',
            'education_start', 'begun', 'work_training', 'followed_up',
            'in_work', 'later']),
        ('interviews', ['job_offers', 'placements']),
        ('job_offers', ['placements']),
        ('begun', ['followed_up', 'in_work']),
        ('followed_up', ['in_work'])
    ) as k (upper, lowers)
),
pairs as (
    select unit, u.cells as more, l.cells as fewer
    from stages as u
    join known as k on k.upper = u.stage
    join stages as l using (unit)
    where l.stage = k.lower and u.count >= l.count
        and (u.stage <> 'followed_up' or u.measured_at = l.measured_at)
    union
    -- Of those followed up, whatever is asked of them.
    select f.unit, [f.cell_id], [v.cell_id]
    from cells as f
    join cells as v using (unit, measure, measured_at)
    where f.field = 'followed_up_count' and v.field = 'value'
        and f.count >= v.count
)
select (row_number() over (order by more, fewer) - 1)::integer as order_id,
    more, fewer, is_of_one
from (
    select more, fewer, true as is_of_one
    from pairs as p
    where not exists (
        select 1
        from pairs as above
        join pairs as below using (unit)
        where above.unit = p.unit and above.more = p.more
            and above.fewer = below.more and below.fewer = p.fewer
    )
    union all
    select [cell_id], list(part_id order by part_id), false
    from wholes
    group by cell_id, count, is_round, alike
    having count >= sum(part)
    union all
    select list(p.cell_id order by p.cell_id), [w.cell_id], false
    from (select outcome_id, by_ids, unnest(by_ids) as by_id from covered) as c
    join cells as w on w.record_id = c.outcome_id and w.field = 'value'
    join cells as p on p.record_id = c.by_id and p.field = 'value'
    where w.measure is not null and p.measure is not null
    group by w.cell_id, len(c.by_ids)
    having count(*) = len(c.by_ids)
)
order by order_id;

-- One row per limit, and one per limit and cell: totals and then orders, which
-- have no weight; those between rounds and years give way where they must.
create or replace temp table limits as
select total_id as limit_id, weight::double as weight from totals
union all
select (select count(*) from totals) + order_id,
    if(is_of_one, null, '-infinity'::double)
from orders;

create or replace temp table limit_cells as
select total_id as limit_id, unnest(cells) as cell_id, 1 as sign from totals
union all
select (select count(*) from totals) + order_id, unnest(more), 1 from orders
union all
select (select count(*) from totals) + order_id, unnest(fewer), -1 from orders;
