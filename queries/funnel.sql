-- One row per programme and stage of its rounds: what is known, of how many
-- rounds, and of whom it is a share.
with stage as (
    select programme, measure, measured_at::varchar as measured_at,
        total_of(measure) as total,
        weakest_of(if(figure_count > 0, evidence, null)) as evidence,
        sum(figure_count)::bigint as round_count,
        sum(not_due_count)::bigint as not_due_count, added(number) as number,
        added(rated) as rated, added(base) as base,
        common(years_of(from_year, to_year)) as years,
        common(association) as association,
        common(evidence)::varchar as common_evidence
    from figures_by($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where is_round and ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
    group by all
)
select programme, measure, measured_at, evidence, round_count, not_due_count,
    coalesce(number.figures, 0)::bigint as known_count,
    told(narrowed(number, total, point_of(total, measured_at), years, association,
        programme, measure, common_evidence)) as value,
    told(narrowed(rated, total, point_of(total, measured_at), years, association,
        programme, measure, common_evidence)) as rated_value,
    told(narrowed(base, case
            when measure = 'attended' then 'registered_count'
            when measured_at = 'exit' then 'attended_count'
            else 'followed_up_count'
        end, if(measured_at = 'exit', null, measured_at), years, association,
        programme, null, common_evidence)) as base_count
from stage
where round_count + not_due_count > 0
order by programme, measure, measured_at
