-- One row per target of a programme, with the whole programme's result: actual
-- counts what lies within the target's years, whatever the partners chosen.
with reached as (
    select target_id, sum(value) as value, max(evidence) as evidence
    from target_cells
    where coalesce(counts_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by target_id
)
select t.association, t.programme, t.measure, t.from_year, t.to_year,
    t.value::double as target, t.baseline::double as baseline,
    m.higher_is_better = 'yes' as higher_is_better, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    r.value::double as actual, r.evidence::varchar as evidence,
    r.value::double / nullif(t.value, 0)::double as attainment,
    t.to_year < year($as_of) as is_over
from targets as t
join measures as m using (measure)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
left join reached as r using (target_id)
where ($illustrative or t.evidence <> 'illustrative')
    and within(t.from_year, t.to_year, $from_year, $to_year)
order by t.association, t.programme, t.from_year, t.to_year, t.measure
