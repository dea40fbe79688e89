-- One row per programme and stage of its rounds: what is known, of how many
-- rounds wholly and of how many in part, and of whom it is a share. Examples are of a
-- programme that has nothing else: beside what was published, they would be other
-- rounds' people.
with part as (
    select programme, measure, measured_at::varchar as measured_at,
        evidence = 'illustrative' as is_example,
        max(if(figure_count > 0, evidence, null)) as evidence,
        sum(figure_count) as figure_count, sum(not_due_count) as not_due_count,
        sum(known_count) as known_count, sum(suppressed_count) as suppressed_count,
        summed(number) as number, summed(rated) as rated, summed(base) as base,
        common(years_of(from_year, to_year)) as years,
        common(association) as association,
        common(evidence)::varchar as common_evidence
    from figures_by($as_of, $association, $partner_type, $partnership_type, $programme)
    where is_round and ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
    group by programme, measure, measured_at, is_example
),
own as (
    from part
    qualify
        not is_example
        or not bool_or(not is_example and figure_count > 0)
            over (partition by programme)
),
stage as (
    select programme, measure, measured_at, total_of(measure) as total,
        arg_min(evidence, is_example) as evidence,
        sum(figure_count)::bigint as round_count,
        sum(not_due_count)::bigint as not_due_count,
        coalesce(arg_min(known_count, is_example) filter (number is not null), 0)::bigint
            as known_count,
        sum(suppressed_count)::bigint as suppressed_count,
        arg_min(number, is_example) as number,
        arg_min(rated, is_example) as rated, arg_min(base, is_example) as base,
        common(years) as years, common(association) as association,
        common(common_evidence) as common_evidence
    from own
    group by all
)
select programme, measure, measured_at, evidence, round_count, not_due_count,
    known_count, coalesce(number.figures, 0)::bigint - known_count as partly_known_count,
    suppressed_count,
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
