-- One row per year, the undated in one with no year.
select year, sum(activity_count)::bigint as activity_count,
    coalesce(sum(activity_count) filter (is_illustrative), 0)::bigint
        as illustrative_count,
    sum(registered_count)::bigint as registered_count,
    sum(registered_known)::bigint as registered_known,
    sum(attended_count)::bigint as attended_count,
    sum(attended_known)::bigint as attended_known,
    sum(employer_count)::bigint as employer_count,
    sum(employer_known)::bigint as employer_known
from activities_held($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where ($illustrative or not is_illustrative)
    and within(year, year, $from_year, $to_year)
group by all
having sum(activity_count) > 0
order by all
