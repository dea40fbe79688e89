-- One row per thing that a cell of a question of one's own counts, a page of
-- them, the latest first. Only what they are ordered by is read of them all.
with page as (
    select place, from_year, month, counted_id
    from behind($measure, $point, $divisor, $rows, $split, $grain, $row_key,
        $split_key, $focus_area, $association, $partner_type, $partnership_type,
        $programme, $from_year, $to_year, $illustrative, $as_of, $year, $places,
        $borders)
    order by from_year desc nulls last, month desc nulls last, place, counted_id
    limit $limit offset $offset
)
select f.record, f.record_id, s.association, s.programme, f.from_year, f.to_year,
    f.span, f.month, f.activity_type, f.kind, f.evidence::varchar as evidence,
    told(f.number) as value, told(f.base) as base_count,
    f.is_due or is_so_far($measure, $rows, $row_key = '*', $split, $split_key = '*')
        as is_due,
    f.is_uncertain, f.is_start_unknown, f.title, f.start_date,
    coalesce(nullif(a.date_qualifier, 'exact'), i.date_qualifier)::varchar
        as date_qualifier, f.source,
    partners_named(f.link_id, event_day(f.record, f.start_date, f.from_year))
        as partner_names
from page as p
join facts($measure, $point, $divisor, broken_by($rows, $split), $as_of,
        $illustrative) as f
    on f.place = p.place and f.from_year is not distinct from p.from_year
    and f.counted_id is not distinct from p.counted_id
join facets as s using (facet_id)
left join activities as a
    on f.record in ('activity', 'outcome') and a.activity_id = f.record_id
-- The day of a partner or agreement in an activity is the activity's.
left join (
    select rowid as place, date_qualifier from activities
    where date_qualifier <> 'exact'
) as i
    on $measure in ('partners_in_activities', 'agreements_in_activities')
    and i.place = f.place
order by f.from_year desc nulls last, f.month desc nulls last, f.place,
    f.counted_id
