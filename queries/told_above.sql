-- Results of a programme that stand also on an agreement which the programme's own
-- is part of: the same measure at the same point, of the same years and ages. They
-- count there, once, and not on every level.
create or replace temp table told_above as
with recursive above as (
    select partnership_id, association, programme, part_of as higher, 1 as steps
    from given.partnerships
    where part_of is not null
    union all
    select a.partnership_id, a.association, a.programme, p.part_of, a.steps + 1
    from above as a
    join given.partnerships as p on p.partnership_id = a.higher
    where p.part_of is not null and a.steps < 20
),
higher_programmes as (
    select distinct a.association, a.programme, h.programme as higher
    from above as a
    join given.partnerships as h
        on h.partnership_id = a.higher and h.association = a.association
    where h.programme <> a.programme
)
select o.outcome_id, max(w.value) as value_above
from given.outcomes as o
join higher_programmes as h
    on h.association = o.association and h.programme = o.programme
join given.outcomes as w
    on w.association = h.association and w.programme = h.higher
    and w.measure = o.measure and w.year = o.year
    and coalesce(w.measured_at, 'exit') = coalesce(o.measured_at, 'exit')
    and w.age_group is not distinct from o.age_group
    and (w.evidence = 'illustrative') = (o.evidence = 'illustrative')
where o.activity_id is null and w.activity_id is null
    and o.value is not null and w.value is not null
group by all;
