-- One row per year and activity type; the undated in rows with no year. Examples
-- count only where nothing is published; example_count says how many there are.
with counted as (
    select year, activity_type, told(added(held)) as activity_count,
        coalesce(sum(h.activity_count) filter (is_illustrative), 0)::bigint
            as example_count
    from activities_held($as_of) as h
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where ($illustrative or not is_illustrative)
        and within(year, year, $from_year, $to_year)
    group by all
    having sum(h.activity_count) > 0
)
select * from counted
order by year, type_place('activity_type', activity_type)
