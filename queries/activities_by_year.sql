-- One row per year, the undated in one with no year, with examples or without (both
-- where that is null). Examples count only where nothing is published; example_count
-- says how many there are.
with part as (
    select year, is_illustrative, sum(activity_count) as activity_count,
        summed(held) as held, summed(registered) as registered,
        summed(attended) as attended, summed(employers) as employers,
        common(association) as association, common(programme) as programme
    from activities_held($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where within(year, year, $from_year, $to_year)
    group by all
),
summed_up as (
    select with_examples, year, arg_min(held, is_illustrative) as held,
        coalesce(sum(activity_count) filter (is_illustrative), 0)::bigint
            as example_count,
        arg_min(registered, is_illustrative) as registered,
        arg_min(attended, is_illustrative) as attended,
        arg_min(employers, is_illustrative) as employers,
        common(association) as association, common(programme) as programme
    from part
    join told_ways($illustrative) on with_examples or not is_illustrative
    group by with_examples, year
    having sum(activity_count) > 0
)
select year, told(held) as activity_count, example_count,
    told(narrowed(registered, 'registered_count', null, year::varchar,
        association, programme, null, null)) as registered_count,
    coalesce(registered.figures, 0)::bigint as registered_known,
    told(narrowed(attended, 'attended_count', null, year::varchar, association,
        programme, null, null)) as attended_count,
    coalesce(attended.figures, 0)::bigint as attended_known,
    told(employers) as employer_count,
    coalesce(employers.figures, 0)::bigint as employer_known, with_examples
from summed_up
order by year, with_examples
