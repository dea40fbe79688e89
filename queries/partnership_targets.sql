-- One row per target of this partnership, with the results that name it, by
-- themselves or by their activity: actual counts what lies within the target's time,
-- beside how many there have no number, by why.
with reached as (
    select target_id, added(number) as number, weakest_of(evidence) as evidence
    from target_cells
    where coalesce(counts_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by target_id
),
unknown as (
    select t.target_id,
        count(*) filter (o.value_status = 'missing') as missing_count,
        count(*) filter (o.value_status = 'suppressed') as suppressed_count,
        count(*) filter (o.value_status = 'not_yet') as not_yet_count
    from targets as t
    join outcomes as o
        on o.measure = t.measure and o.first_day >= t.first_day
        and o.last_day <= t.last_day
    join links as l using (link_id)
    where list_contains(l.partnership_ids, t.partnership_id)
        and coalesce(o.activity_id, o.partnership_id) is not null
        and o.measured_at = 'exit' and not o.is_part and not o.is_told_above
        and ($illustrative or o.evidence <> 'illustrative')
    group by t.target_id
)
select t.measure, t.from_year, t.to_year, t.period, t.value::double as target,
    t.baseline::double as baseline,
    coalesce(m.higher_is_better <> 'no', true) as higher_is_better, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    told(r.number) as actual, r.evidence::varchar as evidence,
    t.last_day < $as_of as is_over,
    coalesce(u.missing_count, 0) as missing_count,
    coalesce(u.suppressed_count, 0) as suppressed_count,
    coalesce(u.not_yet_count, 0) as not_yet_count
from targets as t
join measures as m using (measure)
left join reached as r using (target_id)
left join unknown as u using (target_id)
where t.partnership_id = $partnership_id
    and ($illustrative or t.evidence <> 'illustrative')
order by t.from_year, t.to_year, t.period, t.measure
