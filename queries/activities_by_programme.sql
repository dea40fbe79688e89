-- One row per programme, activities without one in a row with no programme.
-- Examples count only where nothing is published.
with part as (
    select programme, is_illustrative, sum(activity_count) as activity_count,
        summed(held) as held, summed(attended) as attended,
        common(association) as association, common(year)::varchar as year
    from activities_held($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where ($illustrative or not is_illustrative)
        and within(year, year, $from_year, $to_year)
    group by programme, is_illustrative
),
summed_up as (
    select programme, arg_min(held, is_illustrative) as held,
        coalesce(sum(activity_count) filter (is_illustrative), 0)::bigint
            as example_count,
        arg_min(attended, is_illustrative) as attended,
        common(association) as association, common(year) as year
    from part
    group by programme
    having sum(activity_count) > 0
),
known as (
    select programme, told(held) as activity_count, example_count,
        told(narrowed(attended, 'attended_count', null, year, association,
            programme, null, null)) as attended_count,
        coalesce(attended.figures, 0)::bigint as attended_known
    from summed_up
)
select programme, activity_count, example_count, attended_count, attended_known
from known
order by programme is null, activity_count.value desc, programme
