-- One row per target of a programme, with the whole programme's result: actual
-- counts what lies within the target's time, whatever the partners chosen.
with reached as (
    select target_id, added(number) as number, weakest_of(evidence) as evidence,
        min(from_year) as from_year, max(to_year) as to_year,
        common(evidence)::varchar as common_evidence
    from target_cells
    where coalesce(counts_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by target_id
)
select t.association, t.programme, t.measure, t.from_year, t.to_year, t.period,
    t.value::double as target, t.baseline::double as baseline,
    coalesce(m.higher_is_better <> 'no', true) as higher_is_better, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    told(narrowed(r.number, total_of(t.measure), 'exit',
        if(t.from_year = t.to_year, t.from_year::varchar, null), t.association,
        t.programme, t.measure, r.common_evidence)) as actual,
    r.evidence::varchar as evidence, t.last_day < $as_of as is_over,
    r.from_year as actual_from, r.to_year as actual_to
from targets as t
join measures as m using (measure)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
left join reached as r using (target_id)
where t.partnership_id is null and ($illustrative or t.evidence <> 'illustrative')
    and within(t.from_year, t.to_year, $from_year, $to_year)
order by t.association, t.programme, t.from_year, t.to_year, t.period, t.measure
