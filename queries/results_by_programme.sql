-- One row per programme, measure, measuring point and period of all results, also of
-- those whose number is said to be missing, suppressed or to come; examples only
-- where nothing is published.
with summed_up as (
    select o.programme, o.measure, o.measured_at::varchar as measured_at,
        o.from_year, o.to_year, o.period,
        weakest_of(o.evidence) as evidence,
        added(o.number) as number, common(o.association) as association,
        common(o.evidence)::varchar as common_evidence,
        min(o.source) as source, max(o.source_date) as source_date,
        count(*) filter (o.value_status = 'missing') as missing_count,
        count(*) filter (o.value_status = 'suppressed') as suppressed_count,
        count(*) filter (o.value_status = 'not_yet') as not_yet_count
    from outcomes as o
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where (o.value is not null or o.value_status is not null) and not o.is_part
        and ($illustrative or o.evidence <> 'illustrative')
        and within(o.from_year, o.to_year, $from_year, $to_year)
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
