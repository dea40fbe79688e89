-- One row per year and activity type; the undated in rows with no year.
select year, activity_type, sum(activity_count)::bigint as activity_count,
    coalesce(sum(activity_count) filter (is_illustrative), 0)::bigint
        as illustrative_count
from activities_held($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where ($illustrative or not is_illustrative)
    and within(year, year, $from_year, $to_year)
group by all
having sum(activity_count) > 0
order by all
