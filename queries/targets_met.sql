-- One row per target of a programme, with the whole programme's result: actual
-- counts what lies within the target's time, whatever the partners chosen, beside how
-- many there have no number, by why; with examples or without (both where that is
-- null).
select t.association, t.programme, t.measure, t.from_year, t.to_year, t.period,
    t.value::double as target, t.baseline::double as baseline,
    coalesce(m.higher_is_better <> 'no', true) as higher_is_better,
    coalesce(m.can_be_negative = 'yes', false) as can_be_negative, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    told(narrowed(r.number, total_of(t.measure), 'exit',
        if(t.from_year = t.to_year, t.from_year::varchar, null), t.association,
        t.programme, t.measure, r.common_evidence)) as actual,
    r.evidence::varchar as evidence, t.last_day < $as_of as is_over,
    r.from_year as actual_from, r.to_year as actual_to,
    coalesce(r.missing_count, 0) as missing_count,
    coalesce(r.suppressed_count, 0) as suppressed_count,
    coalesce(r.not_yet_count, 0) as not_yet_count, with_examples
from targets as t
join measures as m using (measure)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
join told_ways($illustrative) on with_examples or t.evidence <> 'illustrative'
left join results_of_targets($as_of, $illustrative) as r using (target_id, with_examples)
where t.partnership_id is null
    and within(t.from_year, t.to_year, $from_year, $to_year)
order by t.association, t.programme, t.from_year, t.to_year, t.period, t.measure,
    with_examples
