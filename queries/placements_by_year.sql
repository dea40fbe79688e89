-- One row per period and kind of placement, and one for all kinds together, with the
-- programmes that they are of, '' for none; with examples or without (both where that
-- is null).
with found as (
    select *, unnest([measure, 'placements']) as kind
    from numbers_by($as_of, $association, $partner_type, $partnership_type, $programme)
    join told_ways($illustrative) on with_examples or evidence <> 'illustrative'
    where measured_at = 'exit' and is_placement(measure)
        and within(from_year, to_year, $from_year, $to_year)
),
summed_up as (
    select with_examples, from_year, to_year, span, kind as measure,
        weakest_of(evidence) as evidence, added(number) as number,
        sum(known_count)::bigint as figure_count,
        list_sort(list_distinct(coalesce(
            list(coalesce(programme, '')) filter (evidence <> 'illustrative'),
            list(coalesce(programme, ''))))) as programmes,
        common(association) as association, common(programme) as programme,
        common(evidence)::varchar as common_evidence
    from found
    where known_count > 0
    group by all
)
select from_year, to_year, span, measure, evidence, programmes,
    told(narrowed(number, 'placements', 'exit', years_of(from_year, to_year),
        association, programme, measure, common_evidence)) as value,
    number.figures::bigint as known_count, figure_count, with_examples
from summed_up
order by from_year, to_year, span, measure, with_examples
