-- One row per target of this partnership, with the results that name it, by
-- themselves or by their activity: actual counts what lies within the target's time,
-- beside how many there have no number, by why.
select t.measure, t.from_year, t.to_year, t.period, t.value::double as target,
    t.baseline::double as baseline,
    coalesce(m.higher_is_better <> 'no', true) as higher_is_better,
    coalesce(m.can_be_negative = 'yes', false) as can_be_negative, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    told(r.number) as actual, r.evidence::varchar as evidence,
    t.last_day < $as_of as is_over,
    coalesce(r.missing_count, 0) as missing_count,
    coalesce(r.suppressed_count, 0) as suppressed_count,
    coalesce(r.not_yet_count, 0) as not_yet_count
from targets as t
join measures as m using (measure)
left join results_of_targets($as_of, $illustrative) as r using (target_id)
where t.partnership_id = $partnership_id
    and ($illustrative or t.evidence <> 'illustrative')
order by t.from_year, t.to_year, t.period, t.measure
