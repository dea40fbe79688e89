-- One row per programme, span of years, kind of placement and evidence.
select programme, from_year, to_year, measure, evidence,
    sum(value)::double as value, sum(known_count)::bigint as known_count
from figures_by($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where measured_at = 'exit' and ($illustrative or evidence <> 'illustrative')
    and measure in ('placement_permanent', 'placement_temporary',
        'apprenticeship', 'placement_unspecified')
    and within(from_year, to_year, $from_year, $to_year)
group by all
having sum(known_count) > 0
order by all
