-- Results that stand also on an agreement which theirs is part of, by themselves or
-- as its programme's: the same measure at the same point, of the same time, partner,
-- ages and background. They count there, once, and not on every level.
create or replace temp table told_above as
with recursive above as (
    select partnership_id, part_of as higher, 1 as steps
    from given.partnerships
    where part_of is not null
    union all
    select a.partnership_id, p.part_of, a.steps + 1
    from above as a
    join given.partnerships as p on p.partnership_id = a.higher
    where p.part_of is not null and a.steps < 20
),
on_levels as (
    select partnership_id, association, programme
    from given.partnerships
    where partnership_id in (select unnest([partnership_id, higher]) from above)
),
placed as (
    select o.* replace (
            coalesce(p.association, o.association) as association,
            coalesce(o.programme, p.programme) as programme
        ),
        coalesce(measured_at, 'exit') as point, evidence = 'illustrative' as is_example
    from given.outcomes as o
    left join given.partnerships as p using (partnership_id)
    where activity_id is null and value is not null
),
standing as (
    select o.*, coalesce(o.partnership_id, l.partnership_id) as agreement
    from placed as o
    left join on_levels as l
        on o.partnership_id is null and l.association = o.association
        and l.programme = o.programme
)
select o.outcome_id, max(w.value) as value_above
from standing as o
join above as a on a.partnership_id = o.agreement
join standing as w
    on w.agreement = a.higher and w.association = o.association
    and w.measure = o.measure and w.year = o.year and w.point = o.point
    and w.partner_id is not distinct from o.partner_id
    and w.age_group is not distinct from o.age_group
    and w.background is not distinct from o.background
    and w.is_example = o.is_example
    and (w.programme is distinct from o.programme
        or w.partnership_id <> o.partnership_id)
group by all;
