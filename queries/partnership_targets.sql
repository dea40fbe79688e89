-- One row per target of this partnership, with the results that name it, by
-- themselves or by their activity: actual counts what lies within the target's time.
with reached as (
    select target_id, added(number) as number, weakest_of(evidence) as evidence
    from target_cells
    where coalesce(counts_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by target_id
)
select t.measure, t.from_year, t.to_year, t.period, t.value::double as target,
    t.baseline::double as baseline,
    coalesce(m.higher_is_better <> 'no', true) as higher_is_better, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    told(r.number) as actual, r.evidence::varchar as evidence,
    t.last_day < $as_of as is_over
from targets as t
join measures as m using (measure)
left join reached as r using (target_id)
where t.partnership_id = $partnership_id
    and ($illustrative or t.evidence <> 'illustrative')
order by t.from_year, t.to_year, t.period, t.measure
