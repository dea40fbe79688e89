-- One row per thing that a cell of a question of one's own counts, all of them
-- in no order: sorting a million needs more memory than a question may use.
select record, record_id, title, association, programme, from_year, to_year,
    span, start_date, coalesce(a.date_qualifier, i.date_qualifier) as date_qualifier,
    activity_type, kind, evidence::varchar as evidence,
    told(number) as value, told(base) as base_count,
    is_due or is_so_far($measure, $rows, $row_key = '*', $split, $split_key = '*')
        as is_due,
    is_uncertain, is_start_unknown, source,
    partners_named(link_id, event_day(record, start_date, from_year)) as partner_names
from behind($measure, $point, $divisor, $rows, $split, $grain, $row_key, $split_key,
    $focus_area, $association, $partner_type, $partnership_type, $programme,
    $from_year, $to_year, $illustrative, $as_of, $year, $places, $borders) as f
left join (
    select activity_id, date_qualifier::varchar as date_qualifier from activities
    where date_qualifier <> 'exact'
) as a
    on f.record in ('activity', 'outcome') and a.activity_id = f.record_id
-- The day of a partner or agreement in an activity is the activity's.
left join (
    select rowid as activity_place, date_qualifier::varchar as date_qualifier
    from activities
    where date_qualifier <> 'exact'
) as i
    on $measure in ('partners_in_activities', 'agreements_in_activities')
    and i.activity_place = f.place
