-- One row per year, the undated in one with no year.
select year, sum(activity_count)::bigint as activity_count,
    coalesce(sum(activity_count) filter (is_illustrative), 0)::bigint
        as illustrative_count,
    if(sum(registered_known) > 0, sum(registered_count), null)::bigint
        as registered_count,
    sum(registered_known)::bigint as registered_known,
    if(sum(attended_known) > 0, sum(attended_count), null)::bigint
        as attended_count,
    sum(attended_known)::bigint as attended_known,
    if(sum(employer_known) > 0, sum(employer_count), null)::bigint
        as employer_count,
    sum(employer_known)::bigint as employer_known
from activities_held($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where ($illustrative or not is_illustrative)
    and within(year, year, $from_year, $to_year)
group by all
having sum(activity_count) > 0
order by all
