-- One row per period and kind of placement, and one for all kinds together, with the
-- programmes that they are of, '' for none, their associations, and how many that count
-- have no number; with examples or without (both where that is null).
with found as (
    select *, unnest([measure, 'placements']) as kind,
        figure_count - known_count as lacking_count
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
        list_sort(list_distinct(coalesce(
            list(association) filter (evidence <> 'illustrative'), list(association))))
            as associations,
        common(association) as association, common(programme) as programme,
        common(evidence)::varchar as common_evidence
    from found
    where known_count > 0
    group by all
),
lacking as (
    select with_examples, from_year, to_year, span, kind as measure,
        sum(lacking_count) as every_count,
        sum(if(evidence <> 'illustrative', lacking_count, null)) as stated_count
    from found
    where lacking_count > 0
    group by all
)
select s.from_year, s.to_year, s.span, s.measure, evidence, programmes, associations,
    told(narrowed(number, 'placements', 'exit', years_of(s.from_year, s.to_year),
        association, programme, s.measure, common_evidence)) as value,
    number['figures']::bigint as known_count, figure_count,
    coalesce(if(number['is_example'], every_count, stated_count), 0)::bigint
        as lacking_count,
    s.with_examples
from summed_up as s
left join lacking as l
    on l.measure = s.measure and l.with_examples = s.with_examples
    and l.from_year is not distinct from s.from_year
    and l.to_year is not distinct from s.to_year and l.span is not distinct from s.span
order by s.from_year, s.to_year, s.span, s.measure, s.with_examples
