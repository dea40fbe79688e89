-- One row per year, the undated in one with no year, with examples or without (both
-- where that is null). Examples count only where nothing is published; example_count
-- says how many there are.
with part as (
    select year, is_illustrative, counted, summed(number) as number,
        common(association) as association, common(programme) as programme
    from activity_numbers_by($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where within(year, year, $from_year, $to_year)
    group by all
),
summed_up as (
    select with_examples, year, counted, arg_min(number, is_illustrative) as number,
        coalesce(sum(number.figures) filter (is_illustrative), 0)::bigint
            as example_count,
        common(association) as association, common(programme) as programme
    from part
    join told_ways($illustrative) on with_examples or not is_illustrative
    group by with_examples, year, counted
),
known as (
    select with_examples, year, counted, example_count,
        told(narrowed(number, counted || '_count', null, year::varchar, association,
            programme, null, null)) as value,
        coalesce(number.figures, 0)::bigint as figure_count
    from summed_up
)
select year, any_value(value) filter (counted = 'held') as activity_count,
    any_value(example_count) filter (counted = 'held') as example_count,
    any_value(value) filter (counted = 'registered') as registered_count,
    any_value(figure_count) filter (counted = 'registered') as registered_known,
    any_value(value) filter (counted = 'attended') as attended_count,
    any_value(figure_count) filter (counted = 'attended') as attended_known,
    any_value(value) filter (counted = 'employers') as employer_count,
    any_value(figure_count) filter (counted = 'employers') as employer_known,
    with_examples
from known
group by with_examples, year
having activity_count is not null
order by year, with_examples
