-- One row per thing that a cell of a question of one's own counts, the latest
-- first. As a key, '*' is the total and '' what has none.
with latest as (
    select association, programme, max(to_year) as to_year
    from facts($measure, $point, $as_of, $illustrative)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where ($illustrative or coalesce(evidence <> 'illustrative', true))
        and value is not null and within(from_year, to_year, $from_year, $to_year)
        and $measure in (select measure from measures where adds = 'latest')
    group by all
),
behind as (
    select f.*, s.association, s.programme, l.partner_ids
    from facts($measure, $point, $as_of, $illustrative) as f
    join selected($association, $partner_type, $partnership_type, $programme) as s
        using (facet_id)
    left join links as l using (link_id)
    left join latest as t
        on t.association = s.association
        and t.programme is not distinct from s.programme
    where ($illustrative or coalesce(evidence <> 'illustrative', true))
        and if(is_stock($measure) and 'time' not in ($rows, $split),
            f.from_year = $year,
            within(f.from_year, f.to_year, $from_year, $to_year))
        and (coalesce(f.to_year >= t.to_year, true)
            or ($rows = 'time' and $row_key <> '*')
            or ($split = 'time' and $split_key <> '*'))
        and ($row_key = '*' or list_contains(list_transform(
            keys_of($rows, period($grain, f.from_year, f.to_year, f.month),
                activity_type, kind, evidence, record_id, s.association,
                s.programme, s.partner_types, s.partnership_types, l.partner_ids,
                l.partnership_ids),
            lambda k: coalesce(k, '')), $row_key))
        and ($split_key = '*' or list_contains(list_transform(
            keys_of($split, period($grain, f.from_year, f.to_year, f.month),
                activity_type, kind, evidence, record_id, s.association,
                s.programme, s.partner_types, s.partnership_types, l.partner_ids,
                l.partnership_ids),
            lambda k: coalesce(k, '')), $split_key))
    order by f.from_year desc nulls last, f.month desc nulls last, record_id, kind,
        s.association, s.programme, f.to_year
    limit $limit offset $offset
)
select b.record, b.record_id, b.association, b.programme, b.from_year, b.to_year,
    b.month, b.activity_type, b.kind, b.evidence::varchar as evidence,
    b.value::double as value, b.base_count::double as base_count, b.is_due, b.is_uncertain,
    coalesce(a.title, s.title) as title,
    coalesce(a.start_date, s.start_date) as start_date,
    coalesce(
        (
            select min(o.source) from outcomes as o
            where b.record = 'outcome' and o.association = b.association
                and o.activity_id is not distinct from b.record_id
                and o.programme is not distinct from b.programme
                and o.from_year is not distinct from b.from_year
                and o.to_year is not distinct from b.to_year
                and o.value is not null
        ),
        a.source, s.source
    ) as source,
    list_transform(b.partner_ids, lambda i: n.names[i]) as partner_names
from behind as b
cross join (select map(list(partner_id), list(name)) as names from partners) as n
left join activities as a
    on b.record in ('activity', 'outcome') and a.activity_id = b.record_id
left join partnerships as s
    on b.record = 'partnership' and s.partnership_id = b.record_id
order by b.from_year desc nulls last, b.month desc nulls last, b.record_id,
    b.kind, b.association, b.programme, b.to_year
