-- One row per programme and stage of its rounds: what is known, of how many
-- rounds, and the share of those it is measured against.
with by_evidence as (
    select programme, measure, measured_at, evidence,
        sum(figure_count) as figure_count, sum(not_due_count) as not_due_count,
        sum(known_count) as known_count, sum(value) as value,
        sum(rated_count) as rated_count, sum(rated_value) as rated_value,
        sum(base_count) as base_count
    from figures_by($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where is_round and ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
    group by programme, measure, measured_at, evidence
),
stage as (
    select programme, measure, measured_at,
        max(evidence) filter (figure_count > 0) as evidence,
        sum(figure_count)::bigint as round_count,
        sum(not_due_count)::bigint as not_due_count,
        sum(known_count)::bigint as known_count,
        if(sum(known_count) > 0, sum(value), null)::double as value,
        if(sum(rated_count) > 0, sum(rated_value), null)::double
            as rated_value,
        if(sum(rated_count) > 0, sum(base_count), null)::bigint as base_count
    from by_evidence
    group by programme, measure, measured_at
)
select *, share(rated_value, base_count) as rate,
    wilson(rated_value, base_count, -1) as rate_low,
    wilson(rated_value, base_count, 1) as rate_high
from stage
where round_count + not_due_count > 0
order by programme, measure, measured_at
