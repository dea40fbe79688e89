-- One row per programme, measure, measuring point and span of years of all
-- results; examples only where nothing is published.
with summed_up as (
    select o.programme, o.measure, o.measured_at::varchar as measured_at,
        o.from_year, o.to_year, weakest_of(o.evidence) as evidence,
        added(o.number) as number, common(o.association) as association,
        common(o.evidence)::varchar as common_evidence,
        min(o.source) as source, max(o.source_date) as source_date
    from outcomes as o
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where o.value is not null and o.age_group is null
        and ($illustrative or o.evidence <> 'illustrative')
        and within(o.from_year, o.to_year, $from_year, $to_year)
    group by all
)
select programme, measure, measured_at, from_year, to_year, evidence,
    told(narrowed(number, total_of(measure), measured_at,
        years_of(from_year, to_year), association, programme, measure,
        common_evidence)) as value,
    number.figures::bigint as figure_count, source, source_date
from summed_up
order by programme, measure, from_year, to_year, measured_at
