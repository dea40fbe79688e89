-- One row per published statement in words.
select o.programme, o.measure, o.quote, o.from_year, o.to_year, o.source,
    o.source_date, o.association
from outcomes as o
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where o.quote is not null
    and ($illustrative or o.evidence <> 'illustrative')
    and ($from_year is null or o.from_year is null
        or within(o.from_year, o.to_year, $from_year, $to_year))
union all
select t.programme, t.measure, t.quote, t.from_year, t.to_year, t.source,
    null, t.association
from targets as t
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where t.quote is not null
    and ($illustrative or t.evidence <> 'illustrative')
    and ($from_year is null
        or within(t.from_year, t.to_year, $from_year, $to_year))
order by all
