-- One row per kind of record, programme, measure, evidence and source, the most
-- used first.
select c.record, programme, c.measure, c.evidence::varchar as evidence, c.source,
    sum(c.record_count)::bigint as record_count,
    max(c.source_date) as source_date
from source_cells as c
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where ($illustrative or coalesce(c.evidence <> 'illustrative', true))
    and coalesce(
        matches(c.record, c.from_year, c.to_year, $from_year, $to_year),
        c.record in ('partnership', 'quote')
    )
group by c.record, programme, c.measure, c.evidence, c.source
order by c.record, record_count desc, c.source nulls last, programme, c.measure,
    evidence nulls last
