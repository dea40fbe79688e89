-- One row per row and split of a question of one's own, and per total of either:
-- each thing counts once in a total, whatever the number of rows it stands in.
with fact as (
    select facet_id, evidence, is_due, is_uncertain, is_start_unknown,
        if($rows in ('partner', 'partnership')
            or $split in ('partner', 'partnership'), link_id, null) as link_id,
        if('time' in ($rows, $split) or m.adds = 'latest', from_year, null)
            as from_year,
        if('time' in ($rows, $split) or m.adds = 'latest', to_year, null)
            as to_year,
        if('time' in ($rows, $split) and $grain <> 'year', month, null) as month,
        if('activity_type' in ($rows, $split), activity_type, null)
            as activity_type,
        if('kind' in ($rows, $split), kind, null) as kind,
        if('round' in ($rows, $split), record_id, null) as record_id,
        m.adds, count(*) as record_count, count(value) as known_count,
        sum(value) filter (m.adds <> 'never') as value,
        count(*) filter (m.adds = 'never' and value is not null
            and base_count is not null) as rated_count,
        sum(value) filter (m.adds = 'never' and base_count is not null) as part,
        sum(base_count) filter (m.adds = 'never' and value is not null) as whole
    from facts($measure, $point, $as_of, $illustrative)
    cross join (select adds from measures where measure = $measure) as m
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where ($illustrative or coalesce(evidence <> 'illustrative', true))
        and if(is_stock($measure) and 'time' not in ($rows, $split),
            from_year = $year, within(from_year, to_year, $from_year, $to_year))
    group by all
),
-- Of what is counted at a time the latest holds, and years have no total.
placed as (
    select fact.* exclude (adds),
        coalesce(adds = 'latest' and to_year < max(to_year) filter (known_count > 0)
            over (partition by f.association, f.programme), false) as is_passed,
        adds = 'distinct' and 'time' in ($rows, $split) as is_never_added,
        keys_of($rows, period($grain, from_year, to_year, month), activity_type,
            kind, evidence, record_id, f.association, f.programme,
            chosen(f.partner_types, $partner_type),
            chosen(f.partnership_types, $partnership_type), l.partner_ids,
            l.partnership_ids) as row_keys,
        keys_of($split, period($grain, from_year, to_year, month), activity_type,
            kind, evidence, record_id, f.association, f.programme,
            chosen(f.partner_types, $partner_type),
            chosen(f.partnership_types, $partnership_type), l.partner_ids,
            l.partnership_ids) as split_keys
    from fact
    join facets as f using (facet_id)
    left join links as l using (link_id)
),
listed as (
    select * exclude (row_keys, split_keys),
        unnest(with_total(row_keys,
            not ($rows = 'time' and (is_passed or is_never_added)))) as row,
        split_keys
    from placed
    where not is_passed or 'time' in ($rows, $split)
),
each as (
    select * exclude (split_keys),
        unnest(with_total(split_keys,
            not ($split = 'time' and (is_passed or is_never_added)))) as split
    from listed
),
cell as (
    select row.key as row, row.is_total as is_row_total, split.key as split,
        split.is_total as is_split_total,
        coalesce(sum(record_count) filter (is_due), 0)::bigint as record_count,
        coalesce(sum(known_count) filter (is_due), 0)::bigint as known_count,
        coalesce(sum(record_count) filter (not is_due), 0)::bigint
            as not_due_count,
        (sum(value) filter (is_due))::double as value,
        coalesce(sum(record_count) filter (is_uncertain), 0)::bigint
            as uncertain_count,
        coalesce(sum(record_count) filter (is_start_unknown), 0)::bigint
            as start_unknown_count,
        (sum(value) filter (is_due and evidence = 'illustrative'))::double
            as example_value,
        coalesce(sum(rated_count) filter (is_due), 0)::bigint as rated_count,
        (sum(part) filter (is_due))::double as part,
        (sum(whole) filter (is_due))::double as whole,
        max(evidence) filter (is_due)::varchar as evidence
    from each
    group by all
)
select *,
    case
        when $measure <> 'target_attainment' then share(part, whole)
        when whole >= least_denominator() then part / whole
    end as rate,
    if($measure <> 'target_attainment', wilson(part, whole, -1), null) as rate_low,
    if($measure <> 'target_attainment', wilson(part, whole, 1), null) as rate_high
from cell
order by is_row_total, row nulls last, is_split_total, split nulls last
