-- One row per programme, measure, measuring point and period of all results, also of
-- those whose number is said to be missing, suppressed or to come; examples only
-- where nothing is published.
with summed_up as (
    select r.programme, r.measure, r.measured_at, r.from_year, r.to_year, r.period,
        weakest_of(r.evidence) as evidence,
        added(r.number) as number, common(s.association) as association,
        common(r.evidence)::varchar as common_evidence,
        min(r.source) as source, max(r.source_date) as source_date,
        sum(r.missing_count)::bigint as missing_count,
        sum(r.suppressed_count)::bigint as suppressed_count,
        sum(r.not_yet_count)::bigint as not_yet_count
    from result_cells as r
    join selected($association, $partner_type, $partnership_type, $programme)
        as s using (facet_id)
    where ($illustrative or r.evidence <> 'illustrative')
        and within(r.from_year, r.to_year, $from_year, $to_year)
    group by all
)
select programme, measure, measured_at, from_year, to_year, period, evidence,
    told(narrowed(number, total_of(measure), measured_at,
        years_of(from_year, to_year), association, programme, measure,
        common_evidence)) as value,
    coalesce(number.figures, 0)::bigint as figure_count, source, source_date,
    missing_count, suppressed_count, not_yet_count
from summed_up
order by programme, measure, from_year, to_year, period, measured_at
