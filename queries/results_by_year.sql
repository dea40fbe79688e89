-- One row per measure of results but jobs, measuring point and period: its number, as
-- it is answered to a question of one's own by year, where there is one; with examples
-- or without (both where that is null).
with summed_up as (
    select with_examples, f.measure, f.measured_at::varchar as point,
        period('year', f.from_year, f.to_year, f.span, null::date) as period, m.adds,
        added(f.number) as number,
        common(years_of(f.from_year, f.to_year)) as years,
        common(f.association) as association, common(f.programme) as programme,
        common(f.evidence)::varchar as common_evidence
    from numbers_by($as_of, $association, $partner_type, $partnership_type, $programme)
        as f
    join measures as m using (measure)
    join told_ways($illustrative) on with_examples or f.evidence <> 'illustrative'
    where not is_placement(f.measure)
        and f.measure not in ('placements', 'registered', 'attended')
        and within(f.from_year, f.to_year, $from_year, $to_year)
    group by all
)
select measure, point, period,
    told(narrowed(number, total_of(measure), point_of(total_of(measure), point), years,
        association, programme, measure, common_evidence)) as value, with_examples
from summed_up
where number is not null and (adds <> 'never' or number.figures = 1)
order by measure, point, period, with_examples
