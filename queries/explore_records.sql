-- One row per thing that a cell of a question of one's own counts, a page of
-- them, the latest first.
with page as (
    from behind($measure, $point, $rows, $split, $grain, $row_key, $split_key,
        $association, $partner_type, $partnership_type, $programme, $from_year,
        $to_year, $illustrative, $as_of, $year)
    order by from_year desc nulls last, month desc nulls last, record_id, kind,
        association, programme, to_year
    limit $limit offset $offset
)
select p.record, p.record_id, p.association, p.programme, p.from_year, p.to_year,
    p.month, p.activity_type, p.kind, p.evidence::varchar as evidence,
    p.value::double as value, p.base_count::double as base_count, p.is_due,
    p.is_uncertain, coalesce(p.title, a.title) as title,
    coalesce(p.start_date, a.start_date) as start_date,
    coalesce(
        p.source,
        (
            select min(o.source) from outcomes as o
            where p.record = 'outcome' and o.association = p.association
                and o.activity_id is not distinct from p.record_id
                and o.programme is not distinct from p.programme
                and o.from_year is not distinct from p.from_year
                and o.to_year is not distinct from p.to_year
                and o.value is not null
        ),
        a.source
    ) as source,
    p.partner_names
from page as p
left join activities as a on p.record = 'outcome' and a.activity_id = p.record_id
order by p.from_year desc nulls last, p.month desc nulls last, p.record_id,
    p.kind, p.association, p.programme, p.to_year
