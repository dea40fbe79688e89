-- One row per programme, measure, measuring point and span of years of all
-- results; where they are not known equally well, the sum is `about`.
select o.programme, o.measure, o.measured_at, o.from_year, o.to_year,
    max(o.evidence) as evidence, sum(o.value)::double as value,
    count(*) as figure_count, if(count(distinct coalesce(o.value_qualifier, 'exact')) = 1,
        max(o.value_qualifier), 'about')
        as value_qualifier,
    min(o.source) as source, max(o.source_date) as source_date
from outcomes as o
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where o.value is not null and o.age_group is null
    and ($illustrative or o.evidence <> 'illustrative')
    and within(o.from_year, o.to_year, $from_year, $to_year)
group by all
order by o.programme, o.measure, o.from_year, o.to_year, o.measured_at
