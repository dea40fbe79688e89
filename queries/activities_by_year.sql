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
        sum(if(is_illustrative, number.figures, 0))::bigint
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
select year, any_value(if(counted = 'held', value, null)) as activity_count,
    any_value(if(counted = 'held', example_count, null)) as example_count,
    any_value(if(counted = 'registered', value, null)) as registered_count,
    any_value(if(counted = 'registered', figure_count, null)) as registered_known,
    any_value(if(counted = 'attended', value, null)) as attended_count,
    any_value(if(counted = 'attended', figure_count, null)) as attended_known,
    any_value(if(counted = 'employers', value, null)) as employer_count,
    any_value(if(counted = 'employers', figure_count, null)) as employer_known,
    with_examples
from known
group by with_examples, year
having activity_count is not null
order by year, with_examples
