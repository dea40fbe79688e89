-- One row per programme and stage of its rounds: what is known, of how many
-- rounds, and the share of those it is measured against.
with stage as (
    select f.programme, measure, measured_at, max(evidence) as evidence,
        sum(figure_count)::bigint as round_count,
        sum(not_due_count)::bigint as not_due_count,
        sum(known_count)::bigint as known_count,
        if(sum(known_count) > 0, sum(value), null)::bigint as value,
        sum(rated_count)::bigint as rated_count,
        if(sum(rated_count) > 0, sum(rated_value), null)::bigint
            as rated_value,
        if(sum(rated_count) > 0, sum(base_count), null)::bigint as base_count
    from figures_by($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    join facets as f using (facet_id)
    where is_round and ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
    group by f.programme, measure, measured_at
)
select *, share(rated_value, base_count) as rate,
    wilson_low(rated_value, base_count) as rate_low,
    wilson_high(rated_value, base_count) as rate_high
from stage
where round_count + not_due_count > 0
order by programme, measure, measured_at
