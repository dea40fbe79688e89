-- One row per programme, activities without one in a row with no programme.
select programme, sum(activity_count)::bigint as activity_count,
    coalesce(sum(activity_count) filter (is_illustrative), 0)::bigint
        as illustrative_count,
    if(sum(attended_known) > 0, sum(attended_count), null)::bigint
        as attended_count,
    sum(attended_known)::bigint as attended_known
from activities_held($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where ($illustrative or not is_illustrative)
    and within(year, year, $from_year, $to_year)
group by programme
having sum(activity_count) > 0
order by programme is null, activity_count desc, programme
