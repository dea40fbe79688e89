-- One row per row and split of a question of one's own, and per total of either:
-- each thing counts once in a total, whatever the number of rows it stands in.
with fact as (
    select facet_id, evidence, is_due, is_uncertain, is_start_unknown,
        if(is_linked($rows) or is_linked($split), link_id, null) as link_id,
        if('time' in ($rows, $split) or m.adds = 'latest', from_year, null)
            as from_year,
        if('time' in ($rows, $split) or m.adds = 'latest', to_year, null)
            as to_year,
        if('time' in ($rows, $split), span, null) as span,
        if('time' in ($rows, $split) and $grain <> 'year', month, null) as month,
        if('activity_type' in ($rows, $split), activity_type, null)
            as activity_type,
        if('kind' in ($rows, $split), kind, null) as kind,
        if('round' in ($rows, $split), record_id, null) as record_id,
        ages, background, is_broken_down, counted_id, own_types,
        m.adds, is_share($measure) or $divisor <> '' as is_rate,
        years_of(from_year, to_year) as years, kind as measure,
        count(*) as record_count, count(number) as known_count,
        count(*) filter (value_status = 'suppressed') as suppressed_count,
        summed(if((is_share($measure) or $divisor <> '') and base is null, null,
            number)) as number,
        summed(if((is_share($measure) or $divisor <> '') and number is not null, base,
            null)) as whole
    from facts_in($measure, $point, $divisor, $rows, $split, $focus_area,
        $association, $partner_type, $partnership_type, $programme, $from_year,
        $to_year, $illustrative, $as_of, $year, $places, $borders)
    cross join (select adds from measures where measure = $measure) as m
    group by all
),
-- Of what is counted at a time the latest holds, and years have no total.
dated as (  -- noqa: ST03
    select fact.*, f.association, f.programme,
        coalesce(adds = 'latest' and to_year < max(to_year) filter (known_count > 0)
            over (partition by f.association, f.programme), false) as is_passed,
        adds = 'distinct' and 'time' in ($rows, $split) as is_never_added,
        coalesce(ages, background) is not null as is_breakdown,
        period($grain, from_year, to_year, span, month) as at_time,
        chosen(coalesce(own_types, f.partner_types), $partner_type) as partner_types,
        chosen(f.partnership_types, $partnership_type) as partnership_types,
        l.* exclude (link_id)
    from fact
    join facets as f using (facet_id)
    left join links_if_told(is_linked($rows) or is_linked($split), $as_of,
        $borders) as l using (link_id)
),
placed as (
    from query('select *, ' || keys_sql($rows) || ' as row_keys, '
        || keys_sql($split) || ' as split_keys from dated')
),
listed as (
    select * exclude (row_keys, split_keys),
        unnest(with_total(row_keys,
            not ($rows = 'time' and (is_passed or is_never_added)
                or $rows in ('age_group', 'background') and is_breakdown))) as row,
        split_keys
    from placed
    where not is_passed or 'time' in ($rows, $split)
),
crossed as (
    select * exclude (split_keys),
        unnest(with_total(split_keys,
            not ($split = 'time' and (is_passed or is_never_added)
                or $split in ('age_group', 'background') and is_breakdown))) as split
    from listed
),
each as (
    select * replace (is_counted as is_due, if(is_counted, number, null) as number,
            if(is_counted, whole, null) as whole)
    from (
        select *, is_due or is_so_far($measure, $rows, row.is_total, $split,
                split.is_total) as is_counted
        from crossed
    )
),
-- Published and examples apart: what is added up is of the one or of the other.
-- What is counted once is told apart by its id.
part as (
    select row, split, is_rate, adds,
        coalesce(evidence = 'illustrative', false) as is_example,
        coalesce(sum(record_count) filter (is_due), 0) as record_count,
        coalesce(sum(known_count) filter (is_due), 0) as known_count,
        coalesce(sum(record_count) filter (not is_due), 0) as not_due_count,
        coalesce(sum(record_count) filter (is_uncertain), 0) as uncertain_count,
        coalesce(sum(record_count) filter (is_start_unknown), 0)
            as start_unknown_count,
        coalesce(sum(suppressed_count) filter (is_due), 0) as suppressed_count,
        if(is_counted_once($measure), number_of(nullif(count(distinct counted_id)
            filter (is_due), 0), 0, null, if(bool_or(evidence = 'illustrative'),
            'illustrative', null)), summed(number)) as number, summed(whole) as whole,
        max(if(is_due, evidence, null)) as evidence,
        common(years) as years, common(association) as association,
        common(programme) as programme, common(measure) as measure,
        common(evidence)::varchar as common_evidence
    from each
    group by all
),
cell as (
    select row.key as row, row.is_total as is_row_total, split.key as split,
        split.is_total as is_split_total, is_rate, adds,
        sum(record_count)::bigint as record_count,
        sum(known_count)::bigint as known_count,
        arg_min(known_count, is_example) filter (number is not null)
            as figure_count,
        sum(not_due_count)::bigint as not_due_count,
        coalesce(sum(record_count) filter (is_example), 0)::bigint
            as example_count,
        sum(uncertain_count)::bigint as uncertain_count,
        sum(start_unknown_count)::bigint as start_unknown_count,
        sum(suppressed_count)::bigint as suppressed_count,
        arg_min(number, is_example) as number, arg_min(whole, is_example) as whole,
        arg_min(evidence, is_example)::varchar as evidence,
        common(years) as years, common(association) as association,
        common(programme) as programme, common(measure) as measure,
        common(common_evidence) as common_evidence
    from part
    group by all
)
select row, is_row_total, split, is_split_total, record_count,
    case
        when is_rate then known_count
        when is_counted_once($measure) then coalesce(figure_count, 0)
        else coalesce(number.figures, known_count)
    end::bigint as known_count,
    not_due_count, example_count,
    told(if(is_rate or adds = 'never' and number.figures > 1, null, of_total))
        as value, uncertain_count, start_unknown_count,
    if(is_rate, coalesce(number.figures, 0), 0)::bigint as rated_count,
    told(if(is_rate, of_total, null)) as part,
    told(narrowed(whole, below, if($divisor = '' and $measure = 'placement_rate', null,
        point_of(below, if($divisor = '', $point, 'exit'))), years, association,
        programme, null, if($divisor = '', common_evidence, null))) as whole, evidence,
    suppressed_count
from (
    select *, narrowed(number, total, point_of(total, $point), years, association,
            programme, if(is_rate, null, measure),
            if($divisor = '', common_evidence, null)) as of_total
    from (
        select *, case $measure
                when 'placement_rate' then 'placements'
                when 'retention_rate' then 'in_work_or_education'
                else total_of($measure)
            end as total,
            case
                when $divisor <> '' then total_of($divisor)
                when $measure = 'placement_rate' then 'attended_count'
                else 'followed_up_count'
            end as below
        from cell
    )
)
order by is_row_total, row nulls last, is_split_total, split nulls last
