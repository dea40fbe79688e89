-- One row per published statement in words: of a result, or of what was aimed at.
select o.programme, o.measure, false as is_target, o.quote, o.from_year, o.to_year,
    o.evidence::varchar as evidence, o.source, o.source_date, o.association
from outcomes as o
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where o.quote is not null
    and ($illustrative or o.evidence <> 'illustrative')
    and ($from_year is null or o.from_year is null
        or within(o.from_year, o.to_year, $from_year, $to_year))
union all
select t.programme, t.measure, true, t.quote, t.from_year, t.to_year,
    t.evidence::varchar, t.source, null, t.association
from targets as t
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where t.quote is not null
    and ($illustrative or t.evidence <> 'illustrative')
    and ($from_year is null
        or within(t.from_year, t.to_year, $from_year, $to_year))
order by all
