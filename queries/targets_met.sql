-- One row per target of a programme, with the whole programme's result: actual
-- counts what lies within the target's years, whatever the partners chosen.
with target as (
    select row_number() over () as target_id, t.*
    from targets as t
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where ($illustrative or t.evidence <> 'illustrative')
        and within(t.from_year, t.to_year, $from_year, $to_year)
),
actual as (
    select t.target_id, c.evidence, sum(c.value) as value
    from target as t
    join facets as f
        on f.association = t.association and f.programme = t.programme
    join figures_by($as_of) as c
        on c.facet_id = f.facet_id and c.measure = t.measure
        and c.measured_at = 'exit'
        and c.from_year >= t.from_year and c.to_year <= t.to_year
    where $illustrative or c.evidence <> 'illustrative'
    group by t.target_id, c.evidence
    having sum(c.known_count) > 0
)
select t.association, t.programme, t.measure, t.from_year, t.to_year,
    t.value::double as target, t.quote,
    t.evidence = 'illustrative' as is_illustrative, t.source,
    sum(a.value)::double as actual, max(a.evidence)::varchar as evidence,
    sum(a.value)::double / nullif(t.value, 0)::double as attainment,
    t.to_year < year($as_of) as is_over
from target as t
left join actual as a using (target_id)
group by t.target_id, t.association, t.programme, t.measure, t.from_year,
    t.to_year, t.value, t.quote, t.evidence, t.source
order by t.association, t.programme, t.from_year, t.to_year, t.measure
