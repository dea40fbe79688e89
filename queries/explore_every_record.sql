-- One row per thing that a cell of a question of one's own counts, all of them
-- in no order: sorting a million needs more memory than a question may use.
select record, record_id, title, association, programme, from_year, to_year,
    span, start_date, date_qualifier, activity_type, kind, evidence::varchar as evidence,
    told(number) as value, told(base) as base_count, is_due,
    is_uncertain, is_start_unknown, source,
    partners_named(link_id, event_day(record, start_date, from_year)) as partner_names
from behind($measure, $point, $divisor, $rows, $split, $grain, $row_key, $split_key,
    $focus_area, $association, $partner_type, $partnership_type, $programme,
    $from_year, $to_year, $illustrative, $as_of, $year, $places, $borders)
left join (
    select 'activity' as record, activity_id as record_id,
        date_qualifier::varchar as date_qualifier
    from activities
    where date_qualifier <> 'exact'
) using (record, record_id)
